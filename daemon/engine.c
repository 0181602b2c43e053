/* Units → decoders → picture. Everything here happens in the order of the calls; what differs between a live run and a replay is only who calls. */
#include "daemon/engine.h"

#include "base/err.h"
#include "base/text.h"
#include "daemon/config.h"
#include "daemon/sites.h"
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct feed {
    char name[ENGINE_NAME];
    struct decoder_settings settings;
    struct decoder *decoder;
    struct engine_feed_state state;
};

struct engine {
    struct engine_sink sink;
    struct picture *picture;
    struct instant now;
    int current; /* feed whose unit is being decoded */
    int feeds;
    struct feed feed[ENGINE_FEEDS];
    uint8_t off[ENGINE_SOURCES / 8]; /* a bit for each source that is passed over */
};

static void advance(struct engine *e, struct instant now)
{
    if (instant_is_set(now) && instant_before(e->now, now)) {
        e->now = now;
    }
}

/* ---- what decoders and the picture say ---- */

static struct instant arrival_of(const struct report *r)
{
    switch ((enum report_kind)r->kind) {
    case REPORT_PLOT: return r->plot.arrival;
    case REPORT_SERVICE: return r->service.arrival;
    case REPORT_PLAN: return r->plan.arrival;
    case REPORT_SENSOR:
    case REPORT_KINDS: break;
    }
    return INSTANT_NONE;
}

static uint16_t source_of(const struct report *r)
{
    return r->kind == REPORT_PLOT ? r->plot.source : r->kind == REPORT_SERVICE ? r->service.source : 0;
}

bool engine_sensor_off(const struct engine *e, uint16_t source)
{
    return e->off[source / 8] >> source % 8 & 1;
}

static void on_report(void *context, const struct report *r)
{
    struct engine *e = context;
    uint16_t source = source_of(r);

    e->feed[e->current].state.reports++;
    advance(e, arrival_of(r));
    if (e->sink.report) {
        e->sink.report(e->sink.context, e->current, r);
    }
    if (source == 0 || !engine_sensor_off(e, source)) {
        picture_input(e->picture, r, e->now);
    }
}

static void on_decoder_notice(void *context, const struct notice *n)
{
    struct engine *e = context;

    e->feed[e->current].state.notices[n->kind]++;
    if (e->sink.notice) {
        e->sink.notice(e->sink.context, e->current, n);
    }
}

static void on_picture_notice(void *context, const struct notice *n)
{
    struct engine *e = context;

    if (e->sink.notice) {
        e->sink.notice(e->sink.context, -1, n);
    }
}

static void on_event(void *context, const struct track_event *event)
{
    struct engine *e = context;

    if (e->sink.event) {
        e->sink.event(e->sink.context, event);
    }
}

/* ---- settings ---- */

static struct picture_settings capacities_of(const struct settings *s)
{
    struct picture_settings p = picture_settings_default();

    p.tracks = s->tracker.tracks;
    p.plots = s->tracker.plots;
    p.sensors = s->tracker.sensors;
    p.coast_max_s = s->tracker.coast_max_s;
    p.plans = s->tracker.plans;
    p.identity = s->tracker.identity;
    p.registration = s->tracker.registration;
    p.sigma_maps = s->tracker.sigma_maps;
    p.retro_merge = s->tracker.retro_merge;
    p.height_estimation = s->tracker.height_estimation;
    return p;
}

/* The operator's rules of identification; the usual ones where he has none. */
static void apply_classes(struct engine *e, const struct settings *s)
{
    struct classify_rule rule[CLASSIFY_RULES];
    uint32_t count = s->classes;
    const struct classify_rule *rules = count ? rule : classify_usual(&count);

    for (uint32_t i = 0; i < s->classes; i++) {
        const struct settings_class *c = &s->class[i];

        rule[i] = (struct classify_rule){.class = c->class, .plan = c->plan, .transponder = c->transponder, .flight_type = c->flight_type[0],
                                         .code_first = (uint16_t)c->codes.first, .code_last = (uint16_t)c->codes.last, .address_first = c->addresses.first,
                                         .address_last = c->addresses.last, .age_below_s = c->age_below_s};
        memcpy(rule[i].callsign, c->callsign, sizeof rule[i].callsign);
    }
    picture_set_rules(e->picture, rules, count);
}
_Static_assert(SETTINGS_CLASSES <= CLASSIFY_RULES, "every rule has room");

