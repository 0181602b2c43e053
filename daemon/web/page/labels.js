// Data blocks in the manner of the United States' en route displays (ERAM), and where they go. Pure.
//
// Full block: callsign; altitude with an arrow while it climbs or descends; a number of the track and field E, which alternates between
// ground speed in knots and what is going on: Hxx proposed to xx, Oxx accepted, Kxx taken by force, CST coasting.
import { address, squawk } from './filters.js';
import { FLAG, HANDOFF } from './schema.js';

const KNOTS = 3600 / 1852, LEVEL_MPS = 1.5;
export const LEVELS = ['none', 'callsign', 'limited', 'full'];

export function name(t, slot) {
    return t.callsign[slot] || (t.modeS[slot] ? address(t.modeS[slot]) : t.modeA[slot] ? squawk(t.modeA[slot]) : String(t.number[slot]));
}

// "350", "350↑", "012↓", "---" in hundreds of feet.
export function altitude(t, slot) {
    if (!t.has(slot, FLAG.HAS_ALTITUDE)) return '---';
    const hundreds = String(Math.max(0, Math.round(t.altitude[slot] / 100))).padStart(3, '0');
    const climb = t.has(slot, FLAG.HAS_CLIMB) ? t.climb[slot] : 0;
    return hundreds + (climb > LEVEL_MPS ? '↑' : climb < -LEVEL_MPS ? '↓' : '');
}

const sector = text => (text.split('/').pop() || text).slice(0, 4).toUpperCase();
const PREFIX = { [HANDOFF.PROPOSED]: 'H', [HANDOFF.ACCEPTED]: 'O', [HANDOFF.FORCED]: 'K', [HANDOFF.POINT_OUT]: 'P' };
const SHOWN_MS = 60000; // accepted and forced are told for so long

// What field E says of a handoff; '' nothing. Flashing while somebody has to act.
export function fieldE(handoff, now) {
    const prefix = handoff && PREFIX[handoff.state];
    if (!prefix) return '';
    const open = handoff.state === HANDOFF.PROPOSED || handoff.state === HANDOFF.POINT_OUT;
    return open || now - handoff.since_ms < SHOWN_MS ? prefix + sector(handoff.to) : '';
}

export const speed = (t, slot) => String(Math.round(t.speed[slot] * KNOTS)).padStart(3, '0');

// The lines of a block. `coast` seconds since its latest plot, where it coasts.
export function block(t, slot, level, handoff, now) {
    if (level === 0) return [];
    if (level === 1) return [name(t, slot)];
    const e = fieldE(handoff, now);
    if (level === 2) return e ? [name(t, slot), altitude(t, slot) + ' ' + e] : [name(t, slot), altitude(t, slot)];
    const third = t.has(slot, FLAG.EMERGENCY) ? 'EM' + (squawk(t.modeA[slot]) || 'RG') : t.has(slot, FLAG.COASTING) ? 'CST' + Math.round(t.ageAt(slot, now))
        : e || speed(t, slot);
    return [name(t, slot), altitude(t, slot) + (t.has(slot, FLAG.HAS_ALTITUDE) && t.has(slot, FLAG.GEOMETRIC) ? 'G' : ''),
        String(t.number[slot] % 1000).padStart(3, '0') + ' ' + third];
}

// Places for blocks around their symbols, in the order in which they are tried: right above first, as eyes expect.
export const PLACES = [[1, -1], [1, 1], [-1, -1], [-1, 1], [1, 0], [-1, 0], [0, -1], [0, 1]];

// Which parts of the screen are taken, in squares of CELL pixels.
const CELL = 6;
export class Grid {
    resize(width, height) {
        this.columns = Math.ceil(width / CELL) + 1;
        this.rows = Math.ceil(height / CELL) + 1;
        const size = this.columns * this.rows;
        if (this.taken?.length !== size) this.taken = new Uint8Array(size);
    }
    clear() {
        this.taken.fill(0);
    }
    // Takes a box if it is free and on the screen.
    take(x, y, width, height) {
        const c0 = Math.floor(x / CELL), r0 = Math.floor(y / CELL), c1 = Math.floor((x + width) / CELL), r1 = Math.floor((y + height) / CELL);
        if (c0 < 0 || r0 < 0 || c1 >= this.columns || r1 >= this.rows) return false;
        for (let r = r0; r <= r1; r++) {
            const row = r * this.columns;
            for (let c = c0; c <= c1; c++) if (this.taken[row + c]) return false;
        }
        for (let r = r0; r <= r1; r++) this.taken.fill(1, r * this.columns + c0, r * this.columns + c1 + 1);
        return true;
    }
    mark(x, y, width, height) {
        const c0 = Math.max(0, Math.floor(x / CELL)), r0 = Math.max(0, Math.floor(y / CELL));
        const c1 = Math.min(this.columns - 1, Math.floor((x + width) / CELL)), r1 = Math.min(this.rows - 1, Math.floor((y + height) / CELL));
        for (let r = r0; r <= r1; r++) if (c0 <= c1) this.taken.fill(1, r * this.columns + c0, r * this.columns + c1 + 1);
    }
}

// Top left corner of a block of this size beside a symbol at x, y; gap: length of the leader.
export function corner(place, x, y, width, height, gap) {
    const [h, v] = PLACES[place];
    return [h > 0 ? x + gap : h < 0 ? x - gap - width : x - width / 2, v < 0 ? y - gap - height + 8 : v > 0 ? y + gap - 8 : y - height / 2];
}
