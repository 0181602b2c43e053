#!/usr/bin/python3
"""ablation.py WORK SCENARIO...: the table of ablation.sh out of WORK/<scenario>/<seed>/without-<method>.json, as Markdown; methods by METHODS."""
import glob, json, os, sys

COLUMNS = [('GOSPA, m', 'gospa_rms_m', '%.0f'), ('position RMS, m', 'pos_rms_m', '%.0f'), ('velocity RMS, m/s', 'velocity_rms_mps', '%.1f'),
           ('switches', 'id_switches', '%.1f'), ('breaks', 'breaks', '%.1f'), ('swaps', 'swaps', '%.1f'), ('false tracks', 'false_tracks', '%.1f')]

def load(work, scenario, method):
    return [json.load(open(f)) for f in sorted(glob.glob(os.path.join(work, scenario, '*', 'without-%s.json' % method)))]

def main():
    work, scenarios, methods = sys.argv[1], sys.argv[2:], os.environ['METHODS'].split()
    print('# What each method buys\n')
    print('Made by `make ablation` (tests/kit/ablation.sh): `airseam replay` with one method after the other switched off in the settings (`tracker.<method>: false`),')
    print('on scenarios of `gen.py`, judged by `score.py`. Means over seeds; in brackets what switching it off changes, positive where it is worse without.\n')
    for scenario in scenarios:
        whole = load(work, scenario, methods[0])
        print('## %s, %d seeds\n' % (scenario, len(whole)))
        print('| without | ' + ' | '.join(n for n, _, _ in COLUMNS) + ' |\n|---|' + '---|' * len(COLUMNS))
        for method in methods:
            runs, cells = load(work, scenario, method), []
            for _, key, form in COLUMNS:
                value, base = (sum(r[key] for r in x) / len(x) for x in (runs, whole))
                change = '' if method == methods[0] else ' (%+.1f %%)' % (100 * (value / base - 1)) if 'm' in form or 'rms' in key else ' (%+.1f)' % (value - base)
                cells.append(form % value + change)
            print('| %s | %s |' % ('nothing' if method == methods[0] else method.replace('_', ' '), ' | '.join(cells)))
        print()

if __name__ == '__main__':
    main()
