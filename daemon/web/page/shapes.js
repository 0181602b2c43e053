// Lines and surfaces of the map on the plane, at levels of detail. d3 clips them at the edge of what the projection shows and resamples long edges; what comes
// of it is drawn at any zoom by a change of scale alone. `d3` is handed in: the page has it from Debian's node-d3-geo.
import { RADIAN } from './projection.js';

const REACH = 80 * RADIAN;  // from the projection's centre
const PRECISION_M = 800;    // of resampled edges
const LONG = 0.5;           // degrees: an edge of an area is straight in latitude and longitude; longer ones get corners in between
export const TOLERANCES = [7000, 2000, 500, 0]; // metres, by level of detail

export function sphere(d3, projection) {
    const s = projection.sphere;
    return d3.geoProjection(d3[s.raw]).rotate([...s.rotate, 0]).scale(s.radius).translate([0, 0]).clipAngle(REACH / RADIAN).precision(PRECISION_M);
}

class Sink {
    constructor(stretch) {
        this.stretch = stretch;
        this.lines = [];
        this.closed = false;
    }
    point(x, y) {
        this.line.push(x * this.stretch, -y / this.stretch);
    }
    lineStart() {
        this.line = [];
    }
    lineEnd() {
        if (this.closed) this.line.push(this.line[0], this.line[1]);
        if (this.line.length >= 4) this.lines.push(Float64Array.from(this.line));
    }
    polygonStart() {
        this.closed = true;
    }
    polygonEnd() {
        this.closed = false;
    }
    sphere() {}
}

const degrees = (projection, lon, lat) => [lon, projection.sphere.latitude(lat)];

// A ring with corners in between, on the projection's sphere, closed, clockwise (what d3 takes as inside).
export function turned(projection, ring) {
    const out = [], n = ring.length / 2;
    let area = 0;
    for (let i = 0; i < n; i++) {
        const j = (i + 1) % n, [x0, y0, x1, y1] = [ring[2 * i], ring[2 * i + 1], ring[2 * j], ring[2 * j + 1]];
        const pieces = Math.ceil(Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0)) / LONG) || 1;
        area += x0 * y1 - x1 * y0;
        for (let p = 0; p < pieces; p++) out.push(degrees(projection, x0 + (x1 - x0) * p / pieces, y0 + (y1 - y0) * p / pieces));
    }
    if (area > 0) out.reverse();
    out.push(out[0]);
    return out;
}

function stream(d3, projection, geometry) {
    const sink = new Sink(projection.sphere.stretch);
    d3.geoStream(geometry, sphere(d3, projection).stream(sink));
    return sink.lines;
}

export function surface(d3, projection, rings) {
    return rings.flatMap(ring => stream(d3, projection, { type: 'Polygon', coordinates: [turned(projection, ring)] })).map(shape);
}

// The rings' edges, without those along the antimeridian, where rings are cut.
export function edges(d3, projection, rings) {
    return rings.flatMap(ring => {
        const points = turned(projection, ring), parts = [[points[0]]];
        for (let i = 1; i < points.length; i++) {
            if (Math.abs(points[i][0]) > 179.999 && Math.abs(points[i - 1][0]) > 179.999) parts.push([]);
            parts[parts.length - 1].push(points[i]);
        }
        return stream(d3, projection, { type: 'MultiLineString', coordinates: parts.filter(part => part.length > 1) });
    }).map(shape);
}

export function graticule(d3, projection, step) {
    const lines = d3.geoGraticule().step([step, step]).extentMajor([[-180, -80], [180, 80.001]])().coordinates;
    return stream(d3, projection, { type: 'MultiLineString', coordinates: lines.map(line => line.map(([x, y]) => degrees(projection, x, y))) }).map(shape);
}

// Places in degrees (lon, lat, …) without d3: for what is known to lie within reach.
export function placed(projection, ring, closed = true) {
    const out = new Float64Array(ring.length + (closed ? 2 : 0)), point = [0, 0];
    for (let i = 0; i < ring.length; i += 2) {
        projection.forward(ring[i + 1], ring[i], point);
        out[i] = point[0];
        out[i + 1] = point[1];
    }
    if (closed) out.copyWithin(ring.length, 0, 2);
    return shape(out);
}

// The edges of such rings, without those along the antimeridian, where rings are cut: along it, or along the sides of the cells there.
const CUT = 0.25; // degrees of a great circle
export function outlined(projection, list) {
    return list.flatMap(ring => {
        const n = ring.length / 2, there = i => (180 - Math.abs(ring[2 * (i % n)])) * Math.cos(ring[2 * (i % n) + 1] * RADIAN) < CUT, cut = i => there(i) && there(i + 1);
        const first = Array.from({ length: n }, (_, i) => i).find(cut);
        if (first === undefined) return [placed(projection, ring)];
        const parts = [[]];
        for (let k = 1; k <= n; k++) {
            const i = (first + k) % n;
            parts[parts.length - 1].push(ring[2 * i], ring[2 * i + 1]);
            if (cut(i)) parts.push([]);
        }
        return parts.filter(part => part.length > 2).map(part => placed(projection, Float64Array.from(part), false));
    });
}

