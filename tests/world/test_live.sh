#!/bin/sh
# Over sockets: the simulator at twenty times real time to a daemon on loopback, Mexico over TCP and the others over UDP; what the daemon heard, its tape says, and its tracks are held
# against the truth. The same for a tape that the simulator wrote without a daemon. Nothing here asks how long anything took.
folder=$(mktemp -d)
cleanup() { for pid in $simulator $daemon; do kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; done; rm -rf "$folder"; }
trap cleanup EXIT
simulator= daemon=

claim() { # claim TEXT COMMAND...: the command decides
    text=$1
    shift
    if "$@" >"$folder/claim" 2>&1; then echo "ok - $text"; else echo "not ok - $text"; cat "$folder/claim" "$folder"/*.log; fi
}
# covered instants, completeness, rms and spurious share within what is asked
matches() { # matches TRUTH TRACKS
    set -- $("$PYTHON" tests/world/score.py "$1" "$2")
    echo "covered $1, completeness $2, rms $3 m, spurious $4"
    echo "$@" | awk '{ exit !($1 > 1000 && $2 > 0.9 && $3 < 300 && $4 < 0.05) }'
}
# what the daemon decoded is what the simulator sent
all_heard() { # all_heard STATUS PLOTS
    heard=$(sed 's/.*"picture":{"plots":\([0-9]*\).*/\1/' "$1")
    echo "heard $heard of $2 plots"
    [ "$heard" = "$2" ]
}

"$AIRSEAM" simulate --seed 5 --duration 300 --out "$folder/made.tape" --truth "$folder/made" --quiet
"$AIRSEAM" replay "$folder/made.tape" --tracks "$folder/made.csv" >/dev/null
claim "tracks of the simulator's own tape match the truth" matches "$folder/made" "$folder/made.csv"

port=$("$PYTHON" -c 'import socket
s = [socket.socket(socket.AF_INET, kind) for kind in (socket.SOCK_DGRAM, socket.SOCK_DGRAM, socket.SOCK_STREAM)]
for x in s: x.bind(("127.0.0.1", 0))
print(*(x.getsockname()[1] for x in s))')
set -- $port
clock=$1 feed=$2 stream=$3
"$AIRSEAM" sensors --where flags=border --csv >"$folder/border.csv"
cat >"$folder/node.yaml" <<YAML
clock: {kind: scenario, listen: "udp://127.0.0.1:$clock"}
sensors: {files: [border.csv]}
http: {listen: none}
control: {socket: node.sock}
tape: {directory: .}
feeds:
  - {name: all, listen: "udp://127.0.0.1:$feed"}
  - {name: mx, listen: "tcp://127.0.0.1:$stream"}
YAML
(cd "$folder" && exec "$AIRSEAMD" --config node.yaml >daemon.log 2>&1) &
daemon=$!
while [ ! -S "$folder/node.sock" ] && kill -0 $daemon 2>/dev/null; do sleep 0.1; done
"$AIRSEAM" simulate --seed 6 --duration 200 --rate 20 --clock "udp://127.0.0.1:$clock" --to "US=udp://127.0.0.1:$feed" --to "CA=udp://127.0.0.1:$feed" --to "MX=tcp://127.0.0.1:$stream" --truth "$folder/live" >"$folder/simulate.log" 2>&1
"$AIRSEAM" ctl --socket "$folder/node.sock" --json status >"$folder/status"
"$AIRSEAM" ctl --socket "$folder/node.sock" quit >/dev/null
wait $daemon
claim "the daemon heard every plot" all_heard "$folder/status" "$(sed -n 's/^\([0-9]*\) plots,.*/\1/p' "$folder/simulate.log")"
"$AIRSEAM" replay "$folder"/2*.tape --tracks "$folder/live.csv" >"$folder/replay.log"
claim "what the daemon heard over sockets becomes tracks that match the truth" matches "$folder/live" "$folder/live.csv"
