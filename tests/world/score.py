"""Tracks against truth, both as CSV (doc/man/airseam-simulate.1): score.py FOLDER TRACKS. An aircraft counts at an instant of the grid while it had a plot
in the last 30 s and its first one a minute ago; it is found when a track is within 5 km. Prints completeness, rms in m, and the share of tracks with no aircraft."""
import csv, math, sys
from collections import defaultdict

def rows(path):
    with open(path, newline='') as f:
        yield from csv.DictReader(f)

folder, tracks = sys.argv[1:3]
truth, found = defaultdict(list), defaultdict(list)
for r in rows(folder + '/truth.csv'):
    truth[round(float(r['time_s']), 3)].append((r['target_id'], float(r['lat']), float(r['lon'])))
for r in rows(tracks):
    found[round(float(r['time_s']), 3)].append((float(r['lat']), float(r['lon'])))
plots = defaultdict(list)
for p, t in zip(rows(folder + '/plots.csv'), rows(folder + '/plots_truth.csv')):
    plots[t['target_id']].append(float(p['time_s']))

def distance(a, b, c, d):
    return 111195.0 * math.hypot(a - c, (b - d) * math.cos(math.radians(a)))

covered = matched = number = spurious = 0
squares = 0.0
for t in sorted(set(truth) & set(found)):
    for target, lat, lon in truth[t]:
        seen = [p for p in plots[target] if p <= t]
        if not seen or seen[-1] < t - 30 or min(seen) > t - 60:
            continue
        nearest = min(distance(lat, lon, a, b) for a, b in found[t])
        covered += 1
        if nearest < 5000:
            matched += 1
            squares += nearest ** 2
    number += len(found[t])
    spurious += sum(all(distance(lat, lon, a, b) >= 5000 for _, lat, lon in truth[t]) for a, b in found[t])
print('%d %.4f %.1f %.4f' % (covered, matched / max(covered, 1), math.sqrt(squares / max(matched, 1)), spurious / max(number, 1)))
