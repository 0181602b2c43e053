#!/usr/bin/python3
"""table.py WORK SCENARIO...: the accuracy table out of the runs that figures.sh made (WORK/<scenario>/<seed>/{ours,oracle}.json), as Markdown."""
import glob, json, math, os, sys

ROWS = [('position RMS, m', 'pos_rms_m', '%.0f'), ('GOSPA, m', 'gospa_rms_m', '%.0f'), ('velocity RMS, m/s', 'velocity_rms_mps', '%.1f')]
COUNTS = [('switches', 'id_switches'), ('breaks', 'breaks'), ('swaps', 'swaps'), ('false tracks', 'false_tracks')]

def mean(runs, key):
    return sum(r[key] for r in runs) / len(runs)

def put(work, name, title, part):
    """one line: the runs of a scenario, of all aircraft or of a part of them; nothing where there are none"""
    runs = sorted(glob.glob(os.path.join(work, name, '*', 'ours%s.json' % part)), key=lambda f: int(f.split(os.sep)[-2]))
    if not runs:
        return
    ours = [json.load(open(f)) for f in runs]
    best = [json.load(open(f.replace('/ours', '/oracle'))) for f in runs]
    cells = []
    for _, key, form in ROWS:
        a, b = mean(ours, key), mean(best, key)
        each = [o[key] / r[key] for o, r in zip(ours, best)]
        cells += [(form + ' / ' + form) % (a, b), '%.3f (%.2f–%.2f)' % (a / b, min(each), max(each))]
    cells += ['%.1f' % mean(ours, key) if not part else '' for _, key in COUNTS]
    print('| %s | %d | %s |' % (title, len(runs), ' | '.join(cells)))

def main():
    work = sys.argv[1]
    print('# Accuracy\n')
    print('Made by `make %s` (tests/kit/figures.sh): scenarios of `gen.py`%s, tracks of `airseam replay` with default settings at every 5 s, from what had arrived by' %
          (os.environ.get('TARGET', 'figures'), ' and recorded flights under its radars (`real.py`)' if 'recorded' in os.environ.get('TARGET', '') else ''))
    print('then; judged by `score.py` with plots and their truth. "Reference" is `oracle.py --causal`: perfect association with an IMM on the same plots. The')
    print('reference of s100bias has the true biases removed from its plots (--unbias). Means over seeds; x is the ratio of the two means, in brackets the smallest and')
    print('the largest ratio of one seed.\n')
    print('| scenario | seeds | ' + ' | '.join('%s: ours / reference | x' % n for n, _, _ in ROWS) + ' | ' + ' | '.join(n for n, _ in COUNTS) + ' |')
    print('|---|---|' + '---|' * (2 * len(ROWS) + len(COUNTS)))
    for name in sys.argv[2:]:
        put(work, name, name, '')
        put(work, name, name + ', primary-only aircraft', '-primary')

if __name__ == '__main__':
    main()