static struct decoder_settings decoder_of(const struct settings_feed *f)
{
    static const uint8_t formats[] = {[SETTINGS_ASTERIX] = DECODER_ASTERIX, [SETTINGS_CSV] = DECODER_CSV, [SETTINGS_PB] = DECODER_PB, [SETTINGS_FINAL] = DECODER_ASTERIX,
                                      [SETTINGS_CD2] = DECODER_CD2};
    struct decoder_settings d = decoder_settings_default();

    d.format = formats[f->format];
    d.clock_tolerance_s = f->clock_tolerance_s;
    d.editions = f->editions.count;
    for (uint32_t i = 0; i < d.editions; i++) {
        d.edition[i].source = f->editions.edition[i].source;
        d.edition[i].category = f->editions.edition[i].category;
        memcpy(d.edition[i].edition, f->editions.edition[i].edition, sizeof d.edition[i].edition);
    }
    d.sources = f->sources.count;
    memcpy(d.source, f->sources.source, sizeof d.source);
    return d;
}

static bool alike_editions(const struct decoder_settings *a, const struct decoder_settings *b)
{
    for (uint32_t i = 0; i < a->editions; i++) {
        const struct decoder_edition *one = &a->edition[i], *other = &b->edition[i];

        if (one->source != other->source || one->category != other->category || strncmp(one->edition, other->edition, sizeof one->edition) != 0) {
            return false;
        }
    }
    return true;
}

/* Member by member: what lies between members is nobody's, and a replay has to decide as the live run did. */
static bool alike(const struct decoder_settings *a, const struct decoder_settings *b)
{
    return a->format == b->format && instant_cmp(a->date, b->date) == 0 && a->editions == b->editions && a->sources == b->sources &&
           memcmp(a->source, b->source, a->sources * sizeof a->source[0]) == 0 && alike_editions(a, b) &&
           memcmp(&a->clock_tolerance_s, &b->clock_tolerance_s, sizeof a->clock_tolerance_s) == 0;
}

int engine_find_feed(const struct engine *e, const char *name)
{
    for (int i = 0; i < e->feeds; i++) {
        if (strcmp(e->feed[i].name, name) == 0) {
            return i;
        }
    }
    return ERR_UNKNOWN;
}

int engine_feeds(const struct engine *e)
{
    return e->feeds;
}

const char *engine_feed_name(const struct engine *e, int feed)
{
    return e->feed[feed].name;
}

int engine_add_feed(struct engine *e, const char *name, const struct decoder_settings *d, const char **error)
{
    int index = engine_find_feed(e, name);
    struct decoder *decoder;
    struct feed *f;

    if (index >= 0 && alike(&e->feed[index].settings, d)) {
        return index;
    }
    if (index < 0 && e->feeds == ENGINE_FEEDS) {
        return ERR_FULL;
    }
    decoder = decoder_new(d, error);
    if (!decoder) {
        return ERR_UNKNOWN;
    }
    f = &e->feed[index >= 0 ? index : e->feeds];
    if (index < 0) {
        index = e->feeds++;
        snprintf(f->name, sizeof f->name, "%s", name);
        f->state = (struct engine_feed_state){.enabled = true, .last = INSTANT_NONE};
    }
    decoder_free(f->decoder);
    f->decoder = decoder;
    f->settings = *d;
    return index;
}

/* Feeds of the settings in, feeds that are gone off. Editions were checked when the settings came in (engine_check), so that failing here means
 * that memory is short: the feed then stays as it was. */
static void apply_feeds(struct engine *e, const struct settings *s)
{
    for (int i = 0; i < e->feeds; i++) {
        e->feed[i].state.enabled = false;
    }
    for (uint32_t i = 0; i < s->feeds; i++) {
        struct decoder_settings d = decoder_of(&s->feed[i]);
        int index = engine_add_feed(e, s->feed[i].name, &d, NULL);

        if (index >= 0) {
            e->feed[index].state.enabled = s->feed[i].enabled;
        }
    }
}

