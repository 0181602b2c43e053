// Sets of sensors for the coverage study: what the page's switches say, as terms of `airseam coverage --where`. Pure.
import { NATIONS } from './schema.js';

// Groups that can be left out at a stroke: a word for the address, and the terms that leave them out.
export const GROUPS = [
    ['aerostat', 'except flags=aerostat'],
    ['air-defence', 'except flags=air-defence'],
    ['en-route', 'except flags=en-route'],
    ['terminal', 'except flags=terminal'],
    ['ads-b', 'except kind=adsb'],
    ['placeholder', 'except flags=placeholder'],
];

export const PRESETS = [
    ['baseline', 'nation=US,CA flags=norad-2005'],
    ['usca', 'nation=US,CA status!=closed'],
    ['all', 'status!=closed'],
];

export function where(set) {
    if (set.where) return set.where;
    const parts = ['status!=closed'];
    if (set.nations.length < NATIONS.length - 2) parts.unshift(set.nations.length ? 'nation=' + set.nations.join(',') : 'nation=none');
    for (const [word, terms] of GROUPS) if (set.without.includes(word)) parts.push(terms);
    return parts.join(' ');
}

export function ask(set) {
    if (!set.on) return { none: true };
    const comparing = set.compare !== null;
    return {
        layer: set.layer, replies: set.replies, where: where(set), out: set.out, live: set.live,
        comparing, compare: comparing ? set.compare : '', compare_out: [],
    };
}

export function toggle(list, item) {
    return list.includes(item) ? list.filter(other => other !== item) : [...list, item];
}