function shape(points) {
    let west = Infinity, south = Infinity, east = -Infinity, north = -Infinity;
    for (let i = 0; i < points.length; i += 2) {
        west = Math.min(west, points[i]);
        east = Math.max(east, points[i]);
        south = Math.min(south, points[i + 1]);
        north = Math.max(north, points[i + 1]);
    }
    return { points, west, south, east, north, size: Math.max(east - west, north - south) };
}

// Douglas and Peucker (The Canadian Cartographer 10 (1973) 112), without recursion.
export function simplify(points, tolerance) {
    const n = points.length / 2;
    if (tolerance <= 0 || n < 4) return points;
    const keep = new Uint8Array(n), stack = [0, n - 1], limit = tolerance * tolerance;
    keep[0] = keep[n - 1] = 1;
    while (stack.length) {
        const to = stack.pop(), from = stack.pop();
        const x = points[2 * from], y = points[2 * from + 1], dx = points[2 * to] - x, dy = points[2 * to + 1] - y, length2 = dx * dx + dy * dy;
        let worst = limit, at = 0;
        for (let i = from + 1; i < to; i++) {
            const ex = points[2 * i] - x, ey = points[2 * i + 1] - y;
            const along = length2 ? Math.max(0, Math.min(1, (ex * dx + ey * dy) / length2)) : 0;
            const d = (ex - along * dx) ** 2 + (ey - along * dy) ** 2;
            if (d > worst) {
                worst = d;
                at = i;
            }
        }
        if (at) {
            keep[at] = 1;
            stack.push(from, at, at, to);
        }
    }
    const out = [];
    for (let i = 0; i < n; i++) if (keep[i]) out.push(points[2 * i], points[2 * i + 1]);
    return Float64Array.from(out);
}

export const levelFor = scale => {
    const level = TOLERANCES.findIndex(tolerance => tolerance * scale < 0.7);
    return level < 0 ? TOLERANCES.length - 1 : level;
};

// The level's shapes, simplified when they are first wanted; what is smaller than the tolerance is left out.
export class Detail {
    constructor(shapes) {
        this.shapes = shapes;
        this.levels = [];
    }
    at(level) {
        const tolerance = TOLERANCES[level];
        this.levels[level] ??= this.shapes.filter(s => s.size > tolerance * 1.2).map(s => ({ ...s, points: simplify(s.points, tolerance) }));
        return this.levels[level];
    }
}

const CHUNK = 256;

// Onto a 2-D context, only what is within bounds; k, ox, oy: plane to pixels. Lines are taken in pieces, surfaces whole.
export function trace(g, shapes, [west, south, east, north], [k, ox, oy], whole) {
    g.beginPath();
    for (const s of shapes) {
        if (s.east < west || s.west > east || s.north < south || s.south > north) continue;
        const p = s.points;
        let pen = false;
        for (let i = 0; i < p.length; i += 2) {
            if (!whole && p.length > 2 * CHUNK && i % (2 * CHUNK) === 0 && !near(p, i, west, south, east, north)) {
                i += 2 * CHUNK - 2;
                pen = false;
                continue;
            }
            const x = ox + p[i] * k, y = oy - p[i + 1] * k;
            if (!pen && !whole && i > 0) g.moveTo(ox + p[i - 2] * k, oy - p[i - 1] * k);
            if (pen || (!whole && i > 0)) g.lineTo(x, y);
            else g.moveTo(x, y);
            pen = true;
        }
    }
}

function near(p, from, west, south, east, north) {
    let w = Infinity, s = Infinity, e = -Infinity, n = -Infinity;
    for (let i = Math.max(0, from - 2); i < Math.min(p.length, from + 2 * CHUNK); i += 2) {
        w = Math.min(w, p[i]);
        e = Math.max(e, p[i]);
        s = Math.min(s, p[i + 1]);
        n = Math.max(n, p[i + 1]);
    }
    return e >= west && w <= east && n >= south && s <= north;
}

// The corners of a message Rings as arrays of lon, lat.
export function rings(message) {
    const out = [];
    let at = 0;
    for (const corners of message?.corners ?? []) {
        const ring = new Float64Array(2 * corners);
        let lat = 0, lon = 0;
        for (let i = 0; i < corners; i++, at++) {
            lat += message.lat_e4[at];
            lon += message.lon_e4[at];
            ring[2 * i] = lon / 1e4;
            ring[2 * i + 1] = lat / 1e4;
        }
        out.push(ring);
    }
    return out;
}
