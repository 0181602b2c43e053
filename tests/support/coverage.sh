#!/bin/sh
# coverage.sh O: lines that the tests ran, per room, from gcc's counters below O; files without a run are named.
O=$1
find "$O/lib" "$O/daemon" "$O/sim" -name '*.gcno' 2>/dev/null | LC_ALL=C sort | while read -r notes; do
    object=${notes%.gcno}
    source=${object#"$O"/}.c
    [ -f "$source" ] || continue
    gcov -n -o "$(dirname "$notes")" "$object.o" 2>/dev/null | awk -v source="$source" '
        /^File / { mine = index($0, source) }
        mine && /^Lines executed:/ { split($0, part, /[:% ]+/); print source, part[3] * part[5] / 100, part[5]; exit }'
done | awk '
{
    n = split($1, part, "/")
    room = n > 2 ? part[1] "/" part[2] : part[1]
    ran[room] += $2; lines[room] += $3; all_ran += $2; all += $3
    if ($2 == 0 && $3 > 0) print "  never run: " $1
}
END {
    for (room in lines) printf "  %-16s %5.1f %% of %d lines\n", room, 100 * ran[room] / lines[room], lines[room] | "LC_ALL=C sort"
    close("LC_ALL=C sort")
    printf "  %-16s %5.1f %% of %d lines\n", "all", all ? 100 * all_ran / all : 0, all
}'
