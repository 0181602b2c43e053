// Mouse, touch and keys on the map.
import { degrees } from './options.js';
import { press } from './keys.js';
import { NM } from './overlay.js';

const CLICK_PX = 5, SENSOR_PX = 9, BUSY_MS = 300;

export class Input {
    constructor(app, stage) {
        this.app = app;
        this.stage = stage;
        this.tool = null;        // 'measure' | 'rings': what a click means
        this.down = new Map();   // pointers that touch
        const on = (name, act) => stage.addEventListener(name, act, { passive: false });
        on('pointerdown', e => this.press(e));
        on('pointermove', e => this.move(e));
        on('pointerup', e => this.release(e));
        on('pointercancel', e => this.down.delete(e.pointerId));
        on('pointerleave', () => this.hover(null));
        on('wheel', e => this.wheel(e));
        on('dblclick', e => app.zoomBy(2, ...this.at(e)));
        on('contextmenu', e => e.preventDefault());
        addEventListener('keydown', e => this.key(e));
    }
    get busy() {
        return this.down.size > 0 || performance.now() - (this.active ?? 0) < BUSY_MS;
    }
    at(e) {
        const box = this.stage.getBoundingClientRect();
        return [e.clientX - box.left, e.clientY - box.top];
    }
    key(e) {
        if (e.target.closest?.('input[type="text"], input[type="search"], input[type="number"], input[type="password"], select, dialog')) return;
        if ((e.key === ' ' || e.key === 'Enter') && e.target.closest?.('button, summary, a, input, [tabindex]:not(#stage)')) return;
        if (press(this.app, e)) e.preventDefault();
    }
    press(e) {
        this.stage.setPointerCapture(e.pointerId);
        this.stage.focus({ preventScroll: true });
        this.down.set(e.pointerId, this.at(e));
        if (this.down.size === 1) this.travelled = 0;
    }
    move(e) {
        const at = this.at(e), before = this.down.get(e.pointerId);
        this.app.pointer = at;
        if (!before) return this.hover(at);
        this.active = performance.now();
        this.travelled += Math.hypot(at[0] - before[0], at[1] - before[1]);
        if (this.down.size === 2) this.pinch(e.pointerId, at);
        else if (this.travelled > CLICK_PX) {
            this.app.view.pan(at[0] - before[0], at[1] - before[1]);
            this.app.options.follow = false;
            this.app.viewMoved();
            this.stage.classList.add('grab');
        }
        this.down.set(e.pointerId, at);
    }
    pinch(id, at) {
        const [other] = [...this.down].filter(([key]) => key !== id).map(([, place]) => place), before = this.down.get(id);
        const factor = Math.hypot(at[0] - other[0], at[1] - other[1]) / Math.max(1, Math.hypot(before[0] - other[0], before[1] - other[1]));
        this.app.view.pan((at[0] - before[0]) / 2, (at[1] - before[1]) / 2);
        this.app.zoomBy(factor, (at[0] + other[0]) / 2, (at[1] + other[1]) / 2);
    }
    release(e) {
        const click = this.down.delete(e.pointerId) && this.down.size === 0 && this.travelled <= CLICK_PX;
        this.stage.classList.remove('grab');
        if (click) this.click(this.at(e));
    }
    wheel(e) {
        e.preventDefault();
        this.active = performance.now();
        this.app.zoomBy(Math.exp(-Math.max(-120, Math.min(120, e.deltaY)) * 0.0022), ...this.at(e));
    }
    click(at) {
        const { app } = this;
        if (this.tool === 'measure') return this.measure(app.endAt(at));
        if (this.tool === 'rings') {
            this.tool = null;
            return app.set({ rings: app.endAt(at) });
        }
        const track = app.tracks.at(app.picture.tracks, ...at);
        app.sensor = track ? null : this.sensorAt(at);
        if (app.sensor) app.panels[2].showSensor(app.sensor);
        else app.pick(track);
    }
    measure(end) {
        const { over } = this.app;
        if (over.pending) over.lines.push({ from: over.pending, to: end });
        over.pending = over.pending ? null : end;
        over.empty = false;
    }
    sensorAt([x, y]) {
        const { app } = this, point = [0, 0];
        let best = null, least = SENSOR_PX ** 2;
        if (!app.options.layers.sensors) return null;
        for (const sensor of app.picture.sensors.values()) {
            app.projection.forward(sensor.lat, sensor.lon, point);
            const [sx, sy] = app.view.toScreen(...point), d = (sx - x) ** 2 + (sy - y) ** 2;
            if (d < least) {
                least = d;
                best = sensor;
            }
        }
        return best;
    }
    hover(at) {
        const { app } = this, place = at && app.projection.inverse(...app.view.toPlane(...at));
        app.pointer = at;
        document.getElementById('cursor').textContent = place ? degrees(...place) : '';
        const over = at && !this.tool && (app.tracks.at(app.picture.tracks, ...at) || this.sensorAt(at));
        this.stage.classList.toggle('point', Boolean(over));
        this.stage.classList.toggle('cross', Boolean(this.tool));
    }
}

// A round length for the scale in the corner: [pixels, text].
export function scaleBar(scale) {
    const most = 130 / scale / NM, power = 10 ** Math.floor(Math.log10(most)), nm = [5, 2, 1].map(f => f * power).find(v => v <= most);
    return [nm * NM * scale, `${nm >= 1 ? nm : nm.toFixed(1)} NM`];
}
