// Coverage: what is seen by which sensors, what another set would see, figures and gaps; and what is shown as a file.
import { THEMES, css } from './colour.js';
import { checkbox, choice, download, el, mark, put, say } from './dom.js';
import { coverageGeojson, png } from './export.js';
import { grouped } from './options.js';
import { GROUPS, PRESETS, toggle, where } from './sets.js';
import { t } from './strings.js';

const LAYER_NAMES = ['100 ft AGL', '500 ft AGL', '1000 ft AGL', '3000 ft AGL', '5000 ft', 'FL100', 'FL180', 'FL250', 'FL350', 'FL450', 'FL600', '100 000 ft'];
const GROUP_WORDS = { aerostat: 'groupAerostat', 'air-defence': 'groupAirDefence', 'en-route': 'groupEnRoute', terminal: 'groupTerminal', 'ads-b': 'groupAdsb', placeholder: 'groupPlaceholder' };
const PRESET_WORDS = { baseline: 'presetBaseline', usca: 'presetUsca', all: 'presetAll' };
const EVERYBODY = { nations: ['US', 'CA', 'MX'], without: [], out: [], where: '' };
const GAPS_SHOWN = 12, AGREE_MS = 3000;

// What the study calls its parts, in the page's language: "land MX", "sea 0-200 NM", "FIR CA".
const SCOPES = { region: 'scopeRegion', land: 'scopeLand', sea: 'scopeSea' };
const scopeText = scope => scope.replace(/^\w+/, word => SCOPES[word] ? t(SCOPES[word]) : word);

