// The page's modules that need no browser. Run by test_units.sh from the top of the tree; prints ok and not ok.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import vm from 'node:vm';
import { areas } from '../../daemon/web/page/area.js';
import { clip, Mask, MARGIN, Raster } from '../../daemon/web/page/blit.js';
import { RAMPS, THEMES } from '../../daemon/web/page/colour.js';
import { coverageGeojson } from '../../daemon/web/page/export.js';
import { address, callsignTest, compile, noFilters, squawk } from '../../daemon/web/page/filters.js';
import { between, destination } from '../../daemon/web/page/geodesic.js';
import { KEYS, keyOf } from '../../daemon/web/page/keys.js';
import { altitude, block, fieldE, Grid } from '../../daemon/web/page/labels.js';
import { inside, layerOf } from '../../daemon/web/page/observed.js';
import { cycle, degrees, faster, grouped, lasting } from '../../daemon/web/page/options.js';
import { circle, measured } from '../../daemon/web/page/overlay.js';
import { Picture } from '../../daemon/web/page/picture.js';
import { PROJECTIONS } from '../../daemon/web/page/projection.js';
import { decode, encode, sums } from '../../daemon/web/page/proto.js';
import * as schema from '../../daemon/web/page/schema.js';
import { ask, where } from '../../daemon/web/page/sets.js';
import { Detail, edges, levelFor, outlined, placed, rings, simplify, surface, turned } from '../../daemon/web/page/shapes.js';
import { LANGUAGES, speak, STRINGS, t } from '../../daemon/web/page/strings.js';
import { sourceOf, Tracks } from '../../daemon/web/page/tracks.js';
import { defaults, PARAMETERS, read, write } from '../../daemon/web/page/url.js';
import { box, View } from '../../daemon/web/page/view.js';

let failed = 0;
function claim(text, test) {
    try {
        test();
        console.log(`ok - ${text}`);
    } catch (error) {
        failed = 1;
        console.log(`not ok - ${text}`);
        console.log('# ' + String(error.stack).replaceAll('\n', '\n# '));
    }
}
const close = (a, b, tolerance) => assert.ok(Math.abs(a - b) <= tolerance, `${a} is not ${b} within ${tolerance}`);
const PAGE = 'daemon/web/page/';
const { FLAG, HANDOFF, HEALTH, TIME } = schema;

// As the page loads them: two scripts that make one global.
const world = vm.createContext({});
for (const name of ['array', 'geo']) vm.runInContext(fs.readFileSync(`/usr/share/nodejs/d3-${name}/dist/d3-${name}.min.js`, 'utf8'), world);
const { d3 } = world;

// ---- projections ----
// gdaltransform -s_srs EPSG:4326 (lon lat order) -t_srs "+proj=laea +lat_0=50 +lon_0=-98 +datum=WGS84", and "+proj=stere +lat_0=90 +lat_ts=60 +lon_0=-98 +datum=WGS84"
const PROJ = [
    [-122.3, 37.6, -2118278.22047726, -1042878.12626595, -2411913.07457157, -5341795.33024223],
    [-66, 18.4, 3418825.81238814, -2803896.73655924, 4543383.16806641, -7270932.96252059],
    [-150, 64, -2290709.29099971, 2453279.76043662, -2171182.87096978, -1696313.96960628],
    [-99.1, 19.4, -119706.575187518, -3354995.00894368, -161602.889329217, -8416387.16823128],
    [-10, 83, 830830.583763615, 4317869.83876975, 729954.536707086, -25490.5741158037],
    [172, 52.9, -4299004.95025001, 3643648.95143287, -4002048.88980572, 0],
    [-98, 89.9, 0, 4358715.18264001, 0, -10421.8223211562],
];
const laea = PROJECTIONS.laea(), polar = PROJECTIONS.polar();

