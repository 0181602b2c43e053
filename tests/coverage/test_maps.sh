#!/bin/sh
# What airseam coverage writes for geographic programs, and its page.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
run() { "$AIRSEAM" coverage --cache "$dir/cache" --cell 25 "$@" >/dev/null; }

run --geojson "$dir/c.geojson" --html "$dir/c.html"
cat >"$dir/check.py" <<'E2'
import json, math, sys
o = json.load(open(sys.argv[1]))
assert len(o['features']) == 2 * 12 * 4
def area(ring): return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:])) / 2
def nm2(ring):  # on the sphere: integral of sin(lat) d(lon)
    return abs(sum((b[0] - a[0]) * (math.sin(math.radians(a[1])) + math.sin(math.radians(b[1]))) / 2 for a, b in zip(ring, ring[1:]))) * math.pi / 180 * 3440.07 ** 2
for f in o['features']:
    total = 0
    for polygon in f['geometry']['coordinates']:
        for i, ring in enumerate(polygon):
            assert ring[0] == ring[-1] and len(ring) >= 4
            if max(p[1] for p in ring) < 80:
                assert (area(ring) > 0) == (i == 0), 'outer rings anticlockwise, holes clockwise'
            assert all(abs(a[0] - b[0]) < 181 for a, b in zip(ring, ring[1:])) and all(-180 <= p[0] <= 180 for p in ring)
            assert len({p[0] < 0 for p in ring if abs(p[0]) not in (0, 180)}) <= 1, 'no ring lies on both sides of the antimeridian'
            total += nm2(ring) if i == 0 else -nm2(ring)
    stated = f['properties']['area_nm2']
    assert abs(total - stated) < 0.02 * stated + 3000, (f['properties'], total)
E2
claim 'rings are wound right, cut at the antimeridian, and have their area' '"$PYTHON" "$dir/check.py" "$dir/c.geojson"'
claim 'the page stands alone' '! grep -qE "(src|href)=" "$dir/c.html" && [ "$(grep -c "<svg viewBox" "$dir/c.html")" = 8 ] && tail -1 "$dir/c.html" | grep -q "</html>"'
run --where nation=US,CA --compare nation=US,MX --delta "$dir/delta.geojson" --html "$dir/delta.html"
cat >"$dir/delta.py" <<'E2'
import json, sys
f = json.load(open(sys.argv[1]))['features']
assert len(f) == 2 * 12 * 2
for x in f:
    p = x['properties']
    points = [q for polygon in x['geometry']['coordinates'] for q in polygon[0]]
    assert (p['area_nm2'] > 0) == (len(points) > 0)
    if p['change'] == 'gained':
        assert all(q[1] < 40 for q in points), 'Mexico adds in the south'
    else:
        assert all(q[1] > 38 for q in points), 'Canada is missed in the north'
assert sum(x['properties']['area_nm2'] for x in f if x['properties']['change'] == 'gained' and x['properties']['layer'] == '35000 ft') > 1e5
E2
claim 'what a comparison gains and loses is outlined where it is' '"$PYTHON" "$dir/delta.py" "$dir/delta.geojson"'
claim 'and drawn' '[ "$(grep -c "what changes</figcaption>" "$dir/delta.html")" = 8 ]'
claim 'a difference needs two sets' '"$AIRSEAM" coverage --delta "$dir/no" 2>&1 | grep -q -- "--compare" && [ ! -e "$dir/no" ]'
claim 'the page states the assumptions' 'grep -q "k 1.333, cross-section 2 m2" "$dir/c.html"'
if command -v ogrinfo >/dev/null && command -v ogr2ogr >/dev/null; then
    run --gpkg "$dir/c.gpkg" --kml "$dir/c.kml" --tif "$dir/c.tif"
    claim 'ogrinfo opens the GeoPackage' 'ogrinfo -so -al "$dir/c.gpkg" | grep -q "Feature Count: 96"'
    claim 'ogrinfo opens the KML' 'ogrinfo -so -al "$dir/c.kml" | grep -q "Feature Count: 96"'
    claim 'ogrinfo opens the GeoJSON' 'ogrinfo -so -al "$dir/c.geojson" | grep -q "Feature Count: 96"'
    claim 'gdalinfo opens the GeoTIFF, on equal areas' 'gdalinfo "$dir/c.tif" >"$dir/info" && grep -q "Lambert Azimuthal Equal Area" "$dir/info" && grep -q "Band 24" "$dir/info"'
else
    echo 'skip - what GDAL makes of it: gdal-bin is not there'
fi
