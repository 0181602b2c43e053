#!/bin/sh
# The demonstration of `make demo`: the simulator plays the scenario sdn-mexico, some two hundred sensors of three nations, at ten times real time to one
# airseamd on loopback, each nation in its own formats, and a summary shows the one picture that comes of it. Ends by itself after DEMO_S seconds (120);
# DEMO_S=0 stays until interrupted. O is the folder of the programs, DEMO_FOLDER that of what it writes (build/demo).
# Exit status 0: there was a picture, and every source was alive.
set -u
O=${O:-build/release}
seconds=${DEMO_S:-120}
scenario=sdn-mexico
rate=10
ports=40 # in a row; CD-2 lines from the tenth on
folder=${DEMO_FOLDER:-build/demo}
daemon= simulator= interrupted=

fail() { echo "demo: $*" >&2; exit 1; }

case $seconds in '' | *[!0-9]*) fail "DEMO_S is \"$seconds\"; expected whole seconds" ;; esac
for program in airseamd airseam; do
    [ -x "$O/$program" ] || fail "$O/$program is not built; make builds it"
done
programs=$(cd "$O" && pwd)

# Ports that somebody listens to here, one a line; the kernel prints them in hexadecimal behind the address.
listening() {
    for table in tcp tcp6 udp udp6; do
        [ ! -r /proc/net/$table ] || while read -r _ local _ state _; do
            case $table:$state in tcp*:0A | udp*:*) printf '%d\n' "0x${local##*:}" 2>/dev/null ;; esac
        done <"/proc/net/$table"
    done
}

# Ports in a row that are free: the ones that config/demo.yaml names, or else the next ones.
free_ports() {
    taken=$(listening | sort -un)
    for first in 8600 8640 8680 8720 8760 8800 8840 8880; do
        busy=$(echo "$taken" | awk -v a=$first -v n=$ports '$1 >= a && $1 < a + n { printf " %d", $1 }')
        [ -n "$busy" ] || return 0
        echo "demo: taken by others:$busy; trying the next $ports"
    done
    fail "no free ports from 8600 to 8919"
}

cleanup() {
    trap - EXIT
    for pid in $simulator $daemon; do
        kill "$pid" 2>/dev/null
    done
    for pid in $simulator $daemon; do
        wait "$pid" 2>/dev/null
    done
}
trap cleanup EXIT
trap 'interrupted=yes' INT TERM

at() { echo "127.0.0.1:$((first + $1))"; }

where_to_look() {
    echo "  the picture        http://$(at 8)/ (open it in a browser; ? shows its keys)"
    echo "  aircraft as JSON   http://$(at 8)/data/aircraft.json (readsb's form, as tar1090 reads it)"
    echo "  metrics, health    http://$(at 8)/metrics, http://$(at 8)/health"
    echo "  tracks as CAT062   udp://$(at 5); tshark -i lo -d udp.port==$((first + 5)),asterix -V"
    echo "  track stream       tcp://$(at 6) (protobuf, proto/envelope.proto)"
    echo "  control            $O/airseam watch --socket $folder/airseamd.sock"
}

# The settings: config/demo.yaml on the ports that are free, and a feed for each CD-2 line; lines has the simulator's way to each.
settings() {
    awk -v first=$first '{ while (match($0, /:86[0-9][0-9]/)) $0 = substr($0, 1, RSTART) "#" first + substr($0, RSTART + 3, 2) substr($0, RSTART + RLENGTH)
        gsub(/:#/, ":"); print }' config/demo.yaml &&
        awk -F, -v first=$first 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i } $at["format"] == "cd2" {
            printf "  - {name: %s, listen: \"udp://127.0.0.1:%d\", format: cd2, sources: [\"%d/%d\"]}\n", $at["name"], first + 10 + n++, $at["sac"], $at["sic"] }' "$folder/sensors.csv"
}

