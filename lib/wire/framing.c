/* The stream around the grammars of framing_cut.h: octets are read where the caller has them; only what a unit lacks at the end of one put is
 * carried over to the next. Runs of lost octets are gathered into one fault, which comes out before what follows it: so units and faults depend on the
 * content alone. The carry has room for two units and is moved down only when its end is reached, so that resynchronising octet by octet stays linear. */
#include "wire/framing.h"

#include "base/err.h"
#include "wire/framing_cut.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct framing {
    struct framing_cut (*cut)(struct framing_cut_state *, const uint8_t *, size_t, bool);
    struct framing_cut_state state;
    const uint8_t *in; /* the caller's */
    size_t in_size;
    size_t carry_at, carry_end, carry_room;
    uint64_t offset;   /* of the next octet */
    uint64_t skip;     /* octets of what was already judged, still to come */
    bool ended, pending;
    struct framing_cut next; /* with pending: judged, and to be said after the fault before it */
    struct framing_fault lost;
    int lost_code;
    uint8_t carry[];
};

static const struct {
    const char *name;
    struct framing_cut (*cut)(struct framing_cut_state *, const uint8_t *, size_t, bool);
} kinds[FRAMING_KINDS] = {
    [FRAMING_RAW] = {"raw", framing_cut_raw},       [FRAMING_FINAL] = {"final", framing_cut_final}, [FRAMING_PCAP] = {"pcap", framing_pcap_cut},
    [FRAMING_TAPE] = {"tape", framing_cut_tape},    [FRAMING_LINES] = {"lines", framing_cut_lines}, [FRAMING_PB] = {"pb", framing_cut_pb},
    [FRAMING_GPS] = {"gps", framing_cut_gps},       [FRAMING_CD2] = {"cd2", framing_cut_cd2},
};

const char *framing_name(enum framing_kind kind)
{
    return kinds[kind].name;
}

struct framing *framing_new(enum framing_kind kind, size_t buffer_max)
{
    assert(buffer_max >= 16);
    size_t room = 2 * (buffer_max + FRAMING_CUT_OVERHEAD);
    struct framing *f = calloc(1, sizeof *f + room);
    if (!f)
        return NULL;
    f->cut = kinds[kind].cut;
    f->state.limit = buffer_max;
    f->carry_room = room;
    return f;
}

void framing_free(struct framing *f)
{
    free(f);
}

void framing_put(struct framing *f, const uint8_t *bytes, size_t size)
{
    assert(f->in_size == 0 && !f->ended);
    f->in = bytes;
    f->in_size = size;
}

void framing_end(struct framing *f)
{
    f->ended = true;
}

static size_t carried(const struct framing *f)
{
    return f->carry_end - f->carry_at;
}

/* Takes up to size octets off the stream; returns how many. */
static size_t consume(struct framing *f, uint64_t size)
{
    size_t there = carried(f) ? carried(f) : f->in_size;
    size_t n = size < there ? (size_t)size : there;
    if (carried(f))
        f->carry_at += n;
    else if (n) {
        f->in += n;
        f->in_size -= n;
    }
    if (!carried(f))
        f->carry_at = f->carry_end = 0;
    f->offset += n;
    return n;
}

/* Moves octets from the caller's into the carry until it holds size; false when there are not so many. */
static bool gather(struct framing *f, size_t size)
{
    assert(size > carried(f) && size <= f->carry_room);
    size_t n = size - carried(f);
    n = n < f->in_size ? n : f->in_size;
    if (n > f->carry_room - f->carry_end) {
        memmove(f->carry, f->carry + f->carry_at, carried(f));
        f->carry_end -= f->carry_at;
        f->carry_at = 0;
    }
    if (n) {
        memcpy(f->carry + f->carry_end, f->in, n);
        f->carry_end += n;
        f->in += n;
        f->in_size -= n;
    }
    return carried(f) >= size;
}

static void lose(struct framing *f, const struct framing_cut *c)
{
    if (f->lost.size == 0) {
        f->lost = (struct framing_fault){f->offset, 0, c->expected};
        f->lost_code = c->code;
    }
    uint64_t size = consume(f, c->size);
    f->lost.size += size;
    assert(size == c->size);
}

static int say_lost(struct framing *f, struct framing_fault *fault)
{
    *fault = f->lost;
    f->lost.size = 0;
    return f->lost_code;
}

static int say(struct framing *f, const struct framing_cut *c, const uint8_t *p, struct framing_unit *unit, struct framing_fault *fault)
{
    uint64_t at = f->offset;
    f->skip = c->size - consume(f, c->size);
    if (c->kind == FRAMING_FAULT) {
        *fault = (struct framing_fault){at, c->size, c->expected};
        return c->code;
    }
    assert(c->kind == FRAMING_UNIT && f->skip == 0);
    *unit = c->unit;
    unit->bytes = p + c->from;
    unit->size = c->length;
    unit->offset = at + c->from;
    return 1;
}

