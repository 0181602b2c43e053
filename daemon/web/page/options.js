// Small helpers for what people choose among. Pure.

export const cycle = (list, value, by) => list[(list.indexOf(value) + by + list.length) % list.length];
export const RATES = [0.1, 0.25, 0.5, 1, 2, 4, 10, 25, 50, 100];
export const faster = (rate, by) => {
    const nearest = RATES.reduce((best, r, i) => Math.abs(Math.log(r / rate)) < Math.abs(Math.log(RATES[best] / rate)) ? i : best, 0);
    return RATES[Math.max(0, Math.min(RATES.length - 1, nearest + by))];
};
// The bands that people name, in feet.
export const BANDS = [['all', 0, 60000], ['lowBand', 0, 10000], ['midBand', 10000, 24000], ['highBand', 24000, 35000], ['topBand', 35000, 60000]];

const two = n => String(n).padStart(2, '0');
export const clock = ms => {
    const d = new Date(ms);
    return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}:${two(d.getUTCSeconds())}`;
};
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
export const date = ms => {
    const d = new Date(ms);
    return `${two(d.getUTCDate())} ${MONTHS[d.getUTCMonth()]} ${d.getUTCFullYear()}`;
};
// "4 s", "2 min 05", "3 h 20"
export const lasting = s => s < 100 ? `${s < 10 ? Math.max(0, s).toFixed(1) : Math.round(s)} s` : s < 6000 ? `${Math.floor(s / 60)} min ${two(Math.round(s) % 60)}` : `${Math.floor(s / 3600)} h ${two(Math.floor(s / 60) % 60)}`;
// "2:05", "-0:10"
export const countdown = s => `${s < 0 ? '−' : ''}${Math.floor(Math.abs(s) / 60)}:${two(Math.floor(Math.abs(s)) % 60)}`;
// 12 345 with thin spaces, as all three languages can read it
export const grouped = n => String(Math.round(n)).replace(/\B(?=(\d{3})+(?!\d))/g, '\u202f');
export const degrees = (lat, lon) => `${part(lat, 2, 'N', 'S')} ${part(lon, 3, 'E', 'W')}`;
function part(value, digits, plus, minus) {
    const tenths = Math.round(Math.abs(value) * 600), whole = Math.floor(tenths / 600);
    return `${String(whole).padStart(digits, '0')}°${(tenths % 600 / 10).toFixed(1).padStart(4, '0')}′${value < 0 ? minus : plus}`;
}