claim('both projections agree with PROJ to a millimetre', () => {
    for (const [lon, lat, lx, ly, sx, sy] of PROJ) {
        const [x, y] = laea.forward(lat, lon, [0, 0]), [u, v] = polar.forward(lat, lon, [0, 0]);
        close(x, lx, 1e-3);
        close(y, ly, 1e-3);
        close(u, sx, 1e-3);
        close(v, sy, 1e-3);
    }
});
claim('inverse undoes forward to a centimetre, beyond the pole and the antimeridian', () => {
    for (const projection of [laea, polar]) {
        for (const [lon, lat] of PROJ) {
            const back = projection.inverse(...projection.forward(lat, lon, [0, 0]));
            close(back[0], lat, 1e-7);
            close(((back[1] - lon + 540) % 360) - 180, 0, 1e-7 / Math.cos(lat * Math.PI / 180));
        }
    }
    assert.equal(laea.inverse(2e7, 0), null);
});
claim('what d3 draws and what is projected here is the same to a metre', () => {
    for (const projection of [laea, polar]) {
        for (const [lon, lat] of PROJ.slice(0, 5)) {
            const east = [lon, lat, lon + 0.2, lat, lon + 0.2, lat + 0.2], { points } = surface(d3, projection, [Float64Array.from(east)])[0];
            const [x, y] = projection.forward(lat, lon, [0, 0]);
            let least = Infinity;
            for (let i = 0; i < points.length; i += 2) least = Math.min(least, Math.hypot(points[i] - x, points[i + 1] - y));
            assert.ok(least < 1, `${projection.name} ${lon} ${lat}: ${least} m`);
        }
    }
});
claim('geodesics agree with GeographicLib, and end where they began', () => {
    const way = between(40, -75, 50, 5); // echo 40 -75 50 5 | GeodSolve -i: 50.88794863 ... 6098172.360
    close(way.distance, 6098172.360, 0.01);
    close(way.bearing, 50.88794863, 1e-6);
    const [lat, lon] = destination(61.2, -150, 350, 3.5e6), back = between(61.2, -150, lat, lon);
    close(back.distance, 3.5e6, 1e-3);
    close(back.bearing, 350, 1e-6);
    assert.equal(between(0, 0, 0, 0).distance, 0);
});

// ---- messages ----
claim('the table of messages says nothing that proto/web.proto does not say', () => {
    const text = fs.readFileSync('proto/web.proto', 'utf8').replace(/\/\/.*/g, ''), kinds = { uint32: 'uint', sint32: 'sint', sint64: 'sint', bool: 'bool', string: 'string', bytes: 'bytes' };
    const enums = new Set([...text.matchAll(/enum (\w+) \{/g)].map(m => m[1]));
    const said = Object.fromEntries([...text.matchAll(/message (\w+) \{([^}]*)\}/g)].map(([, name, body]) => [name,
        [...body.matchAll(/(repeated )?(\w+) (\w+) = (\d+)/g)].map(([, repeated, type, field, number]) => ({ number: Number(number), type: enums.has(type) ? 'uint' : kinds[type] ?? type, repeated: Boolean(repeated), name: field }))]));
    const ours = Object.fromEntries(Object.entries(schema.MESSAGES).map(([name, { fields }]) => [name, fields.map(({ number, type, repeated, name: field }) => ({ number, type, repeated, name: field }))]));
    for (const [name, fields] of Object.entries(ours)) for (const field of fields) assert.deepEqual(field, said[name]?.find(one => one.number === field.number), `${name}.${field.name}`);
    const members = Object.fromEntries([...text.matchAll(/(\w+) = (\d+);/g)].map(([, name, n]) => [name, Number(n)]));
    for (const [name, value] of Object.entries({ ...FLAG, ...HEALTH, ...schema.CLASS, ...schema.LAYER })) assert.equal(members[name], value, name);
    assert.deepEqual([members.LIVE, members.LATE, members.REPLAY, members.PROPOSED, members.POINT_OUT, members.HOSTILE], [TIME.LIVE, TIME.LATE, TIME.REPLAY, HANDOFF.PROPOSED, HANDOFF.POINT_OUT, schema.AFFILIATION.HOSTILE]);
});
const bytes = new Uint8Array(fs.readFileSync('tests/web/golden/frame.bin'));
claim('a frame that C wrote is read with every field', () => {
    const frame = decode('Frame', bytes);
    assert.equal(frame.keyframe, true);
    assert.deepEqual([frame.time.state, frame.time.instant_ms, frame.time.rate_milli, frame.time.paused, frame.time.first_ms, frame.time.tape], [3, 1780315200123, 100000, true, -1, 'a.tape']);
    assert.deepEqual(sums(frame.tracks.number), [7, 300, 4000000000]);
    assert.deepEqual([frame.tracks.lat_e5, frame.tracks.lon_e5, frame.tracks.altitude_25ft, frame.tracks.climb_dmps], [[1942361, -3, 8999999], [-9913321, 17999999, -18000000], [0, 1480, -8], [0, -64, 63]]);
    assert.deepEqual([frame.tracks.flags, frame.tracks.age_ds, frame.idents.mode_s], [[1, 35, 24639], [128, 16384, 5], [0, 0xa00002, 0x1000000]]);
    assert.deepEqual([...frame.gone], [5, 6]);
    assert.deepEqual(frame.handoffs.handoff[0].step, ['12:00:01 proposed', '12:00:02 délivré']);
    assert.equal(frame.coverage, null);
});
claim('every truncation of it is refused or read as less, never taken as more', () => {
    for (let size = 0; size < bytes.length; size++) {
        let frame = null;
        try {
            frame = decode('Frame', bytes.subarray(0, size));
        } catch (error) {
            assert.ok(error instanceof RangeError, String(error));
        }
        if (frame) assert.ok(frame.handoffs === null || size === bytes.length);
    }
});
const request = {
    id: 300, viewport: { south_e5: -1, west_e5: -12345678, north_e5: 5000000, east_e5: 0 }, filter: { callsign: 'AMX', lowest_25ft: -4 }, select: { number: 0 }, time: { what: 5, instant_ms: 1780315200123 },
    coverage: { layer: 5, where: 'nation=MX status!=closed', out: [1, 54273, 0], comparing: true }, seen: 70000,
};
claim('an ask is written as the octets that C is tested to read', () => {
    if (process.env.AIRSEAM_GOLDEN_WRITE) fs.writeFileSync('tests/web/golden/ask.bin', encode('Ask', request));
    assert.deepEqual(Buffer.from(encode('Ask', request)), fs.readFileSync('tests/web/golden/ask.bin'));
});
claim('what is written is read again, and fields nobody knows are passed over', () => {
    const back = decode('Ask', encode('Ask', request));
    assert.equal(back.viewport.west_e5, -12345678);
    assert.deepEqual(back.coverage.out, [1, 54273, 0]);
    assert.equal(back.time.instant_ms, 1780315200123);
    const odd = Uint8Array.from([0x08, 0x05, 0xf8, 0x07, 0x81, 0x01, 0xfa, 0x07, 0x02, 1, 2, 0xfd, 0x07, 0, 0, 0, 0, 0x60, 0x07]);
    assert.deepEqual([decode('Ask', odd).id, decode('Ask', odd).seen], [5, 7]);
});

