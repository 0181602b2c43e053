// The picture as the page knows it: what the daemon's frames have said so far. Pure: no clock of its own, no document.
import { Observed } from './observed.js';
import { sums } from './proto.js';
import { HANDOFF, HEALTH, TIME } from './schema.js';
import { Tracks } from './tracks.js';

const EVENTS_KEPT = 500;
const OPEN = [HANDOFF.PROPOSED, HANDOFF.POINT_OUT];

export class Picture {
    constructor(projection) {
        this.tracks = new Tracks(projection);
        this.observed = new Observed();
        this.sensors = new Map();   // by source
        this.events = [];           // oldest first
        this.handoffs = [];
        this.histogram = { automatic: [], manual: [] };
        this.coverage = null;
        this.region = null;         // Rings that were sent once stay
        this.detail = null;
        this.welcome = null;
        this.counts = { tracks: 0, shown: 0, sensors_alive: 0, plots_per_s: 0, viewers: 0 };
        this.time = { state: TIME.WAITING, instant_ms: 0, lag_ms: 0, rate_milli: 1000, paused: false, first_ms: 0, last_ms: 0, tape: '' };
        this.arrived = 0;           // on the page's clock, of the latest frame
        this.version = {};          // how often each part has changed, for those who show it
    }
    changed(part) {
        this.version[part] = (this.version[part] ?? 0) + 1;
    }
    // Takes one frame that arrived at `at` ms of the page's clock.
    apply(frame, at) {
        if (frame.version > 1) throw new TypeError('a newer daemon: load the page again');
        if (frame.time) this.setTime(frame.time, at);
        this.applyTracks(frame);
        this.applySensors(frame);
        if (frame.event.length) {
            this.events = (frame.keyframe ? [] : this.events).concat(frame.event).slice(-EVENTS_KEPT);
            this.changed('events');
        }
        if (frame.handoffs) this.setHandoffs(frame.handoffs);
        if (frame.coverage) this.setCoverage(frame.coverage);
        if (frame.detail) {
            this.detail = frame.detail;
            this.changed('detail');
        }
        if (frame.welcome) {
            this.welcome = frame.welcome;
            this.changed('welcome');
        }
        if (frame.picture) this.counts = frame.picture;
        this.changed('frame');
    }
    setTime(time, at) {
        const before = this.time;
        this.time = time;
        this.arrived = at;
        if (before.state !== time.state || before.paused !== time.paused || before.rate_milli !== time.rate_milli) this.changed('time');
    }
    applyTracks(frame) {
        const t = this.tracks;
        if (frame.keyframe && frame.tracks) {
            const there = new Set(sums(frame.tracks.number));
            for (const number of [...t.slotOf.keys()]) if (!there.has(number)) t.remove(number);
        } else if (frame.keyframe && frame.time) {
            t.clear();
        }
        for (const number of sums(frame.gone)) t.remove(number);
        if (frame.tracks) for (const slot of t.update(frame.tracks, this.time.instant_ms)) this.observed.note(t, slot);
        if (frame.idents) t.identify(frame.idents);
        if (frame.idents && this.handoffs.length) this.markHandoffs();
    }
    applySensors(frame) {
        if (frame.keyframe && frame.sensor.length) this.sensors.clear();
        for (const sensor of frame.sensor) {
            const place = { lat: sensor.lat_e5 / 1e5, lon: sensor.lon_e5 / 1e5, health: HEALTH.SILENT, age_ds: 0, rate_dps: 0, latency_ms: 0,
                bias_range_m: 0, bias_azimuth_mdeg: 0, measured_ms: 0 };
            this.sensors.set(sensor.source, Object.assign(this.sensors.get(sensor.source) ?? place, sensor, { lat: place.lat, lon: place.lon }));
        }
        if (frame.states) {
            const s = frame.states;
            sums(s.source).forEach((source, i) => Object.assign(this.sensors.get(source) ?? {}, {
                health: s.health[i], age_ds: s.age_ds[i], rate_dps: s.rate_dps[i], latency_ms: s.latency_ms[i], bias_range_m: s.bias_range_m[i],
                bias_azimuth_mdeg: s.bias_azimuth_mdeg[i], measured_ms: s.period_ms[i],
            }));
        }
        if (frame.sensor.length || frame.states) this.changed('sensors');
    }
    setHandoffs(message) {
        this.handoffs = message.handoff;
        this.histogram = { automatic: message.automatic_s, manual: message.manual_s };
        this.markHandoffs();
        this.changed('handoffs');
    }
    // Which handoff a data block tells of: an open one, else the latest.
    markHandoffs() {
        const t = this.tracks;
        t.handoff.fill(-1);
        this.handoffs.forEach((handoff, i) => {
            const slot = t.slotOf.get(handoff.track);
            if (slot === undefined) return;
            const other = this.handoffs[t.handoff[slot]];
            if (!other || OPEN.includes(handoff.state) || (!OPEN.includes(other.state) && handoff.since_ms >= other.since_ms)) t.handoff[slot] = i;
            t.text[slot] = null;
        });
    }
    setCoverage(coverage) {
        if (coverage.region) this.region = coverage.region;
        this.coverage = coverage;
        this.changed('coverage');
    }
    // The instant of the picture at `at` ms of the page's clock.
    now(at) {
        const { instant_ms, rate_milli, paused } = this.time;
        return paused ? instant_ms : instant_ms + (at - this.arrived) * (rate_milli || 1000) / 1000;
    }
    // Sensors by health.
    tally() {
        const count = [0, 0, 0, 0, 0];
        for (const sensor of this.sensors.values()) count[sensor.health]++;
        return count;
    }
}
