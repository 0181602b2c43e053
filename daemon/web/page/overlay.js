// What a person has laid over the tracks: range rings, measured lines, the selected track's uncertainty and route, the range of a sensor.
import { THEMES, css } from './colour.js';
import { between, destination } from './geodesic.js';
import { placed } from './shapes.js';

export const NM = 1852;
export const RINGS_NM = [50, 100, 150, 200];
const KNOTS = 3600 / NM, SEEING_DS = 300; // a sensor that has seen it within 30 s

// A circle on the ground, as lon, lat, lon, lat, …
export function circle(lat, lon, radius, steps = 96) {
    const ring = new Float64Array(2 * steps);
    for (let i = 0; i < steps; i++) {
        const at = destination(lat, lon, i * 360 / steps, radius);
        ring[2 * i] = at[1];
        ring[2 * i + 1] = at[0];
    }
    return ring;
}

// "124 NM  087°  16 min" between two places; with a speed in m/s, the time to fly it.
export function measured(a, b, speed = 0) {
    const way = between(a[0], a[1], b[0], b[1]);
    if (!way) return '';
    const nm = way.distance / NM, text = `${nm < 10 ? nm.toFixed(1) : Math.round(nm)} NM  ${String(Math.round(way.bearing) % 360).padStart(3, '0')}°`;
    return speed > 10 ? `${text}  ${minutes(way.distance / speed)}` : text;
}
const minutes = s => s < 5400 ? `${Math.round(s / 60)} min` : `${Math.floor(s / 3600)} h ${String(Math.round(s / 60) % 60).padStart(2, '0')}`;

