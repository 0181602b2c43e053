#!/bin/sh
# The demonstration of `make demo`; O is the folder of the release build.
for program in airseamd airseam; do
    [ -x "$O/$program" ] || { echo "demo: $O/$program is not built yet: there is nothing to show" >&2; exit 1; }
done
echo "demo: the scenario that feeds the daemon is not written yet" >&2
exit 1
