/* store: see the header. Handles rather than pointers are kept by everybody; a slot's number is also its name in the gates and timers. */
#include "track/store.h"

#include "base/err.h"
#include "track/life.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Farthest a plot is looked for from an established track's row: GATE_REFRESH_S at 450 m/s with the sigma gate of a coasting track. */
#define REACH_M 6000.0
#define SIGMA_MAX_M 4000.0 /* a coasting track's gate does not grow beyond what is searched */

struct store {
    struct pool *pool;
    struct map *addresses;
    struct map *remotes; /* by feed and its number */
    struct gate *gate;
    uint32_t next_number;
};

struct store *store_new(uint32_t capacity)
{
    struct store *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->pool = pool_new(capacity, sizeof(struct store_track));
    s->addresses = map_new(capacity);
    s->remotes = map_new(2 * capacity);
    s->gate = gate_new(capacity, REACH_M);
    s->next_number = 1;
    if (!s->pool || !s->addresses || !s->remotes || !s->gate) {
        store_free(s);
        return NULL;
    }
    return s;
}

void store_free(struct store *s)
{
    if (!s)
        return;
    pool_free(s->pool);
    map_free(s->addresses);
    map_free(s->remotes);
    gate_free(s->gate);
    free(s);
}

struct store_track *store_add(struct store *s)
{
    struct handle h = pool_add(s->pool);
    struct store_track *t = pool_find(s->pool, h);
    if (t)
        t->self = h;
    return t;
}

void store_remove(struct store *s, struct store_track *t)
{
    store_hide(s, t);
    if (t->flags & STORE_ADDRESS)
        map_remove(s->addresses, t->ident.mode_s);
    while (t->remotes)
        store_unbind_remote(s, t, t->remote[0].source);
    pool_remove(s->pool, t->self);
}

struct store_track *store_slot(const struct store *s, uint32_t slot)
{
    return pool_slot(s->pool, slot);
}

uint32_t store_end(const struct store *s)
{
    return pool_end(s->pool);
}

uint32_t store_capacity(const struct store *s)
{
    return pool_capacity(s->pool);
}

void store_prefetch(const struct store *s, uint32_t slot)
{
    const char *t = pool_slot(s->pool, slot);
    for (size_t line = 0; t && line < offsetof(struct store_track, ident); line += 64)
        __builtin_prefetch(t + line);
}

void store_number(struct store *s, struct store_track *t)
{
    t->number = s->next_number++;
}

struct store_track *store_find_address(const struct store *s, uint32_t mode_s)
{
    uint32_t slot;
    return map_find(s->addresses, mode_s, &slot) ? pool_slot(s->pool, slot) : NULL;
}

void store_bind_address(struct store *s, struct store_track *t)
{
    if (map_add(s->addresses, t->ident.mode_s, t->self.slot) == 0)
        t->flags |= STORE_ADDRESS;
}

static uint64_t remote_key(uint16_t source, uint32_t number)
{
    return (uint64_t)source << 32 | number;
}

struct store_track *store_find_remote(const struct store *s, uint16_t source, uint32_t number)
{
    uint32_t slot;
    return map_find(s->remotes, remote_key(source, number), &slot) ? pool_slot(s->pool, slot) : NULL;
}

static struct track_remote *store_remote(struct store_track *t, uint16_t source)
{
    for (uint32_t i = 0; i < t->remotes; i++)
        if (t->remote[i].source == source)
            return &t->remote[i];
    return NULL;
}

void store_unbind_remote(struct store *s, struct store_track *t, uint16_t source)
{
    struct track_remote *r = store_remote(t, source);
    if (!r)
        return;
    map_remove(s->remotes, remote_key(source, r->number));
    *r = t->remote[--t->remotes];
}

void store_bind_remote(struct store *s, struct store_track *t, uint16_t source, uint32_t number, struct instant time)
{
    struct track_remote *r = store_remote(t, source);
    if (r && r->number == number) {
        r->last = time;
        return;
    }
    struct store_track *owner = store_find_remote(s, source, number);
    if (owner)
        store_unbind_remote(s, owner, source);
    if (store_remote(t, source))
        store_unbind_remote(s, t, source);
    if (t->remotes == STORE_REMOTES) {
        struct track_remote *oldest = t->remote;
        for (uint32_t i = 1; i < t->remotes; i++)
            oldest = instant_before(t->remote[i].last, oldest->last) ? &t->remote[i] : oldest;
        store_unbind_remote(s, t, oldest->source);
    }
    if (map_add(s->remotes, remote_key(source, number), t->self.slot) == 0)
        t->remote[t->remotes++] = (struct track_remote){source, number, time};
}

bool store_has_remote(const struct store_track *t, uint16_t source, struct instant time)
{
    for (uint32_t i = 0; i < t->remotes; i++)
        if (t->remote[i].source == source)
            return instant_diff(time, t->remote[i].last) < STORE_REMOTE_S;
    return false;
}

#define TURN_SMALL_RAD 0.05 /* the next terms of the series, t^4 / 24 and t^5 / 120, are 3e-7 */

