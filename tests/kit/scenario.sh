#!/bin/sh
# scenario.sh NAME: how a scenario of the accuracy tables is made: the script of this folder and its options. The names that end in "none" are without
# identity. Recorded flights lie below AIRSEAM_DATA: without it their scenarios are skipped aloud, exit status 3.
recorded() { # file seconds
    [ -n "$AIRSEAM_DATA" ] && [ -f "$AIRSEAM_DATA/recordings/adsb/$1.json.gz" ] || {
        echo "skip - no recordings/adsb/$1 under AIRSEAM_DATA" >&2
        exit 3
    }
    echo "real.py $AIRSEAM_DATA/recordings/adsb/$1.json.gz $2"
}
none="--ident none --keep-alt"
case $1 in
s20) echo "gen.py --n 20" ;;
s100) echo "gen.py --n 100" ;;
s300) echo "gen.py --n 300" ;;
s100none) echo "gen.py --n 100 $none" ;;
s300none) echo "gen.py --n 300 $none" ;;
s100high) echo "gen.py --n 100 $none --manoeuvre high --pairs 0.3 --clutter 60" ;;
s100bias) echo "gen.py --n 100 --bias-r 100 --bias-az 0.1 --latency 1 --jitter 2" ;;
s100late) echo "gen.py --n 100 --latency 1 --jitter 2" ;;
r1_300) echo "gen.py --n 300 --radars 1 --scans 5 --box-km 160 $none --clutter 20 --noncoop 0.1" ;;
cont) echo "gen.py --n 8000 --radars 150 --scans 12,12,12,5 --box-km 4500 --box-y-km 2800 --spacing-km 300 --lat 39.5 --lon -97 --duration 120 --clutter 40" ;;
switzerland) recorded collections__switzerland 900 ;;
montreal) recorded calibration__montreal 3600 ;;
vancouver) recorded calibration__vancouver 3600 ;;
texas) recorded surveys__texas 3600 ;;
indiana) recorded surveys__indiana 3600 ;;
*-none) echo "$(sh "$0" "${1%-none}") $none" ;;
*)
    echo "scenario.sh: unknown scenario $1" >&2
    exit 1
    ;;
esac
