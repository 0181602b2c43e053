// The page's one object: what is shown (options, view), what is known (picture), who draws (layers), who listens (panels); and the loop that draws.
import { Bar } from './bar.js';
import { el, mark, put } from './dom.js';
import { help, signIn } from './dialogs.js';
import { militaryOnly, noFilters, CLASSES } from './filters.js';
import { Ground } from './ground.js';
import { Input } from './input.js';
import { faster } from './options.js';
import { Overlay } from './overlay.js';
import { Picture } from './picture.js';
import { PROJECTIONS } from './projection.js';
import { Rail } from './rail.js';
import { COMMAND, CONTROL, HANDOFF, LAYER, TIME } from './schema.js';
import { ask as coverageAsk, toggle } from './sets.js';
import { Side } from './side.js';
import { LANGUAGES, speak, spoken, t } from './strings.js';
import { TimeLine } from './timeline.js';
import { TrackLayer } from './tracklayer.js';
import { defaults, read, TABS, write } from './url.js';
import { box, SCALE, View } from './view.js';

const PANELS_MS = 250, ADDRESS_MS = 400, ASK_MS = 250, TOAST_MS = 4000;
const SLOW_FRAME_MS = 250;  // between frames when nothing moves by half a pixel
const E5 = 1e5, FEET = 25;
const usual = () => LANGUAGES.find(code => navigator.language?.startsWith(code)) ?? 'en';

export class App {
    // source(events) makes what gives frames: a Link, or something like it.
    constructor(source, d3 = globalThis.d3) {
        this.options = read(location.search.slice(1));
        speak(this.options.language ?? usual());
        this.projection = PROJECTIONS[this.options.projection]();
        this.view = new View();
        this.picture = new Picture(this.projection);
        this.frames = { count: 0, since: performance.now(), rate: 0, drawing: 0 };
        this.pointer = null;
        this.sensor = null;
        this.timers = {};
        if (innerWidth <= 900 && !location.search.includes('tab=')) this.options.side = false;
        this.layers(d3);
        this.panels = [new Bar(this), new Rail(this), new Side(this), new TimeLine(this)];
        this.input = new Input(this, document.getElementById('stage'));
        this.resize();
        this.fromOptions();
        new ResizeObserver(() => this.resize()).observe(document.getElementById('map'));
        addEventListener('popstate', () => {
            this.options = Object.assign(read(location.search.slice(1)), { side: this.options.side });
            this.fromOptions();
        });
        this.link = source({ frame: frame => this.take(frame), state: state => this.connection(state), hello: () => this.hello() });
        requestAnimationFrame(clock => this.loop(clock));
    }
    layers(d3) {
        const canvas = id => document.getElementById(id);
        this.ground = new Ground(canvas('ground'), d3);
        this.tracks = new TrackLayer(canvas('tracks'));
        this.over = new Overlay(canvas('over'));
        this.ground.picture = this.picture;
        for (const name of ['land', 'fir', 'neighbours']) {
            fetch(`/map/${name}.area`).then(r => r.ok ? r.arrayBuffer() : Promise.reject(new Error(name)))
                .then(bytes => this.ground.load(name, bytes)).catch(error => console.error('map', error));
        }
    }
    get selected() {
        return this.options.selected;
    }

    // ---- options: the only way to change what is shown ----
    fromOptions() {
        const { lat, lon, zoom } = this.options;
        this.applyProjection(true);
        if (lat !== null && lon !== null) this.view.centre(...this.projection.forward(lat, lon, [0, 0]));
        else this.goHome();
        if (zoom !== null) this.view.level = zoom;
        this.set({});
        this.askCoverage();
    }
    set(changes) {
        const before = this.options;
        this.options = { ...before, ...changes };
        if (changes.projection && changes.projection !== before.projection) this.applyProjection();
        if (changes.language && speak(changes.language)) this.rebuild();
        if (changes.selected !== undefined && changes.selected !== before.selected) this.select();
        if (changes.tab) this.options.side = true;
        this.restyle();
        this.remember();
    }
    restyle() {
        const o = this.options, root = document.documentElement;
        root.dataset.theme = o.theme;
        root.lang = spoken();
        document.title = t('title');
        document.body.classList.toggle('narrow', !o.side);
        this.ground.style(o);
        this.tracks.style(o);
        this.over.empty = false;
        this.stale = true;
    }
    rebuild() {
        for (const panel of this.panels) panel.build();
    }
    filter(changes) {
        this.set({ filters: { ...this.options.filters, ...changes } });
        this.later('ask', ASK_MS, () => this.askView());
    }
    cover(changes) {
        this.set({ coverage: { ...this.options.coverage, ...changes } });
        this.later('coverage', 120, () => this.askCoverage());
    }
    applyProjection(force = false) {
        if (!force && this.projection.name === this.options.projection) return;
        const middle = this.projection.inverse(this.view.x, this.view.y);
        this.projection = PROJECTIONS[this.options.projection]();
        this.picture.tracks.reproject(this.projection);
        this.ground.project(this.projection);
        if (middle && !force) this.view.centre(...this.projection.forward(...middle, [0, 0]));
    }
    remember() {
        this.later('address', ADDRESS_MS, () => {
            const at = this.projection.inverse(this.view.x, this.view.y), { state, instant_ms, paused, rate_milli } = this.picture.time;
            const told = { ...this.options, lat: at?.[0] ?? null, lon: at?.[1] ?? null, zoom: this.view.level };
            if (this.home && !this.moved) Object.assign(told, { lat: null, lon: null, zoom: null });
            if (state === TIME.REPLAY || paused) Object.assign(told, { time: Math.round(instant_ms), paused, rate: rate_milli / 1000 });
            const text = write(told);
            history.replaceState(null, '', text ? '?' + text : location.pathname);
        });
    }
    later(name, ms, act) {
        clearTimeout(this.timers[name]);
        this.timers[name] = setTimeout(act, ms);
    }

