/* Every cell of the matrix is decided; what an event does is a set of bits. */
#include "wire/fmtp.h"

#include "base/err.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>

#define VERSION 2

enum { NAME = 1, SAY_ACCEPT = 2, SAY_REJECT = 4, SAY_STARTUP = 8, SAY_SHUTDOWN = 16, SAY_HEARTBEAT = 32, DELIVER = 64 };

#define S(name) FMTP_##name
#define NEVER {FMTP_STATES, 0}
#define END(state) [FMTP_ON_BROKEN] = {S(IDLE), 0}, [FMTP_ON_NONSENSE] = {S(IDLE), 0}, [FMTP_ON_CONNECTED_OUT] = NEVER, [FMTP_ON_CONNECTED_IN] = NEVER
#define NO_NAMES [FMTP_ON_NAME_GOOD] = {S(IDLE), 0}, [FMTP_ON_NAME_BAD] = {S(IDLE), 0}, [FMTP_ON_ACCEPT] = {S(IDLE), 0}, [FMTP_ON_REJECT] = {S(IDLE), 0}
#define NO_SYSTEM [FMTP_ON_STARTUP] = {S(IDLE), 0}, [FMTP_ON_SHUTDOWN] = {S(IDLE), 0}, [FMTP_ON_HEARTBEAT] = {S(IDLE), 0}, [FMTP_ON_DATA] = {S(IDLE), 0}
#define NO_WISH(state) [FMTP_ON_ASSOCIATE] = {S(state), 0}, [FMTP_ON_STOP] = {S(state), 0}

static const struct fmtp_cell cells[FMTP_STATES][FMTP_EVENTS] = {
    [S(IDLE)] = {[FMTP_ON_CONNECTED_OUT] = {S(CALLING), NAME}, [FMTP_ON_CONNECTED_IN] = {S(CALLED), 0}, [FMTP_ON_BROKEN] = {S(IDLE), 0},
                 [FMTP_ON_NONSENSE] = {S(IDLE), 0}, NO_NAMES, NO_SYSTEM, NO_WISH(IDLE), [FMTP_ON_TI] = NEVER, [FMTP_ON_TS] = NEVER, [FMTP_ON_TR] = NEVER},
    [S(CALLING)] = {END(CALLING), [FMTP_ON_NAME_GOOD] = {S(READY), SAY_ACCEPT}, [FMTP_ON_NAME_BAD] = {S(IDLE), SAY_REJECT}, [FMTP_ON_ACCEPT] = {S(IDLE), 0},
                    [FMTP_ON_REJECT] = {S(IDLE), 0}, NO_SYSTEM, NO_WISH(CALLING), [FMTP_ON_TI] = {S(IDLE), 0}, [FMTP_ON_TS] = NEVER, [FMTP_ON_TR] = NEVER},
    [S(CALLED)] = {END(CALLED), [FMTP_ON_NAME_GOOD] = {S(NAMED), NAME}, [FMTP_ON_NAME_BAD] = {S(IDLE), SAY_REJECT}, [FMTP_ON_ACCEPT] = {S(IDLE), 0},
                   [FMTP_ON_REJECT] = {S(IDLE), 0}, NO_SYSTEM, NO_WISH(CALLED), [FMTP_ON_TI] = {S(IDLE), 0}, [FMTP_ON_TS] = NEVER, [FMTP_ON_TR] = NEVER},
    [S(NAMED)] = {END(NAMED), [FMTP_ON_NAME_GOOD] = {S(IDLE), 0}, [FMTP_ON_NAME_BAD] = {S(IDLE), 0}, [FMTP_ON_ACCEPT] = {S(READY), 0},
                  [FMTP_ON_REJECT] = {S(IDLE), 0}, NO_SYSTEM, NO_WISH(NAMED), [FMTP_ON_TI] = {S(IDLE), 0}, [FMTP_ON_TS] = NEVER, [FMTP_ON_TR] = NEVER},
    [S(READY)] = {END(READY), NO_NAMES, [FMTP_ON_STARTUP] = {S(DATA_READY), SAY_STARTUP}, [FMTP_ON_SHUTDOWN] = {S(READY), 0}, [FMTP_ON_HEARTBEAT] = {S(READY), 0},
                  [FMTP_ON_DATA] = {S(READY), 0}, [FMTP_ON_ASSOCIATE] = {S(STARTING), SAY_STARTUP}, [FMTP_ON_STOP] = {S(READY), 0}, [FMTP_ON_TI] = NEVER,
                  [FMTP_ON_TS] = NEVER, [FMTP_ON_TR] = NEVER},
    [S(STARTING)] = {END(STARTING), NO_NAMES, [FMTP_ON_STARTUP] = {S(DATA_READY), 0}, [FMTP_ON_SHUTDOWN] = {S(READY), 0}, [FMTP_ON_HEARTBEAT] = {S(STARTING), 0},
                     [FMTP_ON_DATA] = {S(STARTING), 0}, [FMTP_ON_ASSOCIATE] = {S(STARTING), 0}, [FMTP_ON_STOP] = {S(READY), SAY_SHUTDOWN}, [FMTP_ON_TI] = NEVER,
                     [FMTP_ON_TS] = {S(STARTING), SAY_STARTUP}, [FMTP_ON_TR] = {S(IDLE), 0}},
    [S(DATA_READY)] = {END(DATA_READY), NO_NAMES, [FMTP_ON_STARTUP] = {S(DATA_READY), 0}, [FMTP_ON_SHUTDOWN] = {S(READY), 0}, [FMTP_ON_HEARTBEAT] = {S(DATA_READY), 0},
                       [FMTP_ON_DATA] = {S(DATA_READY), DELIVER}, [FMTP_ON_ASSOCIATE] = {S(DATA_READY), 0}, [FMTP_ON_STOP] = {S(READY), SAY_SHUTDOWN},
                       [FMTP_ON_TI] = NEVER, [FMTP_ON_TS] = {S(DATA_READY), SAY_HEARTBEAT}, [FMTP_ON_TR] = {S(READY), SAY_SHUTDOWN}},
};

