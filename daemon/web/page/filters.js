// Which tracks are shown: filters as the page keeps them, as a test of one slot, and as the daemon is asked. Pure.
import { CLASS, NATIONS } from './schema.js';
import { SOURCES, sourceOf } from './tracks.js';

export const CLASSES = ['primary', 'anonymous', 'civil', 'military'];
export const LOWEST = 0, HIGHEST = 60000; // feet, where "no limit" begins

export const noFilters = () => ({
    low: LOWEST, high: HIGHEST,
    nations: NATIONS.map(() => true), classes: CLASSES.map(() => true), sources: SOURCES.map(() => true),
    callsign: '', only: 0,
});

export const active = f => f.low > LOWEST || f.high < HIGHEST || f.callsign !== '' || f.only !== 0
    || [f.nations, f.classes, f.sources].some(list => list.includes(false));

// A beginning, or a regular expression as tar1090 takes it; one that is not well formed matches its own letters.
export function callsignTest(text) {
    if (!text) return null;
    try {
        const pattern = new RegExp('^(?:' + text + ')', 'i');
        return value => pattern.test(value);
    } catch {
        return value => value.startsWith(text.toUpperCase());
    }
}

const HAS_ALTITUDE = 32;

// (tracks, slot) => shown. Tracks whose altitude is not known stay: they are the ones to look at.
export function compile(f) {
    const callsign = callsignTest(f.callsign), banded = f.low > LOWEST || f.high < HIGHEST;
    const top = f.high >= HIGHEST ? Infinity : f.high, bottom = f.low <= LOWEST ? -Infinity : f.low;
    return (t, slot) => {
        if (f.only && t.number[slot] !== f.only) return false;
        if (!f.nations[t.nation[slot]] || !f.classes[t.kind[slot]] || !f.sources[sourceOf(t.flags[slot])]) return false;
        if (banded && t.flags[slot] & HAS_ALTITUDE && (t.altitude[slot] < bottom || t.altitude[slot] > top)) return false;
        return !callsign || callsign(t.callsign[slot]) || callsign(squawk(t.modeA[slot])) || callsign(address(t.modeS[slot]));
    };
}

export const squawk = modeA => modeA ? (modeA - 1).toString(8).padStart(4, '0') : '';
export const address = modeS => modeS ? (modeS - 1).toString(16).toUpperCase().padStart(6, '0') : '';
export const militaryOnly = f => Object.assign(f, { classes: CLASSES.map((_, i) => i === CLASS.MILITARY) });
