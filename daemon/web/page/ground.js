// The map under the tracks: sea, land, lines, coverage, sensors. Drawn when the view rests; while it moves, the picture is moved and stretched by the browser.
import { areas } from './area.js';
import { THEMES, css } from './colour.js';
import { CELL_M, inside } from './observed.js';
import { HEALTH } from './schema.js';
import { Detail, edges, graticule, levelFor, outlined, placed, rings, surface, trace } from './shapes.js';

const REST_MS = 90, BORDER = 0.25;
const HATCH_PX = 7, FOLD_SHADE = [0.17, 0.1, 0.1, 0.1];

export class Ground {
    constructor(canvas, d3) {
        this.canvas = canvas;
        this.g = canvas.getContext('2d', { alpha: false });
        this.d3 = d3;
        this.files = {};
        this.covered = null;
        this.dirty = true;
        this.moved = 0;
    }
    // Bytes of the .area files by name.
    load(name, bytes) {
        this.files[name] = areas(new Uint8Array(bytes));
        if (this.projection) this.project(this.projection);
    }
    project(projection) {
        const { d3 } = this, ringsOf = name => (this.files[name] ?? []).flatMap(area => area.rings);
        this.projection = projection;
        this.placedRegion = undefined;
        this.land = new Detail(surface(d3, projection, ringsOf('land')));
        this.abroad = new Detail(surface(d3, projection, ringsOf('neighbours')));
        this.coast = new Detail(edges(d3, projection, ringsOf('land')));
        this.foreign = new Detail(edges(d3, projection, ringsOf('neighbours')));
        this.firs = new Detail(edges(d3, projection, ringsOf('fir')));
        this.grid = graticule(d3, projection, 10);
        this.names = (this.files.fir ?? []).map(area => ({ name: area.name, at: middle(projection, area.rings[0]) }));
        this.place(this.picture);
        this.dirty = true;
    }
    resize(width, height, ratio) {
        Object.assign(this, { width, height, ratio, dirty: true });
        this.outer = [Math.round(width * (1 + 2 * BORDER)), Math.round(height * (1 + 2 * BORDER))];
        this.canvas.width = Math.round(this.outer[0] * ratio);
        this.canvas.height = Math.round(this.outer[1] * ratio);
        Object.assign(this.canvas.style, { width: this.outer[0] + 'px', height: this.outer[1] + 'px' });
    }
    style(options) {
        this.options = options;
        this.theme = THEMES[options.theme];
        this.hatch = {};
        this.dirty = true;
    }
    // Coverage and sensors on the plane.
    place(picture) {
        this.picture = picture;
        if (!picture || !this.projection) return;
        const on = message => {
            const list = rings(message);
            return { surface: list.map(ring => placed(this.projection, ring)), edges: outlined(this.projection, list) };
        };
        const c = picture.coverage; // its words are those of the other set: what that gains, this one lacks
        if (this.placedRegion !== picture.region) this.region = new Detail(on(picture.region).edges);
        this.placedRegion = picture.region;
        this.covered = c && !c.error ? { fold: c.fold.map(on), gap: on(c.gap), gained: on(c.lost), lost: on(c.gained) } : null;
        this.dirty = true;
    }
    sites() {
        this.dirty ||= this.options?.layers.sensors;
    }
    // Brings the canvas to the view; draws anew when it rests or shows too little.
    sync(view, clock) {
        const drawn = this.drawn;
        const same = drawn && drawn.x === view.x && drawn.y === view.y && drawn.scale === view.scale;
        if (drawn && (view.x !== this.last?.x || view.y !== this.last?.y || view.scale !== this.last?.scale)) this.moved = clock;
        this.last = view.copy();
        const cheap = (this.took ?? 0) < 11;
        if (!drawn || this.dirty || (!same && (cheap || clock - this.moved >= REST_MS || !this.enough(view)))) {
            if (!drawn || cheap || clock - this.moved >= REST_MS || clock - drawn.clock > 3 * this.took) this.draw(view, clock);
        }
        const d = this.drawn, f = view.scale / d.scale;
        const x = (d.x - view.x) * view.scale - this.outer[0] / 2 * f + view.width / 2;
        const y = (view.y - d.y) * view.scale - this.outer[1] / 2 * f + view.height / 2;
        this.canvas.style.transform = `translate(${x}px,${y}px) scale(${f})`;
    }
    // Whether what was drawn still fills the view sharply enough.
    enough(view) {
        const d = this.drawn, f = view.scale / d.scale;
        const w = this.outer[0] * f / 2 - Math.abs(d.x - view.x) * view.scale, h = this.outer[1] * f / 2 - Math.abs(d.y - view.y) * view.scale;
        return f > 0.7 && f < 2 && w >= view.width / 2 && h >= view.height / 2;
    }
    draw(view, clock) {
        const began = performance.now(), k = view.scale * this.ratio;
        const w = this.canvas.width, h = this.canvas.height, half = [w / 2 / k, h / 2 / k];
        const bounds = [view.x - half[0], view.y - half[1], view.x + half[0], view.y + half[1]], to = [k, w / 2 - view.x * k, h / 2 + view.y * k];
        this.drawn = { x: view.x, y: view.y, scale: view.scale, clock };
        this.dirty = false;
        this.paint(bounds, to, view.scale);
        this.took = performance.now() - began;
    }
    paint(bounds, to, scale) {
        const { g, theme, ratio, options: { layers } } = this, level = levelFor(scale * ratio);
        g.setTransform(1, 0, 0, 1, 0, 0);
        g.setLineDash([]);
        g.lineJoin = 'round';
        g.fillStyle = theme.sea;
        g.fillRect(0, 0, this.canvas.width, this.canvas.height);
        if (!this.land) return;
        this.fill(this.abroad.at(level), bounds, to, theme.abroad);
        this.fill(this.land.at(level), bounds, to, theme.land);
        this.stroke(this.grid, bounds, to, theme.grid, 1);
        if (this.covered && this.options.coverage.on) this.paintCoverage(bounds, to);
        if (layers.observed) this.paintObserved(bounds, to);
        this.stroke(this.foreign.at(level), bounds, to, theme.coast, 0.6);
        this.stroke(this.coast.at(level), bounds, to, theme.border, 0.9);
        if (layers.firs) this.stroke(this.firs.at(level), bounds, to, theme.fir, 1, [6, 4]);
        if (layers.firs) this.paintNames(to, scale);
        if (layers.region && this.region) this.stroke(this.region.at(Math.min(level, 2)), bounds, to, theme.region, 1.3, [1.5, 5]);
        if (layers.sensors) this.paintSites(bounds, to, scale);
    }
    fill(shapes, bounds, to, style) {
        trace(this.g, shapes, bounds, to, true);
        this.g.fillStyle = style;
        this.g.fill('evenodd');
    }
    stroke(shapes, bounds, to, style, width, dash = []) {
        const { g, ratio } = this;
        trace(g, shapes, bounds, to, false);
        g.setLineDash(dash.map(v => v * ratio));
        g.lineCap = dash[0] < 2 ? 'round' : 'butt';
        g.lineWidth = width * ratio;
        g.strokeStyle = style;
        g.stroke();
    }
    // Lines of a colour at an angle, which stay in place on the map.
    hatching(name, colour, to, rising = true) {
        const size = HATCH_PX * Math.round(this.ratio * 2) / 2;
        if (!this.hatch[name]) {
            const tile = document.createElement('canvas');
            tile.width = tile.height = Math.round(size);
            const t = tile.getContext('2d');
            t.strokeStyle = css(colour, 0.36);
            t.lineWidth = 1.1 * this.ratio;
            for (const shift of [-tile.width, 0, tile.width]) {
                t.moveTo(shift, rising ? tile.width : 0);
                t.lineTo(shift + tile.width, rising ? 0 : tile.width);
            }
            t.stroke();
            this.hatch[name] = this.g.createPattern(tile, 'repeat');
        }
        this.hatch[name].setTransform(new DOMMatrix([1, 0, 0, 1, to[1] % Math.round(size), to[2] % Math.round(size)]));
        return this.hatch[name];
    }
    paintCoverage(bounds, to) {
        const { theme, covered: c, options: { layers } } = this;
        const fill = (shapes, style) => this.fill(shapes.surface, bounds, to, style), stroke = (shapes, style, width) => this.stroke(shapes.edges, bounds, to, style, width);
        if (layers.folds && !c.gained.surface.length && !c.lost.surface.length) {
            c.fold.forEach((shapes, i) => fill(shapes, css(theme.fold, FOLD_SHADE[i] ?? 0.1)));
            if (c.fold[0]) stroke(c.fold[0], css(theme.fold, 0.7), 0.8);
        } else if (c.fold[0]) {
            fill(c.fold[0], css(theme.fold, 0.1));
        }
        if (layers.gaps) {
            fill(c.gap, css(theme.gap, 0.035));
            fill(c.gap, this.hatching('gap', theme.gap, to));
        }
        fill(c.gained, css(theme.gained, 0.4));
        stroke(c.gained, css(theme.gained, 0.9), 1);
        fill(c.lost, css(theme.lost, 0.22));
        fill(c.lost, this.hatching('lost', theme.lost, to, false));
        stroke(c.lost, css(theme.lost, 0.9), 1);
    }
    paintObserved([west, south, east, north], [k, ox, oy]) {
        const { g, theme, options: { coverage } } = this, { observed } = this.picture, point = [0, 0];
        const { seen, missed } = observed.cells(coverage.layer, coverage.replies), size = Math.max(1.5, CELL_M * k * 0.8);
        for (const [cells, style] of [[seen, css(theme.accepted, 0.5)], [missed, css(theme.warning, 0.85)]]) {
            g.fillStyle = style;
            for (const [cx, cy] of cells) {
                let [x, y] = [cx + CELL_M / 2, cy + CELL_M / 2];
                if (this.projection.name !== 'laea') [x, y] = this.projection.forward(...observed.plane.inverse(x, y), point);
                if (x > west && x < east && y > south && y < north) g.fillRect(ox + x * k - size / 2, oy - y * k - size / 2, size, size);
            }
        }
    }
    // How many of the seen cells are predicted to be seen by anybody: [seen, predicted].
    agreement(coverage) {
        const { observed } = this.picture, shapes = this.covered?.fold[0]?.surface;
        if (!shapes) return null;
        const { seen } = observed.cells(coverage.layer, coverage.replies);
        const predicted = seen.filter(([cx, cy]) => {
            const at = observed.plane.inverse(cx + CELL_M / 2, cy + CELL_M / 2);
            return at && inside(shapes, ...this.projection.forward(...at, [0, 0]));
        });
        return [seen.length, predicted.length];
    }
    paintNames(to, scale) {
        const { g, theme, ratio } = this;
        if (scale < 6e-5) return;
        g.font = `${10 * ratio}px "DejaVu Sans Mono", monospace`;
        g.textAlign = 'center';
        g.fillStyle = theme.fir;
        for (const { name, at } of this.names) g.fillText(name, to[1] + at[0] * to[0], to[2] - at[1] * to[0]);
    }
    paintSites(bounds, to, scale) {
        const { g, theme, ratio, picture } = this, point = [0, 0], size = (scale < 1.5e-4 ? 2 : 3) * ratio;
        if (!picture) return;
        g.setLineDash([]);
        g.textAlign = 'left';
        g.font = `${10 * ratio}px "DejaVu Sans Mono", monospace`;
        for (const sensor of picture.sensors.values()) {
            this.projection.forward(sensor.lat, sensor.lon, point);
            if (point[0] < bounds[0] || point[0] > bounds[2] || point[1] < bounds[1] || point[1] > bounds[3]) continue;
            const x = to[1] + point[0] * to[0], y = to[2] - point[1] * to[0], bad = sensor.health === HEALTH.RED || sensor.health === HEALTH.OFF;
            const colour = theme[sensor.nation] ?? theme.other;
            site(g, sensor, x, y, size, css(colour, sensor.health === HEALTH.SILENT ? 0.45 : 1));
            if (bad) cross(g, x, y, size * 2.2, css(theme.alarm), ratio);
            if (scale > 6e-4) {
                g.fillStyle = css(bad ? theme.alarm : theme.dim);
                g.fillText(sensor.name, x + size + 4 * ratio, y + 3.5 * ratio);
            }
        }
    }
}

