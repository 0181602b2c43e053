// Everything known of the selected track.
import { el, mark, put, rows, say } from './dom.js';
import { address, squawk } from './filters.js';
import { altitude, name } from './labels.js';
import { clock, degrees, grouped, lasting } from './options.js';
import { KNOTS } from './overlay.js';
import { AFFILIATION, AFFILIATIONS, CLASS, FLAG, NATIONS } from './schema.js';
import { t } from './strings.js';
import { sourceOf } from './tracks.js';
import { stateWord } from './panel_handoffs.js';

const FPM = 196.85, KINDS = ['PSR', 'SSR', 'Mode S', 'ADS-B', 'MLAT', 'TRACK'];
const TONES = ['unknown', 'friend', 'good', 'friend', 'bad', 'bad'], CLASS_WORDS = ['primary', 'anonymous', 'civil', 'military'];
const SOURCE_WORDS = ['sourcePrimary', 'sourceSecondary', 'sourceAdsb', 'sourceFused', 'sourceFeed'];
const ATTENTION = 40;
// What asks for attention, most urgent first: the word, the test, how it is shown.
const REASONS = [
    ['emergency', (tr, slot) => tr.has(slot, FLAG.EMERGENCY), 'bad'],
    ['hostile', (tr, slot) => tr.affiliation[slot] === AFFILIATION.HOSTILE, 'bad'],
    ['silentNow', (tr, slot) => tr.has(slot, FLAG.SILENT_NOW), 'bad'],
    ['suspect', (tr, slot) => tr.affiliation[slot] === AFFILIATION.SUSPECT, 'bad'],
    ['primary', (tr, slot) => tr.kind[slot] === CLASS.PRIMARY_ONLY && tr.affiliation[slot] === AFFILIATION.UNKNOWN, 'warn'],
];
const permille = n => `${(n / 10).toFixed(n > 0 && n < 1000 ? 1 : 0)} %`;

