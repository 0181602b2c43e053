/* A period's datagrams are made at its instant and handed out when their latency is over: before the next period begins. */
#include "sim/relay.h"

#include "picture/picture.h"
#include "wire/asterix_block.h"
#include "wire/decoder.h"
#include "wire/out.h"
#include "wire/system_track.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CATEGORY 62
#define TRACKS 4096
#define PLOTS 16384
#define SENSORS 64
#define DATAGRAMS 1024 /* of one period: enough for TRACKS records of the greatest length, and as many ends */

struct datagram {
    uint8_t bytes[OUT_LIMIT];
    size_t size;
};

struct relay {
    struct site self;
    struct decoder *decoder;
    struct picture *picture;
    struct system_track *writer;
    struct instant due;    /* of the next period */
    struct instant now;    /* of the datagram that is taken in */
    struct instant arrival; /* of what waits */
    unsigned first, count; /* of what waits */
    bool aboard;
    struct asterix_block_out block;
    uint8_t bytes[OUT_LIMIT];
    struct datagram datagram[DATAGRAMS];
};

struct relay *relay_new(const struct site *self, struct instant start)
{
    struct picture_settings settings = picture_settings_default();
    struct decoder_settings feed = decoder_settings_default();
    struct relay *c = calloc(1, sizeof *c);

    settings.tracks = TRACKS;
    settings.plots = PLOTS;
    settings.sensors = SENSORS;
    if (!c)
        return NULL;
    c->self = *self;
    c->due = instant_add(start, RELAY_PERIOD_S);
    c->now = start;
    c->decoder = decoder_new(&feed, NULL);
    c->picture = picture_new(&settings);
    c->writer = system_track_new((uint8_t)(self->source >> 8), (uint8_t)self->source);
    asterix_block_init(&c->block, c->bytes, sizeof c->bytes);
    if (c->decoder && c->picture && c->writer)
        return c;
    relay_free(c);
    return NULL;
}

void relay_free(struct relay *c)
{
    if (!c)
        return;
    decoder_free(c->decoder);
    picture_free(c->picture);
    system_track_free(c->writer);
    free(c);
}

bool relay_add_radar(struct relay *c, const struct site *radar)
{
    return picture_add_sensor(c->picture, radar) == 0;
}

static void close_block(struct relay *c)
{
    size_t size = asterix_block_close(&c->block);

    if (size == 0 || c->count == DATAGRAMS)
        return;
    memcpy(c->datagram[c->count].bytes, c->bytes, size);
    c->datagram[c->count++].size = size;
}

static void put(struct relay *c, const struct track_event *e)
{
    uint8_t record[SYSTEM_TRACK_RECORD];
    int octets = system_track_encode(c->writer, e, record, sizeof record);

    if (octets <= 0)
        return;
    if (asterix_block_put(&c->block, CATEGORY, record, (size_t)octets) == 0)
        return;
    close_block(c);
    asterix_block_put(&c->block, CATEGORY, record, (size_t)octets);
}

static void take_event(void *context, const struct track_event *e)
{
    if (e->kind == TRACK_DROP)
        put(context, e);
}

static void ignore_notice(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

static void period(struct relay *c)
{
    struct track_event e = {.kind = TRACK_UPDATE};

    c->first = c->count = 0;
    picture_expire(c->picture, c->due);
    picture_drain(c->picture, &(struct picture_sink){take_event, ignore_notice, c});
    for (uint32_t slot = 0; slot < picture_slots(c->picture); slot++)
        if (picture_at(c->picture, slot, c->due, &e.track))
            put(c, &e);
    close_block(c);
    c->arrival = instant_add(c->due, fmin(c->self.latency_s, RELAY_PERIOD_S / 2));
    c->due = instant_add(c->due, RELAY_PERIOD_S);
}

static void take_report(void *context, const struct report *r)
{
    struct relay *c = context;

    if (!c->aboard || r->kind != REPORT_PLOT)
        picture_input(c->picture, r, c->now);
}

void relay_set_aboard(struct relay *c, bool aboard)
{
    c->aboard = aboard;
}

void relay_input(struct relay *c, const struct stream_datagram *d)
{
    const struct decoder_sink sink = {{take_report, c}, {ignore_notice, c}};

    c->now = d->time;
    decoder_input(c->decoder, d->bytes, d->size, 0, d->time, &sink);
    for (unsigned i = 0; c->aboard && i < d->count; i++) {
        struct report r = {.kind = REPORT_PLOT, .plot = d->plots[i].plot};
        r.plot.arrival = d->time;
        picture_input(c->picture, &r, c->now);
    }
}

struct instant relay_deadline(struct relay *c, struct instant now)
{
    while (c->first == c->count && instant_cmp(c->due, now) <= 0)
        period(c);
    return c->first < c->count ? c->arrival : INSTANT_NEVER;
}

bool relay_next(struct relay *c, struct instant now, struct stream_datagram *out)
{
    if (instant_before(now, relay_deadline(c, now)))
        return false;
    const struct datagram *d = &c->datagram[c->first++];
    *out = (struct stream_datagram){.time = c->arrival, .source = c->self.source, .bytes = d->bytes, .size = d->size, .category = CATEGORY};
    return true;
}
