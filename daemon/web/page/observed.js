// Where tracks have been seen since the page was opened, and where they went on unseen: beside what coverage predicts. Pure.
//
// Cells are those of the coverage study (lib/coverage/region.h): 10 NM squares on the equal-area plane, in its layers; a layer stands for the air from its
// height up to the next one's. Heights above ground are taken as heights above the sea here, which over high ground counts low flights one layer up.
import { PROJECTIONS } from './projection.js';
import { FLAG } from './schema.js';

export const CELL_M = 18520;
const HEIGHTS_FT = [100, 500, 1000, 3000, 5000, 10000, 18000, 25000, 35000, 45000, 60000, 100000];
const FRESH_S = 15, HALF = 1024;
const REPLIES = FLAG.SECONDARY | FLAG.ADSB | FLAG.MLAT;

export function layerOf(feet) {
    let layer = 0;
    while (layer + 1 < HEIGHTS_FT.length && feet >= HEIGHTS_FT[layer + 1]) layer++;
    return layer;
}

const sets = () => HEIGHTS_FT.map(() => new Set());

export class Observed {
    constructor() {
        this.plane = PROJECTIONS.laea();
        this.clear();
    }
    clear() {
        this.seen = { replies: sets(), echoes: sets() };
        this.missed = sets();
        this.version = 0;
    }
    // Once for each track of a frame.
    note(t, slot) {
        if (!t.has(slot, FLAG.HAS_ALTITUDE)) return;
        const layer = layerOf(t.altitude[slot]), flags = t.flags[slot], [x, y] = this.plane.forward(t.lat[slot], t.lon[slot], [0, 0]);
        const cell = (Math.floor(x / CELL_M) + HALF) * 2 * HALF + Math.floor(y / CELL_M) + HALF;
        if (flags & FLAG.COASTING) return this.put(this.missed[layer], cell);
        if (t.age[slot] > FRESH_S) return;
        if (flags & REPLIES) this.put(this.seen.replies[layer], cell);
        if (flags & FLAG.PRIMARY) this.put(this.seen.echoes[layer], cell);
    }
    put(set, cell) {
        if (set.has(cell)) return;
        set.add(cell);
        this.version++;
    }
    // South-west corners of cells on the equal-area plane, in metres: seen that way, and missed and never seen so.
    cells(layer, replies) {
        const corner = cell => [(Math.floor(cell / (2 * HALF)) - HALF) * CELL_M, (cell % (2 * HALF) - HALF) * CELL_M];
        const seen = this.seen[replies ? 'replies' : 'echoes'][layer];
        return { seen: [...seen].map(corner), missed: [...this.missed[layer]].filter(cell => !seen.has(cell)).map(corner) };
    }
}

// Whether a point lies in shapes (of shapes.js) by the even-odd rule.
export function inside(shapes, x, y) {
    let odd = false;
    for (const { points: p, west, east, south, north } of shapes) {
        if (x < west || x > east || y < south || y > north) continue;
        for (let i = 0, j = p.length - 2; i < p.length; j = i, i += 2) {
            if (p[i + 1] > y !== p[j + 1] > y && x < (p[j] - p[i]) * (y - p[i + 1]) / (p[j + 1] - p[i + 1]) + p[i]) odd = !odd;
        }
    }
    return odd;
}