    // ---- the daemon ----
    hello() {
        const { time, paused, rate } = this.options;
        this.later('coverage', 50, () => this.askCoverage());
        if (time !== null) this.wanted = { time, paused, rate };
        this.options.time = null; // once: whoever is connected again is live again
        return { sign_in: this.credentials ?? null, ...this.viewAsk(), select: this.selected ? { number: this.selected } : null };
    }
    viewAsk() {
        const [south, west, north, east] = box(this.view, this.projection), f = this.options.filters, whole = south <= -89;
        const bits = list => list.every(Boolean) ? 0 : list.reduce((sum, on, i) => sum + (on ? 1 << i : 0), 0);
        return {
            viewport: whole ? {} : { south_e5: Math.round(south * E5), west_e5: Math.round(west * E5), north_e5: Math.round(north * E5), east_e5: Math.round(east * E5) },
            filter: { lowest_25ft: f.low > 0 ? Math.round(f.low / FEET) : 0, highest_25ft: f.high < 60000 ? Math.round(f.high / FEET) : 0, nations: bits(f.nations), classes: bits(f.classes) },
            layers: (LAYER.TRACKS | LAYER.SENSORS | LAYER.EVENTS | LAYER.HANDOFFS) + 1,
        };
    }
    askView() {
        const message = this.viewAsk(), text = JSON.stringify(message);
        if (text !== this.told) this.link.ask(message);
        this.told = text;
    }
    askCoverage() {
        const c = this.options.coverage;
        this.asked = performance.now();
        if (c.on || this.options.layers.region) this.link?.request({ coverage: c.on ? coverageAsk(c) : { ...coverageAsk({ ...defaults().coverage, on: true }) } });
        else this.link?.ask({ coverage: { none: true } });
        this.picture.changed('coverage');
    }
    take(frame) {
        this.picture.apply(frame, performance.now());
        if (this.options.layers.observed && this.seenVersion !== this.picture.observed.version) this.ground.dirty = true;
        this.seenVersion = this.picture.observed.version;
        if (frame.coverage || frame.sensor.length) this.ground.place(this.picture);
        else if (frame.states) this.ground.sites();
        if (frame.time && this.wanted) this.deepTime(frame.time);
        this.wasLive ||= this.picture.time.state === TIME.LIVE || this.picture.time.state === TIME.LATE;
        if (frame.keyframe) this.tracks.decluttered = -Infinity;
        if (frame.welcome) this.welcome(frame.welcome);
        if (this.toldTime !== this.picture.version.time) this.remember();
        this.toldTime = this.picture.version.time;
        if (this.options.follow) this.followTrack();
        this.stale = true;
    }
    // Where there are accounts nothing is shown before somebody has signed in; then everything is asked for again.
    welcome({ accounts, account }) {
        if (accounts && !account && !this.credentials) this.signIn();
        else if (account && account !== this.account) {
            this.link.ask(this.hello());
            this.askCoverage();
        }
        this.account = account;
    }
    // A link with a time: sought once the daemon says that it can be.
    deepTime(time) {
        const { time: at, paused, rate } = this.wanted;
        if (!time.last_ms) return;
        this.wanted = null;
        if (at < time.first_ms || at > time.last_ms) return;
        this.control({ what: CONTROL.SEEK, instant_ms: at });
        if (rate !== 1) this.control({ what: CONTROL.RATE, rate_milli: Math.round(rate * 1000) });
        if (paused) this.control({ what: CONTROL.PAUSE });
    }
    connection(state) {
        const cut = state !== 'open' && !this.returning;
        this.returning &&= state !== 'open';
        this.cut = cut;
        document.getElementById('map').classList.toggle('cut', cut && this.opened);
        const curtain = document.getElementById('curtain');
        curtain.hidden = !(cut && this.opened);
        curtain.textContent = t('cutText');
        this.opened ||= !cut;
        this.told = null;
    }
    async command(message) {
        const answer = await this.link.request(message);
        this.toast(answer.good ? answer.text || t('done') : `${t('refused')}: ${answer.text}`, !answer.good);
        return answer;
    }