/* What a message says, by type: the words of identification and of the system. */
static const struct {
    enum fmtp_type type;
    const char *text;
    uint8_t event;
} words[] = {
    {FMTP_IDENTIFICATION, "ACCEPT", FMTP_ON_ACCEPT}, {FMTP_IDENTIFICATION, "REJECT", FMTP_ON_REJECT}, {FMTP_SYSTEM, "01", FMTP_ON_STARTUP},
    {FMTP_SYSTEM, "00", FMTP_ON_SHUTDOWN},           {FMTP_SYSTEM, "03", FMTP_ON_HEARTBEAT},
};
#define WORDS (sizeof words / sizeof words[0])

struct fmtp_cell fmtp_cell(enum fmtp_state state, enum fmtp_event event)
{
    assert(state < FMTP_STATES && event < FMTP_EVENTS);
    return cells[state][event];
}

const char *fmtp_state_name(enum fmtp_state state)
{
    static const char *const names[] = {
#define X(name, text) #name,
        FMTP_STATES_LIST(X)
#undef X
    };
    return state < FMTP_STATES ? names[state] : "?";
}

const char *fmtp_event_name(enum fmtp_event event)
{
    static const char *const names[] = {
#define X(name, text) #name,
        FMTP_EVENTS_LIST(X)
#undef X
    };
    return event < FMTP_EVENTS ? names[event] : "?";
}

/* ---- messages ---- */

