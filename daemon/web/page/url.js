// What the page shows as the text behind the ? of its address, so that a link is a view. Names are tar1090's where the meaning coincides. Pure.
import { CLASSES, HIGHEST, LOWEST, noFilters } from './filters.js';
import { NATIONS } from './schema.js';
import { SOURCES } from './tracks.js';

export const LAYERS = ['sensors', 'firs', 'region', 'folds', 'gaps', 'observed'];
export const TABS = ['track', 'handoffs', 'coverage', 'health'];

export const defaults = () => ({
    lat: null, lon: null, zoom: null, projection: 'laea', theme: 'dark', language: null, labels: 3, labelSize: 11, leader: 14, history: 5, vector: 1,
    ramp: 'tar1090', layers: { sensors: true, firs: true, region: true, folds: true, gaps: true, observed: false }, filters: noFilters(), rings: null,
    selected: 0, tab: 'track', side: true, follow: false,
    coverage: { on: false, layer: 5, replies: true, nations: ['US', 'CA', 'MX'], without: [], out: [], live: false, where: '', compare: null },
    time: null, rate: 1, paused: false,
});

const USUAL = defaults().layers;
const number = text => text !== null && text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
const within = (text, least, most) => {
    const n = number(text);
    return n === undefined || n < least || n > most ? undefined : n;
};
const oneOf = list => text => list.includes(text) ? text : undefined;
const flags = names => ({
    put: list => list.every(Boolean) ? undefined : names.filter((_, i) => list[i]).join(','),
    get: text => names.map(name => text.split(',').includes(name)),
});
const words = list => list.length ? list.join(',') : undefined;
const split = text => text.split(',').filter(Boolean);

// A row: name in the address, how it is written (undefined: left out), how it is read (undefined: passed over).
const plain = (name, path, read) => {
    const keys = path.split('.');
    return {
        name,
        put: s => {
            const value = keys.reduce((o, k) => o[k], s), usual = keys.reduce((o, k) => o[k], defaults());
            return value === usual || value === null ? undefined : String(value === true ? 1 : value === false ? 0 : value);
        },
        get: (s, text) => {
            const value = read(text), last = keys[keys.length - 1];
            if (value !== undefined) keys.slice(0, -1).reduce((o, k) => o[k], s)[last] = value;
        },
    };
};
const bool = text => text === '1' ? true : text === '0' ? false : undefined;
const list = (name, names, path) => ({
    name,
    put: s => flags(names).put(path(s)),
    get: (s, text) => flags(names).get(text).forEach((on, i) => path(s)[i] = on),
});