/* What was announced and passed over is not all there. */
static int end_of_skip(struct framing *f, struct framing_fault *fault)
{
    *fault = (struct framing_fault){f->offset, 0, "the rest of what was announced before the end"};
    f->skip = 0;
    return ERR_TRUNCATED;
}

int framing_next(struct framing *f, struct framing_unit *unit, struct framing_fault *fault)
{
    for (;;) {
        while (f->skip && (carried(f) || f->in_size))
            f->skip -= consume(f, f->skip);
        if (f->skip)
            return f->ended ? end_of_skip(f, fault) : 0;
        const uint8_t *p = carried(f) ? f->carry + f->carry_at : f->in;
        size_t n = carried(f) ? carried(f) : f->in_size;
        if (n == 0)
            return f->ended && f->lost.size ? say_lost(f, fault) : 0;
        bool ended = f->ended && (!carried(f) || !f->in_size);
        struct framing_cut c = f->pending ? f->next : f->cut(&f->state, p, n, ended);
        f->pending = false;
        if (c.kind == FRAMING_NEED && !ended) {
            assert(c.size > n);
            if (!gather(f, (size_t)c.size) && !f->ended)
                return 0;
            continue;
        }
        if (c.kind == FRAMING_NEED) /* at the end: what it begins is not whole, but something behind its first octet may be */
            c = framing_cut_lost(&f->state, 1, ERR_TRUNCATED, "the rest of what was announced before the end");
        if (c.kind == FRAMING_LOST) {
            lose(f, &c);
            continue;
        }
        if (f->lost.size) {
            f->pending = true;
            f->next = c;
            return say_lost(f, fault);
        }
        if (c.kind == FRAMING_PASS)
            f->skip = c.size;
        else
            return say(f, &c, p, unit, fault);
    }
}

/* ---- which container is it ---- */

static bool is_text(const uint8_t *p, size_t n)
{
    bool comma = false, marked = n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0; /* UTF-8, as spreadsheets begin it */
    for (size_t i = marked ? 3 : 0; i < n && p[i] != '\n'; i++) {
        if (p[i] != '\r' && p[i] != '\t' && (p[i] < 0x20 || p[i] > 0x7e))
            return false;
        comma |= p[i] == ',';
    }
    return comma;
}

static bool is_pcap(const uint8_t *p, size_t n)
{
    static const uint8_t magics[4][4] = {{0xa1, 0xb2, 0xc3, 0xd4}, {0xd4, 0xc3, 0xb2, 0xa1}, {0xa1, 0xb2, 0x3c, 0x4d}, {0x4d, 0x3c, 0xb2, 0xa1}};
    for (int i = 0; i < 4; i++)
        if (n >= 24 && memcmp(p, magics[i], 4) == 0)
            return true;
    return false;
}

static bool is_final(const uint8_t *p, size_t n)
{
    struct framing_cut_state s = {.limit = 65535};
    return framing_cut_final(&s, p, n, true).kind == FRAMING_UNIT && p[8] != 0 && (size_t)(p[9] << 8 | p[10]) + 12 <= (size_t)(p[0] << 8 | p[1]);
}

static bool named(const char *name, const char *suffix)
{
    size_t n = name ? strlen(name) : 0, m = strlen(suffix);
    if (n < m)
        return false;
    for (size_t i = 0; i < m; i++)
        if ((name[n - m + i] | 0x20) != (suffix[i] | 0x20))
            return false;
    return true;
}

int framing_sniff(const uint8_t *bytes, size_t size, const char *name)
{
    static const char tape[16] = "airseam tape 1\r\n";
    if (size >= sizeof tape && memcmp(bytes, tape, sizeof tape) == 0)
        return FRAMING_TAPE;
    if (is_pcap(bytes, size))
        return FRAMING_PCAP;
    if (is_final(bytes, size) || named(name, ".ff"))
        return FRAMING_FINAL;
    if (named(name, ".gps"))
        return FRAMING_GPS;
    if (named(name, ".cd2"))
        return FRAMING_CD2;
    if (named(name, ".pb"))
        return FRAMING_PB;
    if (is_text(bytes, size))
        return FRAMING_LINES;
    struct framing_cut_state s = {.limit = 65535};
    if (framing_cut_raw(&s, bytes, size, true).kind == FRAMING_UNIT || named(name, ".ast") || named(name, ".raw"))
        return FRAMING_RAW;
    return ERR_UNKNOWN;
}
