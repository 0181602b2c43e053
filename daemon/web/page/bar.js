// The bar on top: what is shown, of when, how late, from how many sensors; search, language, theme, who is signed in.
import { attribute, el, mark, put, say } from './dom.js';
import { address, squawk } from './filters.js';
import { clock, date, grouped } from './options.js';
import { HEALTH, TIME } from './schema.js';
import { LANGUAGES, spoken, t } from './strings.js';

const STATES = [[TIME.WAITING, 'waiting'], [TIME.LIVE, 'live'], [TIME.LATE, 'late'], [TIME.REPLAY, 'replay']];
const LATE_MS = 3000, SILENT_MS = 5000;

export class Bar {
    constructor(app) {
        this.app = app;
        this.build();
    }
    build() {
        const { app } = this, figure = (word, value, kind = '') => el('span', { class: 'figure ' + kind }, value, ' ', t(word));
        this.badge = el('span', { class: 'badge waiting', id: 'badge', role: 'status' });
        this.time = el('span');
        this.day = el('small');
        this.lag = el('b', { id: 'lag' });
        this.count = el('b', { id: 'count' });
        this.plots = el('b');
        this.node = el('small');
        this.lamps = el('span', { class: 'lamps' });
        this.user = el('button', { id: 'user', onclick: () => this.sign() });
        put(document.getElementById('bar'), el('span', { class: 'name' }, 'airseam', this.node), this.badge, el('span', { class: 'clock', id: 'clock' }, this.time, this.day),
            el('span', { class: 'figure first' }, t('lag'), ' ', this.lag), figure('tracks', this.count, 'first'),
            el('span', { class: 'figure' }, t('sensors'), ' ', this.lamps), figure('plotsPerS', this.plots, 'wide-only'), el('span', { class: 'space' }),
            this.searchBox(), this.languages(),
            el('button', { class: 'plain', title: t('theme') + ' (t)', 'aria-label': t('theme'), onclick: () => app.set({ theme: app.options.theme === 'dark' ? 'light' : 'dark' }) }, '◐'),
            el('button', { class: 'plain', id: 'toggle-side', title: t('panel'), 'aria-label': t('panel'), onclick: () => app.set({ side: !app.options.side }) }, '◨'),
            this.user, el('button', { class: 'plain', id: 'help', title: t('help') + ' (?)', 'aria-label': t('help'), onclick: () => app.help() }, '?'));
        this.update();
    }
    searchBox() {
        this.input = el('input', {
            type: 'search', id: 'search', placeholder: t('search'), 'aria-label': t('search'), autocomplete: 'off', spellcheck: 'false',
            onkeydown: e => {
                if (e.key === 'Enter') this.find(e.target.value.trim().toUpperCase());
                if (e.key === 'Escape') e.target.blur();
            },
        });
        return this.input;
    }
    languages() {
        return el('select', { id: 'language', 'aria-label': t('language'), onchange: e => this.app.set({ language: e.target.value }) },
            LANGUAGES.map(code => el('option', { value: code, selected: code === spoken() }, code.toUpperCase())));
    }
    // The first whose callsign begins so; else its code, address or number.
    find(text) {
        const { app } = this, tr = app.picture.tracks;
        if (!text) return;
        const by = test => [...tr.slotOf.values()].find(test);
        const slot = by(s => tr.callsign[s].startsWith(text)) ?? by(s => [squawk(tr.modeA[s]), address(tr.modeS[s]), String(tr.number[s])].includes(text));
        if (slot === undefined) return app.toast(t('nothingFound'), true);
        app.pick(tr.number[slot]);
        app.goToTrack(tr.number[slot], 6);
        this.input.blur();
    }
    sign() {
        const { app } = this;
        if (app.picture.welcome?.account) app.enter({});
        else app.signIn();
    }
    // The state as one word; never live when nothing arrives.
    state() {
        const { app } = this, { time } = app.picture;
        if (app.cut) return 'cut';
        const quiet = performance.now() - app.picture.arrived > SILENT_MS && time.state !== TIME.WAITING && !time.paused;
        const state = quiet && time.state === TIME.LIVE ? TIME.LATE : time.state;
        return STATES.find(([s]) => s === state)?.[1] ?? 'waiting';
    }
    update() {
        const { app } = this, { picture } = app, state = this.state(), { time, counts, welcome } = picture;
        say(this.badge, t(state) + (time.paused && state !== 'cut' ? ' · ' + t('paused') : ''));
        attribute(this.badge, 'class', 'badge ' + state);
        const now = picture.now(performance.now());
        say(this.time, time.instant_ms ? clock(now) + 'Z' : '--:--:--Z');
        say(this.day, time.instant_ms ? date(now) : '');
        const lag = Math.max(time.lag_ms, state === 'late' ? performance.now() - picture.arrived : 0);
        say(this.lag, time.instant_ms ? `${(lag / 1000).toFixed(1)} s` : '–');
        mark(this.lag, 'bad', lag > LATE_MS);
        say(this.count, grouped(counts.tracks));
        say(this.plots, grouped(counts.plots_per_s));
        say(this.node, welcome ? `${welcome.node} · ${welcome.nation}` : '');
        this.node.title = welcome ? `${t('release')} ${welcome.nation}` : '';
        say(this.user, welcome?.account ? `${welcome.account}${welcome.position ? ' · ' + welcome.position : ''}` : t('signIn'));
        this.user.title = t(welcome?.account ? 'signOut' : 'signIn');
        this.user.hidden = !welcome?.accounts && !welcome?.account;
        this.tally(picture);
    }
    tally(picture) {
        const version = picture.version.sensors;
        if (this.tallied === version && this.lamps.childElementCount) return;
        this.tallied = version;
        const n = picture.tally(), lamp = (kind, sign, count, word) => el('span', { class: 'lamp ' + kind, title: t(word) }, `${sign}${count}`);
        put(this.lamps, lamp('good', '●', n[HEALTH.GREEN], 'green'), lamp('warn', '▲', n[HEALTH.AMBER], 'amber'), lamp('bad', '■', n[HEALTH.RED], 'red'),
            lamp('off', '○', n[HEALTH.SILENT] + n[HEALTH.OFF], 'silent'));
    }
}
