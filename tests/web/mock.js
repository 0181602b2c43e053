// In place of main.js: the page with frames of invented aircraft instead of a daemon's. ?aircraft=N says how many.
import { App } from './app.js';
import { destination } from './geodesic.js';
import { circle } from './overlay.js';
import { decode, encode } from './proto.js';
import { CONTROL, FLAG, HANDOFF, TIME } from './schema.js';

const query = new URLSearchParams(location.search);
let seed = 12345;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const between = (a, b) => a + random() * (b - a);
const differences = list => list.map((n, i) => i ? n - list[i - 1] : n);

const CITIES = [[40.7, -74], [34, -118.2], [41.9, -87.7], [29.8, -95.4], [33.6, -84.4], [39.7, -105], [47.4, -122.3], [43.7, -79.4], [45.5, -73.6], [51.1, -114], [49.2, -123.1],
    [19.4, -99.1], [20.5, -103.3], [25.7, -100.3], [21, -86.9], [61.2, -150], [25.8, -80.3], [33.4, -112], [44.9, -93.2], [53.3, -113.6], [46.8, -71.3], [47.6, -52.7]];
const LINES = ['UAL', 'AAL', 'DAL', 'ACA', 'AMX', 'VOI', 'WJA', 'SWA', 'JBU', 'FDX', 'UPS', 'ASA'];

function aircraft(number) {
    const a = CITIES[Math.floor(random() * CITIES.length)], b = CITIES[Math.floor(random() * CITIES.length)], f = random();
    const lat = a[0] + (b[0] - a[0]) * f + between(-2.5, 2.5), lon = a[1] + (b[1] - a[1]) * f + between(-3, 3), high = random() < 0.7, odd = random();
    const kind = odd < 0.02 ? 0 : odd < 0.05 ? 1 : odd < 0.08 ? 3 : 2, nation = [1, 1, 1, 2, 3, 4][Math.floor(random() * 6)];
    const source = kind === 0 ? FLAG.PRIMARY : random() < 0.55 ? FLAG.PRIMARY | FLAG.SECONDARY | FLAG.ADSB : random() < 0.6 ? FLAG.SECONDARY : random() < 0.7 ? FLAG.ADSB : FLAG.FOREIGN;
    return {
        number, lat, lon, heading: Math.atan2((b[1] - a[1]) * 0.7, b[0] - a[0]) * 180 / Math.PI + between(-10, 10), speed: high ? between(190, 265) : between(50, 160),
        altitude: high ? Math.round(between(240, 430) / 10) * 1000 : between(8, 240) * 100, climb: random() < 0.3 ? between(-10, 10) : 0, kind, nation: kind < 2 ? 0 : nation,
        flags: source | (kind === 0 ? 0 : FLAG.HAS_ALTITUDE | FLAG.HAS_CLIMB) | (random() < 0.02 ? FLAG.COASTING : 0) | FLAG.SIMULATED,
        callsign: kind === 2 ? LINES[Math.floor(random() * LINES.length)] + Math.floor(between(10, 3000)) : kind === 3 ? 'RCH' + Math.floor(between(100, 999)) : '',
    };
}

