// Handoffs: what is pending and why, with what the signed-in position may do; and how long they take, automatic beside manual.
import { attribute, el, mark, put, rows, say } from './dom.js';
import { handTo } from './dialogs.js';
import { countdown, lasting } from './options.js';
import { name } from './labels.js';
import { COMMAND, HANDOFF } from './schema.js';
import { t } from './strings.js';

const WORDS = { [HANDOFF.NONE]: 'stateNone', [HANDOFF.PROPOSED]: 'stateProposed', [HANDOFF.ACCEPTED]: 'stateAccepted', [HANDOFF.FORCED]: 'stateForced',
    [HANDOFF.REJECTED]: 'stateRejected', [HANDOFF.RECALLED]: 'stateRecalled', [HANDOFF.TIMED_OUT]: 'stateTimedOut', [HANDOFF.POINT_OUT]: 'statePointOut' };
export const stateWord = state => WORDS[state] ?? 'stateNone';

const OPEN = [HANDOFF.PROPOSED, HANDOFF.POINT_OUT], TAKEN = [HANDOFF.ACCEPTED, HANDOFF.FORCED];
const BINS = ['< 1 s', '< 2 s', '< 5 s', '< 10 s', '< 20 s', '< 60 s', '≥ 60 s'];
const ACTS = [['accept', COMMAND.ACCEPT, '⇧A'], ['reject', COMMAND.REJECT, '⇧R'], ['recall', COMMAND.RECALL, '⇧C'], ['force', COMMAND.FORCE, '⇧F']];

// Open ones first, then what has happened, the latest first, then what is expected, the nearest first.
const stage = h => OPEN.includes(h.state) ? 0 : h.state === HANDOFF.NONE ? 2 : 1;
const order = (a, b) => stage(a) - stage(b) || (a.state === HANDOFF.NONE ? a.boundary_ms - b.boundary_ms : b.since_ms - a.since_ms);