static void apply_sites(struct engine *e, const struct settings *s)
{
    for (uint32_t i = 0; i < s->sites; i++) {
        struct site site = sites_from_settings(&s->site[i]);

        picture_add_sensor(e->picture, &site);
    }
}

const char *engine_check(const struct settings *s, const char **feed)
{
    for (uint32_t i = 0; i < s->feeds; i++) {
        struct decoder_settings d = decoder_of(&s->feed[i]);
        const char *error = "memory is short";
        struct decoder *decoder = decoder_new(&d, &error);

        *feed = s->feed[i].name;
        if (!decoder) {
            return error;
        }
        decoder_free(decoder);
    }
    return NULL;
}

struct engine *engine_new(const struct settings *s, const struct engine_sink *sink)
{
    struct engine *e = calloc(1, sizeof *e);

    if (!e) {
        return NULL;
    }
    e->sink = *sink;
    e->now = INSTANT_NONE;
    struct picture_settings capacities = capacities_of(s);
    e->picture = picture_new(&capacities);
    if (!e->picture) {
        engine_free(e);
        return NULL;
    }
    apply_sites(e, s);
    apply_classes(e, s);
    apply_feeds(e, s);
    return e;
}

void engine_free(struct engine *e)
{
    if (!e) {
        return;
    }
    for (int i = 0; i < e->feeds; i++) {
        decoder_free(e->feed[i].decoder);
    }
    picture_free(e->picture);
    free(e);
}

/* ---- inputs ---- */

int engine_input(struct engine *e, int feed, const uint8_t *bytes, size_t size, uint64_t offset, struct instant arrival)
{
    struct decoder_sink sink = {{on_report, e}, {on_decoder_notice, e}};
    assert(feed >= 0 && feed < e->feeds);
    struct feed *f = &e->feed[feed];
    if (instant_is_set(arrival)) {
        advance(e, arrival);
        arrival = e->now;
        f->state.last = arrival;
    }
    if (!f->state.enabled) {
        f->state.passed_over++;
        return 0;
    }
    f->state.units++;
    f->state.bytes += size;
    e->current = feed;
    return decoder_input(f->decoder, bytes, size, offset, arrival, &sink);
}

void engine_settings(struct engine *e, const struct settings *s, struct instant now)
{
    engine_expire(e, now);
    apply_sites(e, s);
    apply_classes(e, s);
    apply_feeds(e, s);
}

static int command_sensor(struct engine *e, const char *verb, const char *name, struct instant now)
{
    unsigned sac, sic;
    char more;

    if (sscanf(name, "%3u/%3u%c", &sac, &sic, &more) != 2 || sac > 255 || sic > 255) {
        return ERR_FORMAT;
    }
    uint16_t source = site_source(sac, sic);
    engine_expire(e, now);
    e->off[source / 8] = (uint8_t)((e->off[source / 8] & ~(1u << source % 8)) | (verb[0] == 'd' ? 1u << source % 8 : 0));
    return 0;
}

int engine_command(struct engine *e, const char *text, struct instant now)
{
    char verb[16], name[ENGINE_NAME];
    int feed;

    if (sscanf(text, "sensor %15s %31s", verb, name) == 2 && (strcmp(verb, "enable") == 0 || strcmp(verb, "disable") == 0)) {
        return command_sensor(e, verb, name, now);
    }
    if (sscanf(text, "feed %15s %31s", verb, name) != 2 || (strcmp(verb, "enable") != 0 && strcmp(verb, "disable") != 0)) {
        return ERR_FORMAT;
    }
    feed = engine_find_feed(e, name);
    if (feed < 0) {
        return ERR_UNKNOWN;
    }
    engine_expire(e, now);
    e->feed[feed].state.enabled = verb[0] == 'e';
    return 0;
}

/* ---- time ---- */

struct instant engine_now(const struct engine *e)
{
    return e->now;
}

struct instant engine_deadline(const struct engine *e)
{
    return picture_deadline(e->picture);
}

void engine_expire(struct engine *e, struct instant now)
{
    advance(e, now);
    if (instant_is_set(e->now)) {
        picture_expire(e->picture, e->now);
    }
}

