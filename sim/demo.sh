#!/bin/sh
# The demonstration of `make demo`: the simulator plays some thirty radars of three nations at ten times real time to one airseamd on loopback, and a
# summary shows the one picture that comes of it. Ends by itself after DEMO_S seconds (120); DEMO_S=0 stays until interrupted.
# O is the folder of the programs, DEMO_FOLDER that of what it writes (build/demo). Exit status 0: there was a picture, and every source was alive.
set -u
O=${O:-build/release}
seconds=${DEMO_S:-120}
rate=10
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

# Ten ports in a row that are free: the ones that config/demo.yaml names, or else the next ten.
free_ports() {
    taken=$(listening | sort -un | tr '\n' ' ')
    for tens in 860 861 862 863 864 865 866 867 868 869; do
        busy=
        for port in 0 1 2 3 4 5 6 7 8 9; do
            case " $taken " in *" $tens$port "*) busy="$busy $tens$port" ;; esac
        done
        [ -n "$busy" ] || return 0
        echo "demo: taken by others:$busy; trying the next ten"
    done
    fail "no free ports from 8600 to 8699"
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

where_to_look() {
    echo "  aircraft as JSON   http://127.0.0.1:${tens}8/data/aircraft.json (readsb's form, as tar1090 reads it)"
    echo "  metrics, health    http://127.0.0.1:${tens}8/metrics, http://127.0.0.1:${tens}8/health"
    echo "  tracks as CAT062   udp://127.0.0.1:${tens}5; tshark -i lo -d udp.port==${tens}5,asterix -V"
    echo "  track stream       tcp://127.0.0.1:${tens}6 (protobuf, proto/envelope.proto)"
    echo "  control            $O/airseam watch --socket $folder/airseamd.sock"
}

free_ports
rm -rf "$folder"
mkdir -p "$folder" && sed "s/:860\([0-9]\)/:$tens\1/" config/demo.yaml >"$folder/demo.yaml" &&
    "$O/airseam" sensors --where flags=border --csv >"$folder/border.csv" &&
    "$O/airseam" sensors --where name=skowhegan,eagle-river,lubbock --csv >"$folder/legacy.csv" || fail "$folder cannot be written"

# The daemon first: the simulator's clock shall find it listening.
(cd "$folder" && exec "$programs/airseamd" --config demo.yaml >airseamd.log 2>&1) &
daemon=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    [ ! -S "$folder/airseamd.sock" ] || break
    sleep 0.1
done
lasts=$((seconds > 0 ? (seconds + 30) * rate : 1000000))
"$programs/airseam" simulate --config "$folder/demo.yaml" --rate $rate --duration $lasts --clock "udp://127.0.0.1:${tens}0" \
    --to "US=udp://127.0.0.1:${tens}1" --to "CA=udp://127.0.0.1:${tens}2" --to "MX=udp://127.0.0.1:${tens}3" --to "skowhegan=udp://127.0.0.1:${tens}4" \
    --to "eagle-river=udp://127.0.0.1:${tens}7" --to "lubbock=udp://127.0.0.1:${tens}9" >"$folder/simulate.log" 2>&1 &
simulator=$!

if [ "$seconds" -gt 0 ]; then echo "demo: $seconds seconds at $rate times real time"; else echo "demo: until interrupted, at $rate times real time"; fi
where_to_look
echo
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
echo "  live, with a map   DEMO_S=0 make demo, then the addresses above"
