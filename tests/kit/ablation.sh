#!/bin/sh
# ablation.sh O [SCENARIO...]: makes doc/figures/ablation.md: what each method of the tracker buys, by `airseam replay` with that one method
# switched off in the settings (tracker.METHOD: false), over SEEDS (1 2 3) of scenarios of gen.py, judged by score.py.
# OUT=file writes elsewhere; WORK=folder keeps the runs, laid out as those of figures.sh.
set -e
airseam=$1/airseam
shift
kit=tests/kit
python=${PYTHON:-/usr/bin/python3}
work=${WORK:-$(mktemp -d)}
out=${OUT:-doc/figures/ablation.md}
[ -n "$WORK" ] || trap 'rm -rf "$work"' EXIT
OMP_NUM_THREADS=1
export OMP_NUM_THREADS

settings() { # method
    printf 'node: {name: kit, nation: US}\nsensors: {files: []}\nfeeds: []\noutputs: []\n'
    case $1 in
    all) ;;
    *) printf 'tracker: {%s: false}\n' "$1" ;;
    esac
}

# Rows of the settings that are there for comparison; "all" switches nothing off and comes first.
METHODS=${METHODS:-all height_estimation registration sigma_maps retro_merge identity}

[ $# -gt 0 ] || set -- s300 s300none s100high s100bias r1_300
for method in $METHODS; do
    mkdir -p "$work"
    settings "$method" >"$work/$method.yaml"
    for scenario; do
        for seed in ${SEEDS:-1 2 3}; do
            run=$work/$scenario/$seed
            [ -f "$run/plots.csv" ] || {
                mkdir -p "$run"
                $python "$kit"/$(sh $kit/scenario.sh "$scenario") --seed "$seed" --out "$run" >/dev/null
            }
            "$airseam" replay --config "$work/$method.yaml" "$run/plots.csv" --tracks "$run/$method.csv" --every 5 >/dev/null
            $python $kit/score.py --truth "$run/truth.csv" --tracks "$run/$method.csv" --plots "$run/plots.csv" --plots-truth "$run/plots_truth.csv" \
                --json "$run/without-$method.json" >/dev/null
            rm -f "$run/$method.csv"
        done
    done
    echo "without $method" >&2
done
mkdir -p "$(dirname "$out")"
# shellcheck disable=SC2086
METHODS=$METHODS $python $kit/ablation.py "$work" "$@" >"$out.part"
mv "$out.part" "$out"
echo "$out"
