/* web_handoff: rows by transfer, in the order of their beginning; what a row needs beyond the desk's own state (its steps, why it is stuck, since when it
 * stands) is gathered from the desk's diary. */
#include "daemon/web/web_handoff.h"

#include "base/err.h"
#include "daemon/handoff.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROWS 256
#define STEPS 12
#define STEP_TEXT 72
#define BINS 7

struct row {
    uint64_t transfer; /* 0: free */
    uint32_t id, steps;
    uint8_t side, state;
    struct instant since;
    char why[32], step[STEPS][STEP_TEXT];
    bool seen; /* at this look */
    struct desk_transfer now;
};

struct web_handoffs {
    struct web *web;
    uint32_t ids;
    uint64_t version;
    struct row row[ROWS];
    uint32_t bins[2][BINS]; /* automatic, manual */
};

struct web_handoff_list {
    Airseam__Web__Handoffs message;
    Airseam__Web__Handoff handoff[ROWS], *list[ROWS];
    char text[ROWS][3][24], *step[ROWS][STEPS];
};

static const struct desk *desk_of(const struct web *w)
{
    return w->handoff ? handoff_desk(w->handoff) : NULL;
}

static struct row *find(struct web_handoffs *v, uint64_t transfer)
{
    for (unsigned i = 0; i < ROWS; i++) {
        if (v->row[i].transfer == transfer) {
            return &v->row[i];
        }
    }
    return NULL;
}

static struct row *find_id(struct web_handoffs *v, uint32_t id)
{
    for (unsigned i = 0; i < ROWS; i++) {
        if (v->row[i].transfer && v->row[i].id == id) {
            return &v->row[i];
        }
    }
    return NULL;
}

static struct row *find_or_add(struct web_handoffs *v, uint64_t transfer)
{
    struct row *r = find(v, transfer);

    if (!r && (r = find(v, 0)) != NULL) {
        *r = (struct row){.transfer = transfer, .id = ++v->ids, .since = INSTANT_NONE, .side = MACHINE_SIDES};
    }
    return r;
}

/* ---- what the desk says ---- */

/* Latency of what is over: from the offer to the acceptance. */
static void measure(struct web_handoffs *v, const struct diary_entry *e)
{
    static const double most_s[BINS - 1] = {1, 2, 5, 10, 20, 60};
    struct instant from = e->stamp[MESSAGE_INITIATED], to = e->stamp[MESSAGE_ACCEPTED];
    unsigned bin = 0;

    if (e->side != MACHINE_SENDER || !instant_is_set(from) || !instant_is_set(to)) {
        return;
    }
    while (bin < BINS - 1 && instant_diff(to, from) >= most_s[bin]) {
        bin++;
    }
    v->bins[e->by_voice][bin]++;
}

static void add_step(struct row *r, const struct diary_entry *e)
{
    char line[256];
    struct text_out out = text_out_init(line, sizeof line);
    const char *words;

    diary_print(e, &out);
    words = strchr(line, ' '); /* the time first, without its day */
    if (r->steps == STEPS) {
        memmove(r->step[0], r->step[1], sizeof r->step - sizeof r->step[0]);
        r->steps--;
    }
    snprintf(r->step[r->steps++], STEP_TEXT, "%.12s %s", line + (words && words - line > 11 ? 11 : 0), words ? words + 1 : "");
}

void web_handoff_event(struct web_handoffs *v, const struct diary_entry *e)
{
    struct row *r = e->transfer ? find_or_add(v, e->transfer) : NULL;
    char line[256];
    struct text_out out = text_out_init(line, sizeof line);

    v->version++;
    if (r) {
        add_step(r, e);
        snprintf(r->why, sizeof r->why, "%s", e->kind == DIARY_TOLD ? diary_why_word(e->why) : e->kind == DIARY_OWNER || e->kind == DIARY_CLOSED ? "" : r->why);
    }
    if (e->kind == DIARY_CLOSED) {
        measure(v, e);
    }
    if (e->kind == DIARY_TOLD || e->kind == DIARY_OWNER || e->kind == DIARY_CLOSED || e->kind == DIARY_LINK || e->kind == DIARY_CONFLICT) {
        diary_print(e, &out);
        web_say_of(v->web, e->kind == DIARY_TOLD || e->kind == DIARY_CONFLICT, "HANDOFF", line, e->track);
    }
}

/* ---- the list ---- */

static void look_at(struct web_handoffs *v, const struct desk_transfer *t, struct instant now)
{
    struct row *r = find_or_add(v, t->id);

    if (!r || (r->seen && t->side == MACHINE_RECEIVER)) {
        return; /* told from the giving side already */
    }
    if (r->side != t->side || r->state != t->state) {
        r->side = t->side;
        r->state = t->state;
        r->since = now;
        v->version++;
    }
    r->seen = true;
    r->now = *t;
}

