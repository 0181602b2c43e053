/* airseam convert: the ASTERIX of a recording in another container. The output's name says which:
 *
 *   .pcap        Ethernet, IPv4, UDP to port 8600 (the registered one) from 192.0.2.1 to 192.0.2.2 (RFC 5737) where the input knows no addresses
 *   .ast, .raw   blocks back to back; arrival is lost
 *   .ff          FINAL records: day and time of arrival in 10 ms
 *
 * Arrival is the input's where it has one, otherwise the latest time of day in the unit on --date. */
#include "sim/input.h"
#include "sim/pcap.h"
#include "sim/unit_time.h"
#include "sim/verb.h"

#include "base/err.h"
#include "base/text.h"
#include "wire/tape.h"
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ASTERIX_PORT 8600
#define FROM_IPV4 0xc0000201 /* 192.0.2.1 */
#define TO_IPV4 0xc0000202

enum { OPTION_DATE, OPTION_EDITION, OPTION_PORT };
static const struct verb_option options[] = {
    {"date", "YYYY-MM-DD", "day of the first unit where the input has none"},
    {"edition", "CAT=EDITION", "read times by another edition (021=0.23); may be repeated"},
    {"port", "N", "UDP destination port written into pcap [8600]"},
    {NULL, NULL, NULL},
};

struct convert {
    const struct verb *verb;
    FILE *out;
    int (*write)(struct convert *c, const struct framing_unit *u);
    struct unit_time time;
    struct instant date;
    uint16_t port;
    uint64_t units, octets, refused, faults, other; /* other: units of a tape's feeds that are no ASTERIX */
    uint8_t feed_is_other[(UINT16_MAX + 1) / 8];
};

static void be(uint8_t *p, uint64_t value, int octets)
{
    for (int i = 0; i < octets; i++)
        p[i] = (uint8_t)(value >> 8 * (octets - 1 - i));
}

static int write_pcap(struct convert *c, const struct framing_unit *u)
{
    uint8_t head[PCAP_PACKET_HEADER];
    struct pcap_address address = {u->from_ipv4 ? u->from_ipv4 : FROM_IPV4, u->to_ipv4 ? u->to_ipv4 : TO_IPV4, c->port, u->to_port ? u->to_port : c->port};
    if (u->size > PCAP_PAYLOAD_MAX)
        return ERR_LENGTH;
    pcap_packet_header(&address, u->arrival, u->size, head);
    fwrite(head, 1, sizeof head, c->out);
    fwrite(u->bytes, 1, u->size, c->out);
    return 0;
}

static int write_raw(struct convert *c, const struct framing_unit *u)
{
    fwrite(u->bytes, 1, u->size, c->out);
    return 0;
}

static int write_final(struct convert *c, const struct framing_unit *u)
{
    static const uint8_t end[4] = {0xa5, 0xa5, 0xa5, 0xa5};
    uint8_t head[8] = {0};
    if (u->size > 65535 - 12)
        return ERR_LENGTH;
    struct instant at = instant_is_set(u->arrival) ? u->arrival : c->date;
    be(head, u->size + 12, 2);
    head[4] = (uint8_t)((instant_midnight(at).ns - c->date.ns) / INSTANT_DAY_NS);
    be(head + 5, (uint64_t)(instant_time_of_day(at) * 100.0), 3);
    fwrite(head, 1, sizeof head, c->out);
    fwrite(u->bytes, 1, u->size, c->out);
    fwrite(end, 1, sizeof end, c->out);
    return 0;
}

static void write_pcap_header(FILE *out)
{
    uint8_t head[PCAP_FILE_HEADER];
    pcap_file_header(head);
    fwrite(head, 1, sizeof head, out);
}

/* "name format ...": flight plans, CD-2 lines and plots have no place in recordings of ASTERIX. */
static void learn_feed(struct convert *c, const struct tape_frame *f)
{
    struct text rest = {(const char *)f->payload, f->size}, name, format;
    bool asterix = text_field(&rest, ' ', &name) && text_field(&rest, ' ', &format) && (text_equal(format, "asterix") || text_equal(format, "final"));
    uint8_t bit = (uint8_t)(1u << f->feed % 8);

    c->feed_is_other[f->feed / 8] = (uint8_t)((c->feed_is_other[f->feed / 8] & ~bit) | (asterix ? 0 : bit));
}

/* What a tape's frame holds of ASTERIX; false: nothing. */
static bool unwrap(struct convert *c, struct framing_unit *u)
{
    struct tape_frame f;
    if (tape_decode(u->bytes, u->size, &f) <= 0)
        return false;
    if (f.type == TAPE_FEED_INFO)
        learn_feed(c, &f);
    if (f.type != TAPE_FEED)
        return false;
    u->bytes = f.payload;
    u->size = f.size;
    bool other = c->feed_is_other[f.feed / 8] >> f.feed % 8 & 1;
    c->other += other;
    return !other;
}

