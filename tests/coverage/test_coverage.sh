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

run --where nation=US --json >"$dir/stand.json"
run --where nation=US --platforms name=e3-gulf,rothr-texas --json >"$dir/fly.json"
run --where nation=US --platforms name=e3-gulf,rothr-texas --without name=e3-gulf,rothr-texas --json >"$dir/landed.json"
cat >"$dir/fly.py" <<'E2'
import json, sys
stand, fly, landed = (json.load(open(p)) for p in sys.argv[1:])
def table(o):
    return {(s['scope'], l['layer'], k): l[k]['folds_percent'][0] for s in o['scopes'] for l in s['layers'] for k in ('non-cooperative', 'cooperative')}
a, b, c = table(stand), table(fly), table(landed)
assert fly['sensors'] == stand['sensors'] + 2 and all(b[k] >= a[k] for k in a) and a == c
low = 'sea 0-200 NM', '500 ft AGL'
assert b[low + ('non-cooperative',)] > a[low + ('non-cooperative',)] + 1, 'what flies looks down'
assert b['FIR MX', '500 ft AGL', 'cooperative'] < b['FIR MX', '500 ft AGL', 'non-cooperative'], 'what looks over the horizon hears no replies'
E2
claim 'airborne radars and those over the horizon see low over the sea' '"$PYTHON" "$dir/fly.py" "$dir/stand.json" "$dir/fly.json" "$dir/landed.json"'
claim 'platforms come with a scenario' 'run gulf-watch | head -1 | grep -q "platforms name=e3-gulf"'
claim 'a platform that nobody has is refused' '! run --platforms name=none >/dev/null 2>&1'

run --where flags=border --without nation=MX >"$dir/text"
claim 'sensors are left out by terms' 'grep -q "^22 sensors: flags=border, without nation=MX" "$dir/text"'
claim 'the assumptions stand in the report' 'grep -q "k 1.333, cross-section 2 m2, detection at least 0.8" "$dir/text"'
run --where flags=border --terrain "$dir/none.terrain" >"$dir/out" 2>&1
claim 'without terrain it refuses' '[ $? = 2 ] || grep -q "without terrain nothing is computed" "$dir/out"'
claim 'a smooth earth is said loudly' 'run --where flags=border --terrain none | head -1 | grep -q "SMOOTH EARTH"'
run --where flags=nothing >/dev/null 2>&1
claim 'no sensor at all is refused' '[ $? = 2 ]'

run --where flags=border --warning 29.76,-95.37 --json >"$dir/point.json"
cat >"$dir/point.py" <<'E2'
import json, sys
w = json.load(open(sys.argv[1]))['warning']
assert {r['sector'] for r in w['straight']} >= {'Gulf of Mexico', 'Pacific, south-west'} and all(r['routes'] > 0 for r in w['straight'])
assert len(w['least_seen']) == 6
for way in w['least_seen']:
    lat, lon = way['path_lat_lon_deg'][-1]
    assert abs(lat - 29.76) < 0.3 and abs(lon + 95.37) < 0.35, 'a way ends where it is asked to'
    assert way['longest_unseen_nm'] + way['seen_nm'] <= way['length_nm'] + 1 and way['length_nm'] > 600
    assert all(abs(a[0] - b[0]) < 3 for a, b in zip(way['path_lat_lon_deg'], way['path_lat_lon_deg'][1:])), 'it has no leaps'
E2
claim 'a place is defended as a border is' '"$PYTHON" "$dir/point.py" "$dir/point.json"'
claim 'a place that is none is refused' '! run --where flags=border --warning 95,10 >/dev/null 2>"$dir/err" && grep -q "found .95,10" "$dir/err"'
claim 'a place beyond the region is refused' '! run --where flags=border --warning=-40,10 >/dev/null 2>"$dir/err" && grep -q "a place of the region" "$dir/err"'