int fmtp_encode(enum fmtp_type type, const void *data, size_t size, uint8_t *bytes, size_t room)
{
    size_t whole = FMTP_HEADER + size;

    if (type < FMTP_OPERATIONAL || type > FMTP_SYSTEM)
        return ERR_RANGE;
    if (size > FMTP_DATA)
        return ERR_LENGTH;
    if (whole > room)
        return ERR_FULL;
    memcpy(bytes, (uint8_t[]){VERSION, 0, (uint8_t)(whole >> 8), (uint8_t)whole, (uint8_t)type}, FMTP_HEADER);
    memcpy(bytes + FMTP_HEADER, data, size);
    return (int)whole;
}

int fmtp_decode(const uint8_t *bytes, size_t size, enum fmtp_type *type)
{
    if (size > 0 && bytes[0] != VERSION)
        return ERR_VERSION;
    if (size < FMTP_HEADER)
        return 0;
    size_t whole = (size_t)bytes[2] << 8 | bytes[3];
    if (whole < FMTP_HEADER || whole > FMTP_HEADER + FMTP_DATA)
        return ERR_LENGTH;
    if (bytes[4] < FMTP_OPERATIONAL || bytes[4] > FMTP_SYSTEM)
        return ERR_UNKNOWN;
    *type = (enum fmtp_type)bytes[4];
    return whole <= size ? (int)whole : 0;
}

static void say(struct fmtp *f, enum fmtp_type type, const char *text)
{
    uint8_t bytes[FMTP_HEADER + 2 * FMTP_NAME + 2];
    int size = fmtp_encode(type, text, strlen(text), bytes, sizeof bytes);

    assert(size > 0);
    f->sink.send(f->sink.context, bytes, (size_t)size);
}

/* ---- the association ---- */

/* Timers that belong to a state; ts from the last thing sent, tr from the last received. */
static void arm(struct fmtp *f, struct instant now, bool sent)
{
    bool identifying = f->state >= FMTP_CALLING && f->state <= FMTP_NAMED, associated = f->state >= FMTP_STARTING;

    if (!identifying)
        f->ti = INSTANT_NONE;
    else if (!instant_is_set(f->ti))
        f->ti = instant_add(now, f->settings.ti_s);
    if (!associated)
        f->ts = f->tr = INSTANT_NONE;
    if (associated && (sent || !instant_is_set(f->ts)))
        f->ts = instant_add(now, f->settings.ts_s);
    if (associated && !instant_is_set(f->tr))
        f->tr = instant_add(now, f->settings.tr_s);
}

struct payload {
    enum fmtp_type type;
    const char *text;
    size_t size;
};

static void happen(struct fmtp *f, enum fmtp_event event, const struct payload *p, struct instant now)
{
    struct fmtp_cell cell = cells[f->state][event];
    char name[2 * FMTP_NAME + 2];
    uint8_t before = f->state;

    assert(cell.next < FMTP_STATES);
    f->state = cell.next;
    snprintf(name, sizeof name, "%s-%s", f->settings.local, f->settings.remote);
    if (cell.does & NAME)
        say(f, FMTP_IDENTIFICATION, name);
    for (size_t i = 0; i < WORDS; i++) {
        static const uint8_t bit[WORDS] = {SAY_ACCEPT, SAY_REJECT, SAY_STARTUP, SAY_SHUTDOWN, SAY_HEARTBEAT};
        if (cell.does & bit[i])
            say(f, words[i].type, words[i].text);
    }
    if (event >= FMTP_ON_STARTUP && event <= FMTP_ON_DATA)
        f->tr = INSTANT_NONE;
    arm(f, now, (cell.does & ~DELIVER) != 0);
    if (cell.does & DELIVER)
        f->sink.data(f->sink.context, p->type, p->text, p->size);
    if (f->state == FMTP_IDLE)
        f->have = 0;
    if (f->state != before)
        f->sink.state(f->sink.context, (enum fmtp_state)f->state, event);
}

void fmtp_init(struct fmtp *f, const struct fmtp_settings *settings, const struct fmtp_sink *sink)
{
    *f = (struct fmtp){.settings = *settings, .sink = *sink, .ti = INSTANT_NONE, .ts = INSTANT_NONE, .tr = INSTANT_NONE};
}

