/* Aircraft: whose they are, where they go. A row of the ledger per aircraft; each is predicted once in forecast_period_s, and what the prediction says
 * begins, changes or ends a dialogue. */
#include "handoff/inside.h"

#include "geo/geodesic.h"
#include <math.h>
#include <string.h>

#define MISSES 3        /* forecasts in a row without the crossing: it turned back */
#define RESUME_S 60.0   /* a track that is first seen so soon after a restart may be another node's */
#define ENTRY_WAIT_S 30.0 /* near another node's airspace an entry is claimed after so long at the latest */

static int host_of(const struct desk *d, int centre)
{
    return centre == CENTRE_NONE ? DESK_NOWHERE : d->s.host[centre];
}

/* ---- responsibility ---- */

void watch_owner(struct desk *d, struct handle h, int owner, enum ledger_how how, uint64_t transfer)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    int before = row->claim.owner;

    if (before == owner && row->claim.ours == (host_of(d, owner) == DESK_HERE)) {
        return;
    }
    row->claim.owner = (int16_t)owner;
    row->claim.ours = host_of(d, owner) == DESK_HERE;
    row->claim.how = (uint8_t)how;
    row->claim.since = d->now;
    row->claim.transfer = transfer;
    row->claim.sector = (int16_t)centre_sector(d->c, owner, row->level.pressure_m);
    row->forecast = INSTANT_NONE;
    keep_mark(&d->dirty_row, h.slot);
    if (row->claim.ours || host_of(d, before) == DESK_HERE) { /* what other nodes do among themselves is theirs to tell */
        struct diary_entry e = desk_entry(d, DIARY_OWNER, row->claim.ours || before == CENTRE_NONE ? owner : before, owner);

        e.how = (uint8_t)how;
        e.track = row->track;
        e.transfer = transfer;
        memcpy(e.callsign, row->claim.ident.callsign, sizeof e.callsign);
        desk_put(d, &e);
    }
}

/* Near airspace of another node, where the two pictures may put an aircraft on different sides. */
static bool near_another_node(const struct desk *d, const struct ledger_row *row)
{
    for (int i = 0; i < 4 && d->s.peers > 0; i++) {
        struct geodetic g = geodesic_direct(row->at, i * 1.5707963267948966, d->s.margin_m, NULL);
        int centre = centre_at(d->c, g.lat_rad, g.lon_rad);

        if ((uint32_t)host_of(d, centre) < d->s.peers) {
            return true;
        }
    }
    return false;
}

static bool all_linked(const struct desk *d)
{
    for (uint32_t i = 0; i < d->s.peers; i++) {
        if (!peer_is_up(d->peer[i])) {
            return false;
        }
    }
    return true;
}

/* An aircraft for which nobody is responsible as far as this node knows. It is claimed at once, but: after its responsibility ended at a boundary when
 * the agreement's time is over; near another node's airspace after ENTRY_WAIT_S; and after a restart, when the other nodes have had so long to speak. */
static void consider_entry(struct desk *d, struct handle h, bool new)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    int inside = row->inside;
    double least = 0;

    if (inside == CENTRE_NONE) {
        return;
    }
    if (host_of(d, inside) != DESK_HERE) {
        watch_owner(d, h, inside, LEDGER_PLACE, 0);
        return;
    }
    row->doubtful |= new && d->resumed && d->s.peers > 0 && instant_diff(d->now, d->began) < RESUME_S;
    if (row->claim.transfer) {
        least = centre_agreement(d->c, inside, inside)->entry_s;
    } else if (row->doubtful || near_another_node(d, row)) {
        least = ENTRY_WAIT_S;
    }
    if (!instant_is_set(row->waits) || (row->doubtful && !all_linked(d))) {
        row->waits = d->now;
    }
    if (instant_diff(d->now, row->waits) >= least) {
        row->waits = INSTANT_NONE;
        row->doubtful = false;
        watch_owner(d, h, inside, desk_plan_of(d, row) ? LEDGER_PLAN : LEDGER_ENTRY, 0);
    }
}

/* An aircraft in airspace of this node that another node is thought to have, only because it was seen there first: when that node, with its link up,
 * says nothing of it, it is nobody's. */
