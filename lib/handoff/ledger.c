/* A pool of rows with two indexes: by track number, and by identity (address, or callsign: 48 of its bits as six-bit characters). A code alone is no
 * key, because many share it: aircraft that have nothing else are searched for nearby. */
#include "handoff/ledger.h"

#include "base/err.h"
#include "base/map.h"
#include "geo/geodesic.h"
#include <stdlib.h>
#include <string.h>

#define NEAR_M 20000.0
#define KEY_ADDRESS (UINT64_C(1) << 60)
#define KEY_CALLSIGN (UINT64_C(2) << 60)
#define CLAIM_VERSION 1

struct ledger {
    struct pool *rows;
    struct map *by_track, *by_ident;
};

struct ledger *ledger_new(uint32_t capacity)
{
    struct ledger *l = calloc(1, sizeof *l);

    if (!l) {
        return NULL;
    }
    l->rows = pool_new(capacity, sizeof(struct ledger_row));
    l->by_track = map_new(capacity);
    l->by_ident = map_new(capacity * 2);
    if (!l->rows || !l->by_track || !l->by_ident) {
        ledger_free(l);
        return NULL;
    }
    return l;
}

void ledger_free(struct ledger *l)
{
    if (l) {
        pool_free(l->rows);
        map_free(l->by_track);
        map_free(l->by_ident);
        free(l);
    }
}

/* ---- keys: 0 where there is none ---- */

static uint64_t address_key(const struct ident *i)
{
    return ident_has(i, IDENT_MODE_S) && !ident_has(i, IDENT_NOT_ICAO) ? KEY_ADDRESS | i->mode_s : 0;
}

static uint64_t callsign_key(const struct ident *i)
{
    uint64_t key = 0;

    if (!ident_has(i, IDENT_CALLSIGN) || !i->callsign[0]) {
        return 0;
    }
    for (const char *c = i->callsign; *c; c++) {
        key = key << 6 | ((uint8_t)*c & 63u);
    }
    return KEY_CALLSIGN | key;
}

static struct handle handle_at(const struct ledger *l, const struct map *m, uint64_t key)
{
    uint32_t slot;

    return key && map_find(m, key, &slot) ? pool_handle(l->rows, slot) : HANDLE_NONE;
}

/* The first who has a key keeps it: a second aircraft of the same address is found by its track alone. */
static void add_key(struct ledger *l, struct handle h, uint64_t key)
{
    uint32_t slot;

    if (key && !map_find(l->by_ident, key, &slot)) {
        (void)map_add(l->by_ident, key, h.slot);
    }
}

static void remove_key(struct ledger *l, struct handle h, uint64_t key)
{
    uint32_t slot;

    if (key && map_find(l->by_ident, key, &slot) && slot == h.slot) {
        (void)map_remove(l->by_ident, key);
    }
}

struct handle ledger_find_track(const struct ledger *l, uint32_t track)
{
    return handle_at(l, l->by_track, track);
}

/* Both have an address, or a callsign, and it is not the same. */
static bool differ(const struct ident *a, const struct ident *b)
{
    return (address_key(a) && address_key(b) && address_key(a) != address_key(b)) || (callsign_key(a) && callsign_key(b) && callsign_key(a) != callsign_key(b));
}

struct handle ledger_find_ident(const struct ledger *l, const struct ident *ident, struct geodetic at)
{
    struct handle best = handle_at(l, l->by_ident, address_key(ident));
    double near_m = NEAR_M;

    if (best.generation == 0) {
        best = handle_at(l, l->by_ident, callsign_key(ident));
    }
    if (best.generation != 0 || !ident_has(ident, IDENT_MODE_A) || ident_code_is_shared(ident->mode_a)) {
        return best;
    }
    for (uint32_t s = 0; s < pool_end(l->rows); s++) {
        const struct ledger_row *row = pool_slot(l->rows, s);

        if (row && ident_has(&row->claim.ident, IDENT_MODE_A) && row->claim.ident.mode_a == ident->mode_a && !differ(&row->claim.ident, ident)) {
            double distance_m = geodesic_inverse(at, row->at, NULL, NULL);

            if (distance_m < near_m) {
                near_m = distance_m;
                best = pool_handle(l->rows, s);
            }
        }
    }
    return best;
}

/* ---- rows ---- */

struct handle ledger_add(struct ledger *l, uint32_t track, const struct ident *ident)
{
    struct handle h = pool_add(l->rows);
    struct ledger_row *row = pool_find(l->rows, h);

    if (row) {
        row->claim.owner = row->claim.sector = row->inside = -1;
        row->claim.since = row->forecast = row->waits = row->time = INSTANT_NONE;
        ledger_set_track(l, h, track);
        ledger_set_ident(l, h, ident);
    }
    return h;
}

