#!/bin/sh
# The area that sensors see beside what another program says on the same terrain.
set -u
claim='ten sensors see the area that gdal_viewshed sees, within 5 %'
if ! command -v gdal_viewshed >/dev/null || ! command -v gdalwarp >/dev/null; then
    echo "skip - $claim: gdal-bin is not there"
    exit 0
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
"$PYTHON" tests/coverage/viewshed.py "$AIRSEAM" "$dir/cache" "$dir" >"$dir/out" 2>"$dir/err" || cat "$dir/err"
cat "$dir/out"
if awk '/^ratio/ { found = 1; good = $2 > 0.95 && $2 < 1.05 } END { exit !(found && good) }' "$dir/out"; then echo "ok - $claim"; else echo "not ok - $claim"; fi
