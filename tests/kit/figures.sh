#!/bin/sh
# figures.sh O [SCENARIO...]: makes doc/figures/accuracy.md: scenarios of gen.py over SEEDS (1..10), tracked by `airseam replay` with default
# settings, judged by score.py, and beside each the perfect-association reference (oracle.py --causal) on the same plots.
# Debian's python3 with numpy and scipy. OUT=file writes elsewhere, TARGET=name says how it was made; WORK=folder keeps the runs.
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

# What the reference is spared: its plots have the true biases removed where ours must find them.
spared() {
    case $1 in
    s100bias) echo "--unbias" ;;
    esac
}

judge() { # folder tracks json [option of score.py]...
    at=$1 tracks=$2 json=$3
    shift 3
    $python $kit/score.py --truth "$at/truth.csv" --tracks "$at/$tracks" --plots "$at/plots.csv" --plots-truth "$at/plots_truth.csv" --json "$at/$json" "$@" >/dev/null
}

[ $# -gt 0 ] || set -- s20 s100 s100bias
for scenario; do
    given=$(sh $kit/scenario.sh "$scenario") || {
        [ $? = 3 ] && continue
        exit 1
    }
    for seed in ${SEEDS:-1 2 3 4 5 6 7 8 9 10}; do
        run=$work/$scenario/$seed
        mkdir -p "$run"
        [ -f "$run/plots.csv" ] || $python "$kit"/$given --seed "$seed" --out "$run" >/dev/null
        "$airseam" replay "$run/plots.csv" --tracks "$run/tracks.csv" --every 5 >/dev/null
        judge "$run" tracks.csv ours.json
        [ -f "$run/oracle.json" ] || {
            $python $kit/oracle.py --causal $(spared "$scenario") --dir "$run" --out "$run/oracle.csv" >/dev/null
            judge "$run" oracle.csv oracle.json
        }
        case $scenario in # the class whose height has to be estimated
        s300)
            judge "$run" tracks.csv ours-primary.json --only primary
            [ -f "$run/oracle-primary.json" ] || judge "$run" oracle.csv oracle-primary.json --only primary
            ;;
        esac
        echo "$scenario seed $seed" >&2
    done
done
mkdir -p "$(dirname "$out")"
$python $kit/table.py "$work" "$@" >"$out.part"
mv "$out.part" "$out"
echo "$out"