// Radars are squares, stations that take positions triangles, other centres' tracks diamonds.
function site(g, sensor, x, y, size, style) {
    g.beginPath();
    if (sensor.kind === 'adsb' || sensor.kind === 'mlat') {
        g.moveTo(x, y - size * 1.2);
        g.lineTo(x + size * 1.1, y + size * 0.9);
        g.lineTo(x - size * 1.1, y + size * 0.9);
    } else if (sensor.kind === 'tracker') {
        g.moveTo(x, y - size * 1.5);
        g.lineTo(x + size * 1.5, y);
        g.lineTo(x, y + size * 1.5);
        g.lineTo(x - size * 1.5, y);
    } else {
        g.rect(x - size, y - size, 2 * size, 2 * size);
    }
    g.closePath();
    g.fillStyle = style;
    g.fill();
}

function cross(g, x, y, r, style, ratio) {
    g.beginPath();
    g.moveTo(x - r, y - r);
    g.lineTo(x + r, y + r);
    g.moveTo(x - r, y + r);
    g.lineTo(x + r, y - r);
    g.strokeStyle = style;
    g.lineWidth = 1.6 * ratio;
    g.stroke();
}

function middle(projection, ring) {
    const { points } = placed(projection, ring);
    let x = 0, y = 0, area = 0;
    for (let i = 0; i + 3 < points.length; i += 2) {
        const a = points[i] * points[i + 3] - points[i + 2] * points[i + 1];
        area += a;
        x += (points[i] + points[i + 2]) * a;
        y += (points[i + 1] + points[i + 3]) * a;
    }
    return area ? [x / (3 * area), y / (3 * area)] : [points[0], points[1]];
}
