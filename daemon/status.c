/* JSON by jansson; keys are the counters' names, values in the units their names end in. */
#include "daemon/status.h"

#include "base/unit.h"
#include "daemon/out_http.h"
#include "daemon/web/web.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FEED_SILENT_S 60.0

static void set_instant(json_t *o, const char *key, struct instant t)
{
    char text[40];

    if (instant_is_set(t)) {
        instant_print(t, text, sizeof text);
        json_object_set_new(o, key, json_string(text));
    } else {
        json_object_set_new(o, key, json_null());
    }
}

static void set_count(json_t *o, const char *key, uint64_t value)
{
    json_object_set_new(o, key, json_integer((json_int_t)value));
}

json_t *status_clock(struct loop *l)
{
    struct instant now;
    bool known = loop_now(l, &now);
    json_t *c = json_pack("{s:s, s:b, s:f, s:b}", "kind", l->time.scenario ? "scenario" : "wall", "known", known, "rate", l->time.map.rate, "replay", l->replay != NULL);

    set_instant(c, "now", known ? now : INSTANT_NONE);
    set_count(c, "beacons", l->time.beacons);
    set_count(c, "backwards", l->time.backwards);
    return c;
}

static json_t *picture_json(const struct loop *l)
{
    const struct picture *p = engine_picture(l->engine);
    struct picture_counters c = picture_counters(p);
    json_t *o = json_object();
    char digest[24];

#define X(row, help) set_count(o, #row, c.row);
    PICTURE_COUNTERS(X)
#undef X
    set_count(o, "tracks_confirmed", c.tracks_confirmed);
    set_count(o, "tracks_tentative", c.tracks_tentative);
    set_count(o, "plans_held", c.plans_held);
    snprintf(digest, sizeof digest, "%016llx", (unsigned long long)picture_digest(p));
    json_object_set_new(o, "digest", json_string(digest));
    return o;
}

static struct feed *feed_of(const struct loop *l, const char *name)
{
    for (unsigned i = 0; i < l->feeds; i++) {
        if (strcmp(feed_settings(l->feed[i])->name, name) == 0) {
            return l->feed[i];
        }
    }
    return NULL;
}

static json_t *feed_json(const struct loop *l, int number)
{
    const char *name = engine_feed_name(l->engine, number);
    const struct feed *f = feed_of(l, name);
    struct engine_feed_state s;
    json_t *o, *decoder = json_object();
    char address[80] = "";

    engine_feed_state(l->engine, number, &s);
    if (f) {
        feed_address(f, address, sizeof address);
    }
    o = json_pack("{s:s, s:b, s:b, s:s}", "name", name, "open", f != NULL, "enabled", s.enabled, "address", address);
    if (f) {
        struct feed_counters c = feed_counters(f);

#define X(row, help) set_count(o, #row, c.row);
        FEED_COUNTERS(X)
#undef X
    }
    set_count(o, "passed_over", s.passed_over);
    set_count(o, "reports", s.reports);
    set_instant(o, "last", s.last);
#define X(row, help) set_count(decoder, #row, s.decoder.row);
    DECODER_COUNTERS(X)
#undef X
    json_object_set_new(o, "decoder", decoder);
    return o;
}

static json_t *feeds_json(const struct loop *l)
{
    json_t *list = json_array();

    for (int i = 0; i < engine_feeds(l->engine); i++) {
        json_array_append_new(list, feed_json(l, i));
    }
    return list;
}

