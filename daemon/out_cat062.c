/* out_cat062: tracks as ASTERIX 062, sensors' states as 063 and the node's as 065, in datagrams of at most one Ethernet frame.
 *
 * Periodic: every track, predicted to the same instant, then 065 end of batch; drops at once. Per plot: each track when it changes. Blocks are
 * filled during a wake-up and sent when full or when it ends. */
#include "daemon/net.h"
#include "daemon/publish.h"

#include "wire/asterix_block.h"
#include "wire/system_track.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DATAGRAM 1472 /* octets of UDP payload in an Ethernet frame */
#define SILENT_S 30.0 /* a sensor not heard for so long is not connected, whatever its period */

struct out_cat062 {
    struct publish_context context;
    struct settings_output settings;
    struct system_track *writer;
    int fd;
    unsigned batch;
    struct publish_counters counters;
    struct asterix_block_out block;
    uint8_t bytes[DATAGRAM];
};

static void send_block(struct out_cat062 *o)
{
    size_t size = asterix_block_close(&o->block);

    if (size == 0) {
        return;
    }
    if (send(o->fd, o->bytes, size, 0) == (ssize_t)size) {
        o->counters.frames++;
        o->counters.octets += size;
    } else if (errno != ECONNREFUSED) { /* nobody listens at a unicast address: no loss of ours */
        o->counters.lost++;
    }
}

static void put_record(struct out_cat062 *o, unsigned category, const uint8_t *record, int octets)
{
    if (octets <= 0) {
        o->counters.lost += octets < 0; /* 0: nothing to say */
        return;
    }
    if (asterix_block_put(&o->block, category, record, (size_t)octets) != 0) {
        send_block(o);
        asterix_block_put(&o->block, category, record, (size_t)octets);
    }
}

static void put_track(struct out_cat062 *o, const struct track_event *e, struct instant now)
{
    struct track_event seen = {.kind = e->kind};
    uint8_t record[SYSTEM_TRACK_RECORD];

    if (o->settings.own && e->kind != TRACK_DROP && !publish_own(&o->context, &e->track, now)) {
        return;
    }
    if (publish_release(&o->context, o->settings.nation, &o->counters, &e->track, now, &seen.track)) {
        put_record(o, 62, record, system_track_encode(o->writer, &seen, record, sizeof record));
        o->counters.tracks++;
    }
}

static void close_output(void *output)
{
    struct out_cat062 *o = output;

    if (o->fd >= 0) {
        close(o->fd);
    }
    system_track_free(o->writer);
    free(o);
}

static void *open_output(const struct publish_context *c, const struct settings_output *s, const char **why)
{
    struct out_cat062 *o = calloc(1, sizeof *o);

    *why = "memory is short";
    if (!o) {
        return NULL;
    }
    o->context = *c;
    o->settings = *s;
    o->writer = system_track_new((uint8_t)s->sac, (uint8_t)s->sic);
    asterix_block_init(&o->block, o->bytes, sizeof o->bytes);
    o->fd = net_send(&s->to, why);
    if (o->fd < 0 || !o->writer) {
        close_output(o);
        return NULL;
    }
    return o;
}

static void on_event(void *output, const struct track_event *e)
{
    struct out_cat062 *o = output;

    if (o->settings.period_s <= 0 || e->kind == TRACK_DROP) {
        put_track(o, e, e->track.time);
    }
}

static void on_period(void *output, struct instant now)
{
    struct out_cat062 *o = output;
    const struct picture *picture = engine_picture(o->context.engine);
    uint8_t record[SYSTEM_TRACK_RECORD];

    for (uint32_t slot = 0; slot < picture_slots(picture); slot++) {
        struct track_event e = {.kind = TRACK_UPDATE};

        if (picture_at(picture, slot, now, &e.track)) {
            put_track(o, &e, now);
        }
    }
    put_record(o, 65, record, system_track_encode_batch(o->writer, o->batch++, now, record, sizeof record));
}

static bool silent(const struct picture_sensor *s, struct instant now)
{
    return !s->alive && (!instant_is_set(s->last) || instant_diff(now, s->last) > SILENT_S);
}

static void on_sensors(void *output, struct instant now)
{
    struct out_cat062 *o = output;
    const struct picture *picture = engine_picture(o->context.engine);
    struct picture_sensor s;
    uint8_t record[SYSTEM_TRACK_RECORD];

    for (uint32_t i = 0; picture_sensor(picture, i, &s); i++) {
        struct system_track_sensor state = {.source = s.site.source, .connected = !silent(&s, now)};
        struct decoder_clock clock;

        if (!publish_site(&o->context, o->settings.nation, &s.site)) {
            continue;
        }
        if (engine_clock(o->context.engine, s.site.source, &clock) >= 0) {
            state.clock_known = clock.corrected;
            state.clock_offset_s = -clock.offset_s; /* stated minus true */
            state.time_invalid = state.degraded = clock.corrected;
        }
        put_record(o, 63, record, system_track_encode_sensor(o->writer, &state, now, record, sizeof record));
    }
}

static void on_status(void *output, struct instant now)
{
    struct out_cat062 *o = output;
    const struct picture *picture = engine_picture(o->context.engine);
    struct system_track_status status = {0};
    struct picture_sensor s;
    uint8_t record[SYSTEM_TRACK_RECORD];
    unsigned all = 0, quiet = 0;

    for (uint32_t i = 0; picture_sensor(picture, i, &s); i++) {
        all++;
        quiet += silent(&s, now);
    }
    status.degraded = quiet > 0;
    status.not_connected = quiet == all;
    put_record(o, 65, record, system_track_encode_status(o->writer, &status, now, record, sizeof record));
}

static void on_flush(void *output)
{
    send_block(output);
}

static struct publish_counters counters(const void *output)
{
    return ((const struct out_cat062 *)output)->counters;
}

static void address(const void *output, char *out, size_t size)
{
    net_print_local(((const struct out_cat062 *)output)->fd, out, size);
}

const struct publish_kind out_cat062_kind = {
    .name = "cat062", .open = open_output, .close = close_output, .event = on_event, .period = on_period, .sensors = on_sensors, .status = on_status,
    .flush = on_flush, .counters = counters, .address = address,
};
