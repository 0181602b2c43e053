#!/bin/sh
# profile.sh [TAPE]: where the pipeline's time goes: instructions per plot by room of the library, counted by valgrind's callgrind over a replay with CAT062
# output, as a Markdown table. Without a tape: 60 s of `airseam simulate` with 1000 aircraft. O is the folder of the programs.
set -eu
O=${O:-build/release}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
command -v valgrind >/dev/null || {
    echo "skip - no valgrind" >&2
    exit 0
}
tape=${1:-$folder/made.tape}
[ -f "$tape" ] || "$O/airseam" simulate --rate 0 --seed 1 --duration 60 --aircraft 1000 --quiet --out "$tape"
valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$O/airseam" replay "$tape" --cat062 /dev/null >"$folder/said" 2>/dev/null
plots=$(sed -n 's/^plots *\([0-9]*\):.*/\1/p' "$folder/said")
callgrind_annotate --threshold=100 "$folder/out" | awk -v plots="$plots" '
    function of(f) {
        if (match(f, /lib\/[a-z]+\//)) return "lib/" substr(f, RSTART + 4, RLENGTH - 5)
        if (f ~ /(\.\/|^)daemon\//) return "daemon"
        if (f ~ /(\.\/|^)sim\//) return "sim (reading the tape, writing CAT062)"
        if (f ~ /\/proto\/|protobuf/) return "lib/wire"
        return f ~ /math|libm/ ? "mathematical functions of the C library" : "the rest of the C library, loader"
    }
    /^ *[0-9,]+ \([ 0-9.]+%\)  [^ ]*:/ { n = $1; gsub(/,/, "", n); f = $0; sub(/^.*%\)  */, "", f); sum[of(f)] += n; all += n }
    END {
        printf "# Where the time goes\n\nMade by `make bench-profile` (tests/bench/profile.sh): instructions of the processor per plot, counted by callgrind over a replay with CAT062 output every\n"
        printf "4 s (%d plots; start and end of the program included). They do not depend on the load of the machine; waiting for memory is not in them.\n\n", plots
        printf "| room | instructions per plot | share |\n|---|---|---|\n"
        for (r in sum) printf "| %s | %.0f | %.1f %% |\n", r, sum[r] / plots, 100 * sum[r] / all | "sort -t\\| -k3 -rn"
        close("sort -t\\| -k3 -rn")
        printf "| all | %.0f | 100 %% |\n", all / plots
    }'
