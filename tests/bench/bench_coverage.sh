#!/bin/sh
# The continental study, cold and from a warm cache: seconds, the toggling of one sensor, peak memory.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
for run in cold warm; do
    "$PYTHON" - "$AIRSEAM" "$dir" "$run" <<'E2'
import resource, subprocess, sys, time
airseam, folder, run = sys.argv[1:]
began = time.time()
out = subprocess.run([airseam, 'coverage', '--quiet', '--cache', folder], capture_output=True, text=True, check=True).stdout
use = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f'{run}: {time.time() - began:.2f} s ({use.ru_utime + use.ru_stime:.2f} s of processor), {use.ru_maxrss / 1024:.0f} MiB; {out.strip().splitlines()[-1]}')
E2
done