// ---- the picture ----
const columns = (numbers, more = {}) => {
    const each = value => numbers.map(() => value);
    return { number: numbers.map((n, i) => i ? n - numbers[i - 1] : n), lat_e5: each(5000000), lon_e5: each(-9800000), speed_dmps: each(2000), heading_ddeg: each(900), altitude_25ft: each(1400),
        climb_dmps: each(0), flags: each(FLAG.HAS_ALTITUDE | FLAG.SECONDARY | FLAG.PRIMARY), age_ds: each(0), ...more };
};
const frame = more => ({ version: 1, keyframe: false, time: null, tracks: null, idents: null, gone: [], sensor: [], states: null, event: [], handoffs: null, coverage: null, detail: null, welcome: null, answer: null, picture: null, ...more });
const at = (instant_ms, more = {}) => ({ state: TIME.LIVE, instant_ms, lag_ms: 0, rate_milli: 1000, paused: false, first_ms: 0, last_ms: 0, tape: '', ...more });
const text = s => Uint8Array.from([...s].map(c => c.charCodeAt(0)));
const idents = (numbers, kinds, callsigns) => ({ number: numbers.map((n, i) => i ? n - numbers[i - 1] : n), mode_s: numbers.map(() => 0xa0b1c2 + 1), mode_a: numbers.map(() => 0o1234 + 1), kind: kinds, callsign: text(callsigns.map(c => c.padEnd(8)).join('')), plan: numbers.map(() => 0) });