uint64_t web_handoff_look(struct web_handoffs *v)
{
    const struct desk *d = desk_of(v->web);
    struct desk_transfer t;
    struct instant now;

    if (!d || !loop_now(v->web->loop, &now)) {
        return 0;
    }
    for (unsigned i = 0; i < ROWS; i++) {
        v->row[i].seen = false;
    }
    for (int side = MACHINE_SENDER; side < MACHINE_SIDES; side++) {
        for (uint32_t i = 0; i < desk_transfers(d); i++) {
            if (desk_transfer(d, i, &t) && t.side == side && !machine_is_over((enum machine_side)side, t.state)) {
                look_at(v, &t, now);
            }
        }
    }
    for (unsigned i = 0; i < ROWS; i++) {
        if (v->row[i].transfer && !v->row[i].seen) {
            v->row[i] = (struct row){0};
            v->version++;
        }
    }
    return v->version;
}

static Airseam__Web__HandoffState state_of(const struct row *r)
{
    static const uint8_t sender[MACHINE_SENDER_STATES_COUNT] = {
        [MACHINE_INITIATED] = AIRSEAM__WEB__HANDOFF_STATE__PROPOSED, [MACHINE_OFFERED] = AIRSEAM__WEB__HANDOFF_STATE__PROPOSED,
        [MACHINE_RETRACTING] = AIRSEAM__WEB__HANDOFF_STATE__RECALLED, [MACHINE_HELD] = AIRSEAM__WEB__HANDOFF_STATE__REJECTED,
        [MACHINE_VOICE] = AIRSEAM__WEB__HANDOFF_STATE__TIMED_OUT, [MACHINE_GIVEN] = AIRSEAM__WEB__HANDOFF_STATE__ACCEPTED,
        [MACHINE_RECALLING] = AIRSEAM__WEB__HANDOFF_STATE__RECALLED};
    static const uint8_t receiver[MACHINE_RECEIVER_STATES_COUNT] = {
        [MACHINE_PROPOSED] = AIRSEAM__WEB__HANDOFF_STATE__PROPOSED, [MACHINE_DECLINED] = AIRSEAM__WEB__HANDOFF_STATE__REJECTED,
        [MACHINE_ACCEPTING] = AIRSEAM__WEB__HANDOFF_STATE__ACCEPTED, [MACHINE_OWNING] = AIRSEAM__WEB__HANDOFF_STATE__ACCEPTED};

    if (r->now.outcome == MACHINE_FORCED) {
        return AIRSEAM__WEB__HANDOFF_STATE__FORCED;
    }
    return (Airseam__Web__HandoffState)(r->side == MACHINE_SENDER ? sender[r->state] : receiver[r->state]);
}

static int64_t ms(struct instant t)
{
    return instant_is_set(t) ? t.ns / 1000000 : 0;
}

static void put_code(const struct desk *d, int centre, char out[24])
{
    snprintf(out, 24, "%s", centre == CENTRE_NONE ? "" : centre_row(desk_centres(d), centre)->code);
}

/* The row that the scene has of the track; NULL: release does not show it. */
static const struct scene_row *shown(const struct scene *s, uint32_t track)
{
    uint32_t slots;
    const struct scene_row *row = scene_rows(s, &slots);

    for (uint32_t i = 0; i < slots; i++) {
        if (row[i].number == track) {
            return &row[i];
        }
    }
    return NULL;
}

static void put_row(const struct desk *d, struct row *r, const struct scene_row *seen, struct web_handoff_list *l)
{
    size_t n = l->message.n_handoff++;
    Airseam__Web__Handoff *out = &l->handoff[n];
    const struct centre_agreement *agreed = centre_agreement(desk_centres(d), r->now.from, r->now.to);
    struct instant from = r->now.stamp[MESSAGE_INITIATED], to = r->now.stamp[MESSAGE_ACCEPTED];

    airseam__web__handoff__init(out);
    put_code(d, r->now.from, l->text[n][0]);
    put_code(d, r->now.to, l->text[n][1]);
    memcpy(l->text[n][2], seen->ident.callsign, IDENT_CALLSIGN_SIZE);
    l->text[n][2][strcspn(l->text[n][2], " ")] = '\0';
    out->id = r->id;
    out->track = seen->number;
    out->callsign = l->text[n][2];
    out->from = l->text[n][0];
    out->to = l->text[n][1];
    out->state = state_of(r);
    out->since_ms = ms(r->since);
    out->why = r->why;
    out->automatic = agreed->mode == CENTRE_AUTOMATIC;
    out->latency_ms = instant_is_set(from) && instant_is_set(to) ? (uint32_t)fmax(instant_diff(to, from) * 1000, 0) : 0;
    out->boundary_ms = ms(r->now.crossing.time);
    for (unsigned i = 0; i < r->steps; i++) {
        l->step[n][i] = r->step[i];
    }
    out->step = l->step[n];
    out->n_step = r->steps;
    l->list[n] = out;
}