const ROWS = [
    { name: 'lat', put: s => s.lat?.toFixed(4), get: (s, t) => s.lat = within(t, -90, 90) ?? s.lat },
    { name: 'lon', put: s => s.lon?.toFixed(4), get: (s, t) => s.lon = within(t, -180, 180) ?? s.lon },
    { name: 'zoom', put: s => s.zoom?.toFixed(2), get: (s, t) => s.zoom = within(t, 0, 16) ?? s.zoom },
    plain('projection', 'projection', oneOf(['laea', 'polar'])),
    plain('theme', 'theme', oneOf(['dark', 'light'])),
    plain('lang', 'language', oneOf(['en', 'es', 'fr'])),
    plain('labels', 'labels', t => within(t, 0, 3)),
    plain('labelSize', 'labelSize', t => within(t, 8, 20)),
    plain('leader', 'leader', t => within(t, 4, 60)),
    plain('history', 'history', t => within(t, 0, 8)),
    plain('vector', 'vector', t => oneOf([0, 1, 2, 4, 8])(Number(t))),
    plain('ramp', 'ramp', oneOf(['tar1090', 'viridis'])),
    plain('tab', 'tab', oneOf(TABS)),
    plain('side', 'side', bool),
    plain('follow', 'follow', bool),
    plain('track', 'selected', t => within(t, 1, 2 ** 32)),
    {
        name: 'hide', // layers that are usually shown
        put: s => words(LAYERS.filter(name => USUAL[name] && !s.layers[name])),
        get: (s, t) => split(t).filter(name => USUAL[name]).forEach(name => s.layers[name] = false),
    },
    {
        name: 'show', // layers that usually are not
        put: s => words(LAYERS.filter(name => !USUAL[name] && s.layers[name])),
        get: (s, t) => split(t).filter(name => USUAL[name] === false).forEach(name => s.layers[name] = true),
    },
    { name: 'filterAltMin', put: s => s.filters.low > LOWEST ? String(s.filters.low) : undefined, get: (s, t) => s.filters.low = within(t, LOWEST, HIGHEST) ?? LOWEST },
    { name: 'filterAltMax', put: s => s.filters.high < HIGHEST ? String(s.filters.high) : undefined, get: (s, t) => s.filters.high = within(t, LOWEST, HIGHEST) ?? HIGHEST },
    plain('filterCallSign', 'filters.callsign', t => t.slice(0, 60)),
    list('nations', NATIONS.map(n => n === '?' ? 'none' : n === '+' ? 'other' : n), s => s.filters.nations),
    list('classes', CLASSES, s => s.filters.classes),
    list('filterSources', SOURCES, s => s.filters.sources),
    {
        name: 'rangeRings', // lat,lon or a track's number
        put: s => s.rings === null ? undefined : Array.isArray(s.rings) ? s.rings.map(v => v.toFixed(4)).join(',') : String(s.rings),
        get: (s, t) => {
            const [a, b] = t.split(',').map(number);
            if (a !== undefined && b !== undefined) s.rings = [a, b];
            else if (a > 0) s.rings = a;
        },
    },
    {
        name: 'coverage', // layer's index and c(ooperative: replies) or p(rimary: echoes)
        put: s => s.coverage.on ? s.coverage.layer + (s.coverage.replies ? 'c' : 'p') : undefined,
        get: (s, t) => {
            const m = /^(\d{1,2})([cp])$/.exec(t);
            if (m && Number(m[1]) < 12) Object.assign(s.coverage, { on: true, layer: Number(m[1]), replies: m[2] === 'c' });
        },
    },
    {
        name: 'coverageNations',
        put: s => s.coverage.nations.length === 3 ? undefined : s.coverage.nations.join(',') || 'none',
        get: (s, t) => s.coverage.nations = ['US', 'CA', 'MX'].filter(n => split(t).includes(n)),
    },
    { name: 'coverageWithout', put: s => words(s.coverage.without), get: (s, t) => s.coverage.without = split(t).filter(w => /^[a-z0-9-]{1,20}$/.test(w)) },
    { name: 'coverageOut', put: s => words(s.coverage.out), get: (s, t) => s.coverage.out = split(t).map(Number).filter(n => n > 0 && n < 65536) },
    plain('coverageLive', 'coverage.live', bool),
    plain('coverageWhere', 'coverage.where', t => t.slice(0, 200)),
    plain('coverageCompare', 'coverage.compare', t => t.slice(0, 200)),
    { name: 'time', put: s => s.time === null ? undefined : new Date(s.time).toISOString().replace('.000Z', 'Z'), get: (s, t) => s.time = Number.isNaN(Date.parse(t)) ? null : Date.parse(t) },
    plain('rate', 'rate', t => within(t, 0.1, 100)),
    plain('paused', 'paused', bool),
];

export const PARAMETERS = ROWS.map(row => row.name);

export function write(state) {
    const parts = [];
    for (const row of ROWS) {
        const text = row.put(state);
        if (text !== undefined && text !== null) parts.push(row.name + '=' + encodeURIComponent(text).replaceAll('%2C', ',').replaceAll('%3A', ':'));
    }
    return parts.join('&');
}

// What cannot be read is passed over: a link that was cut still shows something.
export function read(text) {
    const state = defaults(), values = new URLSearchParams(text);
    for (const row of ROWS) {
        const value = values.get(row.name);
        if (value !== null) row.get(state, value);
    }
    return state;
}