claim('a track flies on between frames, along the ground and at its speed', () => {
    const p = new Picture(laea);
    p.apply(frame({ keyframe: true, time: at(1000), tracks: columns([5]) }), 0);
    const tr = p.tracks, slot = tr.slotOf.get(5), seconds = tr.ahead(slot, p.now(10000));
    close(seconds, 10, 1e-9);
    close(tr.x[slot] + tr.vx[slot] * seconds, 2000, 5);
    close(tr.y[slot], 0, 1);
    assert.equal(tr.turn[slot], 9);
});
claim('a keyframe forgets what is not in it, and gone tracks go', () => {
    const p = new Picture(laea);
    p.apply(frame({ keyframe: true, time: at(1000), tracks: columns([1, 2, 3, 4]) }), 0);
    p.apply(frame({ time: at(2000), tracks: columns([9]), gone: [2] }), 0);
    assert.deepEqual([...p.tracks.slotOf.keys()].sort(), [1, 3, 4, 9]);
    p.apply(frame({ keyframe: true, time: at(3000), tracks: columns([3, 9]) }), 0);
    assert.deepEqual([...p.tracks.slotOf.keys()].sort(), [3, 9]);
});
claim('ten thousand tracks come and go without a slot lost', () => {
    const tr = new Tracks(laea), numbers = Array.from({ length: 10000 }, (_, i) => 3 * i + 1);
    tr.update(columns(numbers), 0);
    for (const n of numbers) if (n % 2) tr.remove(n);
    tr.update(columns(numbers.map(n => n + 1)), 0);
    assert.equal(tr.count, 15000);
    assert.equal(tr.slots, 15000);
});
claim('paused and replayed clocks run as they say', () => {
    const p = new Picture(laea);
    p.apply(frame({ time: at(5000, { rate_milli: 10000 }) }), 100);
    assert.equal(p.now(600), 10000);
    p.apply(frame({ time: at(8000, { paused: true }) }), 700);
    assert.equal(p.now(9999), 8000);
});
claim('history is kept at its interval, and forgotten by a seek', () => {
    const tr = new Tracks(laea), p = new Picture(laea);
    for (let s = 0; s <= 120; s++) tr.update(columns([1], { lon_e5: [-9800000 + 100 * s] }), 1000 * s + 1e6);
    assert.ok(tr.dots[0] >= 8 && tr.dots[0] < 16);
    p.apply(frame({ time: at(1e6), tracks: columns([1]) }), 0);
    p.apply(frame({ time: at(1.02e6), tracks: columns([1]) }), 0);
    assert.equal(p.tracks.dots[0], 1);
    p.apply(frame({ time: at(9e6), tracks: columns([1]) }), 0);
    assert.equal(p.tracks.dots[0], 0);
});
claim('a frame of a newer daemon is refused', () => assert.throws(() => new Picture(laea).apply(frame({ version: 2 }), 0), TypeError));
claim('what supports a track decides its symbol', () => {
    const cases = [[FLAG.PRIMARY, 0], [FLAG.SECONDARY, 1], [FLAG.ADSB, 2], [FLAG.MLAT, 2], [FLAG.PRIMARY | FLAG.SECONDARY, 3], [FLAG.SECONDARY | FLAG.ADSB, 3], [FLAG.FOREIGN, 4], [FLAG.FOREIGN | FLAG.PRIMARY, 0]];
    for (const [flags, source] of cases) assert.equal(sourceOf(flags), source);
});

// ---- observed ----
claim('what is seen and what is missed is kept by cell, layer and way of seeing', () => {
    const p = new Picture(laea), at0 = { flags: [FLAG.HAS_ALTITUDE | FLAG.SECONDARY, FLAG.HAS_ALTITUDE | FLAG.PRIMARY, FLAG.HAS_ALTITUDE | FLAG.SECONDARY | FLAG.COASTING, FLAG.PRIMARY], lat_e5: [5000000, 5100000, 5200000, 5300000] };
    p.apply(frame({ keyframe: true, time: at(0), tracks: columns([1, 2, 3, 4], at0) }), 0);
    const { seen, missed } = p.observed.cells(8, true);
    assert.deepEqual([seen.length, missed.length, p.observed.cells(8, false).seen.length, p.observed.cells(7, true).seen.length], [1, 1, 1, 0]);
    assert.deepEqual(seen[0], [0, 0]);
    assert.deepEqual([layerOf(0), layerOf(9999), layerOf(10000), layerOf(200000)], [0, 4, 5, 11]);
    const square = placed(laea, Float64Array.from([-99, 49, -97, 49, -97, 51, -99, 51]));
    assert.ok(inside([square], 0, 0) && !inside([square], 2e5, 0) && !inside([square, square], 0, 0));
});

