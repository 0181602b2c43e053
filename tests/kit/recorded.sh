#!/bin/sh
# recorded.sh O: makes doc/figures/recorded.md: aircraft that were really flown (recordings/adsb below AIRSEAM_DATA) under simulated radars, tracked by
# `airseam replay` with and without identity, and with echoes alone; judged by `airseam evaluate`. OUT=file writes elsewhere; WORK=folder keeps the runs.
set -e
airseam=$1/airseam
python=${PYTHON:-/usr/bin/python3}
work=${WORK:-$(mktemp -d)}
out=${OUT:-doc/figures/recorded.md}
[ -n "$WORK" ] || trap 'rm -rf "$work"' EXIT
[ -f "$AIRSEAM_DATA/recordings/adsb/collections__switzerland.json.gz" ] || { echo "recorded.sh: skip: no recordings/adsb under AIRSEAM_DATA" >&2; exit 0; }

# name, file, from, length, and where it is moved to (none: where it was flown)
recordings='
switzerland collections__switzerland.json.gz 36000 1800 43.5 -76.5
montreal calibration__montreal.json.gz 0 5400
vancouver calibration__vancouver.json.gz 0 5400
carrier military__aircraft_carrier.json.gz 0 5400
'
mkdir -p "$work"
"$airseam" sensors --where flags=border --csv >"$work/sensors.csv"
for identity in true false; do
    printf 'node: {name: recorded, nation: US}\nsensors: {files: [sensors.csv]}\ntracker: {identity: %s}\n' $identity >"$work/$identity.yaml"
done

value() { # json, measure
    "$python" -c 'import json,sys; print("%.4g" % json.load(open(sys.argv[1]))["slices"]["all"].get(sys.argv[2], 0))' "$1" "$2"
}

row() { # name, how, identity, silent
    run=$work/$1-$2
    mkdir -p "$run"
    printf 'duration_s: %s\ntraffic: {aircraft: 0, silent: %s}\nrecorded: {file: recordings/adsb/%s, from_s: %s%s}\n' "$length" "$4" "$file" "$from" "$moved" >"$run/s.yaml"
    "$airseam" simulate "$run/s.yaml" --config "$work/$3.yaml" --out "$run/a.tape" --truth "$run" --quiet
    "$airseam" replay "$run/a.tape" --tracks "$run/tracks.csv" >/dev/null
    "$airseam" evaluate "$run/tracks.csv" --truth "$run" --json >"$run/ours.json"
    printf '| %s | %s | %s |' "$1" "$2" "$(value "$run/ours.json" targets)"
    for m in siap_completeness pos_rms_m pos_p95_m velocity_rms_mps id_switches breaks false_tracks; do
        printf ' %s |' "$(value "$run/ours.json" $m)"
    done
    echo
    echo "$1 $2" >&2
}

{
    cat <<'HEAD'
# Real trajectories

Made by `make figures-flown` (tests/kit/recorded.sh): recorded flights (`recordings/adsb` below AIRSEAM_DATA; airseam-scenario(5), `recorded`, says how)
under the thirty radars with the flag border, simulated with their noise, detection and clutter; tracks of `airseam replay` every 5 s, judged by `airseam evaluate`
while an aircraft had a plot in the last 30 s. "Codes": transponders answer, codes, addresses and callsigns are used; "no codes": they answer, and the
tracker does not use who they say they are; "echoes": no transponder.
The Swiss half hour is flown over Lake Ontario; the others where they were recorded.

| recording | tracker has | aircraft | completeness | position RMS, m | 95th percentile, m | velocity RMS, m/s | switches | breaks | false tracks |
|---|---|---|---|---|---|---|---|---|---|
HEAD
    echo "$recordings" | while read -r name file from length lat lon; do
        [ -n "$name" ] || continue
        moved=${lat:+", moved: true, lat_deg: $lat, lon_deg: $lon"}
        row "$name" "codes" true 0
        row "$name" "no codes" false 0
        row "$name" "echoes" true 1
    done
} >"$work/table"
mkdir -p "$(dirname "$out")"
mv "$work/table" "$out"
echo "$out"
