/* Lines by rows: each key with how its value is printed and read. */
#include "handoff/diary.h"

#include "base/err.h"
#include <inttypes.h>
#include <string.h>

#define X(name, word) word,
static const char *const kinds[] = {DIARY_KINDS(X)};
static const char *const whys[] = {DIARY_WHYS(X)};
#undef X

const char *diary_kind_word(unsigned kind)
{
    return kind < DIARY_KINDS_COUNT ? kinds[kind] : "?";
}

const char *diary_why_word(unsigned why)
{
    return why < DIARY_WHYS_COUNT ? whys[why] : "?";
}

/* outcomes have blanks; a line has none inside a value */
static void put_word(struct text_out *out, const char *key, const char *value)
{
    char word[32];
    size_t n = 0;

    for (; value[n] && n + 1 < sizeof word; n++) {
        word[n] = value[n] == ' ' ? '-' : value[n];
    }
    word[n] = '\0';
    if (n) {
        text_put(out, " %s=%s", key, word);
    }
}

static void put_instant(struct text_out *out, const char *key, struct instant i)
{
    if (instant_is_set(i)) {
        text_put(out, " %s_ns=%" PRId64, key, i.ns);
    }
}

static void put_closed(const struct diary_entry *e, struct text_out *out)
{
    put_word(out, "outcome", machine_outcome_name(e->outcome));
    text_put(out, " mode=%s", e->mode == 0 ? "automatic" : e->mode == 1 ? "manual" : "ends");
    for (unsigned i = 0; i < MESSAGE_STAMPS; i++) {
        put_instant(out, message_stamp_name(i), e->stamp[i]);
    }
    put_instant(out, "called", e->called);
    put_instant(out, "agreed", e->agreed);
    if (e->speed_mps > 0) {
        text_put(out, " speed_mps=%.1f sigma_s=%.1f", e->speed_mps, e->sigma_s);
    }
    text_put(out, " same_track=%d", e->same_track);
}

static const char *const hows[] = {"nobody", "entry", "plan", "handoff", "force", "voice", "recall", "place", "command"};
#define HOWS (sizeof hows / sizeof hows[0])

void diary_print(const struct diary_entry *e, struct text_out *out)
{
    char text[40];

    instant_print(e->time, text, sizeof text);
    text_put(out, "%s %s %s", text, e->centre, diary_kind_word(e->kind));
    if (e->kind == DIARY_SAID || e->kind == DIARY_HEARD) {
        text_put(out, " message=%s", message_kind_name(e->message));
        put_word(out, "act", message_act_name(e->act));
        put_word(out, "reason", e->reason ? message_reason_name(e->reason) : "");
    }
    if (e->transfer) {
        message_transfer_print(e->transfer, text, sizeof text);
        text_put(out, " transfer=%s", text);
    }
    text_put(out, " with=%s", e->with);
    if (e->track) {
        text_put(out, " track=%" PRIu32, e->track);
    }
    put_word(out, "callsign", e->callsign);
    if (e->transfer && (e->kind == DIARY_PRESENTED || e->kind == DIARY_TOLD || e->kind == DIARY_CALLING || e->kind == DIARY_CLOSED)) {
        text_put(out, " side=%s state=%s", e->side == MACHINE_SENDER ? "sender" : "receiver", machine_state_name((enum machine_side)e->side, e->state));
    }
    put_word(out, "why", diary_why_word(e->why));
    if (e->kind == DIARY_OWNER) {
        put_word(out, "how", e->how < HOWS ? hows[e->how] : "?");
    }
    if (e->by_voice) {
        text_put(out, " by_voice=1");
    }
    if (e->kind == DIARY_CLOSED) {
        put_closed(e, out);
    }
}

/* ---- reading ---- */

static int find_word(struct text value, const char *const *words, unsigned count)
{
    for (unsigned i = 0; i < count; i++) {
        size_t n = strlen(words[i]);
        bool same = n == value.size;

        for (size_t k = 0; k < n && same; k++) {
            same = words[i][k] == value.at[k] || (words[i][k] == ' ' && value.at[k] == '-');
        }
        if (same) {
            return (int)i;
        }
    }
    return ERR_UNKNOWN;
}

static int take_number(struct text value, int64_t least, int64_t most, int64_t *out)
{
    return text_int(value, 10, out) != 0 || *out < least || *out > most ? ERR_FORMAT : 0;
}

static bool take_transfer(struct text value, uint64_t *out)
{
    struct text centre;
    int64_t count = 0;

    if (!text_field(&value, '-', &centre) || centre.size != 4 || !value.at || take_number(value, 1, UINT32_MAX, &count) != 0) {
        return false;
    }
    *out = message_transfer(centre.at, (uint32_t)count);
    return true;
}

static bool take_chars(struct text value, char *out, size_t size)
{
    if (value.size >= size) {
        return false;
    }
    memcpy(out, value.at, value.size);
    out[value.size] = '\0';
    return true;
}

static bool take_index(struct text value, const char *(*name)(unsigned), unsigned count, uint8_t *out)
{
    for (unsigned i = 0; i < count; i++) {
        const char *word = name(i);

        if (find_word(value, &word, 1) == 0) {
            *out = (uint8_t)i;
            return true;
        }
    }
    return false;
}

