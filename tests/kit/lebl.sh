#!/bin/sh
# lebl.sh O: makes doc/figures/barcelona.md: real sensors at Barcelona below AIRSEAM_DATA: one hour of the Mode S radar in 2023, and two hours of ADS-B and
# multilateration of one night in 2016, each alone and both fused. Judged by the plots' own Mode S addresses (airseam replay --continuity). Skipped aloud
# without the recordings. OUT=file writes elsewhere.
set -eu
airseam=$1/airseam
out=${OUT:-doc/figures/barcelona.md}
radar=${AIRSEAM_DATA:-}/recordings/lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast
adsb=${AIRSEAM_DATA:-}/recordings/lebl_20160510/160510-lebl-220001_ADSB_cat021_v023.ast
mlat=${AIRSEAM_DATA:-}/recordings/lebl_20160510/160510-lebl-220001_MLAT_cat020.ast
[ -n "${AIRSEAM_DATA:-}" ] && [ -r "$radar" ] && [ -r "$adsb" ] && [ -r "$mlat" ] || {
    echo "skip - AIRSEAM_DATA names no folder with recordings/lebl_cat048 and lebl_20160510"
    exit 0
}
row() { # title, then what replay takes
    title=$1
    shift
    "$airseam" replay --json --continuity "$@" | ${PYTHON:-/usr/bin/python3} -c '
import json, sys
d = json.load(sys.stdin)
c = d["continuity"]
print("| %s | %d | %d | %d | %d | %d | %d | %d | %d |" % (sys.argv[1], c["plots"], c["addresses"], c["long_visits"], c["whole"], c["untracked"], c["switches"], c["breaks"], c["unassigned"]))
' "$title"
}
old="--edition 021=0.23 --date 2016-05-10 --site 0/107=adsb"
mkdir -p "$(dirname "$out")"
{
    cat <<END
# Real sensors at Barcelona

Made by \`make figures-barcelona\` (tests/kit/lebl.sh) from the recordings below AIRSEAM_DATA: one hour of the Mode S radar (2 May 2023), and two hours of the ADS-B
ground station and the multilateration system of the airport (10 May 2016), alone and fused into one picture. The truth is the plots' own Mode S addresses: a
visit is a time without a longer silence; it is whole where one track number lasts to its end. Plots left unassigned: of aircraft whose track was there.

| sensors | plots with address | addresses | visits of 5 plots and more | whole | untracked | switches | breaks | plots left unassigned |
|---|---|---|---|---|---|---|---|---|
END
    row "Mode S radar, 2023" --date 2023-05-02 --site 20/129=41.3007015,2.1020582,27.257,4 "$radar"
    # shellcheck disable=SC2086
    row "ADS-B, 2016" $old "$adsb"
    # shellcheck disable=SC2086
    row "multilateration, 2016" $old "$mlat"
    # shellcheck disable=SC2086
    row "ADS-B and multilateration fused, 2016" $old "$adsb" "$mlat"
} >"$out.part"
mv "$out.part" "$out"
echo "$out"
