/* What survives, as records: each says how one thing stands now, so that reading them in order ends in the state, however often each was written.
 *
 * A record: kind, key, length of the image, image. Claims have an explicit form (handoff/ledger.h); dialogues and messages are images of their structs
 * and hold for one build: a journal says which (LAYOUT), and another one is refused, never misread. A key without image: it is over. */
#include "handoff/inside.h"

#include "base/err.h"
#include <string.h>

enum keep_kind { KEEP_LAYOUT, KEEP_CLAIM, KEEP_TRANSFER, KEEP_PEER, KEEP_MESSAGE, KEEP_COUNT, KEEP_KINDS };

struct head {
    uint32_t kind, size;
    uint64_t key;
};

#define LAYOUT ((uint64_t)sizeof(struct transfer) << 32 | (uint64_t)sizeof(struct message) << 8 | 1)
#define KEEP_SIZE (sizeof(struct head) + (sizeof(struct transfer) > sizeof(struct message) ? sizeof(struct transfer) : sizeof(struct message)))

struct out {
    void (*record)(void *context, const uint8_t *bytes, size_t size);
    void *context;
};

void keep_mark(struct dirty *list, uint32_t slot)
{
    if (!list->is[slot]) {
        list->is[slot] = 1;
        list->slot[list->count++] = slot;
    }
}

static void put(const struct out *o, enum keep_kind kind, uint64_t key, const void *image, size_t size)
{
    uint8_t bytes[KEEP_SIZE];
    struct head head = {(uint32_t)kind, (uint32_t)size, key};

    memcpy(bytes, &head, sizeof head);
    if (size) {
        memcpy(bytes + sizeof head, image, size);
    }
    o->record(o->context, bytes, sizeof head + size);
}

static void put_row(const struct desk *d, const struct out *o, uint32_t slot)
{
    uint8_t image[LEDGER_CLAIM_SIZE];
    struct handle h;
    const struct ledger_row *row = ledger_slot(d->ledger, slot, &h);

    put(o, KEEP_CLAIM, slot, image, row && (row->claim.ours || row->claim.transfer) ? ledger_encode(&row->claim, image) : 0);
}

static void put_transfer(const struct desk *d, const struct out *o, uint32_t slot)
{
    const struct transfer *t = pool_slot(d->transfers, slot);

    if (t) {
        put(o, KEEP_TRANSFER, dialogue_key(t->id, t->side), t, sizeof *t);
        put(o, KEEP_COUNT, (uint64_t)t->from, &d->count_of[t->from], sizeof d->count_of[0]);
    }
}

static void put_peer(struct desk *d, const struct out *o, uint32_t peer, bool whole)
{
    struct peer_state s = peer_state(d->peer[peer]);
    struct message m;

    if (whole || memcmp(&s, &d->kept_state[peer], sizeof s) != 0) {
        put(o, KEEP_PEER, peer, &s, sizeof s);
        d->kept_state[peer] = s;
    }
    for (uint64_t n = whole ? s.acknowledged + 1 : d->kept[peer] + 1; n < s.next; n++) {
        if (peer_message(d->peer[peer], n, &m)) {
            put(o, KEEP_MESSAGE, peer, &m, sizeof m);
        }
    }
    d->kept[peer] = s.next - 1;
}

static void clear(struct dirty *list)
{
    for (uint32_t i = 0; i < list->count; i++) {
        list->is[list->slot[i]] = 0;
    }
    list->count = 0;
}

void keep_drain(struct desk *d, void (*record)(void *context, const uint8_t *bytes, size_t size), void *context, bool whole)
{
    struct out o = {record, context};

    if (whole) {
        uint64_t layout = LAYOUT;

        put(&o, KEEP_LAYOUT, 0, &layout, sizeof layout);
        for (int i = 0; i < centre_count(d->c); i++) {
            put(&o, KEEP_COUNT, (uint64_t)i, &d->count_of[i], sizeof d->count_of[0]);
        }
    }
    if (record) {
        for (uint32_t i = 0; i < (whole ? pool_end(d->transfers) : d->dirty_transfer.count); i++) {
            put_transfer(d, &o, whole ? i : d->dirty_transfer.slot[i]);
        }
        for (uint32_t i = 0; i < (d->gone_count < d->s.transfers ? d->gone_count : d->s.transfers) && !whole; i++) {
            put(&o, KEEP_TRANSFER, d->gone[i], NULL, 0);
        }
        for (uint32_t i = 0; i < (whole ? ledger_end(d->ledger) : d->dirty_row.count); i++) {
            put_row(d, &o, whole ? i : d->dirty_row.slot[i]);
        }
        for (uint32_t i = 0; i < d->s.peers; i++) {
            put_peer(d, &o, i, whole);
        }
    }
    clear(&d->dirty_transfer);
    clear(&d->dirty_row);
    d->gone_count = 0;
}