// ---- filters ----
const filtered = changes => {
    const p = new Picture(laea), wanted = [1, 2, 3, 4, 5];
    p.apply(frame({ keyframe: true, time: at(0), tracks: columns(wanted, { altitude_25ft: [40, 400, 800, 1600, 0], flags: [FLAG.PRIMARY | FLAG.HAS_ALTITUDE, 34, 36, 35, FLAG.PRIMARY] }),
        idents: idents(wanted, [1 + 16 + 128, 2 + 16 + 128, 3 + 16 + 128, 1 + 24 + 64, 0], ['UAL12', 'ACA7', 'AMX641', 'RCH22', '']) }), 0);
    const test = compile({ ...noFilters(), ...changes });
    return wanted.filter(n => test(p.tracks, p.tracks.slotOf.get(n)));
};
claim('filters hold one by one: altitude, nation, class, source, callsign, one track', () => {
    assert.deepEqual(filtered({}), [1, 2, 3, 4, 5]);
    assert.deepEqual(filtered({ low: 5000, high: 25000 }), [2, 3, 5]);
    assert.deepEqual(filtered({ nations: [false, false, false, true, false] }), [3]);
    assert.deepEqual(filtered({ classes: [false, false, false, true] }), [4]);
    assert.deepEqual(filtered({ sources: [true, false, false, false, false] }), [1, 5]);
    assert.deepEqual(filtered({ callsign: 'a' }), [1, 2, 3, 4, 5]); // and by address: A0B1C2
    assert.deepEqual(filtered({ callsign: 'AMX|RCH' }), [3, 4]);
    assert.deepEqual(filtered({ only: 2 }), [2]);
});
claim('a pattern that is none matches its own letters', () => {
    assert.ok(callsignTest('(a')('(A7'));
    assert.ok(!callsignTest('(a')('A7'));
});
claim('codes are printed octal, addresses hexadecimal, absent ones not at all', () => assert.deepEqual([squawk(0o7700 + 1), squawk(1), squawk(0), address(0xab + 1), address(0)], ['7700', '0000', '', '0000AB', '']));

// ---- data blocks ----
claim('a block says callsign, altitude with its arrow, and field E', () => {
    const p = new Picture(laea);
    p.apply(frame({ keyframe: true, time: at(0), tracks: columns([1007], { climb_dmps: [-50], flags: [FLAG.HAS_ALTITUDE | FLAG.HAS_CLIMB | FLAG.SECONDARY] }), idents: idents([1007], [145], ['UAL922']) }), 0);
    const tr = p.tracks, handoff = { state: HANDOFF.PROPOSED, to: 'CZYZ/H42', since_ms: 0 };
    assert.deepEqual(block(tr, 0, 3, null, 0), ['UAL922', '350↓', '007 389']);
    assert.deepEqual(block(tr, 0, 3, handoff, 0), ['UAL922', '350↓', '007 HH42']);
    assert.deepEqual(block(tr, 0, 2, null, 0), ['UAL922', '350↓']);
    assert.deepEqual(block(tr, 0, 0, null, 0), []);
    tr.flags[0] |= FLAG.COASTING;
    assert.deepEqual(block(tr, 0, 3, null, 12000)[2], '007 CST12');
    tr.flags[0] = 0;
    assert.equal(altitude(tr, 0), '---');
});
claim('field E: H while proposed, O and K for a minute, nothing after', () => {
    const h = state => ({ state, to: 'MMFR/MTY', since_ms: 0 });
    assert.deepEqual([HANDOFF.PROPOSED, HANDOFF.ACCEPTED, HANDOFF.FORCED, HANDOFF.REJECTED].map(state => fieldE(h(state), 1000)), ['HMTY', 'OMTY', 'KMTY', '']);
    assert.equal(fieldE(h(HANDOFF.ACCEPTED), 61000), '');
    assert.equal(fieldE(h(HANDOFF.PROPOSED), 1e6), 'HMTY');
});
claim('no two blocks overlap and none leaves the screen', () => {
    const grid = new Grid(), taken = [];
    grid.resize(400, 300);
    grid.clear();
    for (let i = 0; i < 2000; i++) {
        const x = (i * 7919) % 420 - 10, y = (i * 104729) % 320 - 10;
        if (grid.take(x, y, 60, 30)) taken.push([x, y]);
    }
    assert.ok(taken.length > 5);
    for (const [i, [x, y]] of taken.entries()) {
        assert.ok(x >= 0 && y >= 0 && x + 60 <= 412 && y + 30 <= 312);
        for (const [u, v] of taken.slice(i + 1)) assert.ok(Math.abs(x - u) >= 60 || Math.abs(y - v) >= 30);
    }
});

