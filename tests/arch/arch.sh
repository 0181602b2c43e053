#!/bin/sh
# arch.sh O: the checks of the architecture over the whole tree; O holds release objects of the library. Every check is tried on a planted
# violation by test_arch.sh.
failed=0
for check in layers purity prefix headers budget; do
    if found=$(sh "tests/arch/$check.sh" "$1" 2>&1); then
        echo "ok - $check"
    else
        echo "not ok - $check"
        echo "$found" | sed 's/^/    /'
        failed=$((failed + 1))
    fi
done
[ $failed = 0 ]
