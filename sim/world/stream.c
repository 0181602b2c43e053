/* A queue of datagrams in two growing arrays, bytes and plots, emptied from the front. A turn's datagrams are made at once; the instants at which
 * they arrive are made with them: end of the sector, latency, jitter, and never before the one ahead. */
#include "sim/world/stream.h"
#include "base/err.h"
#include "base/unit.h"
#include "wire/plot_out.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STATION_PARTS 4   /* datagrams that a station sends a second */
#define TEST_RANGE_M (120 * UNIT_NM)
#define TEST_CODE 07776
#define LATENCY_PART 0.5  /* jitter never takes more than this part of the latency */
#define TRAILER 8
#define TRAILER_FIRST 0x40 /* its first octet: to who reads on, category 064 */

struct waiting {
    struct instant time;
    size_t bytes, plots; /* where they begin */
    uint32_t size, trailer;
    uint32_t count;
};

struct stream {
    struct waiting *queue;
    size_t first, count, room;     /* of queue */
    uint8_t *bytes;
    size_t bytes_used, bytes_room;
    struct radar_plot *plots;
    size_t plots_used, plots_room;
    uint16_t source;
    unsigned category;
    struct instant last;           /* arrival of the last one that was made */
    uint32_t sent;                 /* counted by the trailer */
    struct plot_out *out;
};

/* What a sector becomes. */
struct making {
    struct stream *stream;
    const struct radar *radar;
    struct instant arrival;
    unsigned plots;                /* in the datagram that is not sent yet */
    bool failed;
};

struct stream *stream_new(unsigned category)
{
    struct stream *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->last = INSTANT_NONE;
    s->category = category;
    s->out = plot_out_new(category);
    if (s->out)
        return s;
    stream_free(s);
    return NULL;
}

void stream_free(struct stream *s)
{
    if (s) {
        plot_out_free(s->out);
        free(s->queue);
        free(s->bytes);
        free(s->plots);
        free(s);
    }
}

/* Room for `more` elements behind `used`; false when memory is short. */
static bool make_room(void **array, size_t *room, size_t used, size_t more, size_t size)
{
    size_t wanted = used + more;

    if (wanted <= *room)
        return true;
    size_t grown = wanted > 2 * *room ? wanted : 2 * *room;
    void *bigger = realloc(*array, grown * size);
    if (!bigger)
        return false;
    *array = bigger;
    *room = grown;
    return true;
}

static void move_down(void *array, size_t from, size_t count, size_t size)
{
    if (count > 0 && from > 0)
        memmove(array, (uint8_t *)array + from * size, count * size);
}

/* What went out already gives its room back. */
static void compact(struct stream *s)
{
    size_t bytes = s->first < s->count ? s->queue[s->first].bytes : s->bytes_used;
    size_t plots = s->first < s->count ? s->queue[s->first].plots : s->plots_used;

    s->bytes_used -= bytes;
    s->plots_used -= plots;
    s->count -= s->first;
    move_down(s->bytes, bytes, s->bytes_used, 1);
    move_down(s->plots, plots, s->plots_used, sizeof *s->plots);
    move_down(s->queue, s->first, s->count, sizeof *s->queue);
    s->first = 0;
    for (size_t i = 0; i < s->count; i++) {
        s->queue[i].bytes -= bytes;
        s->queue[i].plots -= plots;
    }
}

/* Counts datagrams, most significant octet first. */
static void put_trailer(struct stream *s, uint8_t *at)
{
    uint32_t count = s->sent++;

    memset(at, 0, TRAILER);
    at[0] = TRAILER_FIRST;
    for (unsigned i = 0; i < 4; i++)
        at[TRAILER - 1 - i] = (uint8_t)(count >> (8 * i));
}

/* A datagram is ready: it waits for its arrival. */
static void push(void *context, const uint8_t *octets, size_t size)
{
    struct making *m = context;
    struct stream *s = m->stream;
    void *queue = s->queue, *bytes = s->bytes;
    uint32_t trailer = m->radar->site.quirks.trailer && s->category != PLOT_OUT_CD2 ? TRAILER : 0;

    m->failed = m->failed || !make_room(&queue, &s->room, s->count, 1, sizeof *s->queue) ||
                !make_room(&bytes, &s->bytes_room, s->bytes_used, size + trailer, 1);
    s->queue = queue;
    s->bytes = bytes;
    if (m->failed)
        return;
    memcpy(s->bytes + s->bytes_used, octets, size);
    if (trailer)
        put_trailer(s, s->bytes + s->bytes_used + size);
    size += trailer;
    s->queue[s->count++] = (struct waiting){m->arrival, s->bytes_used, s->plots_used - m->plots, (uint32_t)size, trailer, m->plots};
    s->bytes_used += size;
    m->plots = 0;
}

/* A time as the radar's stamps have it; its clock is put in where it is said. */
static struct instant stamped(const struct quirks *q, struct instant t)
{
    int64_t step = (int64_t)(q->stamp_s * 1e9);

    if (step > 0)
        t.ns -= t.ns % step;
    return t;
}

/* A plot that the category cannot say (beyond its greatest range) is left out. */
static void add_plot(struct making *m, const struct radar_plot *plot)
{
    struct stream *s = m->stream;
    const struct quirks *q = &m->radar->site.quirks;
    struct report report = {.kind = REPORT_PLOT, .plot = plot->plot};
    void *plots = s->plots;

    if (!make_room(&plots, &s->plots_room, s->plots_used, 1, sizeof *s->plots)) {
        m->failed = true;
        return;
    }
    s->plots = plots;
    struct instant stamp = stamped(q, plot->plot.time);
    report.plot.time = instant_add(stamp, q->clock_s);
    if (plot_out_input(s->out, &report, &(struct out_sink){push, m}) == 0) {
        s->plots[s->plots_used] = *plot;
        s->plots[s->plots_used++].plot.time = stamp;
        m->plots++;
    }
}

