#!/bin/sh
# The verb simulate: the same seed makes the same bytes in every build, and what it makes is clean ASTERIX to an independent decoder.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sensors=$folder/sensors.csv
cat >"$sensors" <<'CSV'
name,nation,sac,sic,kind,lat_deg,lon_deg,hae_m,period_s
US-A,US,100,1,mode_s_combined,42.2,-83.4,220,4.8
US-B,US,100,2,psr_3d,42.6,-77.7,560,12
CA-A,CA,101,1,combined,43.7,-79.6,180,5
CA-B,CA,101,2,mode_s,46.5,-81.0,350,12
MX-A,MX,102,1,mode_s_combined,25.8,-100.1,450,5
MX-B,MX,102,2,adsb,25.8,-100.2,450,0
CSV
options="--sensors $sensors --duration 300 --aircraft 150 --seed 7 --quiet"

claim() { # claim TEXT COMMAND...: the command decides
    text=$1
    shift
    if "$@" >"$folder/out" 2>&1; then echo "ok - $text"; else echo "not ok - $text"; cat "$folder/out"; fi
}
simulate() { "$AIRSEAM" simulate $options "$@"; }
clean() { [ -s "$1" ] && [ -z "$(tshark -r "$1" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ]; }
# the number of records of a category that tshark finds, against those of our own dump
counted() {
    theirs=$(tshark -r "$1" -d udp.port==8600,asterix -V 2>/dev/null | awk '/^    Category: /{c=$2} /^    Asterix message/{n[c]++} END{for(i in n)print i, n[i]}' | sort -n)
    ours=$("$AIRSEAM" dump --port 8600 "$1" | sed 's/.*"cat"[^0-9]*0*\([0-9]*\).*/\1/' | sort -n | uniq -c | awk '{print $2, $1}')
    [ -n "$theirs" ] && [ "$theirs" = "$ours" ] || { echo "tshark: $theirs"; echo "dump: $ours"; return 1; }
}
# every datagram arrives at a member of the group; 2: there is no multicast here
multicast() {
    "$PYTHON" - "$AIRSEAM" $options --rate 20 <<'PY'
import socket, subprocess, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try:
    s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    s.bind(('239.255.86.1', 0))
    s.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton('239.255.86.1') + socket.inet_aton('127.0.0.1'))
except OSError:
    sys.exit(2)
to = 'udp://239.255.86.1:%d?interface=lo&ttl=1' % s.getsockname()[1]
made = subprocess.run([sys.argv[1], 'simulate'] + [o for o in sys.argv[2:] if o != '--quiet'] + ['--duration', '60', '--to', to], stderr=subprocess.PIPE, text=True)
sent = int(made.stderr.split(' datagrams of')[0].split()[-1])
s.settimeout(1)
got = 0
try:
    while True:
        s.recv(65536)
        got += 1
except socket.timeout:
    pass
print('sent', sent, 'received', got)
sys.exit(sent != got or sent < 100)
PY
}
# rows of plots and of plots_truth correspond, and truth is on the grid
truth() {
    [ "$(wc -l <"$1/plots.csv")" = "$(wc -l <"$1/plots_truth.csv")" ] && [ "$(wc -l <"$1/plots.csv")" = "$(wc -l <"$1/plots_kind.csv")" ] && [ "$(wc -l <"$1/plots.csv")" -gt 500 ] &&
        [ "$(head -1 "$1/truth.csv")" = time_s,target_id,lat,lon,alt_m,vn_mps,ve_mps,vz_mps ] &&
        awk -F, 'NR > 1 && int($1) % 5 != 0 { exit 1 }' "$1/truth.csv"
}
refused() { ! "$AIRSEAM" simulate "$@" 2>"$folder/err" && grep -q "$pattern" "$folder/err"; }

simulate --out "$folder/a.pcap" --out "$folder/a.ast" --out "$folder/a.tape" --truth "$folder/truth" || echo "not ok - it runs"
simulate --out "$folder/b.ast" || echo "not ok - it runs again"
simulate --out US="$folder/us.ast" --out CA="$folder/ca.ast" --out MX="$folder/mx.ast"
claim "one seed makes one sequence of bytes" cmp "$folder/a.ast" "$folder/b.ast"
claim "a nation's sink takes that nation's radars" [ "$(cat "$folder/us.ast" "$folder/ca.ast" "$folder/mx.ast" | wc -c)" = "$(wc -c <"$folder/a.ast")" -a -s "$folder/mx.ast" ]
claim "nothing in its streams is malformed to tshark" clean "$folder/a.pcap"
claim "tshark and dump count the same records by category" counted "$folder/a.pcap"
claim "an ADS-B station speaks category 021" [ "$("$AIRSEAM" dump "$folder/a.pcap" | grep -c '^{"cat":21,')" -gt 100 ]
multicast >"$folder/multicast"
case $? in
0) echo "ok - a multicast group gets every datagram" ;;
2) echo "skip - a multicast group gets every datagram: loopback takes no members here" ;;
*) echo "not ok - a multicast group gets every datagram"; cat "$folder/multicast" ;;
esac
causes() { awk -F, 'NR > 1 { n[$4]++ } END { exit !(n["HORIZON"] > 0 && n["CHANCE"] > 0 && n["MUTE"] > 0 && !("SEEN" in n)) }' "$1/misses.csv"; }
claim "looks that brought nothing say why" causes "$folder/truth"
claim "every plot has its truth beside it" truth "$folder/truth"
# the feed of flight plans: its own file, feeds of its own in a tape, of which a replay makes the same picture twice
simulate --out plans="$folder/a.plans" --out "$folder/c.tape" && simulate --out plans="$folder/b.plans"
claim "flight plans go where they are named, the same each time" cmp "$folder/a.plans" "$folder/b.plans"
planned() {
    "$AIRSEAM" replay "$folder/a.tape" --tracks "$folder/t1.csv" --json >"$folder/one.json" && "$AIRSEAM" replay "$folder/c.tape" --tracks "$folder/t2.csv" --json >"$folder/two.json" &&
        "$PYTHON" - "$folder/one.json" "$folder/two.json" "$(wc -c <"$folder/a.plans")" <<'PY'
import json, sys
def find(o, key):
    if isinstance(o, dict):
        if key in o: return o[key]
        o = list(o.values())
    for v in o if isinstance(o, list) else []:
        r = find(v, key)
        if r is not None: return r
one, two = (json.load(open(f)) for f in sys.argv[1:3])
print({k: find(one, k) for k in ('plans_correlated', 'plans_held', 'plans_refused', 'digest')})
sys.exit(not (find(one, 'digest') == find(two, 'digest') and find(one, 'plans_correlated') > 30 and find(one, 'plans_held') > 60 and
              find(one, 'plans_refused') == 0 and int(sys.argv[3]) > 20000))
PY
}
claim "a tape holds the flight plans, and tracks find theirs" planned
pattern="expected a date and time"
claim "a start that is no date is refused" refused --start yesterday --out "$folder/x.ast"
pattern="nowhere to send"
claim "nowhere to send is refused" refused --seed 1
# the greatest resident set of a run of some seconds of the scenario that has everything
resident() { "$PYTHON" -c 'import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)' "$AIRSEAM" simulate imperfect --quiet --out "$folder/x.tape" --duration "$1"; }
bounded() {
    few=$(resident 120) many=$(resident 1200)
    echo "$few KiB, ten times as long $many KiB"
    [ "$many" -lt $((few + few / 20)) ]
}
claim "ten times the time needs no more memory" bounded
other=build/release/airseam
[ "$MODE" = release ] && other=build/san/airseam
if [ -x "$other" ] && [ -z "$(find lib sim daemon proto -newer "$other" -name '*.[chp]*' | head -1)" ]; then
    "$other" simulate $options --out "$folder/c.ast"
    claim "release and sanitizer builds make the same bytes" cmp "$folder/a.ast" "$folder/c.ast"
    for scenario in imperfect gulf-watch; do
        for program in "$AIRSEAM" "$other"; do "$program" simulate "$scenario" --quiet --duration 150 --out "$folder/$(echo "$program" | tr / -).tape"; done
        claim "and of $scenario" cmp "$folder/$(echo "$AIRSEAM" | tr / -).tape" "$folder/$(echo "$other" | tr / -).tape"
    done
else
    echo "skip - release and sanitizer builds make the same bytes: $other is not built of these sources"
fi
