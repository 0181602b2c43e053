#!/bin/sh
# Every shipped scenario through simulator and replay, against its truth, as the table of doc/scenarios.md:
#   sh tests/bench/scenarios.sh >doc/scenarios.md
# With names, those scenarios alone.
# The largest one is cut to a minute. O is the folder of the programs.
set -eu
O=${O:-build/release}
PYTHON=${PYTHON:-/usr/bin/python3}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat <<'END'
# The shipped scenarios

Made by `sh tests/bench/scenarios.sh >doc/scenarios.md`. Each scenario is simulated (seed 1) and its tape replayed with default settings; tracks and
truth are compared every 5 s. An aircraft counts while its latest plot is at most 30 s old and its first one at least a minute; it is found where a track is within 5 km.
False: share of tracks with no aircraft within 5 km. Silent: no transponder that answers. Speeds are of one run on a shared machine.

| scenario | s | sensors | aircraft | plots/s | simulated s/s | found, cooperative | rms m | found, silent | rms m | false |
|---|---|---|---|---|---|---|---|---|---|---|
END
names=${*:-$("$O/airseam" scenarios | cut -d ' ' -f 1)}
for name in $names; do
    seconds=
    [ "$name" != continental-load ] || seconds='--duration 120'
    "$O/airseam" simulate "$name" $seconds --out "$folder/tape.tape" --truth "$folder/truth" 2>"$folder/summary"
    "$O/airseam" replay "$folder/tape.tape" --tracks "$folder/tracks.csv" >/dev/null
    set -- $("$PYTHON" tests/world/score.py "$folder/truth" "$folder/tracks.csv" cooperative)
    cooperative=$2 rms=$3 false=$4
    set -- $("$PYTHON" tests/world/score.py "$folder/truth" "$folder/tracks.csv" silent)
    silent=$2 silent_rms=$3
    [ "$1" -gt 0 ] || silent=- silent_rms=-
    sed -n 's/^\([0-9]*\) radars, \([0-9]*\) aircraft .*), \([0-9]*\) s in \([0-9.]*\) s$/\1 \2 \3 \4/p; s/^\([0-9]*\) plots.*/\1/p' "$folder/summary" | tr '\n' ' ' |
        awk -v n="$name" -v c="$cooperative" -v r="$rms" -v s="$silent" -v q="$silent_rms" -v f="$false" \
            '{ printf "| %s | %d | %d | %d | %.0f | %.0f | %s | %.0f | %s | %s | %s |\n", n, $3, $1, $2, $5 / $3, $3 / ($4 > 0.1 ? $4 : 0.1), c, r, s, q == "-" ? q : sprintf("%.0f", q), f }'
done