static void consider_unannounced(struct desk *d, struct handle h)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    uint32_t peer = (uint32_t)host_of(d, row->claim.owner);

    if (row->announced || row->claim.how != LEDGER_PLACE || peer >= d->s.peers || !peer_is_up(d->peer[peer])) {
        row->waits = INSTANT_NONE;
    } else if (!instant_is_set(row->waits)) {
        row->waits = d->now;
    } else if (instant_diff(d->now, row->waits) >= ENTRY_WAIT_S) {
        row->waits = INSTANT_NONE;
        watch_owner(d, h, row->inside, LEDGER_ENTRY, 0);
    }
}

/* ---- prediction ---- */

static struct instant lead(struct instant boundary, double lead_s)
{
    return instant_add(boundary, -lead_s);
}

static void arm_leads(struct desk *d, struct transfer *t)
{
    const struct centre_agreement *a = centre_agreement(d->c, t->from, t->to);
    double speed = hypot(t->flight.east_mps, t->flight.north_mps);
    double lead_s = a->initiate_lead_s;

    if (a->initiate_distance_m > 0 && speed > 0) {
        lead_s = fmax(lead_s, a->initiate_distance_m / speed);
    }
    if (t->state == MACHINE_EXPECTED && t->mode == CENTRE_AUTOMATIC) {
        act_arm(d, t, INSIDE_ESTIMATE, lead(t->crossing.time, fmax(a->estimate_lead_s, lead_s)));
    }
    if (t->state <= MACHINE_COORDINATED && t->mode != CENTRE_ENDS) {
        act_arm(d, t, INSIDE_INITIATE, lead(t->crossing.time, lead_s));
    }
}

static uint8_t mode_of(const struct desk *d, int from, int to, double pressure_m)
{
    const struct centre_agreement *a = centre_agreement(d->c, from, to);
    bool by_voice = host_of(d, to) == DESK_NOWHERE || pressure_m < a->floor_pressure_m || pressure_m > a->ceiling_pressure_m;

    return a->mode == CENTRE_AUTOMATIC && by_voice ? CENTRE_MANUAL : a->mode;
}

static void update_crossing(struct desk *d, struct transfer *t, const struct ledger_row *row, const struct forecast *f)
{
    t->misses = 0;
    t->crossing = (struct message_crossing){f->time, f->sigma_s, f->at, f->pressure_m};
    t->distance_m = f->distance_m;
    act_describe(d, row, &t->flight);
    if (t->state == MACHINE_EXPECTED) {
        t->mode = mode_of(d, t->from, t->to, f->pressure_m);
    }
    if (instant_is_set(t->said) && fabs(instant_diff(t->crossing.time, t->said)) > d->s.change_s && t->state != MACHINE_GIVEN) {
        (void)dialogue_feed(d, t, MACHINE_SEE_CHANGE);
    }
    arm_leads(d, t);
}

static void miss(struct desk *d, struct transfer *t)
{
    if (t->crossed || ++t->misses < MISSES) {
        return;
    }
    (void)dialogue_feed(d, t, MACHINE_SEE_TURNBACK);
}

void watch_predict(struct desk *d, struct handle h)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    struct transfer *t = row->claim.outgoing ? dialogue_find(d, row->claim.outgoing, MACHINE_SENDER) : NULL;
    struct forecast f;
    bool leaves;

    row->forecast = d->now;
    if (t && t->crossed) {
        return;
    }
    leaves = forecast_crossing(d->c, row->claim.owner, row, desk_plan_of(d, row), d->s.horizon_s, &f) && f.to != CENTRE_NONE && f.stay_s >= d->s.clip_s;
    if (t && (!leaves || f.to != t->to)) {
        miss(d, t);
        return;
    }
    if (!leaves) {
        return;
    }
    t = t ? t : dialogue_begin(d, h, row->claim.owner, f.to);
    if (t) {
        update_crossing(d, t, row, &f);
    }
}

/* ---- crossing ---- */

/* When the aircraft was at the boundary, between its last two states. */
static struct instant boundary_time(const struct desk *d, const struct ledger_row *before, const struct ledger_row *row)
{
    struct centre_crossing cut;
    bool seen = before->inside != row->inside && before->inside != CENTRE_NONE && instant_is_set(before->time);
    double part = seen && centre_leave(d->c, before->inside, before->at, row->at, &cut) ? cut.part : 1.0;

    if (!seen) {
        return row->time; /* it crossed unseen, while this node was away */
    }

