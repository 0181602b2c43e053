#!/bin/sh
# How fast airseam simulate goes on one core, into a tape, and what memory it takes: seconds of the scenario in a second of processor time, peak of resident
# memory, for a short and a long run. Exit status 1 where sdn-mexico is slower than 20 or continental-load than 2 times real time. With a file name the table
# is put at its end.
"${PYTHON:-/usr/bin/python3}" - "${AIRSEAM:-build/release/airseam}" "${O:-build/release}/tests/bench/simulate.tape" "$@" <<'PY'
import os, re, resource, subprocess, sys
airseam, tape = sys.argv[1:3]
os.makedirs(os.path.dirname(tape), exist_ok=True)
lines = ['', '## The simulator', '', 'Scenario to tape with `airseam simulate`, by processor time on one core. Made by `make bench-figures` too.', '',
         '| scenario | sensors | aircraft | s | plots/s | simulated s/s | wanted | peak memory, MB |', '|---|---|---|---|---|---|---|---|']
bad = 0
for name, seconds, wanted in (('sdn-mexico', 120, 20), ('sdn-mexico', 1200, 20), ('continental-load', 30, 2), ('continental-load', 120, 2)):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    p = subprocess.Popen([airseam, 'simulate', name, '--duration', str(seconds), '--out', tape], stderr=subprocess.PIPE, text=True)
    said = p.stderr.read()
    _, status, used = os.wait4(p.pid, 0)
    if status:
        sys.exit(said)
    radars, aircraft = re.search(r'(\d+) radars, (\d+) aircraft', said).groups()
    plots = int(re.search(r'(\d+) plots', said).group(1))
    speed = seconds / (used.ru_utime + used.ru_stime)
    bad += speed < wanted
    lines.append('| %s | %s | %s | %d | %.0f | %.1f | ≥ %d | %.0f |' % (name, radars, aircraft, seconds, plots / seconds, speed, wanted, used.ru_maxrss / 1024))
os.unlink(tape)
print('\n'.join(lines[2:]))
if len(sys.argv) > 3:
    open(sys.argv[3], 'a').write('\n'.join(lines) + '\n')
sys.exit(bad > 0)
PY
