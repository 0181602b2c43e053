#!/bin/sh
# The scenario of three nations: each in its own formats, in one sequence of bytes by release and sanitizer builds, nothing of it malformed to tshark, and over
# sockets to a running daemon, each nation to its feed.
folder=$(mktemp -d)
cleanup() { for pid in $simulator $daemon; do kill "$pid" 2>/dev/null; wait "$pid" 2>/dev/null; done; rm -rf "$folder"; }
trap cleanup EXIT
simulator= daemon=

claim() { # claim TEXT COMMAND...: the command decides
    text=$1
    shift
    if "$@" >"$folder/claim" 2>&1; then echo "ok - $text"; else echo "not ok - $text"; cat "$folder/claim" "$folder"/*.log 2>/dev/null; fi
}
simulate() { "$AIRSEAM" simulate sdn-mexico --seed 11 --duration 20 --quiet "$@"; }
categories() { "$AIRSEAM" dump "$1" | sed 's/^{"cat":\([0-9]*\),.*/\1/' | sort -n | uniq | tr '\n' ' '; }
speaks() { said=$(categories "$1"); echo "$said"; [ "$said" = "$2" ]; }

simulate --out "$folder/all.pcap" --out "$folder/all.ast" --out "US=$folder/us.ast" --out "CA=$folder/ca.ast" --out "MX=$folder/mx.ast" --out "lubbock=$folder/lubbock.cd2"
simulate --out "$folder/again.pcap" --out "$folder/again.ast"
claim "one seed makes one sequence of bytes" cmp "$folder/all.pcap" "$folder/again.pcap"
claim "the United States speak 034 and 048" speaks "$folder/us.ast" "34 48 "
claim "Canada speaks 001 and 002, 034 and 048" speaks "$folder/ca.ast" "1 2 34 48 "
claim "Mexico speaks 034 and 048, 021 and 023, and 062 for its military radars" speaks "$folder/mx.ast" "21 23 34 48 62 "
claim "a legacy site of the United States has a CD-2 line" [ -s "$folder/lubbock.cd2" ]
if command -v tshark >/dev/null; then
    clean() { [ -z "$(tshark -r "$1" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null | head -3 | tee /dev/stderr)" ]; }
    enough() { [ "$(tshark -r "$1" -d udp.port==8600,asterix -Y asterix 2>/dev/null | wc -l)" -gt 5000 ]; }
    claim "tshark decodes its streams" enough "$folder/all.pcap"
    claim "nothing in them is malformed to it" clean "$folder/all.pcap"
else
    echo "skip - tshark decodes its streams: tshark is not installed"
    echo "skip - nothing in them is malformed to it: tshark is not installed"
fi
other=build/release/airseam
[ "$MODE" = release ] && other=build/san/airseam
if [ -x "$other" ] && [ -z "$(find lib sim daemon proto -newer "$other" -name '*.[chp]*' | head -1)" ]; then
    "$other" simulate sdn-mexico --seed 11 --duration 20 --quiet --out "$folder/other.pcap"
    claim "release and sanitizer builds make the same bytes" cmp "$folder/all.pcap" "$folder/other.pcap"
else
    echo "skip - release and sanitizer builds make the same bytes: $other is not built of these sources"
fi

# live: five feeds to a daemon whose settings are those of the demonstration but for the ports
set -- $("$PYTHON" -c 'import socket
s = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(5)]
for x in s: x.bind(("127.0.0.1", 0))
print(*(x.getsockname()[1] for x in s))')
"$AIRSEAM" sensors --scenario sdn-mexico --where "except format=062,cd2 or kind=tracker or name=lubbock" --csv >"$folder/sensors.csv"
cat >"$folder/node.yaml" <<YAML
clock: {kind: scenario, listen: "udp://127.0.0.1:$1"}
sensors: {files: [sensors.csv]}
http: {listen: none}
control: {socket: node.sock}
tape: {directory: .}
feeds:
  - {name: us, listen: "udp://127.0.0.1:$2"}
  - {name: ca, listen: "udp://127.0.0.1:$3"}
  - {name: mx, listen: "udp://127.0.0.1:$4"}
  - {name: lubbock, listen: "udp://127.0.0.1:$5", format: cd2, sources: ["210/99"]}
YAML
(cd "$folder" && exec "$AIRSEAMD" --config node.yaml >daemon.log 2>&1) &
daemon=$!
while [ ! -S "$folder/node.sock" ] && kill -0 $daemon 2>/dev/null; do sleep 0.1; done
"$AIRSEAM" simulate sdn-mexico --duration 60 --rate 4 --clock "udp://127.0.0.1:$1" --to "US=udp://127.0.0.1:$2" --to "CA=udp://127.0.0.1:$3" \
    --to "MX=udp://127.0.0.1:$4" --to "lubbock=udp://127.0.0.1:$5" --out "$folder/sent.tape" >"$folder/simulate.log" 2>&1
"$AIRSEAM" ctl --socket "$folder/node.sock" --json sources >"$folder/sources"
"$AIRSEAM" ctl --socket "$folder/node.sock" quit >/dev/null
wait $daemon
daemon=
alive() { "$PYTHON" - "$folder/sources" <<'PY'
import json, sys
sources = json.load(open(sys.argv[1]))['sources']
alive = {}
for s in sources: alive.setdefault(s['nation'], []).append(s['alive'])
print({n: '%d/%d' % (sum(a), len(a)) for n, a in alive.items()})
sys.exit(not (len(sources) >= 150 and set(alive) == {'US', 'CA', 'MX'} and all(all(a) for a in alive.values())))
PY
}
claim "live, each nation to its feed, every source of a hundred and fifty and more is alive" alive
"$AIRSEAM" replay "$folder"/2*.tape --tracks "$folder/live.csv" >"$folder/replay.log"
claim "what the daemon heard becomes tracks" sh -c '[ "$(cut -d, -f2 "$1" | sort -u | wc -l)" -gt 200 ]' sh "$folder/live.csv"
