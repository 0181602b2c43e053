// Draws the tracks: symbols, frames, history, vectors, leaders and data blocks, into one raster a frame.
import { Raster, MARGIN } from './blit.js';
import { STEP_FT, STEPS, THEMES, pixel, ramp } from './colour.js';
import { compile } from './filters.js';
import { block, corner, Grid, PLACES } from './labels.js';
import { AFFILIATION, AFFILIATIONS, CLASS, FLAG, HANDOFF } from './schema.js';
import { font, symbols } from './sprites.js';
import { HISTORY, sourceOf } from './tracks.js';

const DECLUTTER_MS = 250, ZOOMING_MS = 60, STALE_S = 20, TOUCH_PX = 18;
const LOUD = 3, MOST_LABELS = 900;
const SIZES = [[1.3e-4, 9], [5e-4, 12], [Infinity, 15]]; // up to a scale: a symbol's size

// What stands out at any scale: echoes alone, transponders that fell silent, friends, suspects and hostiles; not who answers and is merely not identified.
const QUIET = [AFFILIATION.NEUTRAL, AFFILIATION.ASSUMED_FRIEND];
export function loud(t, slot) {
    const { affiliation, kind } = t;
    if (t.has(slot, FLAG.SILENT_NOW)) return true;
    return affiliation[slot] === AFFILIATION.UNKNOWN ? kind[slot] === CLASS.PRIMARY_ONLY : !QUIET.includes(affiliation[slot]);
}

