/* The words' names, and what a message from outside has to have. */
#include "handoff/message.h"

#include "base/err.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    bool answered;
} kinds[] = {
#define X(name, answered, text) {#name, answered},
    MESSAGE_KINDS_LIST(X)
#undef X
};

static const char *const acts[] = {"", "accept", "retract", "recall", "force"};
static const char *const stamps[] = {"initiated", "delivered", "displayed", "accepted", "seen", "boundary"};

static const struct {
    const char *name, *text;
} reasons[] = {
#define X(name, text) {#name, text},
    MESSAGE_REASONS(X)
#undef X
};

uint64_t message_transfer(const char *centre, uint32_t count)
{
    uint64_t code = 0;

    for (int i = 0; i < 4; i++) {
        code = code << 8 | (uint8_t)centre[i];
    }
    return code << 32 | count;
}

void message_transfer_print(uint64_t transfer, char *out, unsigned size)
{
    snprintf(out, size, "%c%c%c%c-%u", (char)(transfer >> 56), (char)(transfer >> 48 & 0xff), (char)(transfer >> 40 & 0xff), (char)(transfer >> 32 & 0xff),
             (unsigned)(transfer & UINT32_MAX));
}

const char *message_kind_name(unsigned kind)
{
    return kind < MESSAGE_KINDS ? kinds[kind].name : "?";
}

bool message_is_answered(unsigned kind)
{
    return kind < MESSAGE_KINDS && kinds[kind].answered;
}

const char *message_act_name(unsigned act)
{
    return act < MESSAGE_ACTS ? acts[act] : "?";
}

const char *message_reason_name(unsigned reason)
{
    return reason < MESSAGE_REASONS_COUNT ? reasons[reason].name : "?";
}

const char *message_reason_text(unsigned reason)
{
    return reason < MESSAGE_REASONS_COUNT ? reasons[reason].text : "?";
}

const char *message_stamp_name(unsigned stamp)
{
    return stamp < MESSAGE_STAMPS ? stamps[stamp] : "?";
}

/* ---- checking ---- */

static bool is_code(const char code[5])
{
    for (int i = 0; i < 4; i++) {
        if (!(code[i] >= 'A' && code[i] <= 'Z') && !(code[i] >= '0' && code[i] <= '9')) {
            return false;
        }
    }
    return code[4] == '\0';
}

static bool is_place(struct geodetic g)
{
    return fabs(g.lat_rad) <= 1.5707963267948968 && fabs(g.lon_rad) <= 3.1415926535897936 && fabs(g.hae_m) <= 1e6;
}

static bool is_flight(const struct message_flight *f)
{
    return is_place(f->at) && fabs(f->east_mps) <= 5000 && fabs(f->north_mps) <= 5000 && fabs(f->climb_mps) <= 1000;
}

static bool is_transfer(uint64_t transfer)
{
    char code[5] = {(char)(transfer >> 56), (char)(transfer >> 48 & 0xff), (char)(transfer >> 40 & 0xff), (char)(transfer >> 32 & 0xff), '\0'};

    return is_code(code) && (transfer & UINT32_MAX) != 0;
}

int message_check(const struct message *m)
{
    if (m->kind >= MESSAGE_KINDS || m->act >= MESSAGE_ACTS || m->reason >= MESSAGE_REASONS_COUNT || (m->kind == MESSAGE_RTA) != (m->act != MESSAGE_NO_ACT)) {
        return ERR_RANGE;
    }
    if (m->kind == MESSAGE_SYNC) {
        return m->number == 0 ? 0 : ERR_RANGE;
    }
    if (m->transfer == 0 || m->serial == 0) {
        return ERR_MISSING;
    }
    if (!is_code(m->from) || !is_code(m->to) || !is_transfer(m->transfer)) {
        return ERR_FORMAT;
    }
    bool good = is_flight(&m->flight) && is_place(m->crossing.at) && m->crossing.sigma_s >= 0 && m->crossing.sigma_s <= 86400 && fabs(m->crossing.pressure_m) <= 1e5;
    return good ? 0 : ERR_RANGE;
}