/* What the radar says of itself goes with every message that has room for it. */
static void add_service(struct making *m, const struct service *service)
{
    const struct quirks *q = &m->radar->site.quirks;
    struct report report = {.kind = REPORT_SERVICE, .service = *service};

    report.service.time = instant_add(service->time, q->clock_s);
    report.service.flags |= q->clock_said ? SERVICE_TIME_INVALID : 0u;
    int fault = plot_out_input(m->stream->out, &report, &(struct out_sink){push, m});
    assert(fault == 0);
}

/* The real-time quality controls of a CD-2 line, one of each a turn: test targets at a place that everybody knows. */
static void add_tests(struct making *m, const struct radar *r, struct instant stated)
{
    struct plot beacon = {.time = stated, .source = radar_source(r), .kind = PLOT_POLAR, .flags = PLOT_TEST | PLOT_SECONDARY,
                          .polar = {.range_m = TEST_RANGE_M}, .ident = {.flags = IDENT_MODE_A, .mode_a = TEST_CODE}};
    struct plot search = {.time = stated, .source = radar_source(r), .kind = PLOT_POLAR, .flags = PLOT_TEST | PLOT_PRIMARY,
                          .polar = {.range_m = TEST_RANGE_M}};
    const struct report reports[] = {{.kind = REPORT_PLOT, .plot = beacon}, {.kind = REPORT_PLOT, .plot = search}};

    for (unsigned i = 0; i < ((r->site.site.flags & SITE_PRIMARY) ? 2u : 1u); i++) {
        int fault = plot_out_input(m->stream->out, &reports[i], &(struct out_sink){push, m});
        assert(fault == 0);
    }
}

/* What the beam leaves a sector with: the mark of the next one, at north the north mark first. */
static void add_marks(struct making *m, const struct radar *r, unsigned sector, struct instant stated, bool works)
{
    struct service mark = {.time = stated, .source = radar_source(r), .kind = SERVICE_SECTOR, .flags = works ? 0u : SERVICE_NOT_OPERATIONAL};

    if (sector == 0) {
        struct service north = mark;
        north.kind = SERVICE_NORTH;
        north.flags |= SERVICE_PERIOD | SERVICE_SITE;
        north.period_s = r->site.site.period_s;
        north.site = r->site.site.at;
        add_service(m, &north);
        if (r->site.category == PLOT_OUT_CD2) {
            struct service status = mark;
            status.kind = SERVICE_STATUS;
            add_service(m, &status);
            add_tests(m, r, stated);
        }
    }
    mark.azimuth_rad = 2 * UNIT_PI * sector / RADAR_SECTORS;
    add_service(m, &mark);
}

/* When what left the radar at a time is at the centre. */
static struct instant arrival(struct stream *s, const struct radar *r, double time_s, struct rng *rng)
{
    double latency = r->site.site.latency_s, jitter = r->site.jitter_s * rng_normal(rng);
    double most = LATENCY_PART * latency;
    struct instant t = instant_add(r->start, time_s + latency + fmax(-most, fmin(most, jitter)));

    if (instant_before(t, s->last))
        t = s->last;
    s->last = t;
    return t;
}

int stream_input(struct stream *s, const struct radar *r, const struct radar_plot *plots, unsigned count, double until_s)
{
    struct rng rng = radar_stream(r, RADAR_STREAM_LINK);
    struct making m = {.stream = s, .radar = r};
    unsigned next = 0;

    compact(s);
    s->source = radar_source(r);
    bool station = r->site.site.flags & SITE_POSITIONS;
    unsigned sectors = station ? STATION_PARTS : RADAR_SECTORS;
    for (unsigned sector = 0; sector < sectors && !m.failed; sector++) {
        double end_s = r->north_s + (sector + 1) * r->site.site.period_s / sectors;
        struct instant stated = instant_add(r->start, end_s + r->site.site.bias.time_s);
        if (end_s > until_s)
            break;
        m.arrival = arrival(s, r, end_s, &rng);
        bool works = radar_site_works(&r->site, end_s);
        for (; next < count && instant_before(plots[next].plot.time, stated); next++)
            if (works)
                add_plot(&m, &plots[next]);
        if ((works || r->site.quirks.announced) && !station)
            add_marks(&m, r, (sector + 1) % RADAR_SECTORS, stated, works);
        if ((works || r->site.quirks.announced) && station && sector == 0)
            add_service(&m, &(struct service){.time = stated, .source = radar_source(r), .kind = SERVICE_STATUS, .flags = works ? 0u : SERVICE_NOT_OPERATIONAL});
        plot_out_drain(s->out, &(struct out_sink){push, &m});
    }
    return m.failed ? ERR_MEMORY : 0;
}

struct instant stream_deadline(const struct stream *s)
{
    return s->first < s->count ? s->queue[s->first].time : INSTANT_NEVER;
}

bool stream_next(struct stream *s, struct stream_datagram *out)
{
    if (s->first == s->count)
        return false;
    const struct waiting *w = &s->queue[s->first++];
    *out = (struct stream_datagram){.time = w->time, .source = s->source, .bytes = s->bytes + w->bytes, .plots = s->plots + w->plots,
                                    .size = w->size, .trailer = w->trailer, .count = w->count,
                                    .category = s->category};
    return true;
}
