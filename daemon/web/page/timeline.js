// The time line below: pause, step, rate, what can be sought, events on it, where now is.
import { THEMES, css } from './colour.js';
import { attribute, el, mark, put, say } from './dom.js';
import { clock } from './options.js';
import { icon } from './rail.js';
import { TIME } from './schema.js';
import { t } from './strings.js';

const PAUSE = 'M6 4h4v16H6zM14 4h4v16h-4z', PLAY = 'M6 4l14 8-14 8z', STEP = 'M5 4l10 8-10 8zM16 4h3v16h-3z', SLOW = 'M20 4L10 12l10 8zM10 4L2 12l8 8z', FAST = 'M4 4l10 8-10 8zM14 4l8 8-8 8z';
const LIVE_MOST_MS = 7200000; // of a live picture's past
const LIVE_SPAN_MS = 600000; // what the line shows while nothing can be sought

export class TimeLine {
    constructor(app) {
        this.app = app;
        this.build();
    }
    build() {
        const { app } = this, button = (id, path, word, act, key) => el('button', { id, title: `${t(word)} (${key})`, 'aria-label': t(word), onclick: act }, icon(path));
        this.pause = button('pause', PAUSE, 'pause', () => app.togglePause(), '␣');
        this.canvas = el('canvas');
        this.line = el('div', { id: 'line', title: t('seek'), onclick: e => this.click(e), onpointermove: e => this.hover(e), onpointerleave: () => this.hover(null) }, this.canvas);
        this.from = el('span', { class: 'ends' });
        this.to = el('span', { class: 'ends' });
        this.rate = el('span', { class: 'rate', id: 'rate' });
        this.live = el('button', { id: 'to-live', onclick: () => app.toLive() }, t('toLive'));
        put(document.getElementById('time'), this.pause, button('step', STEP, 'step', () => app.step(), '.'), button('slower', SLOW, 'slower', () => app.faster(-1), ','), this.rate,
            button('faster', FAST, 'faster', () => app.faster(1), ';'), this.from, this.line, this.to, this.live);
        this.drawn = null;
        this.update();
    }
    span() {
        const { time } = this.app.picture, now = this.app.now ?? time.instant_ms;
        if (time.last_ms <= time.first_ms) return [now - LIVE_SPAN_MS, now];
        return [time.state === TIME.REPLAY ? time.first_ms : Math.max(time.first_ms, time.last_ms - LIVE_MOST_MS), time.last_ms];
    }
    seekable() {
        const { time, welcome } = this.app.picture;
        return time.last_ms > time.first_ms && (time.state !== TIME.REPLAY || this.app.wasLive || !welcome || welcome.may.includes('time'));
    }
    instantAt(e) {
        const box = this.line.getBoundingClientRect(), [from, to] = this.span();
        return from + (to - from) * Math.max(0, Math.min(1, (e.clientX - box.left) / box.width));
    }
    click(e) {
        if (this.seekable()) this.app.seek(this.instantAt(e));
    }
    hover(e) {
        this.under = e ? this.instantAt(e) : null;
        this.drawn = null;
    }
    update() {
        const { time } = this.app.picture, [from, to] = this.span(), replay = time.state === TIME.REPLAY;
        const word = time.paused ? 'play' : 'pause';
        if (this.pause.dataset.word !== word) {
            this.pause.dataset.word = word;
            put(this.pause, icon(time.paused ? PLAY : PAUSE));
            attribute(this.pause, 'aria-label', t(word));
            attribute(this.pause, 'title', `${t(word)} (␣)`);
        }
        mark(this.pause, 'on', time.paused);
        say(this.rate, `×${time.rate_milli / 1000}`);
        say(this.from, from > 0 ? clock(from) : '');
        say(this.to, from > 0 ? clock(to) : '');
        mark(this.line, 'seekable', this.seekable());
        for (const id of ['slower', 'faster']) document.getElementById(id).disabled = !replay;
        document.getElementById('step').disabled = !time.paused;
        this.live.hidden = !(replay ? this.app.wasLive : time.paused);
        this.draw(from, to);
    }
    draw(from, to) {
        const { app, canvas } = this, ratio = Math.min(2, devicePixelRatio || 1), width = Math.round(this.line.clientWidth * ratio), height = Math.round(this.line.clientHeight * ratio), at = app.now ?? 0;
        const key = `${width} ${from} ${to} ${Math.round(at / 1000)} ${app.picture.version.events} ${app.options.theme} ${this.under}`;
        if (!width || key === this.drawn) return;
        this.drawn = key;
        canvas.width = width;
        canvas.height = height;
        const g = canvas.getContext('2d'), theme = THEMES[app.options.theme], x = instant => Math.round((instant - from) / Math.max(1, to - from) * (width - 2)) + 1, middle = Math.round(height * 0.62);
        g.fillStyle = css(theme.dim, 0.25);
        g.fillRect(0, middle - 2 * ratio, width, 4 * ratio);
        g.fillStyle = css(theme.friend, 0.85);
        g.fillRect(0, middle - 2 * ratio, Math.max(0, Math.min(width, x(at))), 4 * ratio);
        this.ticks(g, from, to, x, middle, ratio, theme);
        for (const event of app.picture.events) {
            if (event.instant_ms < from || event.instant_ms > to) continue;
            g.fillStyle = css(event.severity > 1 ? theme.alarm : event.severity ? theme.warning : theme.dim, event.severity ? 1 : 0.6);
            g.fillRect(x(event.instant_ms), middle - 7 * ratio, Math.max(1, 1.5 * ratio), 14 * ratio);
        }
        g.fillStyle = css(theme.selected);
        g.fillRect(Math.max(0, Math.min(width - 2 * ratio, x(at) - ratio)), middle - 8 * ratio, 2 * ratio, 16 * ratio);
        if (this.under !== null && this.under !== undefined) this.label(g, x(this.under), clock(this.under), ratio, theme, width);
    }
    ticks(g, from, to, x, middle, ratio, theme) {
        const step = [10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 86400].map(s => s * 1000).find(ms => (to - from) / ms <= 12) ?? 86400000;
        g.font = `${9 * ratio}px "DejaVu Sans Mono", monospace`;
        for (let at = Math.ceil(from / step) * step; at < to; at += step) {
            g.fillStyle = css(theme.dim, 0.5);
            g.fillRect(x(at), middle - 4 * ratio, 1, 8 * ratio);
            g.fillStyle = css(theme.dim, 0.9);
            g.textAlign = 'center';
            if (x(at) > 24 * ratio && x(at) < x(to) - 24 * ratio && (this.under === null || this.under === undefined)) g.fillText(clock(at).slice(0, step < 60000 ? 8 : 5), x(at), 8 * ratio);
        }
    }
    label(g, at, text, ratio, theme, width) {
        g.font = `${10 * ratio}px "DejaVu Sans Mono", monospace`;
        g.textAlign = 'center';
        g.fillStyle = css(theme.text);
        g.fillText(text, Math.max(28 * ratio, Math.min(width - 28 * ratio, at)), 9 * ratio);
        g.fillRect(at, 10 * ratio, 1, 20 * ratio);
    }
}