void ledger_remove(struct ledger *l, struct handle h)
{
    struct ident nobody = {0};

    ledger_set_track(l, h, 0);
    ledger_set_ident(l, h, &nobody);
    pool_remove(l->rows, h);
}

struct ledger_row *ledger_row(const struct ledger *l, struct handle h)
{
    return pool_find(l->rows, h);
}

void ledger_set_track(struct ledger *l, struct handle h, uint32_t track)
{
    struct ledger_row *row = pool_find(l->rows, h);

    if (row->track) {
        (void)map_remove(l->by_track, row->track);
    }
    row->track = track;
    if (track) {
        (void)map_add(l->by_track, track, h.slot);
    }
}

void ledger_set_ident(struct ledger *l, struct handle h, const struct ident *ident)
{
    struct ledger_row *row = pool_find(l->rows, h);
    uint64_t address = address_key(ident), callsign = callsign_key(ident);

    if (address != address_key(&row->claim.ident)) {
        remove_key(l, h, address_key(&row->claim.ident));
    }
    if (callsign != callsign_key(&row->claim.ident)) {
        remove_key(l, h, callsign_key(&row->claim.ident));
    }
    row->claim.ident = *ident;
    add_key(l, h, address);
    add_key(l, h, callsign);
}

uint32_t ledger_end(const struct ledger *l)
{
    return pool_end(l->rows);
}

struct ledger_row *ledger_slot(const struct ledger *l, uint32_t slot, struct handle *h)
{
    struct ledger_row *row = pool_slot(l->rows, slot);

    if (row) {
        *h = pool_handle(l->rows, slot);
    }
    return row;
}

uint32_t ledger_count(const struct ledger *l)
{
    return pool_count(l->rows);
}

const char *ledger_how_name(unsigned how)
{
#define X(name, text) text,
    static const char *const names[] = {LEDGER_HOWS(X)};
#undef X
    return how < LEDGER_HOWS_COUNT ? names[how] : "?";
}

/* ---- a claim as bytes: version, then each member in this order, least significant octet first ---- */

static void put(uint8_t **at, uint64_t value, unsigned octets)
{
    for (unsigned i = 0; i < octets; i++) {
        *(*at)++ = (uint8_t)(value >> 8 * i);
    }
}

static uint64_t get(const uint8_t **at, unsigned octets)
{
    uint64_t value = 0;

    for (unsigned i = 0; i < octets; i++) {
        value |= (uint64_t)*(*at)++ << 8 * i;
    }
    return value;
}

#define CLAIM_OCTETS (1 + 2 + 2 + 1 + 1 + 8 + 8 + 8 + 4 + 2 + 2 + 2 + IDENT_CALLSIGN_SIZE)

size_t ledger_encode(const struct ledger_claim *c, uint8_t out[LEDGER_CLAIM_SIZE])
{
    uint8_t *at = out;

    put(&at, CLAIM_VERSION, 1);
    put(&at, (uint16_t)c->owner, 2);
    put(&at, (uint16_t)c->sector, 2);
    put(&at, c->ours, 1);
    put(&at, c->how, 1);
    put(&at, (uint64_t)c->since.ns, 8);
    put(&at, c->transfer, 8);
    put(&at, c->outgoing, 8);
    put(&at, c->ident.mode_s, 4);
    put(&at, c->ident.mode_a, 2);
    put(&at, c->ident.mode_2, 2);
    put(&at, c->ident.flags, 2);
    memcpy(at, c->ident.callsign, IDENT_CALLSIGN_SIZE);
    return CLAIM_OCTETS;
}

int ledger_decode(const uint8_t *bytes, size_t size, struct ledger_claim *out)
{
    const uint8_t *at = bytes;

    memset(out, 0, sizeof *out);
    if (size != CLAIM_OCTETS) {
        return ERR_LENGTH;
    }
    if (get(&at, 1) != CLAIM_VERSION) {
        return ERR_VERSION;
    }
    out->owner = (int16_t)get(&at, 2);
    out->sector = (int16_t)get(&at, 2);
    out->ours = (uint8_t)get(&at, 1);
    out->how = (uint8_t)get(&at, 1);
    out->since.ns = (int64_t)get(&at, 8);
    out->transfer = get(&at, 8);
    out->outgoing = get(&at, 8);
    out->ident.mode_s = (uint32_t)get(&at, 4);
    out->ident.mode_a = (uint16_t)get(&at, 2);
    out->ident.mode_2 = (uint16_t)get(&at, 2);
    out->ident.flags = (uint16_t)get(&at, 2);
    memcpy(out->ident.callsign, at, IDENT_CALLSIGN_SIZE);
    return out->owner < -1 || out->ours > 1 || out->how >= LEDGER_HOWS_COUNT ? ERR_RANGE : 0;
}
