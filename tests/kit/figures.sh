#!/bin/sh
# figures.sh O [SCENARIO...]: makes doc/figures/accuracy.md: scenarios of gen.py over SEEDS (1..10), tracked by `airseam replay` with default
# settings, judged by score.py, and beside each the perfect-association reference (oracle.py --causal) on the same plots.
# Debian's python3 with numpy and scipy. OUT=file writes elsewhere; WORK=folder keeps the runs.
set -e
airseam=$1/airseam
shift
kit=tests/kit
python=${PYTHON:-/usr/bin/python3}
work=${WORK:-$(mktemp -d)}
out=${OUT:-doc/figures/accuracy.md}
[ -n "$WORK" ] || trap 'rm -rf "$work"' EXIT
OMP_NUM_THREADS=1
export OMP_NUM_THREADS

options() {
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
    *) echo "figures.sh: unknown scenario $1" >&2; return 1 ;;
    esac
}

# What the reference is spared: its plots have the true biases removed where ours must find them.
spared() {
    case $1 in
    s100bias) echo "--unbias" ;;
    esac
}

judge() { # folder tracks json
    $python $kit/score.py --truth "$1/truth.csv" --tracks "$1/$2" --plots "$1/plots.csv" --plots-truth "$1/plots_truth.csv" --json "$1/$3" >/dev/null
}

[ $# -gt 0 ] || set -- s20 s100 s100bias
for scenario; do
    given=$(options "$scenario")
    for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10}; do
        run=$work/$scenario/$seed
        mkdir -p "$run"
        [ -f "$run/plots.csv" ] || $python $kit/gen.py $given --seed "$seed" --out "$run" >/dev/null
        "$airseam" replay "$run/plots.csv" --tracks "$run/tracks.csv" --every 5 >/dev/null
        judge "$run" tracks.csv ours.json
        [ -f "$run/oracle.json" ] || {
            $python $kit/oracle.py --causal $(spared "$scenario") --dir "$run" --out "$run/oracle.csv" >/dev/null
            judge "$run" oracle.csv oracle.json
        }
        echo "$scenario seed $seed" >&2
    done
done
mkdir -p "$(dirname "$out")"
$python $kit/table.py "$work" "$@" >"$out.part"
mv "$out.part" "$out"
echo "$out"
