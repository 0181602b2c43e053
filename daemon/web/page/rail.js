// The rail on the left, and what flies out of it: map and symbols, filters, legend.
import { RAMPS, THEMES, css } from './colour.js';
import { checkbox, choice, el, mark, put, say } from './dom.js';
import { active, CLASSES, HIGHEST, LOWEST, noFilters } from './filters.js';
import { scaleBar } from './input.js';
import { BANDS } from './options.js';
import { AFFILIATIONS, NATIONS } from './schema.js';
import { spoken, t } from './strings.js';
import { SOURCES } from './tracks.js';
import { LAYERS } from './url.js';

const ICONS = {
    layers: 'M12 4l8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4', filters: 'M4 5h16l-6 8v6l-4-2v-4z', legend: 'M5 6h2M5 12h2M5 18h2M11 6h8M11 12h8M11 18h8',
    measure: 'M4 17L17 4l3 3L7 20zM8 13l2 2M11 10l2 2M14 7l2 2', rings: 'M12 12m-8 0a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M12 12m-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0M12 12h.01',
    zoomIn: 'M12 5v14M5 12h14', zoomOut: 'M5 12h14', home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z', share: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
};

export function icon(path) {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), p = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    svg.setAttribute('viewBox', '0 0 24 24');
    svg.setAttribute('aria-hidden', 'true');
    p.setAttribute('d', path);
    svg.append(p);
    return svg;
}

const WORD_OF_SOURCE = ['sourcePrimary', 'sourceSecondary', 'sourceAdsb', 'sourceFused', 'sourceFeed'];