struct store_turn store_convergence(const struct store_track *t, double lon_rad)
{
    double turn = frame_angle(lon_rad - t->anchor.at.lon_rad) * t->anchor.axes.m[2][2]; /* sine of the anchor's latitude */
    if (fabs(turn) > TURN_SMALL_RAD)
        return (struct store_turn){cos(turn), sin(turn)};
    return (struct store_turn){1.0 - 0.5 * turn * turn, turn * (1.0 - turn * turn / 6.0)};
}

/* Latitude and longitude of a point near the anchor, to second order (metres at 50 km): enough for a gate. */
static void store_locate(const struct store_track *t, double east_m, double north_m, struct gate_row *row)
{
    double e = east_m / t->radius_m, n = north_m / t->radius_m;
    double cos_lat = fmax(t->anchor.axes.m[1][2], 1e-6), tan_lat = t->anchor.axes.m[2][2] / cos_lat;
    row->lat_rad = t->anchor.at.lat_rad + n - 0.5 * e * e * tan_lat;
    row->lon_rad = t->anchor.at.lon_rad + e / cos_lat * (1.0 + n * tan_lat);
}

void store_place(struct store *s, struct store_track *t, struct instant time)
{
    double x[KALMAN_STATES], age = instant_before(t->imm.time, time) ? instant_diff(time, t->imm.time) : 0.0;
    imm_mean(&t->imm, x);
    unsigned best = t->imm.probability[0] > t->imm.probability[1] ? 0 : 1;
    best = t->imm.probability[2] > t->imm.probability[best] ? 2 : best;
    const double *p = t->imm.model[best].p;
    double cos_lat = fmax(t->anchor.axes.m[1][2], 1e-6);
    struct gate_row row = {
        .time = instant_add(t->imm.time, age),
        .seen = t->imm.time,
        .lat_rad_s = x[KALMAN_VN] / t->radius_m,
        .lon_rad_s = x[KALMAN_VE] / (t->radius_m * cos_lat),
        .sigma_m = sqrt(fmax(p[kalman_at(KALMAN_E, KALMAN_E)], p[kalman_at(KALMAN_N, KALMAN_N)])),
        .sigma_mps = sqrt(fmax(p[kalman_at(KALMAN_VE, KALMAN_VE)], p[kalman_at(KALMAN_VN, KALMAN_VN)])),
    };
    row.sigma_m = fmin(row.sigma_m + row.sigma_mps * age, SIGMA_MAX_M);
    store_locate(t, x[KALMAN_E] + age * x[KALMAN_VE], x[KALMAN_N] + age * x[KALMAN_VN], &row);
    gate_add(s->gate, t->self.slot, &row);
}

void store_hide(struct store *s, struct store_track *t)
{
    gate_remove(s->gate, t->self.slot);
}

struct gate *store_gate(struct store *s)
{
    return s->gate;
}

struct store_look *store_find_look(struct store_track *t, uint16_t sensor)
{
    for (unsigned i = 0; i < t->looks; i++)
        if (t->look[i].sensor == sensor)
            return &t->look[i];
    return NULL;
}

struct store_look *store_add_look(struct store_track *t, uint16_t sensor)
{
    struct store_look *l = store_find_look(t, sensor);
    if (l)
        return l;
    l = &t->look[0];
    if (t->looks < STORE_LOOKS)
        l = &t->look[t->looks++];
    else
        for (unsigned i = 1; i < STORE_LOOKS; i++)
            if (instant_before(t->look[i].hit, l->hit))
                l = &t->look[i];
    *l = (struct store_look){.sensor = sensor, .last = INSTANT_NONE, .hit = INSTANT_NONE};
    return l;
}


/* Saved: the next number and three sizes, then the three parts. */
struct store_head {
    uint64_t next_number, pool, addresses, remotes, gate;
};

size_t store_state_size(const struct store *s)
{
    return sizeof(struct store_head) + pool_state_size(s->pool) + map_state_size(s->addresses) + map_state_size(s->remotes) +
           gate_state_size(s->gate);
}

void store_save(const struct store *s, void *out)
{
    struct store_head head = {s->next_number, pool_state_size(s->pool), map_state_size(s->addresses), map_state_size(s->remotes),
                              gate_state_size(s->gate)};
    char *at = out;
    memcpy(at, &head, sizeof head);
    at += sizeof head;
    pool_save(s->pool, at);
    map_save(s->addresses, at + head.pool);
    map_save(s->remotes, at + head.pool + head.addresses);
    gate_save(s->gate, at + head.pool + head.addresses + head.remotes);
}

int store_load(struct store *s, const void *in, size_t size)
{
    struct store_head head;
    const char *at = in;
    if (size < sizeof head)
        return ERR_FORMAT;
    memcpy(&head, at, sizeof head);
    at += sizeof head;
    size -= sizeof head;
    if (head.pool > size || head.addresses > size || head.remotes > size || head.gate > size ||
        head.pool + head.addresses + head.remotes + head.gate != size)
        return ERR_FORMAT;
    bool loaded = pool_load(s->pool, at, head.pool) == 0 && map_load(s->addresses, at + head.pool, head.addresses) == 0 &&
                  map_load(s->remotes, at + head.pool + head.addresses, head.remotes) == 0 &&
                  gate_load(s->gate, at + head.pool + head.addresses + head.remotes, head.gate) == 0;
    s->next_number = (uint32_t)head.next_number;
    return loaded ? 0 : ERR_FORMAT;
}