    return instant_add(before->time, part * instant_diff(row->time, before->time));
}

static void cross(struct desk *d, uint64_t id, const struct ledger_row *before, const struct ledger_row *row)
{
    static const uint8_t event[MACHINE_SIDES] = {MACHINE_SEE_CROSSED, MACHINE_SEE_ENTERED};

    for (unsigned side = 0; side < MACHINE_SIDES && id; side++) {
        struct transfer *t = dialogue_find(d, id, (enum machine_side)side);

        if (t && t->to == row->inside && !t->crossed) {
            t->crossed = true;
            t->stamp[MESSAGE_BOUNDARY] = boundary_time(d, before, row);
            (void)dialogue_feed(d, t, event[side]);
        }
    }
}

/* It is in airspace whose centre is not responsible for it, and no dialogue is under way: at once. */
static void offer_late(struct desk *d, struct handle h, struct instant at)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    uint8_t mode = mode_of(d, row->claim.owner, row->inside, row->level.pressure_m);
    struct forecast f;
    struct transfer *t;

    if (forecast_crossing(d->c, row->inside, row, desk_plan_of(d, row), d->s.clip_s, &f) && f.to == row->claim.owner) {
        return; /* it only cuts a corner */
    }
    t = dialogue_begin(d, h, row->claim.owner, row->inside);
    if (!t) {
        return;
    }
    t->mode = mode;
    t->why = DIARY_LATE_DETECTION;
    t->crossing = (struct message_crossing){at, 0, row->at, row->level.pressure_m};
    t->stamp[MESSAGE_BOUNDARY] = at;
    if (mode == CENTRE_ENDS) {
        t->crossed = true;
        (void)dialogue_feed(d, t, MACHINE_SEE_CROSSED);
        return;
    }
    (void)dialogue_feed(d, t, mode == CENTRE_AUTOMATIC ? MACHINE_DO_INITIATE : MACHINE_DO_CALL);
    t->crossed = true;
}

static void look(struct desk *d, struct handle h, const struct ledger_row *before)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    uint64_t transfer = row->claim.transfer, outgoing = row->claim.outgoing;

    cross(d, outgoing, before, row);
    cross(d, transfer != outgoing ? transfer : 0, before, row);
    if (row->claim.owner == CENTRE_NONE) {
        consider_entry(d, h, false);
    } else if (!row->claim.ours && row->inside != row->claim.owner && host_of(d, row->inside) != DESK_HERE) {
        watch_owner(d, h, row->inside, LEDGER_PLACE, 0);
    } else if (!row->claim.ours && host_of(d, row->inside) == DESK_HERE) {
        consider_unannounced(d, h);
    } else if (row->claim.ours && row->inside == CENTRE_NONE && !row->claim.outgoing && before->inside == CENTRE_NONE) {
        watch_owner(d, h, CENTRE_NONE, LEDGER_NOBODY, 0);
    }
    if (!row->claim.ours) {
        return;
    }
    if (row->inside != row->claim.owner && row->inside != CENTRE_NONE && row->inside == before->inside && !row->claim.outgoing &&
        !(row->claim.transfer && dialogue_find(d, row->claim.transfer, MACHINE_RECEIVER))) {
        offer_late(d, h, row->time);
    } else if (row->inside == row->claim.owner && (!instant_is_set(row->forecast) || instant_diff(d->now, row->forecast) >= d->s.forecast_period_s)) {
        watch_predict(d, h);
    }
    if (row->inside == row->claim.owner && row->claim.transfer && !dialogue_find(d, row->claim.transfer, MACHINE_RECEIVER)) {
        row->claim.transfer = 0; /* settled: what brought it is over */
    }
}

/* ---- tracks ---- */

static void take_state(struct desk *d, struct handle h, const struct track *t)
{
    struct ledger_row *row = ledger_row(d->ledger, h);
    struct ident ident = row->claim.ident;

    ident_merge(&ident, &t->ident);
    if (memcmp(&ident, &row->claim.ident, sizeof ident) != 0) {
        ledger_set_ident(d->ledger, h, &ident);
        keep_mark(&d->dirty_row, h.slot);
    }
    row->time = t->time;
    row->at = t->at;
    row->east_mps = t->east_mps;
    row->north_mps = t->north_mps;
    row->climb_mps = t->climb_mps;
    memcpy(row->cov, t->cov, sizeof row->cov);
    row->level = t->level;
    row->coasting = t->flags & TRACK_COASTING;
    row->inside = (int16_t)centre_at(d->c, t->at.lat_rad, t->at.lon_rad);
}