export class Rail {
    constructor(app) {
        this.app = app;
        this.flown = null;
        this.build();
    }
    build() {
        const { app } = this, button = (name, act, key = '') => el('button', { id: 'rail-' + name, title: t(name) + (key && ` (${key})`), 'aria-label': t(name), onclick: act }, icon(ICONS[name]));
        const flies = name => button(name, () => this.fly(this.flown === name ? null : name));
        put(document.getElementById('rail'), flies('layers'), flies('filters'), flies('legend'), el('hr'),
            button('measure', () => app.tool('measure'), 'm'), button('rings', () => app.tool('rings'), 'r'), el('hr'),
            button('zoomIn', () => app.zoomBy(1.5), 'e'), button('zoomOut', () => app.zoomBy(1 / 1.5), 'q'), button('home', () => app.goHome(), 'h'), el('hr'),
            button('share', () => this.share()));
        this.fly(this.flown);
    }
    share() {
        this.app.remember();
        setTimeout(() => navigator.clipboard?.writeText(location.href).then(() => this.app.toast(t('copied')), () => this.app.toast(location.href)), 500);
    }
    fly(name) {
        const flyout = document.getElementById('flyout');
        this.flown = name;
        flyout.hidden = !name;
        if (name) put(flyout, ...this[name]());
        for (const one of ['layers', 'filters', 'legend']) mark(document.getElementById('rail-' + one), 'on', one === name);
    }
    head(word) {
        return el('h2', {}, t(word), el('button', { class: 'plain', 'aria-label': t('close'), onclick: () => this.fly(null) }, '✕'));
    }
    segments(options, value, act) {
        const group = el('div', { class: 'segments', role: 'group' });
        put(group, options.map(([v, text]) => el('button', {
            class: String(v) === String(value) ? 'on' : '', 'data-value': v,
            onclick: e => {
                act(v);
                for (const one of group.children) mark(one, 'on', one === e.target);
            },
        }, text)));
        return group;
    }
    layers() {
        const { app } = this, o = app.options, number = Number;
        const words = { sensors: 'sites', firs: 'firs', region: 'region', folds: 'folds', gaps: 'gaps', observed: 'observed' };
        const slider = (word, key, min, max) => {
            const out = el('output', {}, String(o[key]));
            return el('label', { class: 'field' }, el('span', {}, t(word)), el('span', { class: 'row' }, el('input', {
                type: 'range', min, max, value: o[key], 'aria-label': t(word),
                oninput: e => {
                    app.set({ [key]: number(e.target.value) });
                    out.textContent = e.target.value;
                },
            }), out));
        };
        return [this.head('layers'),
            ...LAYERS.map(name => checkbox(t(words[name]), o.layers[name], on => {
                app.set({ layers: { ...app.options.layers, [name]: on } });
                if (name === 'region') app.askCoverage();
            }, { id: 'layer-' + name })),
            choice(t('projection'), [['laea', t('laea')], ['polar', t('polar')]], o.projection, v => app.set({ projection: v })),
            choice(t('colours'), [['tar1090', 'tar1090'], ['viridis', 'viridis']], o.ramp, v => app.set({ ramp: v })),
            el('h3', {}, t('dataBlocks')), this.segments([[0, t('none')], [1, t('callsignOnly')], [2, t('limited')], [3, t('full')]], o.labels, v => app.set({ labels: v })),
            slider('labelSize', 'labelSize', 9, 16), slider('leaderLength', 'leader', 6, 48),
            el('h3', {}, `${t('vector')} (${t('minutes')})`), this.segments([0, 1, 2, 4, 8].map(v => [v, String(v)]), o.vector, v => app.set({ vector: v })),
            el('h3', {}, t('history')), slider('dots', 'history', 0, 8)];
    }
    filters() {
        const { app } = this, f = app.options.filters, again = changes => {
            app.filter(changes);
            this.fly('filters');
        };
        const boxes = (word, key, labels) => [el('h3', {}, t(word)), el('div', { class: 'checks' }, labels.map((label, i) => checkbox(label, f[key][i], on =>
            app.filter({ [key]: app.options.filters[key].map((old, n) => n === i ? on : old) }), { id: `filter-${key}-${i}` })))];
        const altitude = key => el('input', {
            type: 'number', min: LOWEST, max: HIGHEST, step: 500, value: f[key], id: 'filter-' + key, 'aria-label': t(key === 'low' ? 'from' : 'to'),
            onchange: e => app.filter({ [key]: Math.max(LOWEST, Math.min(HIGHEST, Number(e.target.value) || 0)) }),
        });
        return [this.head('filters'), el('h3', {}, t('altitudeBand')),
            el('div', { class: 'row' }, BANDS.map(([word, low, high]) => el('button', { class: f.low === low && f.high === high ? 'on' : '', onclick: () => again({ low, high }) }, t(word)))),
            el('div', { class: 'row' }, t('from'), altitude('low'), t('to'), altitude('high')),
            ...boxes('nation', 'nations', NATIONS.map(n => n === '?' ? t('noNation') : n === '+' ? t('otherNation') : n)),
            ...boxes('kind', 'classes', CLASSES.map(name => t(name))), ...boxes('source', 'sources', SOURCES.map((_, i) => t(WORD_OF_SOURCE[i]))),
            el('h3', {}, t('callsignFilter')),
            el('input', { type: 'text', value: f.callsign, id: 'filter-callsign', 'aria-label': t('callsignFilter'), oninput: e => app.filter({ callsign: e.target.value.trim() }) }),
            el('p', {}, el('button', { onclick: () => again(noFilters()) }, t('reset')))];
    }
    legend() {
        const { app } = this, theme = THEMES[app.options.theme], line = (mark, text) => [mark, el('span', {}, text)];
        const key = text => el('b', { class: 'mono' }, text), grid = (...lines) => el('div', { class: 'legend' }, ...lines.flat());
        const swatch = colour => {
            const e = el('i', { class: 'lamp-cell' });
            e.style.background = css(colour);
            e.style.borderRadius = '0';
            return e;
        };
        return [this.head('legend'), el('h3', {}, t('colours')), this.rampBar(), el('div', { class: 'ticks' }, ['0', '100', '200', '300', '400', 'FL510'].map(text => el('span', {}, text))),
            el('h3', {}, t('symbols')), grid(...SOURCES.map((name, i) => line(this.sample('symbol', i), t(WORD_OF_SOURCE[i])))),
            el('h3', {}, t('frames')), grid(...AFFILIATIONS.map(name => line(this.sample('frame', name), t(name)))),
            el('h3', {}, t('fieldE')), grid(...['fieldH', 'fieldO', 'fieldK', 'fieldC'].map(word => {
                const [first, ...rest] = t(word).split(' ');
                return line(key(first), rest.join(' '));
            })),
            el('h3', {}, t('nationColours')), grid(...['US', 'CA', 'MX'].map(nation => line(swatch(theme[nation]), nation))),
            el('p', { class: 'note' }, 'Natural Earth · VAT-Spy (CC BY-SA) · atc-radar (ODbL)')];
    }
    rampBar() {
        const canvas = el('canvas', { class: 'ramp', width: 256, height: 1 }), g = canvas.getContext('2d');
        for (let x = 0; x < 256; x++) {
            g.fillStyle = css(RAMPS[this.app.options.ramp](x / 256 * 51000, this.app.options.theme === 'dark'));
            g.fillRect(x, 0, 1, 1);
        }
        return canvas;
    }
    // A mask as the map has it.
    sample(kind, which) {
        const sprites = this.app.tracks.spritesAt(1), mask = kind === 'frame' ? sprites.frame[which] : sprites.symbol[which][4], theme = THEMES[this.app.options.theme];
        const { ratio } = this.app.tracks, size = 34, pixels = Math.round(size * ratio), canvas = el('canvas', { width: pixels, height: pixels }), g = canvas.getContext('2d'), image = g.createImageData(pixels, pixels);
        const colour = kind === 'frame' ? theme[which] : theme.text;
        mask.dx.forEach((x, i) => {
            const px = x + (pixels >> 1), py = mask.dy[i] + (pixels >> 1);
            if (px >= 0 && py >= 0 && px < pixels && py < pixels) image.data.set([...colour, mask.cover[i]], 4 * (py * pixels + px));
        });
        g.putImageData(image, 0, 0);
        canvas.style.width = canvas.style.height = size + 'px';
        return canvas;
    }
    update() {
        const { app } = this, [width, text] = scaleBar(app.view.scale), scale = document.getElementById('scale');
        mark(document.getElementById('rail-filters'), 'dot', active(app.options.filters));
        mark(document.getElementById('rail-measure'), 'on', app.input?.tool === 'measure');
        mark(document.getElementById('rail-rings'), 'on', app.input?.tool === 'rings' || app.options.rings !== null);
        if (!scale.firstChild) put(scale, el('span'), el('i'));
        say(scale.firstChild, text);
        scale.lastChild.style.width = Math.round(width) + 'px';
        this.language ??= spoken();
    }
}