export class TrackPanel {
    constructor(app) {
        this.app = app;
    }
    build(body) {
        this.body = body;
        this.number = null;
        this.update();
    }
    update() {
        const { app } = this, tr = app.picture.tracks, slot = tr.slotOf.get(app.selected);
        if (!app.selected || slot === undefined) return this.nothing();
        if (this.number !== app.selected) this.begin(tr, slot);
        this.fill(tr, slot);
    }
    nothing() {
        const words = t(this.app.selected ? 'trackGone' : 'noTrack');
        if (this.number !== words) {
            this.number = words;
            this.watch = el('tbody');
            this.watched = el('h3', {}, t('attention'));
            put(this.body, el('p', { class: 'dim' }, words), this.watched, el('table', { id: 'attention' }, this.watch));
        }
        this.attend();
    }
    // Who should be looked at first, and why.
    attend() {
        const tr = this.app.picture.tracks, list = [];
        for (const slot of tr.slotOf.values()) {
            const why = REASONS.findIndex(([, test]) => test(tr, slot));
            if (why >= 0) list.push({ slot, why, number: tr.number[slot] });
        }
        this.watched.hidden = !list.length;
        list.sort((a, b) => a.why - b.why || a.number - b.number);
        rows(this.watch, list.slice(0, ATTENTION), one => one.number, one => this.watchRow(one), (row, { slot, why }) => {
            const [word, , kind] = REASONS[why];
            say(row.cells[0], name(tr, slot));
            say(row.cells[1], altitude(tr, slot));
            say(row.cells[2], t(word));
            row.cells[2].className = 'right ' + kind;
        });
    }
    watchRow({ number }) {
        const { app } = this, go = () => {
            app.pick(number);
            app.goToTrack(number, 5);
        };
        return el('tr', { class: 'pick', onclick: go }, el('td', { class: 'mono' }), el('td', { class: 'mono dim' }), el('td'));
    }
    begin() {
        const { app } = this;
        this.number = app.selected;
        this.title = el('strong', { id: 'track-name' });
        this.sub = el('span', { class: 'dim mono' });
        this.tags = el('div', { class: 'tags' });
        this.follow = el('button', { onclick: () => app.set({ follow: !app.options.follow }) }, t('follow'));
        this.isolate = el('button', { onclick: () => app.filter({ only: app.options.filters.only ? 0 : app.selected }) }, t('isolate'));
        this.lists = { identity: el('dl'), motion: el('dl'), support: el('dl'), plan: el('dl') };
        this.sensors = el('tbody');
        this.line = el('ul', { class: 'steps' });
        put(this.body, el('div', { class: 'title' }, this.title, this.sub), this.tags,
            el('div', { class: 'row' }, this.follow, this.isolate, el('button', { onclick: () => app.goToTrack(app.selected, 6) }, t('centre')), el('button', { onclick: () => app.set({ rings: app.selected }) }, t('rings'))),
            el('h3', {}, t('motion')), this.lists.motion, el('h3', {}, t('identity')), this.lists.identity,
            el('h3', {}, t('plan')), this.lists.plan, el('h3', {}, t('support')), this.lists.support,
            el('h3', {}, t('contributing')), el('table', {}, this.sensors), el('h3', {}, t('handoffLine')), this.line);
    }
    fill(tr, slot) {
        const { app } = this, now = app.now, d = app.picture.detail?.number === app.selected ? app.picture.detail : null;
        say(this.title, name(tr, slot));
        say(this.sub, `#${tr.number[slot]}`);
        mark(this.follow, 'on', app.options.follow);
        mark(this.isolate, 'on', app.options.filters.only !== 0);
        this.tag(tr, slot);
        this.list('motion', this.motion(tr, slot, now, d));
        this.list('identity', this.identity(tr, slot, d));
        this.list('support', this.support(tr, slot, now, d));
        this.list('plan', this.plan(d));
        this.contributors(d);
        this.handoff(now, d);
    }
    // Pairs of a word and a value; pairs without a value are left out.
    list(which, pairs) {
        const list = this.lists[which], shown = pairs.filter(([, value]) => value);
        if (list.children.length !== 2 * shown.length) put(list, shown.flatMap(() => [el('dt'), el('dd')]));
        shown.forEach(([word, value], i) => {
            say(list.children[2 * i], word);
            say(list.children[2 * i + 1], value);
        });
    }
    tag(tr, slot) {
        const flags = [[FLAG.EMERGENCY, 'emergency', 'bad'], [FLAG.COASTING, 'coasting', 'warn'], [FLAG.MONOSENSOR, 'monosensor', ''], [FLAG.SIMULATED, 'simulated', ''], [FLAG.DELAYED, 'delayed', 'warn'], [FLAG.SILENT_NOW, 'silentNow', 'bad']];
        const words = [[AFFILIATIONS[tr.affiliation[slot]] ?? 'unknown', TONES[tr.affiliation[slot]] ?? ''],
            [CLASS_WORDS[tr.kind[slot]] ?? 'primary', ''], [SOURCE_WORDS[sourceOf(tr.flags[slot])], ''], ...flags.filter(([flag]) => tr.has(slot, flag)).map(([, word, kind]) => [word, kind])];
        const key = words.flat().join();
        if (this.tags.dataset.key === key) return;
        this.tags.dataset.key = key;
        put(this.tags, words.map(([word, kind]) => el('span', { class: 'tag ' + kind }, t(word))));
    }
    motion(tr, slot, now, d) {
        const at = this.app.projection.inverse(tr.x[slot] + tr.vx[slot] * tr.ahead(slot, now), tr.y[slot] + tr.vy[slot] * tr.ahead(slot, now)) ?? [tr.lat[slot], tr.lon[slot]];
        const known = tr.has(slot, FLAG.HAS_ALTITUDE);
        return [[t('place'), degrees(...at)],
            [t('level'), known ? `FL${altitude(tr, slot)} · ${grouped(tr.altitude[slot])} ft${tr.has(slot, FLAG.GEOMETRIC) ? ' · ' + t('geometric') : ''}` : '–'],
            [t('groundSpeed'), `${Math.round(tr.speed[slot] * KNOTS)} kt`], [t('heading'), `${String(Math.round(tr.heading[slot]) % 360).padStart(3, '0')}°`],
            [t('climb'), tr.has(slot, FLAG.HAS_CLIMB) ? `${Math.round(tr.climb[slot] * FPM / 50) * 50} ft/min` : ''],
            [t('turn'), d && Math.abs(d.turn_mdegps) > 100 ? `${(d.turn_mdegps / 1000).toFixed(1)} °/s` : ''],
            [t('accuracy'), d ? `${grouped(d.sigma_major_m)} × ${grouped(d.sigma_minor_m)} m, ${Math.round(d.sigma_ddeg / 10)}°` : ''],
            [t('heightAccuracy'), d?.sigma_height_m ? `${grouped(d.sigma_height_m)} m` : '']];
    }
    identity(tr, slot, d) {
        const nation = NATIONS[tr.nation[slot]];
        return [[t('callsign'), tr.callsign[slot] || '–'], [t('address'), address(tr.modeS[slot]) || (tr.kind[slot] === CLASS.PRIMARY_ONLY ? t('never') : '–')], [t('modeA'), squawk(tr.modeA[slot]) || '–'],
            [t('mode2'), d ? squawk(d.mode_2) : ''], [t('nation'), nation === '?' ? t('noNation') : nation === '+' ? t('otherNation') : nation],
            [t('affiliation'), t(AFFILIATIONS[tr.affiliation[slot]] ?? 'unknown')], [t('confidence'), d ? permille(d.identity_permille) : ''], [t('owner'), d?.owner ?? '']];
    }
    support(tr, slot, now, d) {
        const kinds = d ? d.kind_age_ds.map((age, i) => age ? `${KINDS[i]} ${lasting((age - 1) / 10)}` : '').filter(Boolean).join(', ') : '';
        return [[t('age'), lasting(tr.ageAt(slot, now))], [t('source'), kinds], [t('plots'), d ? grouped(d.plots) : ''], [t('born'), d?.born_ms ? `${clock(d.born_ms)}Z  (${lasting((now - d.born_ms) / 1000)})` : ''],
            [t('existence'), d ? permille(d.existence_permille) : ''], [t('models'), d?.mode_permille.length ? d.mode_permille.map(n => Math.round(n / 10)).join(' / ') + ' %' : '']];
    }
    plan(d) {
        const p = d?.flight;
        if (!p) return [[t('plan'), t('noPlan')]];
        return [[t('route'), [p.departure, p.destination].filter(Boolean).join(' → ')], [t('type'), p.aircraft_type], [t('cruise'), p.cruise_25ft ? `FL${String(Math.round(p.cruise_25ft / 4)).padStart(3, '0')}` : ''], ['', p.route]];
    }
    contributors(d) {
        const list = d ? d.source.map((source, i) => ({ source, age: d.source_age_ds[i] / 10 })) : [];
        const key = list.map(one => one.source + ':' + Math.round(one.age)).join();
        if (this.sensors.dataset.key === key) return;
        this.sensors.dataset.key = key;
        put(this.sensors, list.map(({ source, age }) => {
            const sensor = this.app.picture.sensors.get(source);
            return el('tr', { class: 'pick', onclick: () => sensor && this.app.panels[2].showSensor(sensor) }, el('td', {}, sensor?.name ?? `${source >> 8}/${source & 255}`),
                el('td', { class: 'dim' }, sensor ? `${sensor.nation} ${sensor.type || sensor.kind}` : ''), el('td', { class: 'mono right' }, lasting(age)));
        }));
    }
    handoff(now) {
        const { app } = this, list = app.picture.handoffs.filter(h => h.track === app.selected);
        const lines = list.flatMap(h => [`${h.from} → ${h.to}  ${t(stateWord(h.state))}${h.why ? ' · ' + h.why : ''}`, ...h.step.map(step => '  ' + step)]);
        const key = lines.join('\n') || '–';
        if (this.line.dataset.key === key) return;
        this.line.dataset.key = key;
        put(this.line, key.split('\n').map(text => el('li', {}, text)));
    }
}