/* ---- a restart ---- */

static int take_claim(struct desk *d, uint64_t key, const uint8_t *image, size_t size)
{
    struct handle *h = key < d->s.flights ? &d->restored[key] : NULL;
    struct ident nobody = {0};
    struct ledger_claim claim;

    if (!h) {
        return ERR_RANGE;
    }
    if (size == 0) {
        if (ledger_row(d->ledger, *h)) {
            ledger_remove(d->ledger, *h);
        }
        *h = HANDLE_NONE;
        return 0;
    }
    int code = ledger_decode(image, size, &claim);
    if (code < 0 || claim.owner >= centre_count(d->c)) {
        return code < 0 ? code : ERR_RANGE;
    }
    if (!ledger_row(d->ledger, *h)) {
        *h = ledger_add(d->ledger, 0, &nobody);
    }
    if (!ledger_row(d->ledger, *h)) {
        return ERR_FULL;
    }
    ledger_set_ident(d->ledger, *h, &claim.ident);
    ledger_row(d->ledger, *h)->claim = claim;
    ledger_row(d->ledger, *h)->announced = !claim.ours;
    return 0;
}

static int take_transfer(struct desk *d, uint64_t key, const uint8_t *image, size_t size)
{
    struct transfer *old = dialogue_find(d, key & ~(UINT64_C(1) << 63), (enum machine_side)(key >> 63)), t;

    if (size == 0) {
        if (old) {
            dialogue_forget(d, old);
        }
        return 0;
    }
    if (size != sizeof t) {
        return ERR_LENGTH;
    }
    memcpy(&t, image, sizeof t);
    if (t.side >= MACHINE_SIDES || t.state >= machine_states((enum machine_side)t.side) || t.from < 0 || t.from >= centre_count(d->c) || t.to < 0 ||
        t.to >= centre_count(d->c)) {
        return ERR_RANGE;
    }
    if (old) {
        dialogue_forget(d, old);
    }
    return dialogue_restore(d, &t) ? 0 : ERR_FULL;
}

static int take_peer(struct desk *d, const struct head *head, const uint8_t *image)
{
    struct peer_state s;
    struct message m;

    if (head->key >= d->s.peers) {
        return ERR_UNKNOWN;
    }
    if (head->kind == KEEP_PEER && head->size == sizeof s) {
        memcpy(&s, image, sizeof s);
        peer_restore(d->peer[head->key], &s);
        return 0;
    }
    if (head->kind == KEEP_MESSAGE && head->size == sizeof m) {
        memcpy(&m, image, sizeof m);
        peer_restore_message(d->peer[head->key], &m);
        return 0;
    }
    return ERR_LENGTH;
}

int keep_take(struct desk *d, const uint8_t *bytes, size_t size)
{
    struct head head;
    uint64_t layout;

    if (size < sizeof head) {
        return ERR_TRUNCATED;
    }
    memcpy(&head, bytes, sizeof head);
    d->resumed = true;
    bytes += sizeof head;
    if (head.size != size - sizeof head) {
        return ERR_LENGTH;
    }
    switch (head.kind) {
    case KEEP_LAYOUT:
        memcpy(&layout, bytes, size == sizeof head + sizeof layout ? sizeof layout : 0);
        return size == sizeof head + sizeof layout && layout == LAYOUT ? 0 : ERR_VERSION;
    case KEEP_CLAIM: return take_claim(d, head.key, bytes, head.size);
    case KEEP_TRANSFER: return take_transfer(d, head.key, bytes, head.size);
    case KEEP_PEER: case KEEP_MESSAGE: return take_peer(d, &head, bytes);
    case KEEP_COUNT:
        if (head.key >= CENTRE_MAX || head.size != sizeof d->count_of[0]) {
            return ERR_RANGE;
        }
        memcpy(&d->count_of[head.key], bytes, sizeof d->count_of[0]);
        return 0;
    default: return ERR_UNKNOWN;
    }
}
