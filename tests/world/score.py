"""Tracks against truth, both as CSV (doc/man/airseam-simulate.1): score.py FOLDER TRACKS [cooperative|silent]. An aircraft counts at an instant of the grid
while it had a plot in the last 30 s and its first one a minute ago; it is found when a track is within 5 km. Prints how many aircraft instants counted,
completeness, rms in m, and the share of tracks with no aircraft. A class counts its own aircraft alone: with a transponder that answers, or without."""
import bisect, csv, math, sys
from collections import defaultdict

GATE_M = 5000.0
CELL = 0.1  # degrees: at 60 degrees north still wider than the gate, so that the neighbours of a cell hold all that is near

def rows(path):
    with open(path, newline='') as f:
        yield from csv.DictReader(f)

def distance(a, b, c, d):
    return 111195.0 * math.hypot(a - c, (b - d) * math.cos(math.radians(a)))

class Cells:
    def __init__(self, points):
        self.at = defaultdict(list)
        for p in points:
            self.at[int(p[0] // CELL), int(p[1] // CELL)].append(p)

    def nearest(self, lat, lon):
        i, j = int(lat // CELL), int(lon // CELL)
        near = (p for x in (-1, 0, 1) for y in (-1, 0, 1) for p in self.at.get((i + x, j + y), ()))
        return min((distance(lat, lon, *p) for p in near), default=math.inf)

folder, tracks = sys.argv[1:3]
wanted = sys.argv[3] if len(sys.argv) > 3 else None
answers = {r['target_id']: (r['transponder'] == '1', float(r['silenced_s'] or 'inf')) for r in rows(folder + '/targets.csv')}
truth, found, plots = defaultdict(list), defaultdict(list), defaultdict(list)
for r in rows(folder + '/truth.csv'):
    truth[round(float(r['time_s']), 3)].append((r['target_id'], float(r['lat']), float(r['lon'])))
for r in rows(tracks):
    found[round(float(r['time_s']), 3)].append((float(r['lat']), float(r['lon'])))
for p, t in zip(rows(folder + '/plots.csv'), rows(folder + '/plots_truth.csv')):
    plots[t['target_id']].append(float(p['time_s']))
for r in rows(folder + '/adsb.csv'):
    plots[r['target_id']].append(float(r['time_s']))
for times in plots.values():
    times.sort()

def counts(target, t):
    transponder, silenced_s = answers[target]
    if wanted and (wanted == 'cooperative') != (transponder and t < silenced_s):
        return False
    k = bisect.bisect_right(plots[target], t)
    return k > 0 and plots[target][k - 1] >= t - 30 and plots[target][0] <= t - 60

covered = matched = number = spurious = 0
squares = 0.0
for t in sorted(set(truth) & set(found)):
    tracked, flying = Cells(found[t]), Cells([(lat, lon) for _, lat, lon in truth[t]])
    for target, lat, lon in truth[t]:
        if not counts(target, t):
            continue
        nearest = tracked.nearest(lat, lon)
        covered += 1
        if nearest < GATE_M:
            matched += 1
            squares += nearest ** 2
    number += len(found[t])
    spurious += sum(flying.nearest(*p) >= GATE_M for p in found[t])
print('%d %.4f %.1f %.4f' % (covered, matched / max(covered, 1), math.sqrt(squares / max(matched, 1)), spurious / max(number, 1)))