export class TrackLayer {
    constructor(canvas) {
        this.canvas = canvas;
        this.g = canvas.getContext('2d');
        this.raster = new Raster((n, stride, rows) => {
            this.image = new ImageData(stride, rows);
            return new Uint32Array(this.image.data.buffer);
        });
        this.grid = new Grid();
        this.order = [];
        this.labelled = [];
        this.shown = 0;
        this.sprites = new Map();
        this.decluttered = -Infinity;
        this.place = new Int8Array(0);
    }
    resize(width, height, ratio) {
        this.ratio = ratio;
        this.canvas.width = Math.round(width * ratio);
        this.canvas.height = Math.round(height * ratio);
        this.raster.resize(this.canvas.width, this.canvas.height);
        this.grid.resize(this.canvas.width, this.canvas.height);
        this.sprites.clear();
        this.fonts = null;
    }
    style(options) {
        const theme = THEMES[options.theme], dark = options.theme === 'dark';
        this.options = options;
        this.ramp = ramp(options.ramp, dark);
        this.pixels = Object.fromEntries(Object.entries(theme).filter(([, v]) => Array.isArray(v)).map(([k, v]) => [k, pixel(v)]));
        this.test = compile(options.filters);
        this.decluttered = -Infinity;
    }
    spritesAt(scale) {
        const size = SIZES.find(([upTo]) => scale < upTo)[1];
        if (!this.sprites.has(size)) this.sprites.set(size, symbols(size, this.ratio));
        return this.sprites.get(size);
    }
    fontNow() {
        const key = this.options.labelSize;
        if (this.fonts?.key !== key) this.fonts = { key, font: font(key, this.ratio) };
        return this.fonts.font;
    }
    // One frame: the picture at instant `now`, `clock` on the page's own clock (for what flashes).
    draw(picture, view, now, clock, selected) {
        const { raster, options } = this, t = picture.tracks;
        raster.clear();
        this.project(t, view, now);
        if (clock - this.decluttered >= (view.scale === this.scale ? DECLUTTER_MS : ZOOMING_MS)) this.declutter(picture, view, now, selected, clock);
        if (options.history) this.drawHistory(t, view);
        if (options.vector) this.drawVectors(t, view);
        this.drawSymbols(picture, view, now, selected);
        this.drawLabels(picture, now, clock, selected);
        this.scale = view.scale;
        this.g.putImageData(this.image, -MARGIN, -MARGIN, MARGIN, MARGIN, raster.width, raster.height);
    }
    // Screen positions of all that pass the filters and are in view; the slots in this.order.
    project(t, view, now) {
        const { raster, test, ratio } = this, { scale } = view, k = scale * ratio, cx = raster.width / 2, cy = raster.height / 2;
        const order = this.order;
        order.length = 0;
        for (let slot = 0; slot < t.slots; slot++) {
            if (t.number[slot] === 0) continue;
            const s = t.ahead(slot, now);
            const px = cx + (t.x[slot] + t.vx[slot] * s - view.x) * k, py = cy - (t.y[slot] + t.vy[slot] * s - view.y) * k;
            t.px[slot] = px;
            t.py[slot] = py;
            if (raster.near(px, py, 40) && test(t, slot)) order.push(slot);
        }
        this.shown = order.length;
    }
    // 0 first: what must have its label, then what should.
    rank(picture, slot, selected) {
        const t = picture.tracks, handoff = picture.handoffs[t.handoff[slot]];
        if (t.number[slot] === selected) return 0;
        if (t.has(slot, FLAG.EMERGENCY)) return 1;
        if (handoff && (handoff.state === HANDOFF.PROPOSED || handoff.state === HANDOFF.POINT_OUT)) return 2;
        if (loud(t, slot)) return LOUD;
        return handoff && handoff.state !== HANDOFF.NONE ? 4 : this.place[slot] >= 0 ? 5 : 6; // who has a label keeps it
    }
    declutter(picture, view, now, selected, clock) {
        const t = picture.tracks, { grid, options, ratio } = this, f = this.fontNow(), gap = Math.round(options.leader * ratio);
        this.decluttered = clock;
        this.labelled.length = 0;
        if (this.place.length < t.capacity) this.place = new Int8Array(t.capacity).fill(-1);
        if (options.labels === 0) return;
        grid.clear();
        const queues = Array.from({ length: 7 }, () => []);
        for (const slot of this.order) {
            if (t.px[slot] >= 0 && t.py[slot] >= 0 && t.px[slot] < this.raster.width && t.py[slot] < this.raster.height) {
                queues[this.rank(picture, slot, selected)].push(slot);
            }
        }
        const few = this.order.length <= 400;
        for (const slot of few ? this.order : queues.slice(0, 5).flat()) grid.mark(t.px[slot] - 4 * ratio, t.py[slot] - 4 * ratio, 8 * ratio, 8 * ratio);
        for (const queue of queues) {
            for (const slot of queue) {
                if (this.labelled.length >= MOST_LABELS) return;
                this.putLabel(picture, slot, f, gap, now, selected);
            }
        }
    }
    putLabel(picture, slot, f, gap, now, selected) {
        const t = picture.tracks, mine = t.number[slot] === selected, handoff = picture.handoffs[t.handoff[slot]];
        const lines = block(t, slot, mine ? 3 : this.options.labels, handoff, now);
        const width = f.width * Math.max(...lines.map(line => line.length)), height = f.height * lines.length;
        const before = this.place[slot];
        for (let i = before >= 0 ? -1 : 0; i < PLACES.length; i++) {
            const place = i < 0 ? before : i, [x, y] = corner(place, t.px[slot], t.py[slot], width, height, gap);
            if (!this.grid.take(x - 2, y - 1, width + 4, height + 2)) continue;
            this.place[slot] = place;
            this.labelled.push({ slot, lines, width, height, place, gap });
            return;
        }
        this.place[slot] = -1;
    }
    colourOf(t, slot, now) {
        const stale = t.has(slot, FLAG.COASTING) || t.ageAt(slot, now) > STALE_S;
        if (!t.has(slot, FLAG.HAS_ALTITUDE)) return stale ? this.pixels.dim : this.ramp.unknown;
        const step = Math.max(0, Math.min(STEPS - 1, Math.round(t.altitude[slot] / STEP_FT)));
        return (stale ? this.ramp.stale : this.ramp.fresh)[step];
    }
    drawHistory(t, view) {
        const { raster, ratio, pixels } = this, k = view.scale * ratio, cx = raster.width / 2, cy = raster.height / 2;
        const size = ratio > 1.4 ? 2 : view.scale > 3e-4 ? 2 : 1;
        for (const slot of this.order) {
            const dots = Math.min(HISTORY, t.dots[slot], this.options.history);
            for (let i = 0; i < dots; i++) {
                const at = slot * HISTORY + (t.dots[slot] - 1 - i) % HISTORY;
                const x = Math.round(cx + (t.dotX[at] - view.x) * k), y = Math.round(cy - (t.dotY[at] - view.y) * k);
                if (raster.near(x, y)) raster.square(x, y, size, pixels.dot, 190 - 18 * i);
            }
        }
    }
    drawVectors(t, view) {
        const { raster, pixels } = this, k = view.scale * this.ratio * 60 * this.options.vector;
        for (const slot of this.order) {
            const x = t.px[slot], y = t.py[slot];
            raster.line(x, y, x + t.vx[slot] * k, y - t.vy[slot] * k, pixels.vector, 150);
        }
    }
    drawSymbols(picture, view, now, selected) {
        const t = picture.tracks, { raster, pixels } = this, sprites = this.spritesAt(view.scale), framed = view.scale > 4e-4;
        const many = this.order.length > 3000;
        for (const slot of this.order) {
            const x = Math.round(t.px[slot]), y = Math.round(t.py[slot]), source = sourceOf(t.flags[slot]), turn = t.turn[slot];
            const affiliation = t.affiliation[slot], colour = this.colourOf(t, slot, now);
            raster.mask(x, y, sprites.symbol[source][turn], colour);
            if (!many) raster.under(x, y, sprites.halo[source][turn], pixels.halo);
            if (framed || loud(t, slot)) {
                const name = AFFILIATIONS[affiliation] ?? 'unknown';
                raster.mask(x, y, sprites.frame[name], t.has(slot, FLAG.EMERGENCY) ? pixels.alarm : pixels[name]);
            }
            if (t.number[slot] === selected) raster.mask(x, y, sprites.ring, pixels.selected);
        }
    }
    drawLabels(picture, now, clock, selected) {
        const t = picture.tracks, { raster, pixels } = this, f = this.fontNow(), flash = Math.floor(clock / 500) % 2 === 0;
        for (const { slot, width, height, place, gap } of this.labelled) {
            if (!raster.near(t.px[slot], t.py[slot], 60)) continue;
            const [x, y] = corner(place, t.px[slot], t.py[slot], width, height, gap);
            raster.dim(Math.round(x) - 1, Math.round(y), Math.round(width) + 2, height);
        }
        for (const { slot, lines, width, height, place, gap } of this.labelled) {
            if (t.number[slot] === 0) continue;
            const px = t.px[slot], py = t.py[slot];
            if (!raster.near(px, py, 60)) continue;
            const [cx, cy] = corner(place, px, py, width, height, gap), x = Math.round(cx), y = Math.round(cy);
            const handoff = picture.handoffs[t.handoff[slot]], mine = t.number[slot] === selected;
            const colour = mine ? pixels.selected : this.labelColour(t, slot, handoff, now);
            const asked = handoff?.state === HANDOFF.PROPOSED || handoff?.state === HANDOFF.POINT_OUT;
            if (this.options.labels > 1 || mine) this.leader(px, py, x, y, width, height, asked ? colour : pixels.leader);
            lines.forEach((line, i) => {
                const dark = asked && !flash && i === lines.length - 1;
                raster.text(x, y + i * f.height, line, f, dark ? pixels.dim : i === 0 || mine || asked ? colour : this.second(colour));
                raster.textUnder(x, y + i * f.height, line, f, pixels.halo);
            });
        }
    }
    second(colour) {
        return colour === this.pixels.text ? this.pixels.dim : colour;
    }
    labelColour(t, slot, handoff, now) {
        const { pixels } = this;
        if (t.has(slot, FLAG.EMERGENCY)) return pixels.alarm;
        if (handoff?.state === HANDOFF.PROPOSED || handoff?.state === HANDOFF.POINT_OUT) return pixels.handoff;
        if (handoff?.state === HANDOFF.ACCEPTED && now - handoff.since_ms < 60000) return pixels.accepted;
        if (t.has(slot, FLAG.COASTING) || t.ageAt(slot, now) > STALE_S) return pixels.warning;
        return loud(t, slot) ? pixels[AFFILIATIONS[t.affiliation[slot]] ?? 'unknown'] : pixels.text;
    }
    leader(px, py, x, y, width, height, colour) {
        const ex = Math.max(x, Math.min(x + width, px)), ey = Math.max(y + 4, Math.min(y + height - 4, py));
        const d = Math.hypot(ex - px, ey - py), off = 7 * this.ratio;
        if (d > off + 2) this.raster.line(px + (ex - px) / d * off, py + (ey - py) / d * off, ex, ey, colour, 170);
    }
    // The track nearest to a place on the screen (in CSS pixels); 0 none.
    at(t, x, y) {
        let best = 0, least = (TOUCH_PX * this.ratio) ** 2;
        for (const slot of this.order) {
            const d = (t.px[slot] - x * this.ratio) ** 2 + (t.py[slot] - y * this.ratio) ** 2;
            if (d < least) {
                least = d;
                best = t.number[slot];
            }
        }
        return best || this.atLabel(t, x * this.ratio, y * this.ratio);
    }
    atLabel(t, x, y) {
        for (const { slot, width, height, place, gap } of this.labelled) {
            const [lx, ly] = corner(place, t.px[slot], t.py[slot], width, height, gap);
            if (x >= lx && x <= lx + width && y >= ly && y <= ly + height) return t.number[slot];
        }
        return 0;
    }
}