static void drop(struct desk *d, struct handle h)
{
    static const uint8_t event[MACHINE_SIDES] = {MACHINE_SEE_LOST, MACHINE_SEE_GONE};
    struct ledger_row *row = ledger_row(d->ledger, h);
    uint64_t ids[2] = {row->claim.outgoing, row->claim.transfer != row->claim.outgoing ? row->claim.transfer : 0};

    for (unsigned i = 0; i < 4; i++) {
        struct transfer *t = ids[i / 2] ? dialogue_find(d, ids[i / 2], (enum machine_side)(i % 2)) : NULL;

        if (t && machine_cell((enum machine_side)t->side, t->state, event[i % 2])->decided) {
            (void)dialogue_feed(d, t, event[i % 2]);
        }
    }
    dialogue_run(d);
    if (row->claim.ours) {
        watch_owner(d, h, CENTRE_NONE, LEDGER_NOBODY, 0);
    }
    keep_mark(&d->dirty_row, h.slot);
    ledger_remove(d->ledger, h);
}

/* The row of a track that is new here: one that a message announced or a restart left, or a fresh one. */
static struct handle row_for(struct desk *d, const struct track *t, bool *new)
{
    struct handle h = ledger_find_track(d->ledger, t->number);
    struct ledger_row *row;

    *new = false;
    if (h.generation) {
        return h;
    }
    h = ledger_find_ident(d->ledger, &t->ident, t->at);
    row = ledger_row(d->ledger, h);
    if (row && row->track == 0) {
        ledger_set_track(d->ledger, h, t->number);
        return h;
    }
    *new = true;
    h = ledger_add(d->ledger, t->number, &t->ident);
    d->counters.overflow += h.generation == 0;
    return h;
}

void watch_track(struct desk *d, const struct track_event *e)
{
    const struct track *t = &e->track;
    struct handle h;
    bool new = false;

    if ((t->flags & TRACK_AMALGAMATED) && t->other_number) { /* one aircraft under two numbers: the row that is further on stays */
        struct handle other = ledger_find_track(d->ledger, t->other_number), own = ledger_find_track(d->ledger, t->number);
        struct ledger_row *a = ledger_row(d->ledger, own), *b = ledger_row(d->ledger, other);

        if (b && (!a || (b->claim.outgoing && !a->claim.outgoing))) {
            if (a) {
                drop(d, own);
            }
            ledger_set_track(d->ledger, other, t->number);
        } else if (b) {
            drop(d, other);
        }
    }
    if (e->kind == TRACK_DROP) {
        h = ledger_find_track(d->ledger, t->number);
        if (h.generation) {
            drop(d, h);
        }
        return;
    }
    h = row_for(d, t, &new);
    if (h.generation) {
        struct ledger_row before = *ledger_row(d->ledger, h);

        take_state(d, h, t);
        if (new) {
            consider_entry(d, h, true);
            before = *ledger_row(d->ledger, h);
        }
        look(d, h, &before);
    }
}

/* ---- messages ---- */

struct handle watch_bind(struct desk *d, const struct message *m)
{
    int from = centre_find(d->c, m->from);
    struct handle h = host_of(d, from) == DESK_HERE ? ledger_find_track(d->ledger, m->flight.track) : HANDLE_NONE;
    struct ledger_row *row;

    if (h.generation == 0) {
        h = ledger_find_ident(d->ledger, &m->flight.ident, m->flight.at);
    }
    row = ledger_row(d->ledger, h);
    if (row) {
        row->announced = true;
        return h;
    }
    h = ledger_add(d->ledger, 0, &m->flight.ident);
    row = ledger_row(d->ledger, h);
    if (row) {
        row->announced = true;
        row->time = m->flight.time;
        row->at = m->flight.at;
        row->east_mps = m->flight.east_mps;
        row->north_mps = m->flight.north_mps;
        row->level = m->flight.level;
        row->inside = (int16_t)centre_at(d->c, row->at.lat_rad, row->at.lon_rad);
        row->claim.owner = (int16_t)from;
        row->claim.how = LEDGER_PLACE;
    } else {
        d->counters.overflow++;
    }
    return h;
}
