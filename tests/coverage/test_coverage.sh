#!/bin/sh
# airseam coverage: tables, JSON, sets, comparison, assumptions, what is kept.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
run() { "$AIRSEAM" coverage --cache "$dir/cache" --cell 20 "$@"; }

run --where flags=border --json >"$dir/cold.json" 2>"$dir/err"
run --where flags=border --json >"$dir/warm.json" 2>>"$dir/err"
claim 'what is kept changes nothing' 'cmp -s "$dir/cold.json" "$dir/warm.json" && [ -s "$dir/cold.json" ]'
claim 'a scenario names the same sensors' 'run border --json | cmp -s - "$dir/cold.json"'
for f in "$dir"/cache/*; do printf x | dd of="$f" bs=1 seek=4000 conv=notrunc 2>/dev/null; done
claim 'damage in what is kept is seen' 'run --where flags=border --json | cmp -s - "$dir/cold.json"'
claim 'nothing else is said' '[ ! -s "$dir/err" ]'

run --where nation=US,CA --compare nation=US,CA,MX --json >"$dir/joins.json"
cat >"$dir/check.py" <<'E2'
import json, sys
def table(o):
    return {(s['scope'], l['layer'], k): l[k] for s in o['scopes'] for l in s['layers'] for k in ('non-cooperative', 'cooperative')}
o = json.load(open(sys.argv[1]))
a, b = table(o), table(o['then'])
assert o['assumptions']['k'] > 1.33 and o['assumptions']['rcs_m2'] == 2 and not o['assumptions']['smooth_earth']
assert all(x >= y for v in a.values() for x, y in zip(v['folds_percent'], v['folds_percent'][1:]))
assert all(y >= x for key in a for x, y in zip(a[key]['folds_percent'], b[key]['folds_percent'])), 'more sensors see more'
assert all(b[key]['meets_999_percent'] >= a[key]['meets_999_percent'] for key in a)
assert b['FIR MX', '25000 ft', 'cooperative']['folds_percent'][0] > a['FIR MX', '25000 ft', 'cooperative']['folds_percent'][0] + 20
assert all(a[key] == b[key] for key in a if key[0] == 'FIR CZEG'), 'far away nothing changes'
E2
claim 'Mexico joining adds, and adds in Mexico' '"$PYTHON" "$dir/check.py" "$dir/joins.json"'

run --where flags=border --without nation=MX >"$dir/text"
claim 'sensors are left out by terms' 'grep -q "^22 sensors: flags=border, without nation=MX" "$dir/text"'
claim 'the assumptions stand in the report' 'grep -q "k 1.333, cross-section 2 m2, detection at least 0.8" "$dir/text"'
run --where flags=border --terrain "$dir/none.terrain" >"$dir/out" 2>&1
claim 'without terrain it refuses' '[ $? = 2 ] || grep -q "without terrain nothing is computed" "$dir/out"'
claim 'a smooth earth is said loudly' 'run --where flags=border --terrain none | head -1 | grep -q "SMOOTH EARTH"'
run --where flags=nothing >/dev/null 2>&1
claim 'no sensor at all is refused' '[ $? = 2 ]'
