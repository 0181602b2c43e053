#!/bin/sh
# What airseam coverage predicts beside what airseam simulate brought.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
run() { "$AIRSEAM" coverage --cache "$dir/cache" --quiet "$@"; }

"$AIRSEAM" simulate southern-approach --duration 240 --seed 5 --truth "$dir/truth" --out "$dir/run.tape" --quiet >/dev/null 2>"$dir/err"
"$AIRSEAM" replay "$dir/run.tape" --tracks "$dir/tracks.csv" --json >/dev/null 2>>"$dir/err"
run southern-approach --observed "$dir/truth" --tracks "$dir/tracks.csv" --warning US --json >"$dir/same.json"
run southern-approach --without nation=US --observed "$dir/truth" --json >"$dir/half.json"
cat >"$dir/check.py" <<'E2'
import csv, json, sys
same, half = (json.load(open(p))['observed'] for p in sys.argv[1:3])
def total(o, kind): return next(r for r in o['layers'] if r['kind'] == kind and r['layer'] == 'all')
for o in same, half:
    for kind in 'cooperative', 'non-cooperative':
        rows = [r for r in o['layers'] if r['kind'] == kind and r['layer'] != 'all']
        t = total(o, kind)
        for key in 'samples', 'predicted', 'observed', 'agree', 'places':
            assert sum(r[key] for r in rows) == t[key], (kind, key)
        for r in rows + [t]:
            differ = sum(r['predicted_not_observed'].values()) + sum(r['observed_not_predicted'].values())
            assert differ == r['samples'] - r['agree'], 'every difference has a cause'
a, b = total(same, 'cooperative'), total(half, 'cooperative')
assert a['samples'] > 3000 and a['agree'] > 0.9 * a['samples'] and a['tracked'] > 0.8 * a['observed']
assert a['samples'] == b['samples'] and a['observed'] == b['observed'], 'what happened does not hang on what is predicted'
assert b['agree'] < 0.5 * b['samples'] and b['observed_not_predicted']['unexplained'] > 0.5 * (b['samples'] - b['agree']), 'sensors that were not thought of are not explained away'
assert all(p['predicted'] != (2 * p['observed'] >= p['samples']) for p in same['places'] + half['places'])
E2
claim 'prediction and observation agree where the sensors are the same, and differ for a reason' '"$PYTHON" "$dir/check.py" "$dir/same.json" "$dir/half.json"'
claim 'the table stands in the text' 'run southern-approach --observed "$dir/truth" | grep -q "^PREDICTED AND OBSERVED"'
claim 'tracks alone are refused' '! run southern-approach --tracks "$dir/tracks.csv" >/dev/null 2>"$dir/refused" && grep -q -- "--observed" "$dir/refused"'
claim 'a folder without truth is refused, by its name' '! run southern-approach --observed "$dir" >/dev/null 2>"$dir/refused" && grep -q "truth.csv" "$dir/refused"'
claim 'nothing else is said' '[ ! -s "$dir/err" ]'
