"""tap.py TARGET_PORT FILE: relays one TCP connection to 127.0.0.1:TARGET_PORT and writes what passes as a capture of raw IP, the target's port given as
8500. Says its own port first."""
import select, socket, struct, sys, time

def packet(data, ports, seq, ack):
    tcp = struct.pack('!HHIIBBHHH', *ports, seq & 0xffffffff, ack & 0xffffffff, 5 << 4, 0x18, 65535, 0, 0)
    ip = struct.pack('!BBHHHBBH4s4s', 0x45, 0, 40 + len(data), 0, 0, 64, 6, 0, bytes([127, 0, 0, 1]), bytes([127, 0, 0, 1]))
    return ip + tcp + data

listener = socket.create_server(('127.0.0.1', 0))
print(listener.getsockname()[1], flush=True)
here, _ = listener.accept()
there = socket.create_connection(('127.0.0.1', int(sys.argv[1])))
out = open(sys.argv[2], 'wb')
out.write(struct.pack('<IHHiIII', 0xa1b2c3d4, 2, 4, 0, 0, 65535, 101))
sent = {here: 1, there: 1}
while True:
    for s in select.select([here, there], [], [])[0]:
        data, other = s.recv(8000), there if s is here else here
        if not data:
            sys.exit(0)
        other.sendall(data)
        p = packet(data, (50000, 8500) if s is here else (8500, 50000), sent[s], sent[other])
        sent[s] += len(data)
        now = time.time()
        out.write(struct.pack('<IIII', int(now), int(now % 1 * 1e6), len(p), len(p)) + p)
        out.flush()
