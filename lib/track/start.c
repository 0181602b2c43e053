/* start: see the header. The pool is a ring: slots are used one after the other, the oldest is the victim. */
#include "track/start.h"

#include "base/err.h"
#include "track/identity.h"
#include "track/life.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define REACH_M 11000.0 /* 900 m/s for one turn of a long-range antenna, 12 s */
#define LOG_2PI 1.8378770664093453

struct start {
    uint32_t capacity, first, count; /* ring: first is the oldest, live or taken out in between */
    struct start_plot *plot;
    struct gate *gate;
    struct map *addresses;
};

struct start *start_new(uint32_t capacity)
{
    struct start *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->capacity = capacity;
    s->plot = calloc(capacity, sizeof *s->plot);
    s->gate = gate_new(capacity, REACH_M);
    s->addresses = map_new(capacity);
    if (!s->plot || !s->gate || !s->addresses) {
        start_free(s);
        return NULL;
    }
    return s;
}

void start_free(struct start *s)
{
    if (!s)
        return;
    free(s->plot);
    gate_free(s->gate);
    map_free(s->addresses);
    free(s);
}

static uint32_t start_slot_of_address(const struct start *s, const struct start_plot *p)
{
    uint32_t slot;
    return map_find(s->addresses, p->plot.ident.mode_s, &slot) ? slot : START_NONE;
}

void start_remove(struct start *s, uint32_t slot)
{
    struct start_plot *p = &s->plot[slot];
    if (!p->live)
        return;
    p->live = false;
    gate_remove(s->gate, slot);
    if (ident_has(&p->plot.ident, IDENT_MODE_S) && start_slot_of_address(s, p) == slot)
        map_remove(s->addresses, p->plot.ident.mode_s);
}

static uint32_t start_pop(struct start *s)
{
    uint32_t slot = s->first;
    start_remove(s, slot);
    s->first = (s->first + 1) % s->capacity;
    s->count--;
    return slot;
}

void start_add(struct start *s, const struct filter_plot *p, struct instant until, bool duplicate)
{
    if (s->count == s->capacity)
        start_pop(s);
    uint32_t slot = (s->first + s->count++) % s->capacity;
    s->plot[slot] = (struct start_plot){.plot = p->plot, .at = p->at, .until = until, .sensor = p->sensor, .height_fixed = p->height_fixed, .height_known = p->height_known, .live = true,
                                        .duplicate = duplicate};
    struct gate_row row = {.time = p->plot.time, .seen = p->plot.time, .lat_rad = p->at.at.lat_rad, .lon_rad = p->at.at.lon_rad, .sigma_m = p->place.sigma_m,
                           .sigma_mps = FILTER_SPEED_SIGMA_MPS};
    gate_add(s->gate, slot, &row);
    if (ident_has(&p->plot.ident, IDENT_MODE_S))
        map_add(s->addresses, p->plot.ident.mode_s, slot);
}

const struct start_plot *start_next(struct start *s, struct instant now)
{
    while (s->count > 0) {
        const struct start_plot *p = &s->plot[s->first];
        bool live = p->live;
        if (live && instant_before(now, p->until))
            return NULL;
        start_pop(s);
        if (live)
            return p;
    }
    return NULL;
}

const struct start_plot *start_slot(const struct start *s, uint32_t slot)
{
    return s->plot[slot].live ? &s->plot[slot] : NULL;
}

uint32_t start_find(struct start *s, const struct gate_plot *place, uint32_t *slots, uint32_t max)
{
    return gate_find(s->gate, place, slots, max);
}

uint32_t start_find_address(const struct start *s, uint32_t mode_s)
{
    uint32_t slot;
    return map_find(s->addresses, mode_s, &slot) ? slot : START_NONE;
}