// ---- raster ----
claim('what covers more stays, and symbols at the edge stay within the raster', () => {
    const r = new Raster(), disc = new Mask(5, 5, (x, y) => Math.hypot(x - 2, y - 2) < 2.2 ? 255 : Math.hypot(x - 2, y - 2) < 2.9 ? 80 : 0, 2, 2);
    r.resize(40, 30);
    r.mask(10, 10, disc, 0x112233);
    r.mask(13, 10, disc, 0x445566);
    const pixel = (x, y) => r.pixels[r.origin + y * r.stride + x];
    assert.equal(pixel(10, 10), 0xff112233 | 0 ? 0xff112233 : 0);
    assert.equal(pixel(13, 10) >>> 0, 0xff445566);
    r.under(10, 10, disc.halo(), 0x010101);
    assert.equal(pixel(10, 10) >>> 0, 0xff112233);
    for (const [x, y] of [[-40, -40], [79, 69], [0, 29]]) r.mask(x, y, disc, 1);
    r.line(-1000, -500, 5000, 900, 7);
    r.line(20, -1e6, 20, 1e6, 9);
    assert.equal(pixel(20, 15) & 0xffffff, 9);
    assert.equal(r.pixels.length, (40 + 2 * MARGIN) * (30 + 2 * MARGIN));
});
claim('lines are cut where they leave', () => {
    assert.deepEqual(clip(-10, 5, 20, 5, 0, 0, 10, 10), [0, 5, 10, 5]);
    assert.equal(clip(-10, -5, 20, -5, 0, 0, 10, 10), null);
});

// ---- map ----
const land = areas(new Uint8Array(fs.readFileSync('config/areas/land.area')));
claim('areas are read to the last octet, and damaged ones are refused', () => {
    const file = new Uint8Array(fs.readFileSync('config/areas/land.area'));
    assert.deepEqual(land.map(area => area.name).slice(0, 3), ['US', 'CA', 'MX']);
    assert.throws(() => areas(file.subarray(0, file.length - 1)), RangeError);
    assert.throws(() => areas(file.subarray(1)), TypeError);
});
claim('the land on the plane has the land’s area, in any level of detail', () => {
    const mexico = surface(d3, laea, land[2].rings), detail = new Detail(mexico);
    const area = shapes => shapes.reduce((sum, { points }) => {
        let twice = 0;
        for (let i = 0; i + 3 < points.length; i += 2) twice += points[i] * points[i + 3] - points[i + 2] * points[i + 1];
        return sum + Math.abs(twice) / 2e6;
    }, 0);
    close(area(mexico), 1.96e6, 0.01e6); // km2: INEGI 1 960 189 of land
    for (let level = 0; level < 4; level++) close(area(detail.at(level)), 1.96e6, 0.015e6);
    assert.ok(detail.at(0)[0].points.length < detail.at(3)[0].points.length / 5);
});
claim('the 49th parallel is a parallel, not a great circle', () => {
    const line = turned(laea, Float64Array.from([-123, 49, -95, 49, -95, 48, -123, 48])), sphere = laea.sphere.latitude(49);
    assert.ok(line.filter(([, lat]) => Math.abs(lat - sphere) < 1e-9).length > 50);
});
claim('no edge runs along the antimeridian, where areas are cut', () => {
    const lines = edges(d3, polar, land[0].rings);
    for (const { points } of lines) {
        for (let i = 2; i < points.length; i += 2) {
            const [a, b] = [polar.inverse(points[i - 2], points[i - 1]), polar.inverse(points[i], points[i + 1])];
            assert.ok(!(Math.abs(Math.abs(a[1]) - 180) < 1e-4 && Math.abs(Math.abs(b[1]) - 180) < 1e-4 && Math.abs(a[0] - b[0]) > 1e-3), `${a} ${b}`);
        }
    }
});
claim('rings that are cut at the antimeridian are drawn without the cut', () => {
    const ring = Float64Array.from([170, 50, 170, 60, 180, 60, 180, 50]), [line, ...others] = outlined(laea, [ring]);
    assert.equal(others.length, 0);
    assert.deepEqual([...line.points], [...placed(laea, Float64Array.from([180, 50, 170, 50, 170, 60, 180, 60]), false).points]);
    assert.equal(outlined(laea, [Float64Array.from([0, 50, 1, 50, 1, 51])])[0].points.length, 8);
});
claim('simplified lines stay within the tolerance', () => {
    const wave = Float64Array.from({ length: 4000 }, (_, i) => i % 2 ? 300 * Math.sin(i / 40) : i * 10), less = simplify(wave, 50);
    assert.ok(less.length < wave.length / 5);
    let worst = 0, at = 0;
    for (let i = 0; i < wave.length; i += 2) {
        while (less[at + 2] < wave[i]) at += 2;
        const f = (wave[i] - less[at]) / Math.max(1e-9, less[at + 2] - less[at]);
        worst = Math.max(worst, Math.abs(wave[i + 1] - less[at + 1] - f * (less[at + 3] - less[at + 1])));
    }
    assert.ok(worst < 75, `${worst}`); // across the line 50, along y a little more
    assert.ok(levelFor(5e-5) === 0 && levelFor(0.01) === 3);
});
claim('exported coverage is wound and closed as RFC 7946 wants, holes with their outer rings', () => {
    const clockwise = [[100000, -1000000], [110000, -1000000], [110000, -990000], [100000, -990000]], hole = [[102000, -998000], [102000, -992000], [108000, -992000], [108000, -998000]];
    const both = [clockwise, hole], differences = (ring, k) => ring.map((corner, i) => corner[k] - (i ? ring[i - 1][k] : 0));
    const message = { corners: [4, 4], lat_e4: both.flatMap(ring => differences(ring, 0)), lon_e4: both.flatMap(ring => differences(ring, 1)) };
    assert.deepEqual([...rings(message)[0].slice(0, 2)], [-100, 10]);
    const none = { corners: [], lat_e4: [], lon_e4: [] };
    const file = coverageGeojson({ fold: [message], gap: none, gained: none, lost: null, layer: 0, layer_name: ['FL100'], replies: true, basis: '' }, null);
    const [outer, inner] = file.features[0].geometry.coordinates[0], sign = ring => Math.sign(ring.slice(1).reduce((sum, p, i) => sum + ring[i][0] * p[1] - p[0] * ring[i][1], 0));
    assert.equal(file.features.length, 1);
    assert.deepEqual(outer[0], outer[4]);
    assert.deepEqual([sign(outer), sign(inner)], [1, -1]);
});
claim('range rings are rings, and measured lines say distance, bearing and time', () => {
    const ring = circle(70, 179, 200 * 1852);
    for (let i = 0; i < ring.length; i += 12) close(between(70, 179, ring[i + 1], ring[i]).distance, 370400, 0.01);
    assert.equal(measured([19.4, -99.1], [25.7, -100.3], 230), '383 NM  350°  51 min');
    assert.equal(placed(laea, ring).points.length, ring.length + 2);
});

