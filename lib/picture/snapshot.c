/* snapshot: see the header. A part is a row: how large, how out, how in. */
#include "picture/snapshot.h"

#include "base/digest.h"
#include "base/err.h"
#include <string.h>

#define FORM UINT64_C(0x3130706d61657361) /* "aseamp01" */

struct head {
    uint64_t form, build; /* build: sizes of what is copied as it is */
    uint32_t tracks, plots, sensors, plans;
    uint64_t methods; /* a bit each */
    double coast_max_s;
    uint64_t size, digest;
};

static uint64_t build_of(void)
{
    uint64_t d = DIGEST_START;
    const uint64_t sizes[] = {sizeof(struct store_track), sizeof(struct station), sizeof(struct inside_held), sizeof(struct site),
                              sizeof(struct track_event), sizeof(struct notice),  sizeof(struct start_plot),
                              sizeof(struct plans_entry), sizeof(struct classify_rule)};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        d = digest_add_u64(d, sizes[i]);
    return d;
}

/* Scalars of the picture itself. */
struct scalars {
    struct picture_counters counters;
    struct instant now;
    uint32_t held_free, held_end, sites, victim;
};

static size_t scalars_size(const struct picture *p)
{
    (void)p;
    return sizeof(struct scalars);
}

static void scalars_save(const struct picture *p, void *out)
{
    struct scalars s;
    memset(&s, 0, sizeof s);
    s.counters = p->counters;
    s.now = p->now;
    s.held_free = p->held_free;
    s.held_end = p->held_end;
    s.sites = site_table_count(p->sites);
    s.victim = p->victim;
    memcpy(out, &s, sizeof s);
}

static int scalars_load(struct picture *p, const void *in, size_t size)
{
    struct scalars s;
    if (size != sizeof s)
        return ERR_FORMAT;
    memcpy(&s, in, sizeof s);
    p->counters = s.counters;
    p->now = s.now;
    p->held_free = s.held_free;
    p->held_end = s.held_end;
    p->victim = s.victim;
    return 0;
}

static size_t sites_size(const struct picture *p)
{
    return site_table_count(p->sites) * sizeof(struct site);
}

static void sites_save(const struct picture *p, void *out)
{
    for (uint32_t i = 0; i < site_table_count(p->sites); i++)
        memcpy((char *)out + i * sizeof(struct site), site_table_at(p->sites, i), sizeof(struct site));
}

static int sites_load(struct picture *p, const void *in, size_t size)
{
    for (uint32_t i = 0; i < size / sizeof(struct site); i++) {
        struct site s;
        memcpy(&s, (const char *)in + i * sizeof s, sizeof s);
        if (site_table_add(p->sites, &s) != (int)i)
            return ERR_FORMAT;
    }
    return 0;
}

static size_t stations_size(const struct picture *p)
{
    return site_table_count(p->sites) * sizeof *p->station;
}

static void stations_save(const struct picture *p, void *out)
{
    memcpy(out, p->station, stations_size(p));
}

static int stations_load(struct picture *p, const void *in, size_t size)
{
    memcpy(p->station, in, size);
    return 0;
}

static size_t registration_part_size(const struct picture *p)
{
    return registration_state_size(p->registration);
}

static void registration_part_save(const struct picture *p, void *out)
{
    registration_save(p->registration, out);
}

static int registration_part_load(struct picture *p, const void *in, size_t size)
{
    return registration_load(p->registration, in, size);
}

static size_t baro_part_size(const struct picture *p)
{
    return baro_state_size(p->baro);
}

static void baro_part_save(const struct picture *p, void *out)
{
    baro_save(p->baro, out);
}

static int baro_part_load(struct picture *p, const void *in, size_t size)
{
    return baro_load(p->baro, in, size);
}

static size_t held_size(const struct picture *p)
{
    return p->held_end * sizeof *p->held;
}

static void held_save(const struct picture *p, void *out)
{
    memcpy(out, p->held, held_size(p));
}

static int held_load(struct picture *p, const void *in, size_t size)
{
    for (uint32_t i = p->held_end; i < p->settings.plots; i++)
        p->held[i].next = i + 1 < p->settings.plots ? i + 1 : STATION_NONE;
    memcpy(p->held, in, size);
    return 0;
}

/* Rooms below save themselves. */
static size_t tracks_size(const struct picture *p)
{
    return store_state_size(p->store);
}

static void tracks_save(const struct picture *p, void *out)
{
    store_save(p->store, out);
}

static int tracks_load(struct picture *p, const void *in, size_t size)
{
    return store_load(p->store, in, size);
}

static size_t lone_size(const struct picture *p)
{
    return start_state_size(p->start);
}

static void lone_save(const struct picture *p, void *out)
{
    start_save(p->start, out);
}

static int lone_load(struct picture *p, const void *in, size_t size)
{
    return start_load(p->start, in, size);
}

static size_t sector_timers_size(const struct picture *p)
{
    return heap_state_size(p->sector_timers);
}

