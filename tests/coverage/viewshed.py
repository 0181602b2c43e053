"""viewshed.py AIRSEAM CACHE FOLDER: the area that ten sensors see 3000 ft above ground, by airseam coverage and by gdal_viewshed -cc 0.75 on the same terrain.

Prints a line per sensor; "# speed S": how many times as long gdal_viewshed took, as a whole process each, for one layer out to 300 km, as one sensor more (sweep
over the terrain and view of all twelve layers) takes in airseam coverage; and, last, "ratio R": the sum of the one's areas over the sum of the other's. The terrain is decoded here from its description in lib/geo/terrain.h."""
import csv, json, re, subprocess, sys, time
import numpy as np

SITES = ['kamloops', 'medicine-hat', 'dryden', 'lakeside', 'watford-city', 'nashwauk', 'puerto-penasco', 'santa-eulalia', 'los-mochis', 'hermosillo']
PIXEL, HALF, TARGET = 3000, 300000, 3000 * 0.3048

def terrain(path):
    b = open(path, 'rb').read()
    assert b[:5] == b'TERR\x01'
    rows, columns, per, north, west = (int.from_bytes(b[i:i + 2], 'little') for i in (5, 7, 9, 11, 13))
    at = 15
    def number():
        nonlocal at
        value = shift = 0
        while True:
            octet = b[at]
            at += 1
            value |= (octet & 127) << shift
            shift += 7
            if octet < 128:
                return value
    z = [0] * (rows * columns)
    zeros = 0
    for i in range(rows * columns):
        r, c = divmod(i, columns)
        w = z[i - 1] if c else z[i - columns] if r else 0
        n = z[i - columns] if r else w
        corner = z[i - columns - 1] if r and c else n
        difference = 0
        if zeros:
            zeros -= 1
        else:
            code = number()
            if code:
                difference = -(code >> 1) - 1 if code & 1 else code >> 1
            else:
                zeros = number() - 1
        z[i] = sorted((w, n, w + n - corner))[1] + difference
    return np.array(z, dtype='<i2').reshape(rows, columns), per, north, west

def run(*words):
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

def ours(airseam, cache, name):
    out = json.loads(subprocess.run([airseam, 'coverage', '--cache', cache, '--where', 'name=' + name, '--json'], check=True, capture_output=True).stdout)
    layer = next(l for l in out['scopes'][0]['layers'] if l['layer'] == '3000 ft AGL')
    return layer['area_nm2'] * layer['cooperative']['folds_percent'][0] / 100

def our_seconds(airseam):
    """Of one sensor, in the mean of all: each is swept and viewed, whichever are asked for."""
    text = subprocess.run([airseam, 'coverage', '--no-cache'], check=True, capture_output=True, text=True).stdout
    reach, swept, views = re.search(r'reach ([0-9.]+) with (\d+) swept, views ([0-9.]+)', text).groups()
    return (float(reach) + float(views)) / int(swept)

def gdal(folder, site, z, per, north, west):
    dem = folder + '/dem.tif'
    lat, lon = float(site['lat_deg']), float(site['lon_deg'])
    run('gdalwarp', '-overwrite', '-r', 'bilinear', '-t_srs', f'+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84', '-te', str(-HALF), str(-HALF), str(HALF), str(HALF),
        '-tr', str(PIXEL), str(PIXEL), folder + '/all.tif', dem)
    y, x = (north - lat) * per, (lon % 360 - west) * per
    r, c, s, e = int(y), int(x), y % 1, x % 1
    ground = (1 - s) * ((1 - e) * z[r, c] + e * z[r, c + 1]) + s * ((1 - e) * z[r + 1, c] + e * z[r + 1, c + 1])
    up = max(1.0, float(site['hae_m']) - ground)
    began = time.time()
    run('gdal_viewshed', '-cc', '0.75', '-ox', '0', '-oy', '0', '-oz', str(up), '-tz', str(TARGET), '-md', str(HALF), '-om', 'NORMAL', dem, folder + '/seen.tif')
    took = time.time() - began
    run('gdal_translate', '-of', 'ENVI', folder + '/seen.tif', folder + '/seen.img')
    seen = np.fromfile(folder + '/seen.img', dtype=np.uint8)
    return float((seen == 255).sum()) * PIXEL * PIXEL / 1852 ** 2, took

def main():
    airseam, cache, folder = sys.argv[1:4]
    z, per, north, west = terrain('config/terrain/etopo5.terrain')
    z.tofile(folder + '/all.img')
    open(folder + '/all.hdr', 'w').write(f'ENVI\nsamples = {z.shape[1]}\nlines = {z.shape[0]}\nbands = 1\ndata type = 2\ninterleave = bsq\nbyte order = 0\n')
    half = 0.5 / per
    run('gdal_translate', '-a_srs', 'EPSG:4326', '-a_ullr', str(west - 360 - half), str(north + half), str(west - 360 + (z.shape[1] - 1) / per + half),
        str(north - (z.shape[0] - 1) / per - half), folder + '/all.img', folder + '/all.tif')
    sites = {row['name']: row for f in ('us', 'ca', 'mx') for row in csv.DictReader(open(f'config/sensors/{f}.csv'))}
    sums, gdal_s = [0.0, 0.0], 0.0
    for name in SITES:
        a, (b, took) = ours(airseam, cache, name), gdal(folder, sites[name], z, per, north, west)
        sums[0] += a
        sums[1] += b
        gdal_s += took
        print(f'# {name}: {a:.0f} NM2, gdal_viewshed {b:.0f} NM2 in {took:.2f} s, ratio {a / b:.3f}')
    print(f'# speed {gdal_s / len(SITES) / our_seconds(airseam):.1f}')
    print(f'ratio {sums[0] / sums[1]:.4f}')

main()
