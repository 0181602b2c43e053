#!/bin/sh
# The demonstration: that it ends with a picture, that it gives way where ports are taken, that it stays until interrupted where it is told to, and
# that nothing of it goes on running.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
O=$(dirname "$AIRSEAM")
DEMO_FOLDER=$folder/demo
export O DEMO_FOLDER

claim() { # claim TEXT COMMAND...: the command decides
    text=$1
    shift
    if "$@" >"$folder/claim" 2>&1; then echo "ok - $text"; else echo "not ok - $text"; cat "$folder/claim" "$folder/out"; fi
}
nothing_left() { ! ls -l /proc/[0-9]*/cwd 2>/dev/null | grep -q "$DEMO_FOLDER"; }
tape_replays() { "$AIRSEAM" replay "$DEMO_FOLDER"/*.tape --tracks "$folder/tracks.csv" && [ "$(wc -l <"$folder/tracks.csv")" -gt 100 ]; }

DEMO_S=10 sh sim/demo.sh >"$folder/out" 2>&1
status=$?
claim "ten seconds of it end with a picture" [ $status = 0 ]
claim "all sources of three nations are alive in it" grep -q 'sources \([0-9]*\)/\1 (US .*CA .*MX ' "$folder/out"
hundred_radars() { awk '/ radars by /{ for (i = 1; i < NF; i++) if ($(i + 1) ~ /^(radars|legacy|military)$/ && $i ~ /^[0-9]+$/) n += $i; nations++ } END { print n, nations; exit !(n >= 100 && nations == 3) }' "$folder/out"; }
claim "a hundred radars of three nations and more are on the air" hundred_radars
claim "it says where to look" grep -q '/data/aircraft.json' "$folder/out"
claim "nothing goes on running" nothing_left
claim "its tape replays into tracks" tape_replays

# Somebody sits on a port of the first ten, and whoever else on others: it moves on, and says so.
"$PYTHON" -c 'import socket, sys, time
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
try: s.bind(("127.0.0.1", 8601))
except OSError: pass
print("bound", flush=True)
time.sleep(120)' >"$folder/bound" &
holder=$!
while ! grep -q bound "$folder/bound"; do sleep 0.1; done
DEMO_S=0 sh sim/demo.sh >"$folder/out" 2>&1 &
demo=$!
for _ in $(seq 200); do
    grep -q 'sources \([1-9][0-9]*\)/\1 ' "$folder/out" && break
    sleep 0.2
done
kill -TERM $demo
# the shell acts on the signal when its summary has ended: end that as a terminal would
for pid in $(cat /proc/$demo/task/$demo/children 2>/dev/null); do
    if tr '\0' ' ' <"/proc/$pid/cmdline" | grep -q ' watch '; then kill -INT "$pid"; fi
done
wait $demo
status=$?
kill $holder
claim "it moves on where a port is taken, and says so" grep -q 'taken by others:.* 8601' "$folder/out"
claim "it stays until interrupted where that is asked for, and then ends well" [ $status = 0 ]
claim "nothing goes on running then" nothing_left
DEMO_S=soon sh sim/demo.sh >"$folder/out" 2>&1
claim "a length that is no number is refused" grep -q 'expected whole seconds' "$folder/out"