    // ---- what people do ----
    select() {
        this.link?.ask({ select: { number: this.selected } });
        if (!this.selected) this.options.follow = false;
        this.picture.detail = null;
        this.picture.changed('detail');
    }
    pick(number) {
        this.set({ selected: number, ...(number ? { tab: 'track' } : {}) });
    }
    goTo(lat, lon, level) {
        this.view.centre(...this.projection.forward(lat, lon, [0, 0]));
        if (level && this.view.level < level) this.view.level = level;
        this.viewMoved();
    }
    goToTrack(number, level) {
        const tr = this.picture.tracks, slot = tr.slotOf.get(number);
        if (slot !== undefined) this.goTo(tr.lat[slot], tr.lon[slot], level);
    }
    followTrack() {
        const tr = this.picture.tracks, slot = tr.slotOf.get(this.selected);
        if (slot !== undefined) this.view.centre(tr.x[slot], tr.y[slot]);
    }
    goHome() {
        const [x, y] = this.projection.forward(this.projection.name === 'polar' ? 58 : 48.5, -98, [0, 0]);
        this.view.centre(x, y);
        this.view.scale = Math.max(SCALE.min, Math.min(this.view.width / 9.6e6, this.view.height / 8.4e6));
        this.home = true;
        this.moved = false;
        this.viewMoved(false);
    }
    viewMoved(byHand = true) {
        this.moved = byHand;
        this.stale = true;
        this.over.empty = false;
        if (this.link) this.later('ask', ASK_MS, () => this.askView());
        this.remember();
    }
    nudge(key) {
        const step = 0.12 * Math.min(this.view.width, this.view.height), way = 'wasd'.indexOf(key) >= 0 ? 'wasd'.indexOf(key) : ['ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight'].indexOf(key);
        this.view.pan(...[[0, step], [step, 0], [0, -step], [-step, 0]][way]);
        this.viewMoved();
    }
    zoomBy(factor, x, y) {
        this.view.zoom(factor, x, y);
        this.viewMoved();
    }
    clear() {
        this.over.lines = [];
        this.over.pending = null;
        this.over.empty = false;
        this.sensor = null;
        this.input.tool = null;
        this.panels[1].fly(null);
        this.set({ selected: 0, rings: null, follow: false, filters: { ...this.options.filters, only: 0 } });
    }
    tool(name) {
        if (name === 'rings' && this.options.rings) return this.set({ rings: null });
        if (name === 'rings' && this.selected) return this.set({ rings: this.selected });
        this.input.tool = this.input.tool === name ? null : name;
        if (this.input.tool) this.toast(t(name === 'measure' ? 'measureHint' : 'ringsHint'));
    }
    // What the pointer is on: a track's number or a place.
    endAt([x, y]) {
        return this.tracks.at(this.picture.tracks, x, y) || this.projection.inverse(...this.view.toPlane(x, y)) || [90, 0];
    }
    onlyClasses(names) {
        const f = this.options.filters, wanted = CLASSES.map(name => names.includes(name)), same = wanted.every((on, i) => on === f.classes[i]);
        this.filter(same ? { classes: noFilters().classes } : names.length === 1 ? militaryOnly({}) : { classes: wanted });
    }
    bare() {
        document.body.classList.toggle('bare');
    }
    search() {
        document.getElementById('search')?.focus();
    }
    showTab(i) {
        this.set({ tab: TABS[i], side: true });
    }
    toggleNation(nation) {
        this.cover({ on: true, where: '', nations: ['US', 'CA', 'MX'].filter(n => toggle(this.options.coverage.nations, nation).includes(n)) });
    }
    coverLayer(by) {
        const count = this.picture.coverage?.layer_name.length || 12;
        this.cover({ on: true, layer: Math.max(0, Math.min(count - 1, this.options.coverage.layer + by)) });
    }
    help() {
        help();
    }
    signIn() {
        signIn(this);
    }
    // The token is kept for reconnections, as long as the page is open and nowhere else.
    async enter(credentials) {
        const answer = await this.command({ sign_in: credentials });
        this.credentials = answer.good && credentials.token ? credentials : null;
        if (!answer.good) this.signIn();
    }
    toast(text, bad = false) {
        const e = document.getElementById('toast');
        e.textContent = text;
        e.hidden = false;
        e.classList.toggle('bad', bad);
        this.later('toast', TOAST_MS, () => e.hidden = true);
    }

