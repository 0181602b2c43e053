#!/bin/sh
# Each nation in its own format: what the lines of older radars carry, and where they go.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cat >"$folder/sensors.csv" <<'CSV'
name,nation,sac,sic,kind,lat_deg,lon_deg,hae_m,period_s,format
old,US,100,1,ssr,42.2,-83.4,220,12,cd2
echo,US,100,2,combined,42.6,-77.7,560,12,cd2
new,US,100,3,mode_s_combined,42.6,-81.7,560,5,034/048
CSV

claim() { # claim TEXT COMMAND...: the command decides
    text=$1
    shift
    if "$@" >"$folder/out" 2>&1; then echo "ok - $text"; else echo "not ok - $text"; cat "$folder/out"; fi
}
simulate() { "$AIRSEAM" simulate --sensors "$folder/sensors.csv" --duration 240 --aircraft 80 --seed 3 "$@" 2>"$folder/summary"; }

simulate --out "$folder/all.tape" --out "$folder/all.pcap" --out US="$folder/us.ast" --out old="$folder/old.cd2" --out new="$folder/new.ast"
"$AIRSEAM" replay "$folder/all.tape" >"$folder/replay" 2>&1
sent=$(sed -n 's/^\([0-9]*\) plots, .*/\1/p' "$folder/summary")

