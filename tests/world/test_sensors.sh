#!/bin/sh
# The sensor files as a user meets them: what is selected and printed, what a row that is wrong costs, and who refuses it.
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

claim() { # claim TEXT COMMAND...: the command decides
    text=$1
    shift
    if "$@" >"$folder/claim" 2>&1; then echo "ok - $text"; else echo "not ok - $text"; cat "$folder/claim"; fi
}
# ends STATUS COMMAND...: with that exit status; what it said is in $folder/said
ends() { wanted=$1; shift; "$@" >"$folder/out" 2>"$folder/said"; status=$?; cat "$folder/said"; [ $status = "$wanted" ]; }
says() { grep -q -e "$1" "$folder/said" || { cat "$folder/said"; return 1; }; }

claim "every row of the shipped files is good" ends 0 "$AIRSEAM" sensors --check
"$AIRSEAM" sensors --where flags=border --csv >"$folder/good.csv"
claim "what is selected reads again" ends 0 "$AIRSEAM" sensors --check "$folder/good.csv"
awk -F, -v OFS=, 'NR == 5 { $8 = "sideways" } { print }' "$folder/good.csv" >"$folder/bad.csv"
name=$(sed -n '5s/,.*//p' "$folder/bad.csv")
claim "a row that is wrong makes --check fail" ends 1 "$AIRSEAM" sensors --check "$folder/bad.csv"
claim "and is told by file, line and column" says "bad.csv:5:[0-9]*: sites.kind: expected .* found \"sideways\""
claim "a list goes on with the others" ends 0 "$AIRSEAM" sensors "$folder/bad.csv"
claim "and counts what is wrong" says "^1 row of the sensor files is wrong"
claim "a run goes on without it" ends 0 "$AIRSEAM" simulate --sensors "$folder/bad.csv" --duration 5 --out "$folder/x.ast"
claim "and says so" says "^1 row of the sensor files passed over"
claim "one sensor is missing there" says "^30 radars"
printf 'sensors: {files: ["%s"], where: ""}\n' "$folder/bad.csv" >"$folder/s.yaml"
claim "a scenario with it does not pass the check" ends 1 "$AIRSEAM" scenario check "$folder/s.yaml"
claim "a study refuses it" ends 2 "$AIRSEAM" coverage --sensors "$folder/bad.csv" --where '' --no-cache
printf 'sensors: {files: [bad.csv]}\n' >"$folder/node.yaml"
claim "the daemon refuses it" ends 2 "$AIRSEAMD" --config "$folder/node.yaml"
claim "a deselected row may be wrong" ends 0 "$AIRSEAM" sensors --check --where "name!=$name" "$folder/bad.csv"
claim "a column that no file has is refused" ends 2 "$AIRSEAM" sensors --where owned=FAA
claim "and named" says 'found "owned"'
claim "a scenario's sensors are listed" ends 0 "$AIRSEAM" sensors --scenario sdn-mexico --where nation=MX --csv
theirs=$(grep -h ',MX,' config/sensors/mx.csv config/platforms.csv | cut -d, -f1)
claim "all of them, its platforms too, and no others" [ "$(sed 1d "$folder/out" | cut -d, -f1)" = "$theirs" ]
claim "GeoJSON has a point for each" sh -c '[ "$("$AIRSEAM" sensors --where flags=border --geojson | tr "{" "\n" | grep -c \"Point\")" = 31 ]'
printf 'events:\n  - at 00:20 fail US-makah\n  - at 00:01 leave MX\nsensors: {where: nation=US}\nduration_s: 600\n' >"$folder/e.yaml"
claim "events that come too late or meet nobody do not pass the check" ends 1 "$AIRSEAM" scenario check "$folder/e.yaml"
claim "the late one is told by its place" says 'e.yaml:2:5: events: expected a time before the end'
claim "the idle one too" says 'e.yaml:3:5: events: expected a sensor of this scenario'

printf 'extends: border.yaml\nduration_s: 60\n' >"$folder/mine.yaml"
claim "a scenario of one's own extends a shipped one from anywhere" ends 0 "$AIRSEAM" scenario check "$folder/mine.yaml"