double start_log_likelihood(const struct start_plot *first, const struct filter_plot *second)
{
    double t = instant_diff(second->plot.time, first->plot.time);
    const struct slant_place *a = &first->at, *b = &second->at;
    double north = (b->at.lat_rad - a->at.lat_rad) * FRAME_A;
    double east = frame_angle(b->at.lon_rad - a->at.lon_rad) * cos(0.5 * (a->at.lat_rad + b->at.lat_rad)) * FRAME_A;
    double moved = FILTER_SPEED_SIGMA_MPS * FILTER_SPEED_SIGMA_MPS * t * t, det;
    struct sym2 ra = slant_spread(a), rb = slant_spread(b), inverse;
    struct sym2 spread = {ra.xx + rb.xx + moved, ra.xy + rb.xy, ra.yy + rb.yy + moved};
    if (!mat_inv2(spread, &inverse, &det))
        return -HUGE_VAL;
    double nis = east * east * inverse.xx + 2.0 * east * north * inverse.xy + north * north * inverse.yy;
    return nis > GATE_NIS ? -HUGE_VAL : -0.5 * (nis + log(det)) - LOG_2PI;
}

double start_odds(const struct plot *p, bool duplicate)
{
    if (duplicate)
        return START_DUPLICATE;
    if (ident_has(&p->ident, IDENT_MODE_S) || p->kind == PLOT_TRACK)
        return START_ADDRESS;
    return (p->flags & (PLOT_SECONDARY | PLOT_MODE_S | PLOT_ADSB | PLOT_MLAT)) ? START_SECONDARY : START_PRIMARY;
}

void start_track(struct store_track *t, const struct start_plot *first, const struct site *site)
{
    struct filter_plot p = {.plot = first->plot, .site = site, .sensor = first->sensor, .height_fixed = first->height_fixed, .height_known = first->height_known,
                            .height = first->at.height, .at = first->at};
    filter_start(t, &p);
    t->life = LIFE_TENTATIVE;
    t->flags = (uint8_t)((first->duplicate ? STORE_DUPLICATE : 0) | (first->plot.kind != PLOT_TRACK ? STORE_SENSED : 0));
    t->log_odds = t->log_odds_start = start_odds(&first->plot, first->duplicate);
    t->born = t->last = first->plot.time;
    t->plots = 1;
    t->level_time = INSTANT_NONE;
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t->age[i] = INSTANT_NONE;
    struct store_look *l = store_add_look(t, first->sensor);
    l->source = first->plot.source;
    l->hit = l->last = first->plot.time;
    identity_update(t, &first->plot);
}

/* Saved: the ring's place, the live part of the ring as a whole, gate, addresses. */
struct start_head {
    uint64_t first, count, gate, addresses;
};

size_t start_state_size(const struct start *s)
{
    return sizeof(struct start_head) + s->count * sizeof *s->plot + gate_state_size(s->gate) + map_state_size(s->addresses);
}

void start_save(const struct start *s, void *out)
{
    struct start_head head = {s->first, s->count, gate_state_size(s->gate), map_state_size(s->addresses)};
    char *at = out;
    memcpy(at, &head, sizeof head);
    at += sizeof head;
    for (uint32_t i = 0; i < s->count; i++, at += sizeof *s->plot)
        memcpy(at, &s->plot[(s->first + i) % s->capacity], sizeof *s->plot);
    gate_save(s->gate, at);
    map_save(s->addresses, at + head.gate);
}

int start_load(struct start *s, const void *in, size_t size)
{
    struct start_head head;
    const char *at = in;
    if (size < sizeof head)
        return ERR_FORMAT;
    memcpy(&head, at, sizeof head);
    at += sizeof head;
    bool fits = head.first < s->capacity && head.count <= s->capacity;
    if (!fits || size != sizeof head + head.count * sizeof *s->plot + head.gate + head.addresses)
        return ERR_FORMAT;
    for (uint32_t i = 0; i < head.count; i++, at += sizeof *s->plot)
        memcpy(&s->plot[(head.first + i) % s->capacity], at, sizeof *s->plot);
    s->first = (uint32_t)head.first;
    s->count = (uint32_t)head.count;
    int error = gate_load(s->gate, at, head.gate);
    return error ? error : map_load(s->addresses, at + head.gate, head.addresses);
}