class Mock {
    constructor(events, count) {
        this.events = events;
        this.list = Array.from({ length: count }, (_, i) => aircraft(i + 1));
        this.at = Date.UTC(2026, 10, 21, 12, 0, 0);
        this.started = this.at;
        this.paused = false;
        this.asks = [];
        setTimeout(() => {
            events.state('open');
            events.hello();
            this.send(true);
            setInterval(() => this.paused || this.send(false), 1000);
        });
    }
    // What was asked, for tests; coverage is answered with a circle around each site that counts.
    request(message) {
        this.asks.push(message);
        if (message.coverage && !message.coverage.none) this.events.frame(decode('Frame', encode('Frame', { version: 1, coverage: this.coverage(message.coverage) })));
        if (message.time) this.control(message.time);
        return Promise.resolve({ good: true, text: '' });
    }
    ask(message) {
        this.asks.push(message);
    }
    control({ what, instant_ms }) {
        if (what === CONTROL.PAUSE || what === CONTROL.GO_ON) this.paused = what === CONTROL.PAUSE;
        if (what === CONTROL.SEEK) this.at = instant_ms;
        if (!this.paused || what === CONTROL.SEEK) this.send(what === CONTROL.SEEK);
        else this.events.frame(decode('Frame', encode('Frame', { version: 1, time: this.time() })));
    }
    time() {
        const replay = query.has('replay');
        return { state: replay ? TIME.REPLAY : TIME.LIVE, instant_ms: this.at, lag_ms: 420, rate_milli: 1000, paused: this.paused, ...(replay ? { first_ms: this.started, last_ms: this.started + 3600000, tape: 'mock.tape' } : {}) };
    }
    coverage(wanted) {
        const only = /nation=([A-Z,]+)/.exec(wanted.where)?.[1].split(',') ?? ['US', 'CA', 'MX'], seen = this.sites().filter(site => only.includes(site.nation) && !wanted.out.includes(site.source));
        const rings = list => {
            const corners = [], lat = [], lon = [];
            for (const ring of list) {
                let [a, b] = [0, 0];
                corners.push(ring.length / 2);
                for (let i = 0; i < ring.length; i += 2) {
                    const [x, y] = [Math.round(ring[i] * 1e4), Math.round(ring[i + 1] * 1e4)];
                    lat.push(y - a);
                    lon.push(x - b);
                    [a, b] = [y, x];
                }
            }
            return { corners, lat_e4: lat, lon_e4: lon };
        };
        const discs = seen.map(site => circle(site.lat_e5 / 1e5, site.lon_e5 / 1e5, 200000 + 25000 * wanted.layer)), region = circle(50, -98, 3.4e6, 180), share = Math.round(25 * seen.length);
        const figure = (scope, area_km2, part) => ({ scope, area_km2, fold_permille: [part, part * 0.6, part * 0.3, part * 0.1].map(Math.round), other_permille: wanted.comparing ? [part * 0.8, part * 0.5, part * 0.3, part * 0.1].map(Math.round) : [] });
        return {
            layer: wanted.layer, replies: wanted.replies, fold: [rings(discs)], gap: rings([region, ...discs]), region: rings([region]), lost: rings(wanted.comparing ? discs.slice(-2) : []), gained: rings([]), took_ms: 12, basis: 'mock circles',
            figure: [figure('all', 61000000, share), figure('US', 9800000, share), figure('CA', 9900000, share), figure('MX', 1960000, only.includes('MX') ? 900 : 120)],
            greatest: [{ lat_e4: 720000, lon_e4: -900000, area_km2: 5600000, width_m: 1900000 }], layer_name: [], sensor: [],
        };
    }
    send(keyframe) {
        for (const a of this.list) {
            [a.lat, a.lon] = destination(a.lat, a.lon, a.heading, a.speed);
            a.altitude = Math.max(500, a.altitude + a.climb * 3.28);
        }
        this.at += 1000;
        const bytes = encode('Frame', { ...this.frame(), ...(keyframe ? this.keyframe() : {}) });
        this.events.frame(decode('Frame', bytes));
    }
    frame() {
        const l = this.list, column = of => l.map(a => Math.round(of(a)));
        return {
            version: 1, time: this.time(),
            tracks: {
                number: differences(column(a => a.number)), lat_e5: column(a => a.lat * 1e5), lon_e5: column(a => a.lon * 1e5), speed_dmps: column(a => a.speed * 10),
                heading_ddeg: column(a => (a.heading + 360) % 360 * 10), altitude_25ft: column(a => a.flags & FLAG.HAS_ALTITUDE ? a.altitude / 25 : 0), climb_dmps: column(a => a.climb * 10), flags: column(a => a.flags), age_ds: column(a => a.flags & FLAG.COASTING ? 240 : 20),
            },
            picture: { tracks: l.length, shown: l.length, sensors_alive: 140, plots_per_s: 4321, viewers: 3 },
        };
    }
    keyframe() {
        const l = this.list, named = l.filter(a => a.callsign), way = (from, to) => ({ from, to });
        const ways = [way('KZAB/21', 'MMFR/MTY'), way('KZSE/46', 'CZVR/12'), way('CZYZ/ON', 'KZOB/33'), way('KZHU/74', 'MMFR/MTY'), way('MMFR/MZT', 'KZLA/60')];
        return {
            keyframe: true,
            idents: {
                number: differences(l.map(a => a.number)), mode_s: l.map(a => a.kind > 1 ? 0xa00000 + a.number : 0), mode_a: l.map(a => a.kind ? 1 + a.number % 4096 : 0),
                kind: l.map(a => a.nation + 8 * a.kind + 64 * [0, 0, 2, 1][a.kind]), callsign: Uint8Array.from(l.flatMap(a => [...a.callsign.padEnd(8)].map(c => c.charCodeAt(0)))), plan: l.map(() => 0),
            },
            sensor: this.sites(),
            states: this.states(), event: [{ instant_ms: this.at - 240000, severity: 2, kind: 'SENSOR_LOST', text: 'site-4 lost', source: 210 * 256 + 5 }, { instant_ms: this.at - 60000, severity: 1, kind: 'CLOCK', text: 'site-9: clock differs by 2.1 s' }],
            handoffs: {
                handoff: named.slice(0, 12).map((a, i) => ({ id: i + 1, track: a.number, callsign: a.callsign, ...ways[i % 5], state: [HANDOFF.PROPOSED, HANDOFF.PROPOSED, HANDOFF.ACCEPTED, HANDOFF.FORCED, HANDOFF.POINT_OUT, HANDOFF.NONE][i % 6], since_ms: this.at - i * 3100, automatic: i % 3 > 0, latency_ms: i % 6 === 2 ? 1400 : 3200, boundary_ms: this.at + 190000 - i * 20000, why: i === 6 ? 'no answer from the receiving centre' : '', step: ['12:00:01.2 proposed', '12:00:01.3 delivered'] })),
                automatic_s: [12, 31, 18, 4, 1, 0, 0], manual_s: [0, 0, 2, 7, 14, 9, 3],
            },
            welcome: { node: 'demo', nation: 'US', account: 'controller', may: ['operate', 'handoff', 'time'], position: 'KZAB/21', version: '0.1.0', period_ms: 1000, accounts: true },
        };
    }
    sites() {
        return CITIES.map(([lat, lon], i) => ({ source: (lat < 28 ? 212 : lat > 48 ? 211 : 210) * 256 + i + 1, name: 'site-' + i, nation: lat < 28 && lon < -82 ? 'MX' : lat > 43.3 && lon > -125 && i !== 15 ? 'CA' : 'US', type: 'ARSR-4', kind: 'combined', lat_e5: Math.round(lat * 1e5), lon_e5: Math.round(lon * 1e5), range_m: 463000, period_ms: 12000 }));
    }
    states() {
        const sources = CITIES.map(([lat], i) => (lat < 28 ? 212 : lat > 48 ? 211 : 210) * 256 + i + 1).sort((a, b) => a - b);
        return { source: differences(sources), health: sources.map((_, i) => i === 4 ? 3 : i === 9 ? 2 : 1), age_ds: sources.map((_, i) => i === 4 ? 2400 : 20 + i), rate_dps: sources.map((_, i) => 100 + 17 * i), latency_ms: sources.map(() => 800), bias_range_m: sources.map((_, i) => i * 3 - 20), bias_azimuth_mdeg: sources.map(() => 40), period_ms: sources.map(() => 11950) };
    }
}

const count = Number(query.get('aircraft')) || 3000;
globalThis.airseam = new App(events => new Mock(events, count));
