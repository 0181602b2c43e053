/* out_stream: tracks as protobuf envelopes (proto/envelope.proto) over TCP, each behind its length. New and dropped tracks at once; updates per plot, or all
 * tracks predicted to one instant once a period. Who connects first gets every track there is. */
#include "daemon/link.h"
#include "daemon/publish.h"

#include "wire/envelope.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct out_stream {
    struct publish_context context;
    struct settings_output settings;
    struct link *link;
    uint64_t sequence;
    struct publish_counters counters;
};

/* An envelope around what may leave of the track: octets, or 0 when nothing may. */
static size_t frame(struct out_stream *o, const struct track_event *e, struct instant now, uint8_t *out, size_t room)
{
    struct envelope envelope = {.sequence = ++o->sequence, .instant = now, .kind = ENVELOPE_TRACK, .track = {.kind = e->kind}};
    int size;

    if (o->settings.own && e->kind != TRACK_DROP && !publish_own(&o->context, &e->track, instant_is_set(now) ? now : e->track.time)) {
        return 0;
    }
    memcpy(envelope.node, o->context.node, sizeof envelope.node);
    memcpy(envelope.nation, o->context.nation, sizeof envelope.nation);
    if (!publish_release(&o->context, o->settings.nation, &o->counters, &e->track, now, &envelope.track.track)) {
        return 0;
    }
    size = envelope_encode_framed(&envelope, out, room);
    o->counters.tracks++;
    return size > 0 ? (size_t)size : 0;
}

static void put_track(struct out_stream *o, const struct track_event *e, struct instant now)
{
    uint8_t bytes[ENVELOPE_SIZE + 2];
    size_t size;

    if (link_counters(o->link).consumers == 0) {
        return;
    }
    size = frame(o, e, now, bytes, sizeof bytes);
    if (size > 0) {
        link_send(o->link, bytes, size);
    }
}

static void on_consumer(void *context, struct link *l, unsigned consumer)
{
    struct out_stream *o = context;
    const struct picture *picture = engine_picture(o->context.engine);
    uint8_t bytes[ENVELOPE_SIZE + 2];

    for (uint32_t slot = 0; slot < picture_slots(picture); slot++) {
        struct track_event e = {.kind = TRACK_UPDATE};

        if (picture_at(picture, slot, INSTANT_NONE, &e.track)) {
            link_send_to(l, consumer, bytes, frame(o, &e, engine_now(o->context.engine), bytes, sizeof bytes));
        }
    }
}

static void *open_output(const struct publish_context *c, const struct settings_output *s, const char **why)
{
    struct out_stream *o = calloc(1, sizeof *o);
    struct link_sink sink = {on_consumer, o};

    *why = "memory is short";
    if (!o) {
        return NULL;
    }
    o->context = *c;
    o->settings = *s;
    o->link = link_open(c->base, s, &sink, c->log, why);
    if (!o->link) {
        free(o);
        return NULL;
    }
    return o;
}

static void close_output(void *output)
{
    struct out_stream *o = output;

    link_close(o->link);
    free(o);
}

static void on_event(void *output, const struct track_event *e)
{
    struct out_stream *o = output;

    if (o->settings.period_s <= 0 || e->kind != TRACK_UPDATE) {
        put_track(o, e, e->track.time);
    }
}

static void on_period(void *output, struct instant now)
{
    struct out_stream *o = output;
    const struct picture *picture = engine_picture(o->context.engine);

    for (uint32_t slot = 0; slot < picture_slots(picture); slot++) {
        struct track_event e = {.kind = TRACK_UPDATE};

        if (picture_at(picture, slot, now, &e.track)) {
            put_track(o, &e, now);
        }
    }
}

static void on_flush(void *output)
{
    (void)output; /* the link's queues empty themselves */
}

static struct publish_counters counters(const void *output)
{
    const struct out_stream *o = output;
    struct link_counters l = link_counters(o->link);
    struct publish_counters c = o->counters;

    c.frames = l.frames;
    c.octets = l.octets;
    c.lost = l.frames_lost;
    c.consumers = l.consumers;
    return c;
}

static void address(const void *output, char *out, size_t size)
{
    link_address(((const struct out_stream *)output)->link, out, size);
}

const struct publish_kind out_stream_kind = {
    .name = "track_stream", .open = open_output, .close = close_output, .event = on_event, .period = on_period, .flush = on_flush, .counters = counters,
    .address = address,
};
