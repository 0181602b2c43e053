/* airseam dump: every record of a recording as one line of JSON, by the rows of the engine; what is not decodable as lines of the same form. */
#include "sim/input.h"
#include "sim/verb.h"

#include "base/err.h"
#include "wire/asterix_block.h"
#include "wire/asterix_json.h"
#include "wire/tape.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OPTION_EDITION, OPTION_CATEGORY, OPTION_LIMIT, OPTION_DATE, OPTION_PORT, OPTION_SUMMARY };
static const struct verb_option options[] = {
    {"edition", "CAT=EDITION", "decode a category by another edition (021=0.23); may be repeated"},
    {"category", "CAT", "print this category only; may be repeated"},
    {"limit", "N", "stop after N records"},
    {"date", "YYYY-MM-DD", "day of the first unit where the container has none (FINAL, GPS)"},
    {"port", "PORT", "of a capture only what went to this UDP port"},
    {"summary", NULL, "print no records, only the counts at the end"},
    {NULL, NULL, NULL},
};

struct dump {
    const struct verb *verb;
    struct asterix_editions editions;
    struct instant date;
    bool wanted[256], any_wanted, quiet;
    uint16_t port; /* 0: all */
    uint64_t limit, records, by_category[256], refused[256], by_fault[ASTERIX_CODES], container_faults;
    uint64_t units, octets, inputs;
    const struct input *in; /* the one that is read */
};

static void put_line(json_t *line)
{
    if (line)
        json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(12));
    putchar('\n');
    json_decref(line);
}

/* Members that every line ends in. */
static void add_place(const struct dump *d, json_t *line, struct instant arrival, int feed)
{
    char text[40];
    if (instant_is_set(arrival)) {
        instant_print(arrival, text, sizeof text);
        json_object_set_new(line, "arrival", json_string(text));
    }
    if (feed >= 0)
        json_object_set_new(line, "feed", json_integer(feed));
    if (d->inputs > 1)
        json_object_set_new(line, "input", json_string(input_path(d->in)));
}

static void put_container_fault(struct dump *d, int code, const struct framing_fault *f)
{
    d->container_faults++;
    if (d->quiet)
        return;
    json_t *line = json_pack("{s:s, s:I, s:s, s:I}", "fault", err_name(code), "offset", (json_int_t)f->offset, "expected", f->expected, "lost",
                             (json_int_t)f->size);
    add_place(d, line, INSTANT_NONE, -1);
    put_line(line);
}

static void put_fault(struct dump *d, const struct asterix_fault *f, uint64_t offset, struct instant arrival, int feed)
{
    char item[16];
    d->by_fault[-f->code]++;
    if (f->code != ASTERIX_JUNK && f->code != ASTERIX_UNKNOWN_CATEGORY)
        d->refused[f->category]++;
    if (d->quiet)
        return;
    json_t *line = json_pack("{s:s, s:I, s:i, s:I, s:I, s:I}", "fault", asterix_code_text(f->code), "offset", (json_int_t)offset + (json_int_t)f->offset, "cat",
                             f->category, "expected", (json_int_t)f->expected, "found", (json_int_t)f->found, "lost", (json_int_t)f->lost);
    if (f->item) {
        snprintf(item, sizeof item, "%s%s%s", f->item, f->sub ? "/" : "", f->sub ? f->sub : "");
        json_object_set_new(line, "item", json_string(item));
    }
    add_place(d, line, arrival, feed);
    put_line(line);
}

static void put_record(struct dump *d, const struct asterix_record *r, uint64_t offset, struct instant arrival, int feed)
{
    if (d->any_wanted && !d->wanted[r->category->number])
        return;
    d->records++;
    d->by_category[r->category->number]++;
    if (d->quiet)
        return;
    json_t *line = asterix_json_record(r, offset);
    add_place(d, line, arrival, feed);
    put_line(line);
}

static void dump_blocks(struct dump *d, const uint8_t *bytes, size_t size, uint64_t offset, struct instant arrival, int feed)
{
    struct asterix_block block;
    struct asterix_record record;
    struct asterix_fault fault;
    asterix_block_open(&block, &d->editions, bytes, size);
    for (int code; d->records < d->limit && (code = asterix_block_next(&block, &record, &fault)) != 0;) {
        if (code > 0)
            put_record(d, &record, offset + (size_t)(record.bytes - bytes), arrival, feed);
        else
            put_fault(d, &fault, offset, arrival, feed);
    }
}

/* A frame of a tape: feeds' units by their records, the others as what they are. */
static void dump_frame(struct dump *d, const struct framing_unit *u)
{
    static const char *const names[] = {[TAPE_START] = "start", [TAPE_FEED] = "feed", [TAPE_FEED_INFO] = "feed_info", [TAPE_COMMAND] = "command",
                                        [TAPE_SETTINGS] = "settings", [TAPE_SNAPSHOT] = "snapshot", [TAPE_END] = "end", [TAPE_INDEX] = "index"};
    struct tape_frame f;
    if (tape_decode(u->bytes, u->size, &f) <= 0)
        return;
    if (f.type == TAPE_FEED) {
        dump_blocks(d, f.payload, f.size, u->offset + TAPE_HEADER, f.arrival, f.feed);
        return;
    }
    if (d->quiet || d->any_wanted)
        return;
    json_t *line = json_pack("{s:s, s:I, s:I}", "frame", names[f.type], "offset", (json_int_t)u->offset, "size", (json_int_t)f.size);
    if (f.type == TAPE_START || f.type == TAPE_SETTINGS || f.type == TAPE_FEED_INFO || f.type == TAPE_COMMAND)
        json_object_set_new(line, "text", json_stringn((const char *)f.payload, f.size));
    add_place(d, line, f.arrival, f.type == TAPE_FEED_INFO ? f.feed : -1);
    put_line(line);
}

