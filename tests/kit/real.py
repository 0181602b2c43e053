#!/usr/bin/python3
"""real.py RECORDING.json.gz WINDOW_S gen.py's options...: gen.py's radars, noise and clutter over recorded flights instead of simulated ones.

The recording is a list of ADS-B states (timestamp ms, icao24, latitude, longitude, altitude ft, groundspeed kt, track deg, vertical_rate ft/min). The WINDOW_S seconds
with most aircraft and turning are taken; between states flights are cubic in position with the recorded velocity (Hermite); states more than
GAP_S apart belong to two flights, and states whose position is not where the velocity leads (stale ones: collectors repeat the last) are left out. The radars stand around the middle of the window's positions. --out and the other options are gen.py's."""
import gzip, json, math, os, sys
import numpy as np
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import gen

GAP_S, SHORTEST_S = 60.0, 60.0
OFF_M, OFF_SHARE = 50.0, 0.05     # a position farther than that from where the recorded velocities lead is stale or damaged: left out
FT, KT = 0.3048, 1852.0/3600.0
R0 = 6371000.0

def flights(states):
    """arrays (t, lat, lon, alt, vn, ve, vz) of unbroken flights, SI and radians"""
    per = {}
    for s in states:
        if all(s.get(k) is not None for k in ('latitude', 'longitude', 'altitude', 'groundspeed', 'track')):
            per.setdefault(s['icao24'], []).append(s)
    for _, rows in sorted(per.items()):
        rows.sort(key=lambda s: s['timestamp'])
        run = []
        for s in rows + [None]:
            if s is not None:
                g, h = s['groundspeed']*KT, math.radians(s['track'])
                p = (s['timestamp']/1e3, math.radians(s['latitude']), math.radians(s['longitude']), s['altitude']*FT, g*math.cos(h), g*math.sin(h),
                     (s.get('vertical_rate') or 0.0)*FT/60)
                if run and p[0] == run[-1][0]: continue
                if run and p[0]-run[-1][0] <= GAP_S:
                    q, d = run[-1], p[0]-run[-1][0]
                    off = math.hypot(R0*(p[1]-q[1]) - d*(p[4]+q[4])/2, R0*(p[2]-q[2])*math.cos(p[1]) - d*(p[5]+q[5])/2)
                    if off <= OFF_M + OFF_SHARE*d*g: run.append(p)
                    continue
            if run and run[-1][0]-run[0][0] >= SHORTEST_S: yield np.array(run)
            run = [p] if s is not None else []

def window(all_flights, width):
    """begin of the `width` seconds that hold most flying, turning counted three times"""
    first, last = min(f[0, 0] for f in all_flights), max(f[-1, 0] for f in all_flights)
    weight = np.zeros(int((last-first)/60)+2)
    for f in all_flights:
        h = np.unwrap(np.arctan2(f[:, 5], f[:, 4])); dt = np.diff(f[:, 0])
        np.add.at(weight, ((f[:-1, 0]-first)/60).astype(int), dt*np.where(np.abs(np.diff(h))/dt > 0.01, 3.0, 1.0))
    n = max(1, int(width/60)); sums = np.convolve(weight, np.ones(n), 'valid')
    return first + 60*int(np.argmax(sums))

def hermite(t, x, v, at):
    i = np.clip(np.searchsorted(t, at, 'right')-1, 0, len(t)-2); d = t[i+1]-t[i]; u = np.clip((at-t[i])/d, 0, 1)
    return ((1+2*u)*(1-u)**2*x[i] + u*(1-u)**2*d*v[i] + u*u*(3-2*u)*x[i+1] + u*u*(u-1)*d*v[i+1])

def truth_of(chosen, begin, width):
    T = int(width)+1; n = len(chosen)
    X = [np.empty((T, n)) for _ in range(6)]; t0, t1 = np.zeros(n), np.full(n, float(T))
    at = begin + np.arange(T)
    for j, f in enumerate(chosen):
        t = f[:, 0]; clamp = np.clip(at, t[0], t[-1])
        lat = hermite(t, f[:, 1], f[:, 4]/R0, clamp); lon = hermite(t, f[:, 2], f[:, 5]/(R0*np.cos(f[:, 1])), clamp)
        alt = np.interp(clamp, t, f[:, 3])
        X[0][:, j], X[1][:, j], X[2][:, j] = lat, lon, alt
        X[3][:, j] = np.gradient(lat)*R0; X[4][:, j] = np.gradient(lon)*R0*np.cos(lat); X[5][:, j] = np.gradient(alt)
        t0[j], t1[j] = max(0.0, math.ceil(t[0]-begin)), min(float(T-1), math.floor(t[-1]-begin))
    return X[0], X[1], X[2], X[3], X[4], X[5], t0, t1, np.zeros(n, int), np.full(n, -1)

def main():
    source, width = sys.argv[1], float(sys.argv[2])
    everything = list(flights(json.load(gzip.open(source))))
    begin = window(everything, width)
    chosen = [f for f in everything if min(f[-1, 0], begin+width)-max(f[0, 0], begin) >= SHORTEST_S]
    inside = np.concatenate([f[(f[:, 0] >= begin) & (f[:, 0] <= begin+width), 1:3] for f in chosen])
    lat, lon = np.degrees(np.median(inside, axis=0))
    gen.simulate_truth = lambda a, rng: truth_of(chosen, begin, width)
    sys.argv = ['gen.py', '--n', str(len(chosen)), '--duration', str(width), '--lat', '%.4f' % lat, '--lon', '%.4f' % lon] + sys.argv[3:]
    gen.main()

if __name__ == '__main__':
    main()
