#!/bin/sh
# tally.sh FOLDER RESULT.tap...: one line per program, every failure with where its words are, and at last "N passed, N failed[, N skipped]".
# A missing result is a failure (its program was not built). Results with failures or skips are removed, so that they run again.
base=$1
shift
passed=0 failed=0 skipped=0
for tap; do
    name=${tap#"$base"/}
    name=${name%.tap}
    if [ ! -f "$tap" ]; then
        failed=$((failed + 1))
        echo "  $name: not built"
        continue
    fi
    s=$(grep -c '^skip' "$tap")
    f=$(grep -c '^not ok' "$tap")
    # a C test that skips also reports itself as passed
    p=$(grep -c '^ok' "$tap")
    [ "${name%.sh}" != "$name" ] || p=$((p - s))
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    echo "  $name: $p passed$([ "$f" = 0 ] || echo ", $f failed")$([ "$s" = 0 ] || echo ", $s skipped")"
    grep '^skip' "$tap" | LC_ALL=C sort | uniq -c | sed 's/^ *1 /    /; s/^ *\([0-9][0-9]*\) \(.*\)/    \2 (\1 times)/'
    if [ "$f" != 0 ]; then
        grep '^not ok' "$tap" | sed 's/^/    /'
        echo "    see ${tap%.tap}.log"
    fi
    [ "$f$s" = 00 ] || rm -f "$tap"
done
summary="$passed passed, $failed failed$([ "$skipped" = 0 ] || echo ", $skipped skipped")"
echo "$summary" >"$base/summary"
echo "$summary"
[ "$failed" = 0 ] && [ $((passed + skipped)) != 0 ]
