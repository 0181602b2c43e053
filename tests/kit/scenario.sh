#!/bin/sh
# scenario.sh NAME: the options of gen.py that make a scenario of the accuracy tables.
case $1 in
s20) echo "--n 20" ;;
s100) echo "--n 100" ;;
s300) echo "--n 300" ;;
s100none) echo "--n 100 --ident none --keep-alt" ;;
s300none) echo "--n 300 --ident none --keep-alt" ;;
s100high) echo "--n 100 --ident none --keep-alt --manoeuvre high --pairs 0.3 --clutter 60" ;;
s100bias) echo "--n 100 --bias-r 100 --bias-az 0.1 --latency 1 --jitter 2" ;;
s100late) echo "--n 100 --latency 1 --jitter 2" ;;
r1_300) echo "--n 300 --radars 1 --scans 5 --box-km 160 --ident none --keep-alt --clutter 20 --noncoop 0.1" ;;
cont) echo "--n 8000 --radars 150 --scans 12,12,12,5 --box-km 4500 --box-y-km 2800 --spacing-km 300 --lat 39.5 --lon -97 --duration 120 --clutter 40" ;;
*)
    echo "scenario.sh: unknown scenario $1" >&2
    exit 1
    ;;
esac