    // ---- time ----
    control(message) {
        return this.link.request({ time: message }).then(answer => answer.good || this.toast(`${t('refused')}: ${answer.text}`, true));
    }
    togglePause() {
        this.control({ what: this.picture.time.paused ? CONTROL.GO_ON : CONTROL.PAUSE });
        this.remember();
    }
    // Out of the past the way back is a new connection.
    toLive() {
        this.returning = this.picture.time.state === TIME.REPLAY;
        this.control({ what: this.returning ? CONTROL.LIVE : CONTROL.GO_ON });
    }
    step() {
        this.control({ what: CONTROL.STEP });
    }
    faster(by) {
        this.control({ what: CONTROL.RATE, rate_milli: Math.round(faster(this.picture.time.rate_milli / 1000, by) * 1000) });
    }
    seek(instant) {
        this.control({ what: CONTROL.SEEK, instant_ms: Math.round(instant) });
        this.remember();
    }

    // ---- handoffs ----
    openHandoffs() {
        return this.picture.handoffs.filter(h => h.state === HANDOFF.PROPOSED || h.state === HANDOFF.POINT_OUT);
    }
    nextHandoff() {
        const open = this.openHandoffs(), i = open.findIndex(h => h.track === this.selected), next = open[(i + 1) % open.length];
        if (!next) return;
        this.set({ selected: next.track, tab: 'handoffs' });
        this.goToTrack(next.track);
    }
    handoffKey(key) {
        const h = this.picture.handoffs.findLast(one => one.track === this.selected);
        if (h) this.handoff({ 'Shift+A': COMMAND.ACCEPT, 'Shift+R': COMMAND.REJECT, 'Shift+C': COMMAND.RECALL, 'Shift+F': COMMAND.FORCE }[key], h);
    }
    handoff(what, h, to = '') {
        return this.command({ handoff: h ? { what, handoff: h.id, track: h.track, to } : { what, track: this.selected, to } });
    }

    // ---- drawing ----
    resize() {
        const map = document.getElementById('map'), width = map.clientWidth, height = map.clientHeight, ratio = Math.min(2, devicePixelRatio || 1);
        if (!width || !height) return;
        const stays = this.view.width > 1 && !(this.home && !this.moved);
        this.view.resize(width, height);
        for (const layer of [this.ground, this.tracks, this.over]) layer.resize(width, height, ratio);
        if (!stays && this.options.lat === null) this.goHome();
        this.tracks.style(this.options);
        this.stale = true;
    }
    loop(clock) {
        requestAnimationFrame(next => this.loop(next));
        const frame = this.frames;
        this.now = this.picture.now(performance.now());
        if (clock - (frame.last ?? 0) >= this.interval() || this.stale) this.draw(clock);
        if (clock - (frame.panels ?? 0) >= PANELS_MS) {
            frame.panels = clock;
            frame.rate = frame.count * 1000 / (clock - frame.since);
            if (clock - frame.since > 2000) Object.assign(frame, { count: 0, since: clock });
            for (const panel of this.panels) panel.update();
        }
    }
    // How long nothing on the screen moves by half a pixel, at 300 m/s.
    interval() {
        if (this.always || this.input.busy) return 0;
        const speed = 300 * this.view.scale * Math.max(0.1, this.picture.time.paused ? 0 : this.picture.time.rate_milli / 1000);
        return Math.max(16, Math.min(SLOW_FRAME_MS, 500 / Math.max(1e-6, speed)));
    }
    draw(clock) {
        const began = performance.now();
        this.frames.last = clock;
        this.frames.count++;
        this.stale = false;
        this.ground.sync(this.view, clock);
        if (this.ground.dirty || this.ground.drawn?.x !== this.view.x || this.ground.drawn?.scale !== this.view.scale) this.stale = true;
        this.tracks.draw(this.picture, this.view, this.now, clock, this.selected);
        this.over.draw(this, this.now);
        this.frames.drawing = performance.now() - began;
        this.link.drawn?.();
    }
}

export { el, mark, put };