# plots that the replay took are those that were sent and one or two test targets a turn of each line
all_come_back() {
    cat "$folder/summary" "$folder/replay"
    took=$(sed -n 's/^plots *\([0-9]*\):.*/\1/p' "$folder/replay")
    [ "$sent" -gt 200 ] && [ "$took" -ge $((sent + 57)) ] && [ "$took" -le $((sent + 63)) ]
}
two_bytes_a_word() { # kind 2, beacon reports, are there, and nothing but words of odd parity
    "$PYTHON" - "$1" <<'PY'
import sys
octets = open(sys.argv[1], 'rb').read()
words = [octets[i] << 8 | octets[i + 1] for i in range(0, len(octets), 2)]
kinds = {(w & 0xf00) >> 8 for w in words if w & 0x8000}
print(len(words), kinds)
sys.exit(not (all(bin(w).count('1') % 2 and not w & 0x6000 for w in words) and kinds == {2, 4, 5, 6, 7, 8}))
PY
}
tshark_agrees() {
    [ -z "$(tshark -r "$folder/all.pcap" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ] &&
        [ "$(tshark -r "$folder/all.pcap" -Y 'udp.dstport == 8620' 2>/dev/null | wc -l)" -gt 1000 ]
}

claim "every plot of a CD-2 line comes back from the tape" all_come_back
claim "nothing of it is refused" grep -q ' 0 refused, 0 blocks refused' "$folder/replay"
claim "its radars turn in twelve seconds by their marks alone" [ "$(grep -c 'period 12.0[0-9] s' "$folder/replay")" = 2 ]
claim "a beacon-only line has beacon reports, its quality control, status and marks in words of odd parity" two_bytes_a_word "$folder/old.cd2"
claim "a nation's blocks hold its radars without such lines" cmp "$folder/us.ast" "$folder/new.ast"
simulate --out US="$folder/us.ast"
claim "a line that nobody names is told of" grep -q 'datagrams of CD-2 lines went nowhere' "$folder/summary"
simulate --out US="$folder/us.ast" --out old="$folder/old.cd2" --out echo="$folder/echo.cd2"
claim "and not where each is named" sh -c '! grep -q nowhere "$1"' sh "$folder/summary"
if command -v tshark >/dev/null; then
    claim "in a capture the lines keep to their own port" tshark_agrees
else
    echo "skip - in a capture the lines keep to their own port: tshark is not there"
fi

# A centre with two radars of its own, whose plots stay there, and a radar that sends plots.
cat >"$folder/sensors.csv" <<'CSV'
name,nation,sac,sic,kind,lat_deg,lon_deg,hae_m,period_s,format
civil,MX,100,1,mode_s,29.1,-111.0,220,10,034/048
kept-north,MX,100,2,psr_3d,29.1,-108.0,220,10,062
kept-south,MX,100,3,psr_3d,20.5,-103.0,220,10,062
centre,MX,100,9,tracker,19.4,-99.1,2240,4,062
CSV
simulate --out "$folder/siva.tape" --out "$folder/siva.pcap"
simulate --out "$folder/again.tape"
"$AIRSEAM" replay "$folder/siva.tape" --tracks "$folder/siva.csv" >"$folder/replay" 2>&1
sources() { sed -n 's/^sensor *\(100[^ ]*\) [^ ]* \([0-9]*\) plots.*/\1 \2/p' "$folder/replay"; }
only_tracks() { cat "$folder/replay"; sources | awk '{n[$1] = $2} END {exit !(n["100/1"] > 50 && n["100/9"] > 500 && n["100/2"] == 0 && n["100/3"] == 0)}'; }
# no two tracks of one code at once, where no two aircraft have it
one_track_each() { awk -F, 'NR > 1 && $9 != "" && $8 != "" && seen[$1 "," $8 "," $9]++ {print; bad++} END {exit bad > NR / 100}' "$folder/siva.csv"; }

claim "a centre sends tracks and keeps its radars' plots" only_tracks
claim "an aircraft of both has one track" one_track_each
claim "what a centre sends is the same for the same seed" cmp "$folder/siva.tape" "$folder/again.tape"
if command -v tshark >/dev/null; then
    claim "tshark finds nothing malformed in it" [ -z "$(tshark -r "$folder/siva.pcap" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ]
else
    echo "skip - tshark finds nothing malformed in it: tshark is not there"
fi

# An airborne radar and one over the horizon: tracks of their own trackers, until they fail.
cat >"$folder/air.yaml" <<'YAML'
duration_s: 400
seed: 4
sensors: {where: name=oilton, platforms: "name=p3-gulf,rothr-virginia"}
traffic: {aircraft: 800, anywhere: true}
events: [at 00:04 fail US-p3-gulf]
YAML
fly() { "$AIRSEAM" simulate "$folder/air.yaml" --quiet "$@"; }
fly --out "$folder/air.tape" --out "$folder/air.pcap" --out p3-gulf="$folder/p3.ast" --out rothr-virginia="$folder/oth.ast" --truth "$folder/air"
fly --out p3-gulf="$folder/again.ast"
"$AIRSEAM" replay "$folder/air.tape" >"$folder/replay" 2>&1
tracks_of() { "$AIRSEAM" dump "$1" | "$PYTHON" -c '
import json, sys
n, last = 0, 0
for line in sys.stdin:
    r = json.loads(line)
    assert r["cat"] == 62 and ("136" in r["items"]) == (sys.argv[1] == "136" and "136" in r["items"])
    n, last = n + 1, max(last, r["items"]["070"])
print(n, last)
sys.exit(not (n > 50 and last < float(sys.argv[2])))' "$2" "$3"; }

claim "an airborne radar sends tracks until it fails" tracks_of "$folder/p3.ast" 136 43441
claim "one over the horizon sends tracks without height" tracks_of "$folder/oth.ast" none 43700
claim "a tape knows both" grep -q '214/3 p3-gulf: [1-9][0-9]* plots, [1-9][0-9]* used' "$folder/replay"
claim "an airborne radar sends the same for the same seed" cmp "$folder/p3.ast" "$folder/again.ast"
claim "its truth says where it was" awk -F, 'NR > 1 { n++; bad += $2 != 214 * 256 + 3 || $5 != 7600 } END { exit !(n == 81 && !bad) }' "$folder/air/platforms.csv"
if command -v tshark >/dev/null; then
    claim "tshark finds nothing malformed in these" [ -z "$(tshark -r "$folder/air.pcap" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ]
else
    echo "skip - tshark finds nothing malformed in these: tshark is not there"
fi
