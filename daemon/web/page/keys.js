// The keys: one row each; the list behind ? is made of the same rows. tar1090's where the meaning coincides.
//
// A row: keys as the browser names them (Shift+ for letters with shift), the word for the list, what is done. Keys of rows without a word are alternatives.
import { cycle } from './options.js';

export const KEYS = [
    [['w', 'a', 's', 'd', 'ArrowUp', 'ArrowLeft', 'ArrowDown', 'ArrowRight'], 'keyPan', (app, key) => app.nudge(key)],
    [['q', 'e', '-', '+', '='], 'keyZoom', (app, key) => app.zoomBy('qe-+='.indexOf(key) % 2 === 0 && key !== '=' ? 1 / 1.4 : 1.4)],
    [['h'], 'keyHome', app => app.goHome()],
    [['Escape', 'c'], 'keyClear', app => app.clear()],
    [['l'], 'keyLabels', app => app.set({ labels: app.options.labels ? 0 : 3 })],
    [['o', 'Shift+O'], 'keyMore', (app, key) => app.set({ labels: cycle([0, 1, 2, 3], app.options.labels, key === 'o' ? 1 : -1) })],
    [['k'], 'keyHistory', app => app.set({ history: app.options.history ? 0 : 5 })],
    [['PageUp', 'PageDown'], 'keyVector', (app, key) => app.set({ vector: cycle([0, 1, 2, 4, 8], app.options.vector, key === 'PageUp' ? 1 : -1) })],
    [['f'], 'keyFollow', app => app.set({ follow: !app.options.follow && app.options.selected > 0 })],
    [['i'], 'keyIsolate', app => app.filter({ only: app.options.filters.only ? 0 : app.options.selected })],
    [['u'], 'keyMilitary', app => app.onlyClasses(['military'])],
    [['Shift+U'], 'keyUnknown', app => app.onlyClasses(['primary', 'anonymous'])],
    [['Shift+H'], 'keyHide', app => app.bare()],
    [['/'], 'keySearch', app => app.search()],
    [['m'], 'keyMeasure', app => app.tool('measure')],
    [['r'], 'keyRings', app => app.tool('rings')],
    [['1', '2', '3', '4'], 'keyTabs', (app, key) => app.showTab(Number(key) - 1)],
    [['g'], 'keyCoverage', app => app.cover({ on: !app.options.coverage.on })],
    [['[', ']'], 'keyLayer', (app, key) => app.coverLayer(key === ']' ? 1 : -1)],
    [['p'], 'keySight', app => app.cover({ replies: !app.options.coverage.replies })],
    [['x'], 'keyMexico', app => app.toggleNation('MX')],
    [['n'], 'keyNext', app => app.nextHandoff()],
    [['Shift+A', 'Shift+R', 'Shift+C', 'Shift+F'], 'keyAccept', (app, key) => app.handoffKey(key)],
    [[' '], 'keyPause', app => app.togglePause()],
    [['.'], 'keyStep', app => app.step()],
    [[',', ';'], 'keyRate', (app, key) => app.faster(key === ';' ? 1 : -1)],
    [['t'], 'keyTheme', app => app.set({ theme: app.options.theme === 'dark' ? 'light' : 'dark' })],
    [['Shift+P'], 'keyProjection', app => app.set({ projection: app.options.projection === 'laea' ? 'polar' : 'laea' })],
    [['?'], 'keyHelp', app => app.help()],
];

const BY_KEY = new Map(KEYS.flatMap(([keys, , act]) => keys.map(key => [key, act])));

export function keyOf(event) {
    const letter = event.key.length === 1 && event.key.toUpperCase() !== event.key.toLowerCase();
    return letter ? (event.shiftKey ? 'Shift+' + event.key.toUpperCase() : event.key.toLowerCase()) : event.key;
}

// True where the key meant something.
export function press(app, event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const key = keyOf(event), act = BY_KEY.get(key);
    if (!act) return false;
    act(app, key);
    return true;
}
