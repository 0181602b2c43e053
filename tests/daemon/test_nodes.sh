#!/bin/sh
# Three nodes, one a nation, on loopback: each fuses its own nation's radars and takes the others' tracks as category 062; between them mutual TLS, and aircraft
# that cross the borders of border-rush are handed over.
set -u
dir=$(mktemp -d)
pids=
cleanup() {
    for p in $pids; do kill "$p" 2>/dev/null; done
    wait
    rm -rf "$dir"
}
trap cleanup EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
programs=$(cd "$(dirname "$AIRSEAM")" && pwd)
sh sim/certificates.sh "$dir" US CA MX
"$AIRSEAM" sensors --scenario border-rush --csv >"$dir/sensors.csv"
port=$(/usr/bin/python3 -c "
import socket
s = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(40)]
base = 20000
while True:
    try:
        for i, x in enumerate(s[:30]): x.bind(('127.0.0.1', base + i))
        break
    except OSError:
        s = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for _ in range(40)]
        base += 40
print(base)")
group=239.255.86.$((port % 250 + 1))
number=0
node() { # NAME OTHER OTHER
    n=$number
    number=$((number + 1))
    folder=$dir/$1.node
    mkdir "$folder"
    {
        echo "node: {name: $1, nation: $1}"
        echo "clock: {kind: scenario, listen: \"udp://$group:$port?interface=lo\"}"
        echo "sensors: {files: [$dir/sensors.csv]}"
        echo "http: {listen: none}"
        echo "control: {socket: $folder/sock}"
        echo "handoff: {centres: [$PWD/config/centres.yaml], here: [$1], log: $dir/$1.log, journal: $folder/journal, listen: \"tcp://127.0.0.1:$((port + 1 + n))\","
        echo "  certificate: $dir/$1.pem, key: $dir/$1.key, authority: $dir/authority.pem, keepalive_s: 2}"
        echo "peers:"
        for other in $2 $3; do
            at=$(case $other in US) echo 0 ;; CA) echo 1 ;; MX) echo 2 ;; esac)
            # the earlier one of the alphabet of this test connects
            if [ "$at" -lt "$n" ]; then echo "  - {name: $other, nation: $other, connect: \"tcp://127.0.0.1:$((port + 1 + at))\"}"; else echo "  - {name: $other, nation: $other}"; fi
        done
        echo "feeds:"
        echo "  - {name: radars, listen: \"udp://127.0.0.1:$((port + 10 + n))\"}"
        echo "  - {name: plans, listen: \"udp://$group:$((port + 20))?interface=lo\", format: pb}"
        echo "  - {name: nodes, listen: \"udp://127.0.0.1:$((port + 15 + n))\"}"
        echo "outputs:"
        for other in $2 $3; do
            at=$(case $other in US) echo 0 ;; CA) echo 1 ;; MX) echo 2 ;; esac)
            echo "  - {name: to-$other, kind: cat062, to: \"udp://127.0.0.1:$((port + 15 + at))\", nation: $other, own: true, period_s: 4, sac: 250, sic: $((n + 1)), sensors_period_s: 0, status_period_s: 0}"
        done
        echo "sites:"
        for other in $2 $3; do
            at=$(case $other in US) echo 0 ;; CA) echo 1 ;; MX) echo 2 ;; esac)
            echo "  - {name: node-$other, nation: $other, sac: 250, sic: $((at + 1)), kind: tracker, lat_deg: 40, lon_deg: -100, hae_m: 0}"
        done
    } >"$folder/airseamd.yaml"
    "$programs/airseamd" --config "$folder/airseamd.yaml" >"$folder/out" 2>&1 &
    pids="$pids $!"
}
node US CA MX
node CA US MX
node MX US CA
for _ in $(seq 100); do
    [ -S "$dir/US.node/sock" ] && [ -S "$dir/CA.node/sock" ] && [ -S "$dir/MX.node/sock" ] && break
    sleep 0.1
done
claim 'three nodes start' '[ -S "$dir/US.node/sock" ] && [ -S "$dir/CA.node/sock" ] && [ -S "$dir/MX.node/sock" ]'
"$AIRSEAM" simulate border-rush --quiet --aircraft 250 --duration ${NODES_S:-450} --rate 15 --clock "udp://$group:$port?interface=lo" \
    --to "US=udp://127.0.0.1:$((port + 10))" --to "CA=udp://127.0.0.1:$((port + 11))" --to "MX=udp://127.0.0.1:$((port + 12))" \
    --to "plans=udp://$group:$((port + 20))?interface=lo" >"$dir/simulate" 2>&1
for p in $pids; do kill -TERM "$p" 2>/dev/null; done
wait
pids=
claim 'all links were up' '[ "$(cat "$dir"/*.node/out | grep -c event=peer_up)" -ge 6 ]'
cat "$dir"/??.log >"$dir/all.log"
"$AIRSEAM" handoffs --json "$dir/all.log" >"$dir/handoffs.json" 2>"$dir/handoffs.err"
cat >"$dir/check.py" <<'E2'
import json, re, sys
o = json.load(open(sys.argv[1]))[0]
nation = lambda c: {'C': 'CA', 'M': 'MX'}.get(c[:1], 'US')
cross = [p for p in o['pairs'][1:] if nation(p['from']) != nation(p['to'])]
given = sum(p['outcomes'].get('accepted', 0) for p in cross)
print('# between nations:', [(p['from'], p['to'], p['outcomes']) for p in cross], 'conflicts', o['conflicts'])
assert given >= 3, 'aircraft were handed over between nodes'
# every transfer is closed once by its giving side
closed = re.findall(r' closed transfer=(\S+) .*side=sender', open(sys.argv[2]).read())
assert len(closed) == len(set(closed)), 'each exactly once'
assert o['conflicts'] == 0
E2
claim 'aircraft are handed over between nodes, each transfer once, without a conflict' '"$PYTHON" "$dir/check.py" "$dir/handoffs.json" "$dir/all.log"'
claim 'a node that nothing is wrong with says nothing is' '! grep -h "level=error" "$dir"/*.node/out'
if [ -n "${NODES_KEEP:-}" ]; then cp -r "$dir" "$NODES_KEEP"; fi
