#!/bin/sh
# airseam evaluate: the same figures as tests/kit/score.py over ten runs, whatever holds the tracks; limits; gaps; mistakes.
set -u
export OMP_NUM_THREADS=1
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT
kit=tests/kit
claim() { # claim TEXT EXPECTED-STATUS COMMAND...
    text=$1 want=$2
    shift 2
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    if [ $got = "$want" ]; then echo "ok - $text"; else echo "not ok - $text: exit status $got, expected $want"; cat "$tmp/err"; fi
}
said() { # said TEXT PATTERN: on standard error of the last claim
    grep -q "$2" "$tmp/err" && echo "ok - $1" || { echo "not ok - $1"; cat "$tmp/err"; }
}

# Measures that score.py gives, within 0.1 %.
cat >"$tmp/compare.py" <<'PY'
import json, sys
ours = json.load(open(sys.argv[1]))['slices']['all']; reference = json.load(open(sys.argv[2]))
bad = 0
for key, b in reference.items():
    a = ours[key]
    if a is None and b is None: continue
    if a is None or b is None or abs(a - b) > 1e-3 * abs(b) + 1e-9:
        print('# %s: %s, score.py says %s' % (key, a, b)); bad += 1
sys.exit(bad > 0)
PY

run() { # run NUMBER KIND GENERATOR-OPTIONS JUDGE-OPTIONS
    dir=$tmp/$1
    "$PYTHON" $kit/gen.py --n 25 --duration 240 --seed "$1" $3 --out "$dir" >/dev/null &&
        "$AIRSEAM" replay "$dir/plots.csv" --tracks "$dir/tracks.csv" --every "$2" >/dev/null || return 1
    judge=$4
    case $judge in *--cover* | *--only*) judge="$judge --plots $dir/plots.csv --plots-truth $dir/plots_truth.csv" ;; esac
    "$AIRSEAM" evaluate --truth "$dir/truth.csv" $judge --json "$dir/tracks.csv" >"$dir/ours.json" &&
        "$PYTHON" $kit/score.py --truth "$dir/truth.csv" --tracks "$dir/tracks.csv" $judge --json "$dir/reference.json" >/dev/null &&
        "$PYTHON" "$tmp/compare.py" "$dir/ours.json" "$dir/reference.json"
}
while IFS='|' read -r number every generator judge; do
    if run "$number" "$every" "$generator" "$judge"; then echo "ok - run_${number}_agrees_with_the_reference"; else echo "not ok - run_${number}_agrees_with_the_reference"; fi
done <<'RUNS'
1|5||
2|5|--pairs 0.5 --ident none --keep-alt|
3|5|--clutter 60 --noncoop 0.4|--cover 30
4|5|--noncoop 0.4|--only cooperative
5|5|--noncoop 0.4 --clutter 40|--only primary
6|4|--box-km 100 --pairs 0.6|--hold 7
7|5|--births 0.8|--c 4000 --assoc 1500 --stick 300
8|5|--bias-r 300 --bias-az 0.3|--grid 10 --gamma 3000
9|5|--manoeuvre high --radars 1|--cover 12 --t-min 60 --t-max 200
10|1|--truth-dt 1 --duration 90|--grid 2
RUNS

dir=$tmp/3
claim 'a_folder_stands_for_its_files' 0 "$AIRSEAM" evaluate --truth "$dir" --csv --gaps "$tmp/gaps.csv" "$dir/tracks.csv"
grep -q '^kind:primary,siap_completeness,' "$tmp/out" && grep -q '^band:25000ft-,pos_rms_m,' "$tmp/out" && echo 'ok - slices_are_judged_by_themselves' ||
    echo 'not ok - slices_are_judged_by_themselves'
awk -F, 'NR == 1 { if ($0 != "target_id,start_s,end_s,duration_s,seen_s,cause,lat,lon,alt_m,track_before,track_after,same_number") bad = 1; next }
    { n++; if ($3 < $2 || $6 !~ /^[a-z-]+$/ || ($10 != "" && $11 != "" && ($12 == "yes") != ($10 == $11))) bad = 1 }
    END { exit bad || !n }' "$tmp/gaps.csv" && echo 'ok - gaps_are_listed' || { echo 'not ok - gaps_are_listed'; head -5 "$tmp/gaps.csv"; }