# What is on the air, by nation and format.
what_it_shows() {
    awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
        { if ($at["kind"] != "tracker") n[$at["nation"], $at["format"]]++; if ($at["flags"] ~ /airborne/) flying++ }
        END { t = n["MX", "062"]
              printf "  United States      %d radars by categories 034/048, %d legacy sites by CD-2 lines\n", n["US", "034/048"], n["US", "cd2"]
              printf "  Canada             %d radars by 034/048, %d by 001/002\n", n["CA", "034/048"], n["CA", "001/002"]
              printf "  Mexico             %d radars by 034/048, %d ADS-B stations by 021, %d military radars fused by SIVA into tracks by 062,\n", n["MX", "034/048"], n["MX", "021"], t
              printf "                     and the tracks of %d airborne radars, by 062\n", flying
              printf "  All three          flight plans and their amendments, by envelopes of this project\n" }' "$folder/all.csv"
}

free_ports
rm -rf "$folder"
# the daemon hears of the radars behind SIVA only through its tracks
mkdir -p "$folder" && ln -s "$PWD/config" "$folder/config" && "$O/airseam" sensors --scenario $scenario --csv >"$folder/all.csv" &&
    "$O/airseam" sensors --where "except format=062 or kind=tracker" --csv "$folder/all.csv" >"$folder/sensors.csv" &&
    settings >"$folder/demo.yaml" || fail "$folder cannot be written"

# The daemon first: the simulator's clock shall find it listening.
(cd "$folder" && exec "$programs/airseamd" --config demo.yaml >airseamd.log 2>&1) &
daemon=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    [ ! -S "$folder/airseamd.sock" ] || break
    sleep 0.1
done
lasts=$((seconds > 0 ? (seconds + 30) * rate : 1000000))
lines=$(sed -n 's|^  - {name: \([^,]*\), listen: "\([^"]*\)", format: cd2.*|--to \1=\2|p' "$folder/demo.yaml")
# shellcheck disable=SC2086 # lines are words: --to SENSOR=ADDRESS
"$programs/airseam" simulate $scenario --rate $rate --duration $lasts --clock "udp://$(at 0)" \
    --to "US=udp://$(at 1)" --to "CA=udp://$(at 2)" --to "MX=udp://$(at 3)" --to "plans=udp://$(at 4)" $lines >"$folder/simulate.log" 2>&1 &
simulator=$!

if [ "$seconds" -gt 0 ]; then echo "demo: $scenario, $seconds seconds at $rate times real time"; else echo "demo: $scenario, until interrupted, at $rate times real time"; fi
what_it_shows
where_to_look
echo
# the simulator works out first what the ground hides from each radar
for _ in $(seq 600); do
    ! grep -q event=clock_set "$folder/airseamd.log" && kill -0 $simulator 2>/dev/null && [ -z "$interrupted" ] || break
    sleep 0.1
done
"$O/airseam" watch --socket "$folder/airseamd.sock" --for "$seconds"
status=$?
cleanup
echo
if [ $status -ne 0 ]; then
    echo "demo: no picture as it should be; the daemon's last words ($folder/airseamd.log):" >&2
    tail -n 5 "$folder/airseamd.log" >&2
    exit 1
fi
[ -z "$interrupted" ] || [ "$seconds" = 0 ] || { echo "demo: interrupted"; exit 130; }

echo "demo: it is over; what is left to look at:"
for tape in "$folder"/*.tape; do
    echo "  the tape of it     $tape ($(($(wc -c <"$tape") / 1024)) KiB)"
    echo "  play it again      $O/airseam replay $tape --tracks $folder/tracks.csv --cat062 $folder/tracks.ast"
done
echo "  settings, log      $folder/demo.yaml, $folder/airseamd.log"
echo "  live, to stay      DEMO_S=0 make demo, then the addresses above"
echo "  the tape on a map  $O/airseamd --replay TAPE, then http://127.0.0.1:8090/"
