// Health: every sensor green, amber or red with age, rate, delay and bias; switching one off; and what has happened.
import { attribute, el, mark, put, rows, say } from './dom.js';
import { clock, lasting } from './options.js';
import { HEALTH } from './schema.js';
import { toggle } from './sets.js';
import { t } from './strings.js';

const WORDS = ['silent', 'green', 'amber', 'red', 'off'], WORST = [HEALTH.RED, HEALTH.AMBER, HEALTH.OFF, HEALTH.GREEN, HEALTH.SILENT];
const EVENTS_SHOWN = 120, SEVERITY = ['', 'warn', 'bad'];

export class Health {
    constructor(app) {
        this.app = app;
        this.text = '';
        this.chosen = 0;
    }
    build(body) {
        const { app } = this;
        body.className = 'panel split';
        this.find = el('input', { type: 'search', placeholder: t('find'), 'aria-label': t('find'), id: 'find-sensor', value: this.text, oninput: e => this.search(e.target.value) });
        this.summary = el('div', { class: 'row' });
        this.body = el('tbody', { id: 'sensor-rows' });
        this.card = el('div', { class: 'foot', id: 'sensor-card', hidden: true });
        this.events = el('div', { class: 'scroll', id: 'event-list' });
        const table = el('table', {}, el('thead', {}, el('tr', {}, el('th', {}, t('sensors')), el('th', { class: 'right' }, t('age')), el('th', { class: 'right' }, t('rate')), el('th', { class: 'right' }, t('delay')))), this.body);
        put(body, el('div', { class: 'head' }, this.summary, this.find), el('div', { class: 'scroll' }, table), this.card, el('div', { class: 'head' }, el('h3', {}, t('events'))), this.events);
        this.version = this.eventVersion = null;
        app.sensor ??= app.picture.sensors.get(this.chosen) ?? null;
        this.update();
    }
    search(text) {
        this.text = text.trim().toLowerCase();
        this.version = null;
        this.update();
    }
    choose(source) {
        this.chosen = this.chosen === source && !this.app.sensor ? 0 : source;
        this.app.sensor = this.app.picture.sensors.get(this.chosen) ?? null;
        this.app.over.empty = false;
        this.version = null;
        if (this.body) this.update();
    }
    update() {
        const { picture, options } = this.app, version = `${picture.version.sensors} ${this.chosen} ${options.coverage.out} ${picture.version.welcome}`;
        if (version !== this.version) {
            this.version = version;
            this.list(picture);
            this.showCard(picture.sensors.get(this.chosen));
        }
        if (this.eventVersion !== picture.version.events) {
            this.eventVersion = picture.version.events;
            this.listEvents(picture.events);
        }
    }
    list(picture) {
        const matches = s => !this.text || [s.name, s.nation, s.type, s.kind].some(word => word.toLowerCase().includes(this.text));
        const list = [...picture.sensors.values()].filter(matches).sort((a, b) => WORST.indexOf(a.health) - WORST.indexOf(b.health) || a.name.localeCompare(b.name));
        const n = picture.tally();
        put(this.summary, WORST.map(health => el('span', {}, el('i', { class: 'lamp-cell ' + WORDS[health] }), el('b', { class: 'mono' }, String(n[health])), ' ', t(WORDS[health]))));
        rows(this.body, list, s => s.source, s => this.make(s), (row, s) => this.fill(row, s));
    }
    make(sensor) {
        const row = el('tr', { class: 'pick', 'data-source': sensor.source, onclick: () => this.choose(sensor.source) });
        row.lamp = el('i', { class: 'lamp-cell' });
        row.name = el('span');
        row.nation = el('span', { class: 'dim mono' });
        row.figures = [0, 1, 2].map(() => el('td', { class: 'mono right' }));
        row.append(el('td', {}, row.lamp, row.name, ' ', row.nation), ...row.figures);
        return row;
    }
    fill(row, s) {
        attribute(row.lamp, 'class', 'lamp-cell ' + WORDS[s.health]);
        attribute(row.lamp, 'title', t(WORDS[s.health]));
        say(row.name, s.name);
        say(row.nation, s.nation);
        const heard = s.health !== HEALTH.SILENT;
        [heard ? lasting(s.age_ds / 10) : '–', heard ? (s.rate_dps / 10).toFixed(1) : '–', heard ? `${(s.latency_ms / 1000).toFixed(1)} s` : '–'].forEach((text, i) => say(row.figures[i], text));
        mark(row, 'chosen', s.source === this.chosen);
    }
    showCard(s) {
        this.card.hidden = !s;
        if (!s) return;
        const { app } = this, may = app.picture.welcome?.may.includes('operate'), off = s.health === HEALTH.OFF, out = app.options.coverage.out.includes(s.source);
        const rowsOf = [[t('type'), `${s.type || s.kind} · ${s.nation}`], ['SAC/SIC', `${s.source >> 8}/${s.source & 255}`], [t('period'), `${(s.measured_ms / 1000).toFixed(2)} s (${(s.period_ms / 1000).toFixed(0)} s)`],
            [t('bias'), `${s.bias_range_m} m, ${(s.bias_azimuth_mdeg / 1000).toFixed(2)}°`]];
        put(this.card, el('div', { class: 'title' }, el('strong', {}, s.name), el('span', { class: 'dim' }, t(WORDS[s.health]))), el('dl', {}, rowsOf.flatMap(([word, value]) => [el('dt', {}, word), el('dd', {}, value)])),
            el('div', { class: 'row' }, el('button', { onclick: () => app.goTo(s.lat, s.lon, 6) }, t('centre')),
                may ? el('button', { class: 'danger', id: 'switch', onclick: () => app.command({ sensor_switch: { source: s.source, off: !off } }) }, t(off ? 'switchOn' : 'switchOff')) : null,
                el('button', { class: out ? 'on' : '', onclick: () => app.cover({ on: true, out: toggle(app.options.coverage.out, s.source) }) }, t('leaveOutOne')),
                el('button', { onclick: () => this.own(s) }, t('ownCoverage'))));
    }
    own(sensor) {
        this.app.set({ tab: 'coverage' });
        this.app.cover({ on: true, where: `name=${sensor.name}` });
    }
    listEvents(events) {
        const shown = events.slice(-EVENTS_SHOWN).reverse();
        if (!shown.length) return put(this.events, el('p', { class: 'dim' }, t('noEvents')));
        put(this.events, shown.map(event => el('div', { class: `event ${SEVERITY[event.severity] ?? 'bad'} ${event.track || event.source ? 'pick' : ''}`, onclick: () => this.follow(event) },
            el('time', {}, clock(event.instant_ms)), el('span', {}, event.text || event.kind))));
    }
    follow(event) {
        const { app } = this, sensor = app.picture.sensors.get(event.source);
        if (event.track) {
            app.pick(event.track);
            app.goToTrack(event.track);
        } else if (sensor) {
            this.choose(sensor.source);
            app.goTo(sensor.lat, sensor.lon);
        }
    }
}