static void convert_unit(struct convert *c, struct framing_unit u, enum framing_kind kind)
{
    if (kind == FRAMING_TAPE && !unwrap(c, &u))
        return;
    if (!instant_is_set(u.arrival))
        u.arrival = unit_time_next(&c->time, u.bytes, u.size);
    if (c->write(c, &u) < 0)
        c->refused++;
    else {
        c->units++;
        c->octets += u.size;
    }
}

static void convert_all(struct convert *c, struct input *in)
{
    struct framing_unit unit;
    struct framing_fault fault;
    for (int code; (code = input_next(in, &unit, &fault)) != 0;) {
        if (code > 0) {
            convert_unit(c, unit, input_kind(in));
            continue;
        }
        c->faults++;
        fprintf(stderr, "airseam convert: octet %" PRIu64 ": expected %s; %" PRIu64 " octets passed over\n", fault.offset, fault.expected, fault.size);
    }
}

static int choose_output(struct convert *c, const char *path)
{
    static const struct { const char *suffix; int (*write)(struct convert *, const struct framing_unit *); } kinds[] = {
        {".pcap", write_pcap}, {".ast", write_raw}, {".raw", write_raw}, {".ff", write_final}};
    assert(path);
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t m = strlen(kinds[i].suffix);
        if (n > m && strcmp(path + n - m, kinds[i].suffix) == 0)
            c->write = kinds[i].write;
    }
    return c->write ? VERB_DONE : verb_error(c->verb, "%s: expected a name that ends in .pcap, .ast, .raw or .ff", path);
}

static int convert_file(struct convert *c, const char *from, const char *to)
{
    char why[4400];
    int status = choose_output(c, to);
    if (status != VERB_DONE)
        return status;
    struct input *in = input_open(from, c->date, why, sizeof why);
    if (!in)
        return verb_error(c->verb, "%s", why);
    c->out = input_kind(in) == FRAMING_LINES || input_kind(in) == FRAMING_PB ? NULL : fopen(to, "wb");
    if (!c->out) {
        status = input_kind(in) == FRAMING_LINES || input_kind(in) == FRAMING_PB ? verb_error(c->verb, "%s holds no ASTERIX", from)
                                                                                 : verb_error(c->verb, "%s: %s", to, strerror(errno));
        input_close(in);
        return status;
    }
    if (c->write == write_pcap)
        write_pcap_header(c->out);
    convert_all(c, in);
    input_close(in);
    bool bad = ferror(c->out) != 0;
    if (fclose(c->out) != 0 || bad)
        return verb_error(c->verb, "%s: %s", to, strerror(errno));
    fprintf(stderr, "%" PRIu64 " units, %" PRIu64 " octets", c->units, c->octets);
    if (c->other)
        fprintf(stderr, ", %" PRIu64 " units of other formats left out", c->other);
    if (c->refused)
        fprintf(stderr, ", %" PRIu64 " units too large for the container", c->refused);
    fprintf(stderr, "\n");
    return c->units && !c->refused ? VERB_DONE : VERB_FAILED;
}

static int take_option(struct convert *c, int option, const struct verb_args *args)
{
    double number;
    switch (option) {
    case OPTION_DATE:
        if (instant_parse_date(args->value, &c->date) < 0)
            return verb_error(c->verb, "--date: expected YYYY-MM-DD, found '%s'", args->value);
        c->time.date = c->date;
        return VERB_DONE;
    case OPTION_EDITION:
        if (asterix_block_choose(&c->time.editions, args->value) < 0)
            return verb_error(c->verb, "--edition: expected a known category and edition as in 021=0.23, found '%s'", args->value);
        return VERB_DONE;
    case OPTION_PORT:
        if (!verb_number(args, "port", 1, 65535, &number))
            return VERB_USAGE;
        c->port = (uint16_t)number;
        return VERB_DONE;
    }
    return VERB_USAGE;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    struct convert c = {.verb = verb, .port = ASTERIX_PORT};
    const char *paths[2] = {NULL, NULL};
    struct verb_args args = verb_args_init(verb, argc, argv);
    int got, n = 0, status = VERB_DONE;
    unit_time_init(&c.time, c.date);
    while (status == VERB_DONE && (got = verb_args_next(&args)) != VERB_END) {
        if (got == VERB_OPERAND && n < 2)
            paths[n++] = args.value;
        else if (got == VERB_OPERAND)
            status = verb_error(verb, "one input and one output are expected, found also %s", args.value);
        else
            status = got == VERB_BAD ? VERB_USAGE : take_option(&c, got, &args);
    }
    if (status == VERB_DONE && n < 2)
        status = verb_error(verb, "an input and an output are expected");
    return status == VERB_DONE ? convert_file(&c, paths[0], paths[1]) : status;
}

const struct verb convert_verb = {"convert", "INPUT OUTPUT", "put the ASTERIX of a recording into a pcap, raw or FINAL file", options, run};
