#!/bin/sh
# airseam choose: greedy against the exact optimum of cbc, budget and costs.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
run() { "$AIRSEAM" choose --cache "$dir/cache" --cell 20 --json "$@"; }
python() { "$PYTHON" -c "import json, sys; a = [json.load(open(f)) for f in sys.argv[2:]]; sys.exit(not eval(sys.argv[1]))" "$@"; }

run --budget 3 >"$dir/three"
run --budget 6 >"$dir/six"
claim 'a greater budget begins with the same choice' 'python "[c[\"sensor\"] for c in a[1][\"greedy\"][:3]] == [c[\"sensor\"] for c in a[0][\"greedy\"]]" "$dir/three" "$dir/six"'
claim 'gains fall, and the bound holds them' 'python "all(x[\"gain\"] >= y[\"gain\"] for x, y in zip(a[0][\"greedy\"], a[0][\"greedy\"][1:])) and a[0][\"total\"] <= a[0][\"bound\"] <= a[0][\"all\"] + 1e-6" "$dir/six"'
run --budget 3 --without flags=placeholder >"$dir/sure"
claim 'what is left out is not chosen' 'python "not any(c[\"placeholder\"] for c in a[0][\"greedy\"]) and any(c[\"placeholder\"] for c in a[1][\"greedy\"])" "$dir/sure" "$dir/six"'
first=$("$PYTHON" -c "import json; print(json.load(open('$dir/three'))['greedy'][0]['sensor'])")
printf 'name,cost\n%s,100\n' "$first" >"$dir/costs.csv"
run --budget 3 --costs "$dir/costs.csv" >"$dir/dear"
claim 'what is too dear is not chosen' '! grep -q "\"$first\"" "$dir/dear" && grep -q sensor "$dir/dear"'
printf 'name,cost\nno-such-radar,2\n' >"$dir/other.csv"
claim 'a cost of none of the candidates is told' 'run --budget 3 --costs "$dir/other.csv" 2>"$dir/told" | cmp -s - "$dir/three" && grep -q "other.csv: 1 rows name no candidate" "$dir/told"'
if command -v cbc >/dev/null; then
    run --budget 4 --exact >"$dir/exact"
    claim 'greedy never beats exact, nor exact the bound' 'python "a[0][\"exact\"][\"proven\"] and a[0][\"total\"] <= a[0][\"exact\"][\"total\"] * (1 + 1e-7) and a[0][\"exact\"][\"total\"] <= a[0][\"bound\"] * (1 + 1e-7)" "$dir/exact"'
else
    echo 'skip - greedy never beats exact, nor exact the bound: the program cbc is not there'
fi