void engine_drain(struct engine *e)
{
    struct picture_sink sink = {on_event, on_picture_notice, e};

    picture_drain(e->picture, &sink);
}

/* ---- what it knows ---- */

const struct picture *engine_picture(const struct engine *e)
{
    return e->picture;
}

bool engine_feed_state(const struct engine *e, int feed, struct engine_feed_state *out)
{
    if (feed < 0 || feed >= e->feeds) {
        return false;
    }
    *out = e->feed[feed].state;
    out->decoder = decoder_counters(e->feed[feed].decoder);
    return true;
}

uint64_t engine_records(const struct engine *e, int feed, uint8_t category)
{
    return feed >= 0 && feed < e->feeds ? decoder_records(e->feed[feed].decoder, category) : 0;
}

uint64_t engine_feed_bytes(const struct engine *e, int feed)
{
    return e->feed[feed].state.bytes;
}

int engine_clock(const struct engine *e, uint16_t source, struct decoder_clock *out)
{
    for (int i = 0; i < e->feeds; i++) {
        if (decoder_clock(e->feed[i].decoder, source, out)) {
            return i;
        }
    }
    return ERR_UNKNOWN;
}

/* ---- state: a head, then per feed its state and its decoder's bytes, then the picture's ---- */

#define ENGINE_STATE_MAGIC UINT64_C(0x31656e69676e6561)

struct state_head {
    uint64_t magic, size;
    struct instant now;
    int64_t feeds;
};
struct state_feed {
    char name[ENGINE_NAME];
    uint64_t decoder_size;
    struct engine_feed_state state;
};

size_t engine_state_size(const struct engine *e)
{
    size_t size = sizeof(struct state_head) + sizeof e->off + picture_state_size(e->picture);

    for (int i = 0; i < e->feeds; i++) {
        size += sizeof(struct state_feed) + decoder_state_size(e->feed[i].decoder);
    }
    return size;
}

void engine_save(const struct engine *e, void *out)
{
    struct state_head head = {ENGINE_STATE_MAGIC, engine_state_size(e), e->now, e->feeds};
    char *at = out;

    memcpy(at, &head, sizeof head);
    at += sizeof head;
    for (int i = 0; i < e->feeds; i++) {
        struct state_feed f;

        memset(&f, 0, sizeof f);
        memcpy(f.name, e->feed[i].name, sizeof f.name);
        f.decoder_size = decoder_state_size(e->feed[i].decoder);
        f.state = e->feed[i].state;
        memcpy(at, &f, sizeof f);
        at += sizeof f;
        decoder_save(e->feed[i].decoder, at);
        at += f.decoder_size;
    }
    memcpy(at, e->off, sizeof e->off);
    picture_save(e->picture, at + sizeof e->off);
}

static int load_feeds(struct engine *e, const char **at, size_t *left)
{
    for (int i = 0; i < e->feeds; i++) {
        struct state_feed f;

        if (*left < sizeof f) {
            return ERR_FORMAT;
        }
        memcpy(&f, *at, sizeof f);
        *at += sizeof f;
        *left -= sizeof f;
        if (f.decoder_size > *left || memcmp(f.name, e->feed[i].name, sizeof f.name) != 0 || decoder_load(e->feed[i].decoder, *at, f.decoder_size) != 0) {
            return ERR_FORMAT;
        }
        e->feed[i].state = f.state;
        *at += f.decoder_size;
        *left -= f.decoder_size;
    }
    if (*left < sizeof e->off) {
        return ERR_FORMAT;
    }
    memcpy(e->off, *at, sizeof e->off);
    return picture_load(e->picture, *at + sizeof e->off, *left - sizeof e->off);
}

int engine_load(struct engine *e, const void *in, size_t size)
{
    struct state_head head;
    const char *at = (const char *)in + sizeof head;
    size_t left = size - sizeof head;

    if (size < sizeof head) {
        return ERR_FORMAT;
    }
    memcpy(&head, in, sizeof head);
    if (head.magic != ENGINE_STATE_MAGIC || head.size != size || head.feeds != e->feeds || load_feeds(e, &at, &left) != 0) {
        return ERR_FORMAT;
    }
    e->now = head.now;
    return 0;
}