export class Coverage {
    constructor(app) {
        this.app = app;
    }
    build(body) {
        this.body = body;
        this.version = this.said = null;
        this.state = el('p', { class: 'note', id: 'coverage-state', role: 'status' });
        this.figures = el('div', { id: 'coverage-figures' });
        this.controls = el('div');
        this.agreement = el('p', { class: 'note', id: 'coverage-agreement' });
        put(body, this.controls, this.state, this.agreement, this.figures);
        this.update();
    }
    update() {
        const { app } = this, c = app.options.coverage, { coverage } = app.picture, version = JSON.stringify([c, app.options.layers.observed]) + app.picture.version.coverage;
        this.agree(c);
        if (version === this.version) return;
        this.version = version;
        this.controlled(c, coverage);
        say(this.state, !c.on ? t('noCoverage') : coverage?.error || (coverage ? `${t('computedIn')} ${coverage.took_ms} ms · ${coverage.basis}` : t('computing') + ' …'));
        mark(this.state, 'bad', Boolean(c.on && coverage?.error));
        put(this.figures, ...(c.on && coverage && !coverage.error ? [this.legend(coverage), ...this.table(coverage)] : []));
    }
    // The form, anew only when it says something else: nobody wants it to change under the pointer.
    controlled(c, coverage) {
        const says = JSON.stringify([c, this.app.options.layers.observed, coverage?.layer_name, c.out.map(source => this.app.picture.sensors.get(source)?.name)]);
        if (says === this.said && this.controls.childElementCount) return;
        if (this.body.contains(document.activeElement) && document.activeElement.matches('input[type="text"]')) return;
        const focused = this.controls.contains(document.activeElement) && document.activeElement.id;
        this.said = says;
        put(this.controls, ...this.form(c));
        if (focused) document.getElementById(focused)?.focus();
    }
    // What is seen beside what is predicted, every few seconds.
    agree(c) {
        const { app } = this, now = performance.now();
        this.agreement.hidden = !c.on || !app.options.layers.observed;
        if (this.agreement.hidden || now - (this.agreed ?? 0) < AGREE_MS) return;
        this.agreed = now;
        const both = app.ground.agreement(c);
        say(this.agreement, both?.[0] ? `${t('observed')}: ${grouped(both[0])} ${t('observedCells')} ${(100 * both[1] / both[0]).toFixed(1)} %` : '');
    }
    form(c) {
        const { app } = this, names = app.picture.coverage?.layer_name.length ? app.picture.coverage.layer_name : LAYER_NAMES;
        const nation = n => el('button', { class: c.nations.includes(n) && !c.where ? 'on' : '', id: 'nation-' + n, 'aria-pressed': c.nations.includes(n), onclick: () => app.toggleNation(n) }, n);
        const kinds = [[true, 'cooperative'], [false, 'nonCooperative']].map(([replies, word]) => el('button', { class: c.replies === replies ? 'on' : '', onclick: () => app.cover({ replies }) }, t(word)));
        return [checkbox(t('showCoverage'), c.on, on => app.cover({ on }), { id: 'coverage-on' }),
            choice(t('layer'), names.map((name, i) => [i, name]), c.layer, v => app.cover({ layer: Number(v), on: true }), { id: 'coverage-layer' }),
            el('div', { class: 'segments full', role: 'group', 'aria-label': t('kindOfSight') }, kinds),
            checkbox(t('observed'), app.options.layers.observed, on => app.set({ layers: { ...app.options.layers, observed: on } }), { id: 'coverage-observed' }),
            el('h3', {}, t('set')), el('div', { class: 'segments full' }, ['US', 'CA', 'MX'].map(nation)),
            el('div', { class: 'checks' }, GROUPS.map(([word]) => checkbox(`${t('leaveOut').toLowerCase()} ${t(GROUP_WORDS[word])}`, c.without.includes(word), () => app.cover({ on: true, where: '', without: toggle(app.options.coverage.without, word) }), { id: 'without-' + word }))),
            where(c) === where(EVERYBODY) && !c.out.length ? null : el('button', { id: 'coverage-all', onclick: () => app.cover({ ...EVERYBODY, on: true }) }, t('allSensors')),
            checkbox(t('asNow'), c.live, live => app.cover({ live, on: true }), { id: 'coverage-live' }), this.singles(c),
            this.compare(c), el('label', { class: 'wide' }, el('span', { class: 'dim' }, t('terms')), el('input', { type: 'text', class: 'mono', value: where(c), onchange: e => app.cover({ where: e.target.value.trim(), on: true }) })),
            el('div', { class: 'row' }, el('span', { class: 'dim' }, t('exportIt')), el('button', { onclick: () => this.save() }, t('exportGeojson')), el('button', { onclick: () => png(app).then(blob => download('airseam.png', 'image/png', blob)) }, t('exportPng')))];
    }
    // Sensors that are taken out one by one, in the health panel.
    singles(c) {
        const { app } = this;
        return c.out.length ? el('div', { class: 'row' }, c.out.map(source => el('button', { class: 'danger', onclick: () => app.cover({ out: app.options.coverage.out.filter(one => one !== source) }) },
            `− ${app.picture.sensors.get(source)?.name ?? source} ✕`))) : null;
    }
    compare(c) {
        const { app } = this, preset = PRESETS.find(([, terms]) => terms === c.compare)?.[0] ?? (c.compare === null ? '' : 'this');
        const options = [['', t('noCompare')], ...PRESETS.map(([word]) => [word, t(PRESET_WORDS[word])]), ['this', t('presetThis')]];
        return choice(t('compareWith'), options, preset, v => app.cover({ on: true, compare: v === '' ? null : v === 'this' ? where(app.options.coverage) : PRESETS.find(([word]) => word === v)[1] }), { id: 'coverage-compare' });
    }
    save() {
        const { coverage, region } = this.app.picture;
        if (coverage) download('airseam-coverage.geojson', 'application/geo+json', JSON.stringify(coverageGeojson(coverage, region)));
    }
    table(coverage) {
        const comparing = coverage.figure.some(f => f.other_permille.length), percent = n => n === undefined ? '' : (n / 10).toFixed(1);
        const delta = (f, i) => {
            const d = f.fold_permille[i] - f.other_permille[i];
            return el('td', { class: `mono right delta ${d > 0 ? 'plus' : d < 0 ? 'minus' : ''}` }, `${d > 0 ? '+' : d < 0 ? '−' : ''}${Math.abs(d / 10).toFixed(1)}`);
        };
        const heads = comparing ? ['1×', 'Δ', '2×', 'Δ'] : ['1×', '2×', '3×', '4×'];
        const cells = f => comparing ? [el('td', { class: 'mono right' }, percent(f.fold_permille[0])), delta(f, 0), el('td', { class: 'mono right' }, percent(f.fold_permille[1])), delta(f, 1)]
            : [0, 1, 2, 3].map(i => el('td', { class: 'mono right' }, percent(f.fold_permille[i])));
        const rows = coverage.figure.map(f => el('tr', {}, el('td', {}, scopeText(f.scope)), el('td', { class: 'mono right dim' }, grouped(f.area_km2 / 1000)), cells(f)));
        return [el('table', {}, el('thead', {}, el('tr', {}, el('th', {}, t('scope')), el('th', { class: 'right' }, '10³ km²'), heads.map(text => el('th', { class: 'right' }, text + (text === 'Δ' ? '' : ' %'))))), el('tbody', {}, rows)),
            ...this.gaps(coverage)];
    }
    // What the colours on the map mean just now.
    legend(coverage) {
        const theme = THEMES[this.app.options.theme], patch = (colour, alpha, word) => {
            const e = el('i', { class: 'patch' });
            e.style.background = css(colour, alpha);
            return el('span', {}, e, t(word));
        };
        const comparing = coverage.gained?.corners.length || coverage.lost?.corners.length;
        return el('div', { class: 'row', id: 'coverage-legend' }, comparing ? [patch(theme.gained, 0.75, 'thisAlone'), patch(theme.lost, 0.75, 'otherAlone')] : [patch(theme.fold, 0.75, 'folds')], patch(theme.gap, 0.45, 'gaps'),
            this.app.options.layers.observed ? [patch(theme.accepted, 0.7, 'observedSeen'), patch(theme.warning, 0.9, 'observedMissed')] : null);
    }
    gaps(coverage) {
        if (!coverage.greatest.length) return [];
        const row = gap => el('tr', { class: 'pick', onclick: () => this.app.goTo(gap.lat_e4 / 1e4, gap.lon_e4 / 1e4, 5) },
            el('td', { class: 'mono' }, `${(gap.lat_e4 / 1e4).toFixed(1)}, ${(gap.lon_e4 / 1e4).toFixed(1)}`), el('td', { class: 'mono right' }, `${grouped(gap.area_km2)} km²`), el('td', { class: 'mono right' }, `${grouped(gap.width_m / 1852)} NM`));
        return [el('h3', {}, t('greatestGaps')), el('table', {}, el('tbody', {}, coverage.greatest.slice(0, GAPS_SHOWN).map(row)))];
    }
}