struct web_handoff_list *web_handoff_say(struct web_handoffs *v, struct scene *s, Airseam__Web__Frame *frame)
{
    const struct desk *d = desk_of(v->web);
    struct web_handoff_list *l = d ? calloc(1, sizeof *l) : NULL;

    if (!l) {
        return NULL;
    }
    airseam__web__handoffs__init(&l->message);
    for (unsigned i = 0; i < ROWS; i++) {
        const struct scene_row *seen = v->row[i].transfer && v->row[i].seen ? shown(s, v->row[i].now.flight.track) : NULL;

        if (seen) {
            put_row(d, &v->row[i], seen, l);
        }
    }
    l->message.handoff = l->list;
    l->message.automatic_s = v->bins[0];
    l->message.manual_s = v->bins[1];
    l->message.n_automatic_s = l->message.n_manual_s = BINS;
    frame->handoffs = &l->message;
    return l;
}

void web_handoff_said(struct web_handoff_list *l)
{
    free(l);
}

/* ---- commands ---- */

enum { ASK_INITIATE = 1, ASK_ACCEPT, ASK_REJECT, ASK_RECALL, ASK_FORCE, ASK_POINT_OUT };

/* The centre that must give the command: who gets the offer for an answer to it, who is responsible for all else. */
static int centre_for(const struct desk *d, const Airseam__Web__HandoffCommand *a, const struct row *r)
{
    struct ledger_row *row = a->track ? ledger_row(desk_ledger(d), ledger_find_track(desk_ledger(d), a->track)) : NULL;

    if (a->what == ASK_ACCEPT || a->what == ASK_REJECT) {
        return r ? r->now.to : CENTRE_NONE;
    }
    return r ? r->now.from : row ? row->claim.owner : CENTRE_NONE;
}

static bool holds_position(const struct web_client *c, const struct desk *d, int centre)
{
    const char *position = c->account.position;

    return !position[0] || (centre != CENTRE_NONE && strncmp(position, centre_row(desk_centres(d), centre)->code, 4) == 0 && strchr("/", position[4]) != NULL);
}

static uint8_t kind_of(const Airseam__Web__HandoffCommand *a, const struct row *r)
{
    static const uint8_t kinds[] = {[ASK_INITIATE] = DESK_INITIATE, [ASK_ACCEPT] = DESK_ACCEPT, [ASK_REJECT] = DESK_REJECT, [ASK_RECALL] = DESK_RETRACT,
                                    [ASK_FORCE] = DESK_FORCE, [ASK_POINT_OUT] = DESK_POINT_OUT};

    return a->what == ASK_RECALL && r && r->side == MACHINE_SENDER && r->state == MACHINE_GIVEN ? DESK_RECALL : kinds[a->what];
}

static const char *why_not(int code)
{
    switch (code) {
    case 0: return NULL;
    case ERR_UNKNOWN: return "no such aircraft or handoff";
    case ERR_DENIED: return "not responsible for it, or no agreement between the two centres";
    case ERR_STATE: return "not at this point of the handoff";
    default: return "the table of handoffs is full";
    }
}

const char *web_handoff_command(struct web_client *c, const Airseam__Web__HandoffCommand *a)
{
    const struct desk *d = desk_of(c->web);
    struct row *r = NULL;
    struct instant now;

    if (!(c->account.rights & ACCOUNT_HANDOFF)) {
        return "not allowed: handoff";
    }
    if (!d || !loop_now(c->web->loop, &now)) {
        return "this node has no centres";
    }
    if (a->what < ASK_INITIATE || a->what > ASK_POINT_OUT) {
        return "there is no such command";
    }
    r = a->handoff ? find_id(c->web->handoffs, a->handoff) : NULL;
    if (a->handoff && !r) {
        return "no such handoff";
    }
    if (!holds_position(c, d, centre_for(d, a, r))) {
        return "this is another position's to say";
    }
    struct desk_command command = {.kind = kind_of(a, r), .to = (int16_t)(a->to[0] ? centre_find(desk_centres(d), a->to) : CENTRE_NONE), .track = a->track,
                                   .transfer = r ? r->transfer : 0};
    if (a->to[0] && command.to == CENTRE_NONE) {
        return "no such centre";
    }
    return why_not(handoff_command(c->web->handoff, &command, now));
}

const char *web_handoff_owner(const struct web *w, uint32_t track)
{
    const struct desk *d = desk_of(w);
    const struct ledger_row *row = d ? ledger_row(desk_ledger(d), ledger_find_track(desk_ledger(d), track)) : NULL;

    return row && row->claim.owner != CENTRE_NONE ? centre_row(desk_centres(d), row->claim.owner)->code : "";
}

/* ---- birth and death ---- */

struct web_handoffs *web_handoff_new(struct web *w)
{
    struct web_handoffs *v = calloc(1, sizeof *v);

    if (v) {
        v->web = w;
    }
    return v;
}

void web_handoff_free(struct web_handoffs *v)
{
    free(v);
}