static int dump_input(struct dump *d, const char *path)
{
    char why[4400];
    struct input *in = input_open(path, d->date, why, sizeof why);
    if (!in)
        return verb_error(d->verb, "%s", why);
    enum framing_kind kind = input_kind(in);
    int status = VERB_DONE;
    d->in = in;
    if (kind == FRAMING_LINES || kind == FRAMING_PB)
        status = verb_error(d->verb, "%s: %s holds no ASTERIX", path, kind == FRAMING_LINES ? "text" : "a protobuf stream");
    struct framing_unit unit;
    struct framing_fault fault;
    for (int code; status == VERB_DONE && d->records < d->limit && (code = input_next(in, &unit, &fault)) != 0;) {
        if (code < 0) {
            put_container_fault(d, code, &fault);
            continue;
        }
        if (d->port && unit.to_port != d->port)
            continue;
        d->units++;
        d->octets += unit.size;
        if (kind == FRAMING_TAPE)
            dump_frame(d, &unit);
        else
            dump_blocks(d, unit.bytes, unit.size, unit.offset, unit.arrival, -1);
    }
    d->in = NULL;
    input_close(in);
    return status;
}

/* A category of which so much is refused that what was read is doubtful too: most likely it is of another edition than it was read by. */
static bool is_doubtful(const struct dump *d, unsigned category)
{
    return d->editions.by_number[category] && d->refused[category] > 4 && d->refused[category] > d->by_category[category] / 10;
}

static bool put_doubts(const struct dump *d)
{
    bool any = false;
    for (unsigned i = 0; i < 256; i++) {
        if (!is_doubtful(d, i))
            continue;
        any = true;
        fprintf(stderr, "category %03u: %" PRIu64 " times refused: probably not of edition %s; known editions:", i, d->refused[i],
                d->editions.by_number[i]->edition);
        const struct asterix_category *c;
        for (unsigned k = 0; (c = asterix_at(k)) != NULL; k++)
            if (c->number == i)
                fprintf(stderr, " %s", c->edition);
        fprintf(stderr, "; choose by --edition %03u=EDITION\n", i);
    }
    return any;
}

static void put_summary(const struct dump *d)
{
    for (int i = 0; i < 256; i++)
        if (d->by_category[i])
            fprintf(stderr, "category %03d edition %s: %" PRIu64 " records\n", i, d->editions.by_number[i]->edition, d->by_category[i]);
    for (int i = 0; i < ASTERIX_CODES; i++)
        if (d->by_fault[i])
            fprintf(stderr, "fault: %" PRIu64 " times: %s\n", d->by_fault[i], asterix_code_text(-i));
    if (d->container_faults)
        fprintf(stderr, "fault: %" PRIu64 " times: octets that are no unit of the container\n", d->container_faults);
    fprintf(stderr, "%" PRIu64 " records in %" PRIu64 " units, %" PRIu64 " octets\n", d->records, d->units, d->octets);
}

static int take_option(struct dump *d, int option, const struct verb_args *args)
{
    double number;
    switch (option) {
    case OPTION_EDITION:
        if (asterix_block_choose(&d->editions, args->value) < 0)
            return verb_error(d->verb, "--edition: expected a known category and edition as in 021=0.23, found '%s'", args->value);
        return VERB_DONE;
    case OPTION_CATEGORY:
        if (!verb_number(args, "category", 1, 255, &number))
            return VERB_USAGE;
        d->wanted[(int)number] = d->any_wanted = true;
        return VERB_DONE;
    case OPTION_LIMIT:
        if (!verb_number(args, "limit", 1, 1e15, &number))
            return VERB_USAGE;
        d->limit = (uint64_t)number;
        return VERB_DONE;
    case OPTION_DATE:
        if (instant_parse_date(args->value, &d->date) < 0)
            return verb_error(d->verb, "--date: expected YYYY-MM-DD, found '%s'", args->value);
        return VERB_DONE;
    case OPTION_PORT:
        if (!verb_number(args, "port", 1, 65535, &number))
            return VERB_USAGE;
        d->port = (uint16_t)number;
        return VERB_DONE;
    case OPTION_SUMMARY:
        d->quiet = true;
        return VERB_DONE;
    }
    return VERB_USAGE;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    struct dump d = {.verb = verb, .limit = UINT64_MAX, .date = INSTANT_NONE};
    const char **paths = calloc((size_t)argc, sizeof *paths);
    struct verb_args args = verb_args_init(verb, argc, argv);
    int status = paths ? VERB_DONE : VERB_USAGE, got;
    asterix_block_editions(&d.editions);
    while (status == VERB_DONE && (got = verb_args_next(&args)) != VERB_END) {
        if (got == VERB_OPERAND)
            paths[d.inputs++] = args.value;
        else
            status = got == VERB_BAD ? VERB_USAGE : take_option(&d, got, &args);
    }
    if (status == VERB_DONE && d.inputs == 0)
        status = verb_error(verb, "which recording? 'airseam dump --help' says what it takes");
    for (uint64_t i = 0; i < d.inputs && status == VERB_DONE; i++)
        status = dump_input(&d, paths[i]);
    free(paths);
    if (status != VERB_DONE)
        return status;
    put_summary(&d);
    return put_doubts(&d) || d.records == 0 ? VERB_FAILED : VERB_DONE;
}

const struct verb dump_verb = {"dump", "INPUT...", "print the records of recordings as JSON, one a line", options, run};