export class Overlay {
    constructor(canvas) {
        this.canvas = canvas;
        this.g = canvas.getContext('2d');
        this.lines = [];     // measured: {from, to}: [lat, lon] or number of a track
        this.pending = null; // one end is set
        this.empty = true;
    }
    resize(width, height, ratio) {
        this.ratio = ratio;
        this.canvas.width = Math.round(width * ratio);
        this.canvas.height = Math.round(height * ratio);
    }
    // Where the end of a line is now: [lat, lon], and the speed of the track there.
    end(end, picture, projection, now) {
        if (Array.isArray(end)) return { at: end, speed: 0 };
        const t = picture.tracks, slot = t.slotOf.get(end);
        if (slot === undefined) return null;
        const s = t.ahead(slot, now), at = projection.inverse(t.x[slot] + t.vx[slot] * s, t.y[slot] + t.vy[slot] * s);
        return at && { at, speed: t.speed[slot] };
    }
    draw(app, now) {
        const { options, pointer, sensor } = app, lines = this.pending && pointer ? [...this.lines, { from: this.pending, to: app.endAt(pointer) }] : this.lines;
        const nothing = !lines.length && !options.rings && !sensor && !app.selected;
        if (nothing && this.empty) return;
        this.g.setTransform(1, 0, 0, 1, 0, 0);
        this.g.clearRect(0, 0, this.canvas.width, this.canvas.height);
        this.empty = nothing;
        if (nothing) return;
        this.g.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
        this.g.font = '11px "DejaVu Sans Mono", monospace';
        const theme = THEMES[options.theme];
        if (options.rings) this.rings(app, now, theme);
        if (sensor) this.reach(app, sensor, theme);
        if (app.selected) this.support(app, now, theme);
        for (const line of lines) this.line(app, line, now, theme);
    }
    trace(app, ring, closed = true) {
        const { points } = placed(app.projection, ring, closed), { g } = this;
        g.beginPath();
        for (let i = 0; i < points.length; i += 2) {
            const [x, y] = app.view.toScreen(points[i], points[i + 1]);
            if (i) g.lineTo(x, y);
            else g.moveTo(x, y);
        }
    }
    rings(app, now, theme) {
        const { g } = this, centre = this.end(app.options.rings, app.picture, app.projection, now);
        if (!centre) return;
        g.lineWidth = 1;
        for (const nm of RINGS_NM) {
            const ring = circle(...centre.at, nm * NM);
            g.strokeStyle = css(theme.dim, 0.7);
            g.setLineDash([2, 4]);
            this.trace(app, ring);
            g.stroke();
            const [x, y] = app.view.toScreen(...app.projection.forward(ring[1], ring[0], [0, 0]));
            if (RINGS_NM[0] * NM * app.view.scale > 16 || nm === RINGS_NM.at(-1)) this.text(`${nm} NM`, x + 4, y - 4, css(theme.dim), theme);
        }
    }
    reach(app, sensor, theme) {
        const { g } = this;
        g.setLineDash([]);
        g.lineWidth = 1.4;
        g.strokeStyle = css(theme[sensor.nation] ?? theme.other, 0.9);
        if (sensor.range_m) {
            this.trace(app, circle(sensor.lat, sensor.lon, sensor.range_m));
            g.stroke();
        }
        const [x, y] = app.view.toScreen(...app.projection.forward(sensor.lat, sensor.lon, [0, 0]));
        this.text(`${sensor.name}  ${Math.round(sensor.range_m / NM)} NM`, x + 10, y - 8, css(theme.text), theme);
    }
    // The selected track's lines to the sensors that see it now, and one sigma of its position.
    support(app, now, theme) {
        const { g } = this, { picture, view } = app, t = picture.tracks, slot = t.slotOf.get(app.selected), d = picture.detail;
        if (slot === undefined || !d || d.number !== app.selected) return;
        const s = t.ahead(slot, now), [x, y] = view.toScreen(t.x[slot] + t.vx[slot] * s, t.y[slot] + t.vy[slot] * s);
        g.setLineDash([3, 4]);
        g.lineWidth = 1;
        for (const [i, source] of d.source.entries()) {
            const sensor = picture.sensors.get(source);
            if (!sensor || d.source_age_ds[i] > SEEING_DS) continue;
            g.strokeStyle = css(theme[sensor.nation] ?? theme.other, 0.65);
            g.beginPath();
            g.moveTo(...view.toScreen(...app.projection.forward(sensor.lat, sensor.lon, [0, 0])));
            g.lineTo(x, y);
            g.stroke();
        }
        this.ellipse(d, x, y, view, theme);
    }
    ellipse(d, x, y, view, theme) {
        const { g } = this;
        if (d.sigma_major_m * view.scale < 2) return;
        g.setLineDash([]);
        g.lineWidth = 1;
        g.strokeStyle = css(theme.selected, 0.8);
        g.beginPath();
        g.ellipse(x, y, d.sigma_major_m * view.scale, Math.max(1, d.sigma_minor_m * view.scale), (d.sigma_ddeg / 10 - 90) * Math.PI / 180, 0, 2 * Math.PI);
        g.stroke();
    }
    line(app, { from, to }, now, theme) {
        const a = this.end(from, app.picture, app.projection, now), b = this.end(to, app.picture, app.projection, now), { g } = this;
        if (!a || !b) return;
        const [x0, y0] = app.view.toScreen(...app.projection.forward(...a.at, [0, 0])), [x1, y1] = app.view.toScreen(...app.projection.forward(...b.at, [0, 0]));
        g.setLineDash([]);
        g.strokeStyle = css(theme.warning);
        g.lineWidth = 1.3;
        g.beginPath();
        g.moveTo(x0, y0);
        g.lineTo(x1, y1);
        g.stroke();
        for (const [x, y] of [[x0, y0], [x1, y1]]) {
            g.beginPath();
            g.arc(x, y, 3, 0, 2 * Math.PI);
            g.stroke();
        }
        this.text(measured(a.at, b.at, a.speed || b.speed), (x0 + x1) / 2 + 8, (y0 + y1) / 2 - 6, css(theme.warning), theme);
    }
    text(string, x, y, style, theme) {
        const { g } = this;
        g.setLineDash([]);
        g.lineWidth = 3;
        g.strokeStyle = css(theme.halo, 0.85);
        g.strokeText(string, x, y);
        g.fillStyle = style;
        g.fillText(string, x, y);
    }
}
export { KNOTS };