export class Handoffs {
    constructor(app) {
        this.app = app;
    }
    build(body) {
        const { app } = this;
        body.className = 'panel split';
        this.summary = el('div', { class: 'row' });
        this.list = el('div', { class: 'scroll', id: 'handoff-list' });
        this.none = el('p', { class: 'dim' }, t('noHandoffs'));
        this.note = el('p', { class: 'note' }, t('signToAct'));
        this.bars = el('div', { class: 'bars' });
        const start = (word, what) => el('button', { onclick: () => handTo(t(word), to => app.handoff(what, null, to)) }, t(word));
        this.starts = el('div', { class: 'row' }, start('initiate', COMMAND.INITIATE), start('pointOut', COMMAND.POINT_OUT));
        put(body, el('div', { class: 'head' }, this.summary, this.note, this.starts), this.list, el('div', { class: 'foot' }, el('h3', {}, t('latency')), this.bars));
        this.version = null;
        this.update();
    }
    update() {
        const { picture, options } = this.app, version = `${picture.version.handoffs} ${options.selected} ${picture.version.welcome}`;
        this.tick();
        if (version === this.version) return;
        this.version = version;
        const may = picture.welcome?.may.includes('handoff'), list = [...picture.handoffs].sort(order);
        this.note.hidden = may;
        this.starts.hidden = !may || !options.selected;
        this.tally(list);
        if (!list.length) put(this.list, this.none);
        else if (this.none.parentNode) this.none.remove();
        rows(this.list, list, h => h.id, h => this.make(h), (row, h) => this.fill(row, h, may));
        this.tick();
        this.histogram(picture.histogram);
    }
    tally(list) {
        const count = states => list.filter(h => states.includes(h.state)).length;
        put(this.summary, [[OPEN, 'pending', 'warn'], [[HANDOFF.NONE], 'stateNone', 'dim'], [TAKEN, 'accepted', 'good'], [[HANDOFF.REJECTED, HANDOFF.TIMED_OUT], 'failed', 'bad']].map(([states, word, kind]) =>
            el('span', {}, el('b', { class: 'mono ' + kind }, String(count(states))), ' ', t(word))));
    }
    make(h) {
        const { app } = this, row = el('div', { class: 'handoff', 'data-id': h.id, onclick: () => this.choose(h.id) });
        row.call = el('span', { class: 'call' });
        row.way = el('span', { class: 'mono' });
        row.state = el('span');
        row.since = el('span', { class: 'mono dim' });
        row.boundary = el('span', { class: 'mono dim' });
        row.why = el('div', { class: 'why' });
        row.steps = el('ul', { class: 'steps' });
        row.acts = el('div', { class: 'acts' }, ACTS.map(([word, what, key]) => el('button', {
            title: key, 'data-act': word,
            onclick: e => {
                e.stopPropagation();
                app.handoff(what, this.app.picture.handoffs.find(one => one.id === h.id));
            },
        }, t(word))));
        row.append(el('div', { class: 'line' }, row.call, row.way, row.state), el('div', { class: 'line' }, row.since, row.boundary), row.why, row.steps, row.acts);
        return row;
    }
    choose(id) {
        const { app } = this, h = app.picture.handoffs.find(one => one.id === id);
        app.set({ selected: h.track, tab: 'handoffs' });
        app.goToTrack(h.track);
    }
    fill(row, h, may) {
        const open = OPEN.includes(h.state), chosen = h.track === this.app.selected;
        row.handoff = h;
        say(row.call, h.callsign || this.called(h.track));
        say(row.way, `${h.from} → ${h.to}`);
        say(row.state, t(stateWord(h.state)));
        attribute(row, 'class', `handoff ${open && !h.why ? 'open' : TAKEN.includes(h.state) ? 'taken' : h.why || h.state >= HANDOFF.REJECTED ? 'stuck' : ''}`);
        mark(row, 'chosen', chosen);
        attribute(row.state, 'class', open ? 'warn' : TAKEN.includes(h.state) ? 'good' : h.state === HANDOFF.NONE ? 'dim' : 'bad');
        say(row.why, h.why);
        row.why.hidden = !h.why;
        row.acts.hidden = !may || !open;
        row.steps.hidden = !chosen || !h.step.length;
        if (row.steps.childElementCount !== h.step.length) put(row.steps, h.step.map(text => el('li', {}, text)));
    }
    called(track) {
        const { tracks } = this.app.picture, slot = tracks.slotOf.get(track);
        return slot === undefined ? `#${track}` : name(tracks, slot);
    }
    // What runs by itself: since when, and how long to the boundary.
    tick() {
        const { now } = this.app;
        for (const row of this.list.children) {
            const h = row.handoff;
            if (!h) continue;
            const left = (h.boundary_ms - now) / 1000, done = h.latency_ms && TAKEN.includes(h.state);
            say(row.since, stage(h) === 2 ? t(h.automatic ? 'automatic' : 'manual') : done ? `${t(h.automatic ? 'automatic' : 'manual')} · ${lasting(h.latency_ms / 1000)}` : `${t('since')} ${lasting((now - h.since_ms) / 1000)} · ${t(h.automatic ? 'automatic' : 'manual')}`);
            say(row.boundary, !h.boundary_ms || stage(h) === 1 ? '' : left > 0 ? `${t('boundary')} ${countdown(left)}` : t('overdue'));
            mark(row.boundary, 'bad', OPEN.includes(h.state) && h.boundary_ms > 0 && left < 30);
        }
    }
    histogram({ automatic, manual }) {
        const most = Math.max(1, ...automatic, ...manual);
        const cell = (count, kind) => {
            const bar = el('i', { class: 'bar ' + kind });
            bar.style.width = `${Math.round(72 * count / most)}%`;
            bar.style.display = 'block';
            return el('div', { class: 'cell' }, bar, count ? String(count) : '');
        };
        put(this.bars, el('span'), el('span', { class: 'dim' }, t('automatic')), el('span', { class: 'dim' }, t('manual')),
            BINS.flatMap((text, i) => [el('span', { class: 'mono dim right' }, text), cell(automatic[i] ?? 0, ''), cell(manual[i] ?? 0, 'other')]));
    }
}