static json_t *outputs_json(const struct loop *l)
{
    json_t *list = json_array();
    struct publish_state s;

    for (unsigned i = 0; publish_state(l->publish, i, &s); i++) {
        json_t *o = json_pack("{s:s, s:s, s:s, s:b, s:s}", "name", s.settings->name, "kind", s.kind, "nation", s.settings->nation, "open", s.open, "address", s.address);

#define X(row, help) set_count(o, #row, s.counters.row);
        PUBLISH_COUNTERS(X)
#undef X
        set_count(o, "consumers", s.counters.consumers);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *tape_json(const struct loop *l)
{
    struct recorder_counters c;
    json_t *o;

    if (!l->recorder) {
        return json_null();
    }
    c = recorder_counters(l->recorder);
    o = json_pack("{s:s}", "path", recorder_path(l->recorder));
    set_count(o, "frames", c.frames);
    set_count(o, "frames_lost", c.frames_lost);
    set_count(o, "write_errors", c.write_errors);
    set_count(o, "snapshots", c.snapshots);
    set_count(o, "syncs", c.syncs);
    set_count(o, "waiting_octets", c.waiting_octets);
    set_count(o, "written_octets", c.written_octets);
    return o;
}

static json_t *web_json(const struct loop *l)
{
    struct web_counters c = web_counters(out_http_web(l->http));
    json_t *o = json_object();

#define X(row, help) set_count(o, #row, c.row);
    WEB_COUNTERS(X)
#undef X
    set_count(o, "viewers", c.viewers);
    set_count(o, "views", c.views);
    json_object_set_new(o, "tick_max_s", json_real(c.tick_max_s));
    return o;
}

json_t *status_all(struct loop *l)
{
    bool healthy;
    char http[80];
    json_t *o = json_pack("{s:s, s:s, s:s}", "version", AIRSEAM_VERSION, "node", l->config.settings->node.name, "nation", l->config.settings->node.nation);

    out_http_address(l->http, http, sizeof http);
    json_object_set_new(o, "http", json_string(http));
    json_object_set_new(o, "health", status_health(l, &healthy));
    json_object_set_new(o, "clock", status_clock(l));
    json_object_set_new(o, "picture", picture_json(l));
    json_object_set_new(o, "feeds", feeds_json(l));
    json_object_set_new(o, "outputs", outputs_json(l));
    json_object_set_new(o, "tape", tape_json(l));
    json_object_set_new(o, "web", web_json(l));
    set_count(o, "units", l->counters.units);
    set_count(o, "before_clock", l->counters.before_clock);
    set_count(o, "wakeups", l->counters.wakeups);
    set_count(o, "reloads", l->counters.reloads);
    set_count(o, "reloads_refused", l->counters.reloads_refused);
    json_object_set_new(o, "lag_s", json_real(l->counters.lag_s));
    json_object_set_new(o, "lag_max_s", json_real(l->counters.lag_max_s));
    return o;
}

json_t *status_sources(struct loop *l)
{
    json_t *list = json_array();
    struct picture_sensor s;

    for (uint32_t i = 0; picture_sensor(engine_picture(l->engine), i, &s); i++) {
        struct decoder_clock clock;
        int feed = engine_clock(l->engine, s.site.source, &clock);
        json_t *o = json_pack("{s:i, s:i, s:s, s:s, s:s, s:b, s:f, s:f, s:f, s:f}", "sac", s.site.source >> 8, "sic", s.site.source & 255, "name", s.site.name, "nation",
                              s.site.nation, "kind", site_kind_text(s.site.kind), "alive", s.alive, "period_s", s.period_s, "latency_s", s.latency_s,
                              "residual_range_m", s.residual_range_m, "residual_azimuth_deg", s.residual_azimuth_rad / UNIT_DEG);

        json_object_set_new(o, "registration", json_string(registration_state_text(s.registration.state)));
        set_instant(o, "last", s.last);
        set_count(o, "plots", s.plots);
        set_count(o, "services", s.services);
        set_count(o, "used", s.used);
        if (feed >= 0) {
            json_object_set_new(o, "feed", json_string(engine_feed_name(l->engine, feed)));
            json_object_set_new(o, "clock_offset_s", json_real(clock.offset_s));
            json_object_set_new(o, "clock_corrected", json_boolean(clock.corrected));
        }
        json_array_append_new(list, o);
    }
    return list;
}

/* A term of a bias with its doubt, in the units of their keys. */
static void set_term(json_t *o, const char *key, const char *sigma_key, double value, double var, double unit)
{
    json_object_set_new(o, key, json_real(value / unit));
    json_object_set_new(o, sigma_key, json_real(sqrt(var) / unit));
}

json_t *status_registration(struct loop *l)
{
    json_t *list = json_array();
    struct picture_sensor s;

    for (uint32_t i = 0; picture_sensor(engine_picture(l->engine), i, &s); i++) {
        const struct registration_found *r = &s.registration;
        const struct bias *b = &r->bias;
        json_t *o = json_pack("{s:i, s:i, s:s, s:s}", "sac", s.site.source >> 8, "sic", s.site.source & 255, "name", s.site.name, "registration",
                              registration_state_text(r->state));

        set_term(o, "range_m", "sigma_range_m", b->range_m, b->var_range_m2, 1.0);
        set_term(o, "gain_ppm", "sigma_gain_ppm", b->gain, b->var_gain, 1e-6);
        set_term(o, "azimuth_deg", "sigma_azimuth_deg", b->azimuth_rad, b->var_azimuth_rad2, UNIT_DEG);
        set_term(o, "time_s", "sigma_time_s", b->time_s, b->var_time_s2, 1.0);
        json_object_set_new(o, "noise_range", json_real(s.noise.range));
        json_object_set_new(o, "noise_azimuth", json_real(s.noise.azimuth));
        json_object_set_new(o, "nis", json_real(r->nis));
        set_count(o, "equations", (uint64_t)r->equations);
        set_count(o, "refused", r->refused);
        set_count(o, "jumps", r->jumps);
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *track_json(const struct track *t)
{
    json_t *o = json_pack("{s:I, s:f, s:f, s:f, s:f, s:f, s:f, s:i, s:b}", "number", (json_int_t)t->number, "lat_deg", t->at.lat_rad / UNIT_DEG, "lon_deg",
                          t->at.lon_rad / UNIT_DEG, "hae_m", t->at.hae_m, "speed_mps", track_speed_mps(t), "heading_deg", track_heading_rad(t) / UNIT_DEG,
                          "existence", t->existence, "plots", (int)t->plots, "coasting", (t->flags & TRACK_COASTING) != 0);
    char text[16];

    static const struct {
        uint32_t flag;
        const char *key;
    } doubts[] = {{TRACK_ADSB_CONTRADICTED, "adsb_contradicted"}, {TRACK_ADSB_UNSEEN, "adsb_unseen"}, {TRACK_DUPLICATE, "duplicate_address"}};

    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        if (t->flags & doubts[i].flag) {
            json_object_set_new(o, doubts[i].key, json_true());
        }
    }
    if (t->remotes) {
        json_t *list = json_array();

        for (unsigned i = 0; i < t->remotes; i++) {
            json_array_append_new(list, json_sprintf("%u/%u:%u", t->remote[i].source >> 8, t->remote[i].source & 255U, t->remote[i].number));
        }
        json_object_set_new(o, "remote_numbers", list);
    }
    if (ident_has(&t->ident, IDENT_MODE_S)) {
        snprintf(text, sizeof text, "%06x", t->ident.mode_s & 0xffffffU);
        json_object_set_new(o, "mode_s", json_string(text));
    }
    if (ident_has(&t->ident, IDENT_MODE_A)) {
        snprintf(text, sizeof text, "%04o", t->ident.mode_a & 07777U);
        json_object_set_new(o, "mode_a", json_string(text));
    }
    if (ident_has(&t->ident, IDENT_CALLSIGN)) {
        json_object_set_new(o, "callsign", json_string(t->ident.callsign));
    }
    if (t->level.flags & LEVEL_PRESSURE) {
        json_object_set_new(o, "pressure_m", json_real(t->level.pressure_m));
    }
    set_instant(o, "last", t->last);
    return o;
}

/* For the operator of this node: what its own nation may see. */
json_t *status_tracks(struct loop *l)
{
    const struct picture *p = engine_picture(l->engine);
    struct release_nation own;
    struct instant now;
    bool known = loop_now(l, &now);
    json_t *list = json_array();

    memcpy(own.code, l->config.settings->node.nation, sizeof own.code);
    for (uint32_t slot = 0; known && slot < picture_slots(p); slot++) {
        struct track t, seen;

        if (picture_at(p, slot, now, &t) && release_track(l->release, own, &t, now, &seen)) {
            json_array_append_new(list, track_json(&seen));
        }
    }
    return list;
}

/* ---- health ---- */

json_t *status_health(struct loop *l, bool *healthy)
{
    json_t *problems = json_array();
    struct instant now;
    bool known = loop_now(l, &now);
    unsigned heard = 0;

    if (!known) {
        json_array_append_new(problems, json_string("clock: no beacon heard yet"));
    }
    for (int i = 0; known && i < engine_feeds(l->engine); i++) {
        struct engine_feed_state s;

        engine_feed_state(l->engine, i, &s);
        heard += s.enabled && instant_is_set(s.last) && instant_diff(now, s.last) < FEED_SILENT_S;
    }
    if (known && heard == 0) {
        json_array_append_new(problems, json_string("feeds: none was heard in the last minute"));
    }
    if (l->recorder && recorder_counters(l->recorder).frames_lost > 0) {
        json_array_append_new(problems, json_string("tape: frames were lost"));
    }
    *healthy = json_array_size(problems) == 0;
    return json_pack("{s:b, s:o}", "healthy", *healthy, "problems", problems);
}
