// The tracks of the picture as columns, a slot each: what the daemon said of them, where that is on the plane, and where they have been. Pure.
import { A, E2, RADIAN } from './projection.js';
import { sums } from './proto.js';
import { FLAG } from './schema.js';

export const HISTORY = 8;             // dots a track
export const HISTORY_MS = 12000;      // of the picture's clock between them
const EXTRAPOLATE_MS = 30000;         // no further: then it stands, and looks stale
const SOUGHT_MS = 60000;             // a greater step of time is a seek
const DMPS = 0.1, FEET = 25;

const COLUMNS = {
    number: Uint32Array, lat: Float64Array, lon: Float64Array, speed: Float32Array, heading: Float32Array, altitude: Float32Array,
    climb: Float32Array, flags: Uint32Array, age: Float32Array, instant: Float64Array, x: Float64Array, y: Float64Array, vx: Float64Array,
    vy: Float64Array, modeS: Uint32Array, modeA: Uint16Array, nation: Uint8Array, kind: Uint8Array, affiliation: Uint8Array, plan: Uint32Array,
    dots: Uint8Array, lastDot: Float64Array, handoff: Int32Array, px: Float32Array, py: Float32Array, turn: Uint8Array,
};

export class Tracks {
    constructor(projection) {
        this.projection = projection;
        this.capacity = 0;
        this.slots = 0;       // in use or free: 0 .. slots - 1
        this.free = [];
        this.slotOf = new Map();
        this.callsign = [];
        this.text = [];       // what the labels of a slot say, until it changes
        this.grow(1024);
    }
    get count() {
        return this.slotOf.size;
    }
    grow(capacity) {
        for (const [name, Kind] of Object.entries(COLUMNS)) {
            const column = new Kind(capacity);
            if (this[name]) column.set(this[name]);
            this[name] = column;
        }
        const dotX = new Float32Array(capacity * HISTORY), dotY = new Float32Array(capacity * HISTORY);
        if (this.dotX) {
            dotX.set(this.dotX);
            dotY.set(this.dotY);
        }
        Object.assign(this, { capacity, dotX, dotY });
    }
    add(number) {
        if (!this.free.length && this.slots === this.capacity) this.grow(2 * this.capacity);
        const slot = this.free.length ? this.free.pop() : this.slots++;
        for (const name in COLUMNS) this[name][slot] = 0;
        this.number[slot] = number;
        this.handoff[slot] = -1;
        this.callsign[slot] = '';
        this.text[slot] = null;
        this.slotOf.set(number, slot);
        return slot;
    }
    remove(number) {
        const slot = this.slotOf.get(number);
        if (slot === undefined) return;
        this.slotOf.delete(number);
        this.number[slot] = 0;
        this.free.push(slot);
    }
    clear() {
        for (const number of [...this.slotOf.keys()]) this.remove(number);
    }
    // Columns of the message Tracks, holding at an instant. Returns the slots.
    update(columns, instant) {
        const numbers = sums(columns.number), point = [0, 0], slots = [];
        for (let i = 0; i < numbers.length; i++) {
            let slot = this.slotOf.get(numbers[i]);
            if (slot === undefined) slot = this.add(numbers[i]);
            else this.remember(slot, instant);
            const flags = columns.flags[i];
            this.lat[slot] = columns.lat_e5[i] / 1e5;
            this.lon[slot] = columns.lon_e5[i] / 1e5;
            this.speed[slot] = columns.speed_dmps[i] * DMPS;
            this.heading[slot] = columns.heading_ddeg[i] / 10;
            this.altitude[slot] = columns.altitude_25ft[i] * FEET;
            this.climb[slot] = columns.climb_dmps[i] * DMPS;
            this.flags[slot] = flags;
            this.age[slot] = columns.age_ds[i] / 10;
            this.instant[slot] = instant;
            this.text[slot] = null;
            this.place(slot, point);
            slots.push(slot);
        }
        return slots;
    }
    // To the plane: the position, and what a second of flight is there.
    place(slot, point) {
        const lat = this.lat[slot], lon = this.lon[slot], heading = this.heading[slot] * RADIAN, speed = this.speed[slot];
        this.projection.forward(lat, lon, point);
        const x = point[0], y = point[1];
        this.x[slot] = x;
        this.y[slot] = y;
        // a kilometre along the heading, by the ellipsoid's radii of curvature: the direction and stretch of the plane there
        const w = 1 - E2 * Math.sin(lat * RADIAN) ** 2, east = A / Math.sqrt(w), north = A * (1 - E2) / (w * Math.sqrt(w));
        const dLat = 1000 * Math.cos(heading) / north / RADIAN, dLon = 1000 * Math.sin(heading) / (east * Math.max(0.01, Math.cos(lat * RADIAN))) / RADIAN;
        const beyond = lat + dLat > 90;
        this.projection.forward(beyond ? 90 : lat + dLat, lon + dLon, point);
        this.vx[slot] = (point[0] - x) / 1000 * speed;
        this.vy[slot] = (point[1] - y) / 1000 * speed;
        const along = Math.atan2(point[0] - x, point[1] - y) / RADIAN;
        this.turn[slot] = Math.round((along + 360) % 360 / 10) % 36;
    }
    identify(columns) {
        const numbers = sums(columns.number), letters = columns.callsign ?? new Uint8Array();
        for (let i = 0; i < numbers.length; i++) {
            const slot = this.slotOf.get(numbers[i]);
            if (slot === undefined) continue;
            const kind = columns.kind[i];
            this.modeS[slot] = columns.mode_s[i];
            this.modeA[slot] = columns.mode_a[i];
            this.nation[slot] = kind & 7;
            this.kind[slot] = kind >> 3 & 7;
            this.affiliation[slot] = kind >> 6;
            this.plan[slot] = columns.plan[i] ?? 0;
            this.callsign[slot] = String.fromCharCode(...letters.subarray(8 * i, 8 * i + 8)).trim();
            this.text[slot] = null;
        }
    }
    // Keeps the position that it is about to leave, once in HISTORY_MS; after a seek what was before says nothing.
    remember(slot, instant) {
        const gone = instant - this.instant[slot];
        if (gone < 0 || gone > SOUGHT_MS) {
            this.dots[slot] = 0;
            this.lastDot[slot] = instant;
        } else if (!this.lastDot[slot]) this.lastDot[slot] = this.instant[slot] - HISTORY_MS;
        if (gone < 0 || gone > SOUGHT_MS || this.instant[slot] - this.lastDot[slot] < HISTORY_MS) return;
        const at = slot * HISTORY + this.dots[slot] % HISTORY;
        this.dotX[at] = this.x[slot];
        this.dotY[at] = this.y[slot];
        this.dots[slot] = this.dots[slot] === 2 * HISTORY - 1 ? HISTORY : this.dots[slot] + 1;
        this.lastDot[slot] = this.instant[slot];
    }
    forget() {
        this.dots.fill(0);
    }
    reproject(projection) {
        const point = [0, 0];
        this.projection = projection;
        this.forget();
        for (const slot of this.slotOf.values()) this.place(slot, point);
    }
    // Seconds from what is known of a slot to now.
    ahead(slot, now) {
        return Math.max(-EXTRAPOLATE_MS, Math.min(EXTRAPOLATE_MS, now - this.instant[slot])) / 1000;
    }
    // Seconds since its latest plot.
    ageAt(slot, now) {
        return this.age[slot] + Math.max(0, now - this.instant[slot]) / 1000;
    }
    has(slot, flag) {
        return (this.flags[slot] & flag) !== 0;
    }
}

const RADAR = FLAG.PRIMARY | FLAG.SECONDARY;
// Which symbol: what supports the track now.
export const SOURCES = ['primary', 'secondary', 'adsb', 'fused', 'feed'];
export function sourceOf(flags) {
    const kinds = flags & (RADAR | FLAG.ADSB | FLAG.MLAT);
    if (!kinds) return flags & FLAG.FOREIGN ? 4 : 0;
    if (kinds === FLAG.PRIMARY) return 0;
    if (kinds === FLAG.ADSB || kinds === FLAG.MLAT) return 2;
    if (kinds === FLAG.SECONDARY && flags & FLAG.MONOSENSOR) return 1;
    return kinds === FLAG.SECONDARY ? 1 : 3;
}