# a radar that fails: whoever it saw alone is lost for that
cat >"$tmp/outage.yaml" <<'YAML'
duration_s: 240
seed: 5
sensors:
  where: "nation=MX flags=border"
traffic:
  aircraft: 60
events:
  - at 00:01:40 leave MX
YAML
"$AIRSEAM" simulate "$tmp/outage.yaml" --out "$tmp/outage.tape" --truth "$tmp/outage" --quiet
claim 'a_scenario_with_an_outage_is_judged' 0 "$AIRSEAM" evaluate --truth "$tmp/outage" --gaps "$tmp/outage.csv" "$tmp/outage.tape"
awk -F, 'NR > 1 && $2 > 43200 + 100 && $6 == "outage" { n++ } END { exit n < 10 }' "$tmp/outage.csv" && echo 'ok - gaps_say_why_nobody_saw_the_aircraft' ||
    { echo 'not ok - gaps_say_why_nobody_saw_the_aircraft'; head "$tmp/outage.csv"; }

grep -q '^nation:MX ' "$tmp/out" && grep -q '^outage  *[1-9]' "$tmp/out" && grep -q '^longest gaps of' "$tmp/out" && echo 'ok - the_text_tells_nations_causes_and_the_longest_gaps' ||
    { echo 'not ok - the_text_tells_nations_causes_and_the_longest_gaps'; cat "$tmp/out"; }

# beyond every range: a flight over the ocean
printf 'duration_s: 200\nsensors: {where: name=tijuana}\ntraffic: {aircraft: 1}\nflights: [{speed_kt: 400, level_ft: 30000, rcs_m2: 20, route: [[25, -140], [25, -138]]}]\n' >"$tmp/far.yaml"
"$AIRSEAM" simulate "$tmp/far.yaml" --out "$tmp/far.tape" --truth "$tmp/far" --quiet
"$AIRSEAM" evaluate --truth "$tmp/far" --gaps "$tmp/far.csv" "$tmp/far.tape" >/dev/null
grep -q '^10000000,.*,range,' "$tmp/far.csv" && echo 'ok - whom_no_sensor_reaches_is_out_of_range' || { echo 'not ok - whom_no_sensor_reaches_is_out_of_range'; cat "$tmp/far.csv"; }

# four echoes abreast, 2 NM apart, that one aerostat sees alone, coarsely and every 12 s
cat >"$tmp/abreast.yaml" <<'YAML'
duration_s: 900
sensors: {where: flags=aerostat nation=US}
traffic: {aircraft: 0}
flights: [{speed_kt: 180, level_ft: 3000, count: 4, spread_nm: 2, route: [[26.40, -94.60], [28.30, -95.10]]}]
YAML
"$AIRSEAM" simulate "$tmp/abreast.yaml" --out "$tmp/abreast.tape" --truth "$tmp/abreast" --quiet
printf 'siap_completeness: {min: 0.8}\nfalse_tracks: {max: 1}\n' >"$tmp/abreast.limits"
claim 'echoes_abreast_are_tracked' 0 "$AIRSEAM" evaluate --truth "$tmp/abreast" --require "$tmp/abreast.limits" "$tmp/abreast.tape"

# the same run as a tape, as CSV and as CAT062
"$AIRSEAM" simulate --aircraft 20 --duration 120 --seed 2 --out "$tmp/sim.tape" --truth "$tmp/sim" --quiet
"$AIRSEAM" replay "$tmp/sim.tape" --tracks "$tmp/sim.csv" --cat062 "$tmp/sim.ast" --cat062-period 4 >/dev/null
"$AIRSEAM" evaluate --truth "$tmp/sim" --csv "$tmp/sim.csv" >"$tmp/csv.out"
claim 'tapes_are_judged' 0 "$AIRSEAM" evaluate --truth "$tmp/sim" --csv "$tmp/sim.tape"
cmp -s "$tmp/out" "$tmp/csv.out" || awk -F, 'NR == FNR { v[$1 "," $2] = $3; next } { d = $3 - v[$1 "," $2]; if (d < 0) d = -d; if (d > 1e-3 * ($3 < 0 ? -$3 : $3) + 1e-3) { print "# " $0 " csv: " v[$1 "," $2]; bad = 1 } } END { exit bad }' \
    "$tmp/csv.out" "$tmp/out" && echo 'ok - a_tape_and_its_tracks_are_judged_alike' || echo 'not ok - a_tape_and_its_tracks_are_judged_alike'