static bool take_stamp(struct text key, struct text value, struct diary_entry *e)
{
    struct instant *at = text_equal(key, "called_ns") ? &e->called : text_equal(key, "agreed_ns") ? &e->agreed : NULL;
    int64_t ns;

    for (unsigned i = 0; i < MESSAGE_STAMPS && !at; i++) {
        size_t n = strlen(message_stamp_name(i));

        if (key.size == n + 3 && memcmp(key.at, message_stamp_name(i), n) == 0 && memcmp(key.at + n, "_ns", 3) == 0) {
            at = &e->stamp[i];
        }
    }
    if (!at || take_number(value, INT64_MIN + 1, INT64_MAX - 1, &ns) != 0) {
        return !at; /* a key of a younger program is passed over */
    }
    at->ns = ns;
    return true;
}

static bool take_pair(struct text key, struct text value, struct diary_entry *e)
{
    static const char *const modes[] = {"automatic", "manual", "ends"}, *const sides[] = {"sender", "receiver"};
    int64_t number = 0;
    int index = 0;

    if (text_equal(key, "transfer")) {
        return take_transfer(value, &e->transfer);
    }
    if (text_equal(key, "with")) {
        return take_chars(value, e->with, sizeof e->with);
    }
    if (text_equal(key, "callsign")) {
        return take_chars(value, e->callsign, sizeof e->callsign);
    }
    if (text_equal(key, "message")) {
        return take_index(value, message_kind_name, MESSAGE_KINDS, &e->message);
    }
    if (text_equal(key, "act")) {
        return take_index(value, message_act_name, MESSAGE_ACTS, &e->act);
    }
    if (text_equal(key, "reason")) {
        return take_index(value, message_reason_name, MESSAGE_REASONS_COUNT, &e->reason);
    }
    if (text_equal(key, "outcome")) {
        return take_index(value, machine_outcome_name, MACHINE_OUTCOMES_COUNT, &e->outcome);
    }
    if (text_equal(key, "why")) {
        return take_index(value, diary_why_word, DIARY_WHYS_COUNT, &e->why);
    }
    if (text_equal(key, "track")) {
        index = take_number(value, 0, UINT32_MAX, &number);
        e->track = (uint32_t)number;
    } else if (text_equal(key, "how")) {
        e->how = (uint8_t)(index = find_word(value, hows, HOWS));
    } else if (text_equal(key, "mode")) {
        e->mode = (uint8_t)(index = find_word(value, modes, 3));
    } else if (text_equal(key, "side")) {
        e->side = (uint8_t)(index = find_word(value, sides, 2));
    } else if (text_equal(key, "state")) {
        index = ERR_UNKNOWN;
        for (unsigned i = 0; i < machine_states((enum machine_side)e->side) && index < 0; i++) {
            const char *word = machine_state_name((enum machine_side)e->side, i);

            index = find_word(value, &word, 1) == 0 ? (int)i : ERR_UNKNOWN;
        }
        e->state = (uint8_t)index;
    } else if (text_equal(key, "by_voice") || text_equal(key, "same_track")) {
        index = take_number(value, 0, 1, &number);
        *(key.at[0] == 'b' ? &e->by_voice : &e->same_track) = number != 0;
    } else if (text_equal(key, "speed_mps") || text_equal(key, "sigma_s")) {
        index = text_double(value, key.at[1] == 'p' ? &e->speed_mps : &e->sigma_s);
    } else {
        return take_stamp(key, value, e);
    }
    return index >= 0;
}

/* "2026-11-21T01:31:03.123Z" */
static bool take_time(struct text value, struct instant *out)
{
    char date[11];
    struct text part[3], rest;
    double second;
    int64_t hour, minute;

    if (value.size != 24 || value.at[10] != 'T' || value.at[23] != 'Z') {
        return false;
    }
    memcpy(date, value.at, 10);
    date[10] = '\0';
    rest = (struct text){value.at + 11, 12};
    for (int i = 0; i < 3; i++) {
        if (!text_field(&rest, ':', &part[i])) {
            return false;
        }
    }
    if (instant_parse_date(date, out) != 0 || take_number(part[0], 0, 23, &hour) != 0 || take_number(part[1], 0, 59, &minute) != 0 ||
        text_double(part[2], &second) != 0) {
        return false;
    }
    *out = instant_add(*out, (double)(hour * 3600 + minute * 60) + second);
    return true;
}

int diary_parse(struct text line, struct diary_entry *out, unsigned *column)
{
    struct text rest = line, word, key;

    *out = (struct diary_entry){.called = INSTANT_NONE, .agreed = INSTANT_NONE};
    for (unsigned i = 0; i < MESSAGE_STAMPS; i++) {
        out->stamp[i] = INSTANT_NONE;
    }
    for (unsigned n = 0; text_field(&rest, ' ', &word); n++) {
        bool good = n == 0   ? take_time(word, &out->time)
                    : n == 1 ? take_chars(word, out->centre, sizeof out->centre)
                    : n == 2 ? take_index(word, diary_kind_word, DIARY_KINDS_COUNT, &out->kind)
                             : text_field(&word, '=', &key) && word.at && take_pair(key, word, out);

        if (!good) {
            *column = (unsigned)((n < 3 ? word.at : key.at) - line.at) + 1;
            return ERR_FORMAT;
        }
        if (!rest.at && n < 2) {
            *column = (unsigned)line.size + 1;
            return ERR_FORMAT;
        }
    }
    return line.size ? 0 : ERR_FORMAT;
}