void fmtp_tell(struct fmtp *f, enum fmtp_event event, struct instant now)
{
    happen(f, event, NULL, now);
}

/* The other side names itself first: "MMFR-KZAB". */
static enum fmtp_event meaning(const struct fmtp *f, const struct payload *p)
{
    char name[2 * FMTP_NAME + 2];

    if (p->type == FMTP_OPERATIONAL || p->type == FMTP_OPERATOR)
        return FMTP_ON_DATA;
    for (size_t i = 0; i < WORDS; i++)
        if (p->type == words[i].type && p->size == strlen(words[i].text) && memcmp(p->text, words[i].text, p->size) == 0)
            return (enum fmtp_event)words[i].event;
    if (p->type == FMTP_SYSTEM)
        return FMTP_ON_NONSENSE;
    int size = snprintf(name, sizeof name, "%s-%s", f->settings.remote, f->settings.local);
    return p->size == (size_t)size && memcmp(p->text, name, p->size) == 0 ? FMTP_ON_NAME_GOOD : FMTP_ON_NAME_BAD;
}

/* Whole messages at the front of what is there. */
static void take_whole(struct fmtp *f, struct instant now)
{
    while (f->have > 0 && f->state != FMTP_IDLE) {
        struct payload p = {.text = (const char *)f->in + FMTP_HEADER};
        int size = fmtp_decode(f->in, f->have, &p.type);
        if (size == 0)
            return;
        if (size < 0) {
            happen(f, FMTP_ON_NONSENSE, NULL, now);
            return;
        }
        p.size = (size_t)size - FMTP_HEADER;
        happen(f, meaning(f, &p), &p, now);
        f->have -= f->have ? (size_t)size : 0; /* nothing is left where the connection ended meanwhile */
        memmove(f->in, f->in + size, f->have);
    }
}

void fmtp_input(struct fmtp *f, const uint8_t *bytes, size_t size, struct instant now)
{
    while (size > 0 && f->state != FMTP_IDLE) {
        size_t part = sizeof f->in - f->have < size ? sizeof f->in - f->have : size;
        memcpy(f->in + f->have, bytes, part);
        f->have += part;
        bytes += part;
        size -= part;
        take_whole(f, now);
    }
}

struct instant fmtp_deadline(const struct fmtp *f)
{
    struct instant first = INSTANT_NONE, timer[] = {f->ti, f->ts, f->tr};

    for (size_t i = 0; i < 3; i++)
        if (instant_is_set(timer[i]) && (!instant_is_set(first) || instant_before(timer[i], first)))
            first = timer[i];
    return first;
}

void fmtp_expire(struct fmtp *f, struct instant now)
{
    static const uint8_t event[] = {FMTP_ON_TI, FMTP_ON_TR, FMTP_ON_TS};

    for (size_t i = 0; i < 3; i++) {
        struct instant *timer = i == 0 ? &f->ti : i == 1 ? &f->tr : &f->ts;
        if (!instant_is_set(*timer) || instant_before(now, *timer))
            continue;
        struct instant due = *timer;
        *timer = INSTANT_NONE;
        happen(f, (enum fmtp_event)event[i], NULL, due);
    }
}

int fmtp_put(struct fmtp *f, enum fmtp_type type, const char *text, size_t size, struct instant now)
{
    uint8_t bytes[FMTP_HEADER + FMTP_DATA];

    if (f->state != FMTP_DATA_READY)
        return ERR_STATE;
    if (type != FMTP_OPERATIONAL && type != FMTP_OPERATOR)
        return ERR_RANGE;
    int whole = fmtp_encode(type, text, size, bytes, sizeof bytes);
    if (whole < 0)
        return whole;
    f->sink.send(f->sink.context, bytes, (size_t)whole);
    f->ts = instant_add(now, f->settings.ts_s);
    return 0;
}
