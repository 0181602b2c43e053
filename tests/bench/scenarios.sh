#!/bin/sh
# Every shipped scenario through simulator, pipeline and judge, as the table of doc/scenarios.md: `make scenarios`. With names, those scenarios alone, to
# standard output: sh tests/bench/scenarios.sh sdn-mexico. LONGEST cuts each (seconds of the scenario, 2400); the largest one is cut to a minute.
# O is the folder of the programs.
set -eu
O=${O:-build/release}
PYTHON=${PYTHON:-/usr/bin/python3}
LONGEST=${LONGEST:-2400}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat <<END
# The shipped scenarios

Made by \`make scenarios\`, which simulates each (seed 1, at most $LONGEST s of it, of continental-load 60 s), runs its tape through the pipeline with default
settings, and judges the tracks every 5 s with \`airseam evaluate\`. An aircraft counts while its latest plot is at most 30 s old; it is found where a track is
within 5 km of it. The first minute, in which the antennas turn for the first time, does not count. *Cooperative*: its transponder answers; *silenced*: it answered and no longer does; *silent*: it never did. *False tracks*: those that
had no aircraft for more than half of their life, per hour; *spurious*: the share of tracks, over all instants, with no aircraft. Speed is that of the simulator
alone, by processor time, with tape and truth written.

| scenario | s | sensors | aircraft | plots/s | simulated s/s | found: cooperative | rms m | silenced | rms m | silent | rms m | false tracks/h | spurious |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
END
names=${*:-$("$O/airseam" scenarios | cut -d ' ' -f 1)}
for name in $names; do
    lasts=$("$O/airseam" scenario check "$name" | sed 's/.* \([0-9]*\) s$/\1/')
    longest=$LONGEST
    [ "$name" != continental-load ] || longest=60
    [ "$lasts" -le "$longest" ] || lasts=$longest
    "$PYTHON" - "$O/airseam" simulate "$name" --duration "$lasts" --out "$folder/tape.tape" --truth "$folder/truth" 2>"$folder/summary" >"$folder/cpu" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print(u.ru_utime + u.ru_stime)
PY
    "$O/airseam" evaluate --truth "$folder/truth" --t-min "$(awk -F, 'NR == 2 { print $1 + 60; exit }' "$folder/truth/truth.csv")" --csv "$folder/tape.tape" >"$folder/verdict"
    sed -n 's/^\([0-9]*\) radars, \([0-9]*\) aircraft .*), \([0-9]*\) s in .*$/\1 \2 \3/p; s/^\([0-9]*\) plots.*/\1/p' "$folder/summary" | tr '\n' ' ' |
        cat - "$folder/cpu" | awk -v n="$name" -v verdict="$folder/verdict" '
            function of(slice, measure, form) { return (slice, measure) in v ? sprintf(form, v[slice, measure]) : "–" }
            function found(kind) { return of("kind:" kind, "siap_completeness", "%.4f") " | " of("kind:" kind, "pos_rms_m", "%.0f") }
            BEGIN { while ((getline line < verdict) > 0) { split(line, f, ","); v[f[1], f[2]] = f[3] } }
            { printf "| %s | %d | %d | %d | %.0f | %.0f | %s | %s | %s | %s | %s |\n", n, $3, $1, $2, $4 / $3, $3 / $5, found("cooperative"), found("silenced"),
                  found("primary"), of("all", "false_tracks_per_hour", "%.1f"), of("all", "siap_spuriousness", "%.4f") }'
done
