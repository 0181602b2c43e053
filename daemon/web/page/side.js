// The side panel: four tabs.
import { Coverage } from './panel_coverage.js';
import { el, put, say } from './dom.js';
import { Handoffs } from './panel_handoffs.js';
import { Health } from './panel_health.js';
import { TrackPanel } from './panel_track.js';
import { HEALTH } from './schema.js';
import { t } from './strings.js';
import { TABS } from './url.js';

export class Side {
    constructor(app) {
        this.app = app;
        this.panel = { track: new TrackPanel(app), handoffs: new Handoffs(app), coverage: new Coverage(app), health: new Health(app) };
        this.build();
    }
    build() {
        const { app } = this;
        this.counts = {};
        this.tabs = TABS.map(name => el('button', { role: 'tab', id: 'tab-' + name, onclick: () => app.set({ tab: name }) }, t(name), this.counts[name] = el('b')));
        this.body = el('div', { role: 'tabpanel', class: 'panel', id: 'panel' });
        put(document.getElementById('side'), el('div', { class: 'tabs', role: 'tablist' }, this.tabs), this.body);
        this.shown = null;
        this.update();
    }
    showSensor(sensor) {
        this.app.set({ tab: 'health' });
        this.panel.health.choose(sensor.source);
    }
    update() {
        const { app } = this, { tab } = app.options;
        if (this.shown !== tab) {
            this.shown = tab;
            this.tabs.forEach((button, i) => button.setAttribute('aria-selected', TABS[i] === tab));
            this.body.className = 'panel';
            put(this.body);
            this.body.rowsByKey = undefined;
            this.panel[tab].build(this.body);
        }
        this.panel[tab].update();
        const open = app.openHandoffs().length, lost = app.picture.tally()[HEALTH.RED];
        this.count('handoffs', open, 'warn');
        this.count('health', lost, 'bad');
    }
    count(name, n, kind) {
        say(this.counts[name], n ? String(n) : '');
        this.counts[name].className = kind;
    }
}