static void sector_timers_save(const struct picture *p, void *out)
{
    heap_save(p->sector_timers, out);
}

static int sector_timers_load(struct picture *p, const void *in, size_t size)
{
    return heap_load(p->sector_timers, in, size);
}

static size_t track_timers_size(const struct picture *p)
{
    return heap_state_size(p->track_timers);
}

static void track_timers_save(const struct picture *p, void *out)
{
    heap_save(p->track_timers, out);
}

static int track_timers_load(struct picture *p, const void *in, size_t size)
{
    return heap_load(p->track_timers, in, size);
}

static size_t outbox_part_size(const struct picture *p)
{
    return outbox_state_size(p->outbox);
}

static void outbox_part_save(const struct picture *p, void *out)
{
    outbox_save(p->outbox, out);
}

static int outbox_part_load(struct picture *p, const void *in, size_t size)
{
    return outbox_load(p->outbox, in, size);
}

static size_t plans_part_size(const struct picture *p)
{
    return plans_state_size(p->plans);
}

static void plans_part_save(const struct picture *p, void *out)
{
    plans_save(p->plans, out);
}

static int plans_part_load(struct picture *p, const void *in, size_t size)
{
    return plans_load(p->plans, in, size);
}

static size_t rules_size(const struct picture *p)
{
    return p->settings.rules * sizeof(struct classify_rule);
}

static void rules_save(const struct picture *p, void *out)
{
    memcpy(out, p->settings.rule, rules_size(p));
}

static int rules_load(struct picture *p, const void *in, size_t size)
{
    if (size > sizeof p->settings.rule)
        return ERR_FORMAT;
    memcpy(p->settings.rule, in, size);
    p->settings.rules = (uint32_t)(size / sizeof(struct classify_rule));
    return 0;
}

/* Scalars first: held_load needs their held_end. */
static const struct part {
    size_t (*size)(const struct picture *p);
    void (*save)(const struct picture *p, void *out);
    int (*load)(struct picture *p, const void *in, size_t size);
} parts[] = {
    {scalars_size, scalars_save, scalars_load},
    {sites_size, sites_save, sites_load},
    {stations_size, stations_save, stations_load},
    {registration_part_size, registration_part_save, registration_part_load},
    {baro_part_size, baro_part_save, baro_part_load},
    {held_size, held_save, held_load},
    {tracks_size, tracks_save, tracks_load},
    {lone_size, lone_save, lone_load},
    {sector_timers_size, sector_timers_save, sector_timers_load},
    {track_timers_size, track_timers_save, track_timers_load},
    {outbox_part_size, outbox_part_save, outbox_part_load},
    {plans_part_size, plans_part_save, plans_part_load},
    {rules_size, rules_save, rules_load},
};
#define PARTS (sizeof parts / sizeof parts[0])

/* Each part is led by its size in eight octets. */
size_t snapshot_size(const struct picture *p)
{
    size_t size = sizeof(struct head);
    for (size_t i = 0; i < PARTS; i++)
        size += sizeof(uint64_t) + parts[i].size(p);
    return size;
}

static struct head head_of(const struct picture *p)
{
    const struct picture_settings *s = &p->settings;
    struct head h;
    memset(&h, 0, sizeof h);
    h.form = FORM;
    h.build = build_of();
    h.tracks = s->tracks;
    h.plots = s->plots;
    h.sensors = s->sensors;
    h.plans = s->plans;
    h.methods = (s->identity ? 1U : 0U) | (s->retro_merge ? 2U : 0U) | (s->registration ? 4U : 0U) | (s->sigma_maps ? 8U : 0U) | (s->height_estimation ? 16U : 0U);
    h.coast_max_s = s->coast_max_s;
    return h;
}

size_t snapshot_save(const struct picture *p, void *out)
{
    struct head h = head_of(p);
    char *begin = (char *)out + sizeof h, *at = begin;
    for (size_t i = 0; i < PARTS; i++) {
        uint64_t size = parts[i].size(p);
        memcpy(at, &size, sizeof size);
        parts[i].save(p, at + sizeof size);
        at += sizeof size + size;
    }
    h.size = (uint64_t)(at - begin);
    h.digest = digest_add(DIGEST_START, begin, h.size);
    memcpy(out, &h, sizeof h);
    return sizeof h + h.size;
}

int snapshot_load(struct picture *p, const void *in, size_t size)
{
    struct head h, own = head_of(p);
    if (size < sizeof h)
        return ERR_FORMAT;
    memcpy(&h, in, sizeof h);
    own.size = h.size;
    own.digest = h.digest;
    const char *at = (const char *)in + sizeof h;
    if (memcmp(&h, &own, sizeof h) != 0 || h.size != size - sizeof h || digest_add(DIGEST_START, at, h.size) != h.digest)
        return ERR_FORMAT;
    for (size_t i = 0; i < PARTS; i++) {
        uint64_t part;
        memcpy(&part, at, sizeof part);
        int error = parts[i].load(p, at + sizeof part, part);
        if (error)
            return error;
        at += sizeof part + part;
    }
    return 0;
}
