#!/bin/sh
# Every shipped scenario through simulator, pipeline and judge, as the table of doc/scenarios.md: `make scenarios`. With names, those scenarios alone, to
# standard output: sh tests/bench/scenarios.sh sdn-mexico. LONGEST cuts each (seconds of the scenario, 900); the two
# largest ones are cut to a minute and a half.
# O is the folder of the programs.
set -eu
O=${O:-build/release}
PYTHON=${PYTHON:-/usr/bin/python3}
LONGEST=${LONGEST:-900}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cat <<END
# The shipped scenarios

Made by \`make scenarios\`, which simulates each (seed 1, at most $LONGEST s of it, of continental-load and three-nations 90 s), runs its tape through the pipeline with default
settings, and judges the tracks every 5 s with \`airseam evaluate\`. An aircraft counts while its latest plot is at most 30 s old; it is found where a track is
within 5 km of it. The first minute, in which the antennas turn for the first time, does not count. *Cooperative*: its transponder answers; *silenced*: it answered and no longer does; *silent*: it never did. *False tracks*: those that
had no aircraft for more than half of their life, per hour; *spurious*: the share of tracks, over all instants, with no aircraft. Speed is that of the simulator
alone, by processor time, with tape and truth written. Flights under way at the start are where some sensor of the scenario may see them: with other
sensors they are others.

| scenario | s | sensors | aircraft | plots/s | simulated s/s | found: cooperative | rms m | silenced | rms m | silent | rms m | false tracks/h | spurious |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
END
names=${*:-$("$O/airseam" scenarios | cut -d ' ' -f 1)}
: >"$folder/causes"
for name in $names; do
    lasts=$("$O/airseam" scenario check "$name" | sed 's/.* \([0-9]*\) s$/\1/')
    longest=$LONGEST
    case $name in continental-load | three-nations) longest=90 ;; esac
    [ "$lasts" -le "$longest" ] || lasts=$longest
    "$PYTHON" - "$O/airseam" simulate "$name" --duration "$lasts" --out "$folder/tape.tape" --truth "$folder/truth" 2>"$folder/summary" >"$folder/cpu" <<'PY'
import resource, subprocess, sys
subprocess.run(sys.argv[1:], check=True)
u = resource.getrusage(resource.RUSAGE_CHILDREN)
print(u.ru_utime + u.ru_stime)
PY
    "$O/airseam" evaluate --gaps "$folder/gaps.csv" --truth "$folder/truth" --t-min "$(awk -F, 'NR == 2 { print $1 + 60; exit }' "$folder/truth/truth.csv")" --csv "$folder/tape.tape" >"$folder/verdict"
    sed -n 's/^\([0-9]*\) radars, \([0-9]*\) aircraft .*), \([0-9]*\) s in .*$/\1 \2 \3/p; s/^\([0-9]*\) plots.*/\1/p' "$folder/summary" | tr '\n' ' ' |
        cat - "$folder/cpu" | awk -v n="$name" -v verdict="$folder/verdict" '
            function of(slice, measure, form) { return (slice, measure) in v ? sprintf(form, v[slice, measure]) : "–" }
            function found(kind) { return of("kind:" kind, "siap_completeness", "%.4f") " | " of("kind:" kind, "pos_rms_m", "%.0f") }
            BEGIN { while ((getline line < verdict) > 0) { split(line, f, ","); v[f[1], f[2]] = f[3] } }
            { printf "| %s | %d | %d | %d | %.0f | %.0f | %s | %s | %s | %s | %s |\n", n, $3, $1, $2, $4 / $3, $3 / $5, found("cooperative"), found("silenced"),
                  found("primary"), of("all", "false_tracks_per_hour", "%.1f"), of("all", "siap_spuriousness", "%.4f") }'
    "$PYTHON" - "$name" "$folder/truth" "$folder/gaps.csv" >>"$folder/causes" <<'PY'
import csv, sys
name, truth, gaps = sys.argv[1:]
rows = lambda path: csv.DictReader(open(path, newline=''))
silent = {r['target_id'] for r in rows(truth + '/targets.csv') if r['transponder'] == '0'}
times, air = [], 0.0
for r in rows(truth + '/truth.csv'):
    t = float(r['time_s'])
    times = times or [t]
    air += 5.0 * (r['target_id'] in silent and t >= times[0] + 60)
why = dict.fromkeys(('seen', 'horizon', 'terrain', 'range', 'cone', 'outage', 'chance', 'else'), 0.0)
for r in rows(gaps):
    if r['target_id'] in silent:
        lasted, seen = float(r['duration_s']), float(r['seen_s'])
        why['seen'] += seen
        why[r['cause'] if r['cause'] in why else 'else'] += max(0.0, lasted - seen)
share = lambda x: '%.1f' % (100 * x / air) if air else '–'
print('| %s | %.1f | %s | %s |' % (name, air / 3600, share(air - sum(why.values())), ' | '.join(share(x) for x in why.values())))
PY
done
cat <<'END'

## Why silent aircraft have no track

Of the time that aircraft without a transponder are in the air, in percent: how long they have a track; how long they have none although some sensor saw them lately (a track
takes two or three turns to begin, and lasts no longer than its plots); and how long nobody saw them, by what hid them from most looks of the radars in whose range
they were. *Range*: they were in nobody's; *else*: the antenna had not come round, or they are too near, or only secondary radars reach there.

| scenario | hours in the air | tracked | seen, no track | horizon | terrain | range | cone | outage | chance | else |
|---|---|---|---|---|---|---|---|---|---|---|
END
cat "$folder/causes"