// ---- view, address, words ----
claim('zooming keeps the place under the pointer; panning moves by pixels', () => {
    const v = new View(1000, 600), before = v.toPlane(900, 100);
    v.zoom(3, 900, 100);
    const after = v.toPlane(900, 100);
    close(after[0], before[0], 1e-3);
    close(after[1], before[1], 1e-3);
    v.pan(10, -20);
    close(v.toScreen(...after)[0], 910, 1e-6);
    close(v.toScreen(...after)[1], 80, 1e-6);
});
claim('what is asked of the daemon holds all that the screen shows', () => {
    const v = new View(1200, 800), spot = [0, 0];
    for (const [lat, lon, level] of [[40, -100, 6], [65, 178, 6], [20, -100, 8], [52, -179.5, 7]]) {
        v.centre(...laea.forward(lat, lon, spot));
        v.level = level;
        const [s, w, n, e] = box(v, laea);
        for (let i = 0; i <= 10; i++) {
            for (const [px, py] of [[120 * i, 0], [120 * i, 800], [0, 80 * i], [1200, 80 * i]]) {
                const place = laea.inverse(...v.toPlane(px, py));
                if (!place) continue;
                assert.ok(place[0] >= s && place[0] <= n, `${place} in ${[s, w, n, e]}`);
                assert.ok(w <= e ? place[1] >= w && place[1] <= e : place[1] >= w || place[1] <= e, `${place} in ${[s, w, n, e]}`);
            }
        }
    }
    v.centre(...laea.forward(88, -98, spot));
    assert.deepEqual(box(v, laea).slice(1), [-180, 90, 180]);
});
claim('an address gives back the view, the filters, the layers and the time', () => {
    const s = defaults();
    Object.assign(s, { lat: 31.5, lon: -106.4, zoom: 7.25, projection: 'polar', theme: 'light', language: 'es', labels: 1, vector: 4, history: 0, selected: 4711, tab: 'coverage', rings: [10, -20], time: Date.UTC(2026, 10, 21, 12, 0, 5), rate: 4, paused: true });
    Object.assign(s.layers, { gaps: false, firs: false });
    Object.assign(s.filters, { low: 5000, callsign: 'AMX|VOI', nations: [true, false, false, true, false], sources: [true, false, false, false, false] });
    Object.assign(s.coverage, { on: true, layer: 7, replies: false, nations: ['US', 'CA'], without: ['aerostat'], out: [54273], compare: 'status!=closed', live: true });
    const back = read(write(s));
    assert.deepEqual(back, s);
    assert.equal(write(defaults()), '');
});
claim('doc/page.md tells of every parameter of an address', () => {
    const told = fs.readFileSync('doc/page.md', 'utf8');
    for (const name of PARAMETERS) assert.ok(told.includes('`' + name + '`'), name);
});
claim('an address that makes no sense is the usual view', () => {
    assert.deepEqual(read('lat=x&zoom=99&vector=3&labels=-1&projection=mercator&coverage=99c&time=never&rangeRings=a,b&%%%=1'), defaults());
    assert.equal(read('track=12<script>').selected, 0);
});
claim('sets of sensors are terms of airseam coverage --where', () => {
    const c = defaults().coverage;
    assert.equal(where(c), 'status!=closed');
    assert.equal(where({ ...c, nations: ['US', 'CA'], without: ['aerostat'] }), 'nation=US,CA status!=closed except flags=aerostat');
    assert.equal(where({ ...c, where: 'flags=border' }), 'flags=border');
    assert.deepEqual(ask(c), { none: true });
    assert.equal(ask({ ...c, on: true, compare: '' }).comparing, true);
});
claim('no word lacks a language, and none is the same in all by oversight', () => {
    const same = new Set(['tracks', 'plotsPerS', 'vector', 'minutes', 'neutral', 'civil', 'sourceAdsb', 'callsignOnly', 'address', 'plots', 'groupTerminal', 'groupAdsb', 'exportGeojson', 'exportPng', 'rate', 'region']);
    for (const [key, words] of Object.entries(STRINGS)) {
        assert.equal(words.length, LANGUAGES.length, key);
        for (const word of words) assert.ok(typeof word === 'string' && word.trim() === word && word.length > 0, key);
        if (words[0] === words[1] && words[1] === words[2]) assert.ok(same.has(key), `${key} is the same in all languages`);
    }
});
claim('every word that the page asks for is there, and every word that is there is asked for', () => {
    const source = fs.readdirSync(PAGE).filter(name => name.endsWith('.js') && name !== 'strings.js').map(name => fs.readFileSync(PAGE + name, 'utf8')).join('\n');
    for (const [, key] of source.matchAll(/\bt\('(\w+)'\)/g)) assert.ok(STRINGS[key], key);
    for (const key of Object.keys(STRINGS)) assert.ok(['"', "'"].some(quote => source.includes(quote + key + quote)), `${key} is not asked for`);
    assert.equal(speak('fr'), true);
    assert.equal(t('live'), 'DIRECT');
    speak('en');
});
claim('no key has two meanings, and every key has a word', () => {
    const keys = KEYS.flatMap(([list]) => list);
    assert.equal(new Set(keys).size, keys.length);
    for (const [, word, act] of KEYS) assert.ok(STRINGS[word] && typeof act === 'function', word);
    assert.deepEqual([keyOf({ key: 'A', shiftKey: true }), keyOf({ key: 'a' }), keyOf({ key: '?', shiftKey: true }), keyOf({ key: 'PageUp' })], ['Shift+A', 'a', '?', 'PageUp']);
});
claim('colours can be told apart: text on its ground at least 4.5 to 1, marks at least 3 to 1', () => {
    const light = c => c.map(v => v / 255).map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
    const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05), hex = text => [1, 3, 5].map(i => parseInt(text.slice(i, i + 2), 16));
    for (const [name, theme] of Object.entries(THEMES)) {
        for (const ground of [hex(theme.sea), hex(theme.land)]) {
            for (const key of ['text', 'unknown', 'friend', 'warning', 'alarm', 'handoff']) assert.ok(contrast(theme[key], ground) >= 4.5, `${name} ${key} ${contrast(theme[key], ground)}`);
            for (const key of ['neutral', 'dim', 'US', 'CA', 'MX', 'gained', 'lost']) assert.ok(contrast(theme[key], ground) >= 3, `${name} ${key} ${contrast(theme[key], ground)}`);
            for (const ramp of Object.keys(RAMPS)) for (let feet = 0; feet <= 45000; feet += 2500) assert.ok(contrast(RAMPS[ramp](feet, name === 'dark'), ground) >= 1.9, `${name} ${ramp} ${feet} ${contrast(RAMPS[ramp](feet, name === 'dark'), ground)}`);
        }
    }
});
claim('figures are written as people read them', () => {
    assert.deepEqual([lasting(4.25), lasting(125), lasting(12000), grouped(1234567), degrees(-3.5, 179.99999)], ['4.3 s', '2 min 05', '3 h 20', '1\u202f234\u202f567', '03°30.0′S 180°00.0′E']);
    assert.deepEqual([cycle([0, 1, 2], 2, 1), faster(1, 1), faster(100, 1), faster(3, -1)], [0, 2, 100, 2]);
});

process.exit(failed);