claim 'category_062_is_judged' 0 "$AIRSEAM" evaluate --truth "$tmp/sim" --csv "$tmp/sim.ast"
awk -F, 'NR == FNR { v[$1 "," $2] = $3; next } $1 == "all" && $2 ~ /^(targets|track_ids)$/ && $3 != v[$1 "," $2] { bad = 1 }
    $1 == "all" && $2 == "siap_completeness" { n++; if ($3 < v["all,siap_completeness"] - 0.02) bad = 1 }
    END { exit bad || !n }' "$tmp/csv.out" "$tmp/out" && echo 'ok - category_062_says_what_the_tracks_were' || echo 'not ok - category_062_says_what_the_tracks_were'

printf 'siap_completeness: {min: 0.01}\nid_switches: {max: 1000}\nkind:cooperative:\n  pos_rms_m: {min: 0, max: 5000}\n' >"$tmp/kept.yaml"
claim 'limits_that_are_kept_are_no_failure' 0 "$AIRSEAM" evaluate --truth "$dir" --require "$tmp/kept.yaml" "$dir/tracks.csv"
printf 'pos_rms_m: {max: 0.1}\n' >"$tmp/broken.yaml"
claim 'a_limit_that_is_not_kept_is_a_failure' 1 "$AIRSEAM" evaluate --truth "$dir" --require "$tmp/broken.yaml" "$dir/tracks.csv"
printf 'class:zeppelin:\n  pos_rms_m: {max: 1e9}\n' >"$tmp/nobody.yaml"
claim 'a_limit_of_what_was_not_judged_is_a_failure' 1 "$AIRSEAM" evaluate --truth "$dir" --require "$tmp/nobody.yaml" "$dir/tracks.csv"
printf 'siap_completeness: {min: 0.9}\npos_rms: {max: 5}\nbreaks: {most: 5}\nswaps: few\n' >"$tmp/wrong.yaml"
claim 'mistakes_in_limits_are_an_error' 2 "$AIRSEAM" evaluate --truth "$dir" --require "$tmp/wrong.yaml" "$dir/tracks.csv"
said 'every_mistake_is_told_with_its_place' 'wrong.yaml:2:1: ' && said 'keys_are_told_with_their_place' 'wrong.yaml:3:10: ' && said 'values_are_told_with_their_place' 'wrong.yaml:4:8: '

claim 'no_truth_is_an_error' 2 "$AIRSEAM" evaluate "$dir/tracks.csv"
claim 'no_such_tracks_are_an_error' 2 "$AIRSEAM" evaluate --truth "$dir/truth.csv" "$tmp/none.csv"
claim 'only_without_plots_is_an_error' 2 "$AIRSEAM" evaluate --truth "$dir/truth.csv" --only primary "$dir/tracks.csv"
printf 'time_s,track_id,lat,lon\n5,1,40,-90\n10,1,95,-90\n' >"$tmp/beyond.csv"
claim 'values_out_of_range_are_an_error' 2 "$AIRSEAM" evaluate --truth "$dir/truth.csv" "$tmp/beyond.csv"
said 'and_told_with_their_line' 'beyond.csv:3: '
printf 'time_s,track_id,lat,lon\n' >"$tmp/nothing.csv"
claim 'no_tracks_at_all_are_judged_as_such' 0 "$AIRSEAM" evaluate --truth "$dir/truth.csv" --csv "$tmp/nothing.csv"
grep -q '^all,siap_completeness,0$' "$tmp/out" && echo 'ok - nothing_is_not_complete' || echo 'not ok - nothing_is_not_complete'
