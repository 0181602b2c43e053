#include "wire/asterix.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "support/support.h"
#include "synth.h"
#include "wire/asterix_block.h"
#include "wire/categories.h"

static struct synth synth;
static uint8_t octets[16384], again[16384];

/* ---- the tables ---- */

static unsigned bits_of(const struct asterix_item *item, unsigned *parts)
{
    unsigned bits = 0;

    *parts = 1;
    for (unsigned i = 0; i < item->count; i++) {
        if (i > 0 && item->fields[i].when && item->fields[i - 1].when) continue;
        if (i > 0 && item->fields[i - 1].coding == ASTERIX_FX) ++*parts;
        bits += item->fields[i].bits;
    }
    return bits;
}

static void check_rows(const struct asterix_category *c, const struct asterix_item *item, unsigned slot)
{
    struct asterix_place place;

    for (unsigned i = 0; i < item->count; i++) {
        const struct asterix_field *f = &item->fields[i];
        ck_assert_msg(f->bits > 0 && f->bits <= 64 && f->num > 0 && f->den > 0, "%03u/%s row %u", c->number, item->id, i);
        if (f->coding == ASTERIX_SPARE || f->coding == ASTERIX_FX) {
            ck_assert_int_eq(asterix_path_row(c, slot, i, 0, &place), ASTERIX_BAD_PATH);
            continue;
        }
        ck_assert_int_eq(asterix_path_row(c, slot, i, 0, &place), 0);
        ck_assert_msg(place.bit + place.bits <= 64, "%03u/%s/%s spans more than eight octets", c->number, item->id, f->name);
        ck_assert_int_eq(f->coding == ASTERIX_ENUM, f->labels != NULL);
        if (f->coding == ASTERIX_OCTAL) ck_assert_uint_eq(f->bits % 3, 0);
        if (f->coding == ASTERIX_ICAO) ck_assert_uint_eq(f->bits % 6, 0);
        if (f->coding == ASTERIX_ASCII) ck_assert_uint_eq(f->bits % 8, 0);
        if (f->when) ck_assert_msg(i > 0 && (item->fields[i - 1].bits == 1 || item->fields[i - 1].when), "a choice follows its one-bit row");
        for (unsigned k = 0; k < i; k++)
            ck_assert_msg(item->fields[k].coding == ASTERIX_SPARE || item->fields[k].coding == ASTERIX_FX || strcmp(item->fields[k].name, f->name) != 0,
                          "%03u/%s/%s twice", c->number, item->id, f->name);
    }
}

static void check_leaf(const struct asterix_category *c, const struct asterix_item *item, unsigned slot)
{
    unsigned parts, bits;

    if (item->shape == ASTERIX_ABSENT || item->shape == ASTERIX_RANDOM || item->shape == ASTERIX_EXPLICIT) {
        ck_assert_ptr_null(item->fields);
        return;
    }
    bits = bits_of(item, &parts);
    if (item->shape == ASTERIX_EXTENDED) {
        ck_assert_uint_eq(parts, item->parts);
        ck_assert_uint_eq(bits, (item->octets + item->parts - 1u) * 8);
    } else {
        ck_assert_msg(bits == item->octets * 8u, "%03u/%s: %u bits in %u octets", c->number, item->id, bits, item->octets);
        ck_assert_int_eq(item->shape == ASTERIX_REPETITIVE_FX, item->fields[item->count - 1].coding == ASTERIX_FX);
    }
    check_rows(c, item, slot);
}

START_TEST(rows_fill_their_items_and_slots_do_not_collide)
{
    const struct asterix_category *c = asterix_at((unsigned)_i);
    unsigned next = c->item_count;

    ck_assert_uint_le(c->slot_count, ASTERIX_SLOTS);
    ck_assert_uint_le(c->frn_count, c->item_count);
    for (unsigned i = 0; i < c->item_count; i++) {
        const struct asterix_item *item = &c->items[i];
        if (item->shape != ASTERIX_COMPOUND) {
            check_leaf(c, item, i);
            continue;
        }
        ck_assert_uint_eq(item->slot, next);
        next += item->count;
        for (unsigned k = 0; k < item->count; k++) check_leaf(c, &item->subs[k], item->slot + k);
    }
    ck_assert_uint_eq(next, c->slot_count);
    for (unsigned k = 0; k < c->other_length; k++) ck_assert_uint_lt(c->other_uap[k], c->item_count);
}
END_TEST

START_TEST(editions_are_found_by_number_and_text)
{
    ck_assert_ptr_eq(asterix_find(21, NULL), &cat021_27);
    ck_assert_ptr_eq(asterix_find(21, "0.23"), &cat021_023);
    ck_assert_ptr_eq(asterix_find(21, "2.1"), &cat021_21);
    ck_assert_ptr_eq(asterix_find(48, "1.32"), &cat048);
    ck_assert_ptr_null(asterix_find(48, "9.9"));
    ck_assert_ptr_null(asterix_find(64, NULL));
}
END_TEST

/* ---- round trips: every row of every category with boundary values ---- */

static void round_trip(const struct asterix_category *c, unsigned uap, enum synth_kind kind, uint64_t seed)
{
    struct rng rng = rng_stream(seed, c->number * 8u + uap);
    struct asterix_record record, second;
    struct asterix_fault fault;
    struct asterix_build copy;
    static uint8_t content[8192];
    const char *differs;
    size_t n, m;

    synth_fill(&synth, c, uap, kind, &rng);
    n = synth_encode(&synth, octets, sizeof octets);
    ck_assert_int_eq(asterix_decode(c, octets, n, &record, &fault), (int)n);
    differs = synth_differs(&synth, &record);
    ck_assert_msg(!differs, "%03u ed %s kind %d seed %llu: %s", c->number, c->edition, (int)kind, (unsigned long long)seed, differs);

    asterix_build_init(&copy, c, content, sizeof content);
    ck_assert_int_eq(asterix_build_copy(&copy, &record), 0);
    m = (size_t)asterix_build_encode(&copy, again, sizeof again);
    ck_assert_uint_eq(m, n); /* what the engine wrote is canonical already */
    ck_assert_mem_eq(again, octets, n);
    ck_assert_int_eq(asterix_decode(c, again, m, &second, &fault), (int)m);
    ck_assert_ptr_null(synth_records_differ(&record, &second));
}

START_TEST(every_row_of_every_category_survives_the_round_trip)
{
    const struct asterix_category *c = asterix_at((unsigned)_i);

    for (unsigned uap = 0; uap < c->uap_count; uap++)
        for (enum synth_kind kind = SYNTH_ZERO; kind < SYNTH_SPARSE; kind++) round_trip(c, uap, kind, 1);
}
END_TEST

START_TEST(random_records_survive_the_round_trip)
{
    const struct asterix_category *c = asterix_at((unsigned)_i);

    for (uint64_t seed = 0; seed < 300; seed++) round_trip(c, (unsigned)seed % c->uap_count, SYNTH_SPARSE, seed);
}
END_TEST

/* ---- hostile octets ---- */

/* A decoding that may be refused but not fault; what it accepts must walk and build. Input lies in a buffer of its exact size. */
static void survive(const struct asterix_category *c, const uint8_t *bytes, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1);
    static uint8_t content[65536];
    struct asterix_record record;
    struct asterix_fault fault;
    struct asterix_build copy;
    int n;

    memcpy(exact, bytes, size);
    n = asterix_decode(c, exact, size, &record, &fault);
    /* Check's assertions cost a system call each: plain comparisons here */
    if (n > 0) {
        if ((size_t)n > size) ck_abort_msg("took %d octets of %zu", n, size);
        asterix_build_init(&copy, c, content, sizeof content);
        asterix_build_copy(&copy, &record);
        asterix_build_encode(&copy, again, sizeof again);
    } else if (n == 0 || fault.code != n || fault.offset > size) {
        ck_abort_msg("code %d, fault %d at %u of %zu", n, fault.code, fault.offset, size);
    }
    free(exact);
}

START_TEST(every_truncation_is_refused)
{
    const struct asterix_category *c = asterix_at((unsigned)_i);

    for (uint64_t seed = 0; seed < 200; seed++) {
        struct rng rng = rng_stream(seed, c->number);
        size_t n;
        synth_fill(&synth, c, (unsigned)seed % c->uap_count, SYNTH_SPARSE, &rng);
        n = synth_encode(&synth, octets, sizeof octets);
        for (size_t size = 0; size < n; size++) {
            struct asterix_record record;
            struct asterix_fault fault;
            if (asterix_decode(c, octets, size, &record, &fault) >= 0) ck_abort_msg("%zu octets of %zu were taken", size, n);
            survive(c, octets, size);
        }
    }
}
END_TEST

START_TEST(every_single_octet_corruption_is_survived)
{
    const struct asterix_category *c = asterix_at((unsigned)_i);
    static const uint8_t flips[] = { 0x01, 0x80, 0xff, 0x10, 0x55 };

    for (uint64_t seed = 0; seed < 200; seed++) {
        struct rng rng = rng_stream(seed, c->number);
        size_t n;
        synth_fill(&synth, c, (unsigned)seed % c->uap_count, SYNTH_SPARSE, &rng);
        n = synth_encode(&synth, octets, sizeof octets);
        for (size_t at = 0; at < n; at++) {
            uint8_t was = octets[at];
            octets[at] = was ^ flips[(seed + at) % sizeof flips];
            survive(c, octets, n);
            octets[at] = (uint8_t)rng_next(&rng);
            survive(c, octets, n);
            octets[at] = was;
        }
    }
}
END_TEST

/* ---- one hand-made refusal of each kind ---- */

struct refusal {
    const char *what;
    unsigned category;
    const char *hex;
    int code;
    unsigned offset;
    const char *item, *sub;
    unsigned expected, found;
};

static const struct refusal refusals[] = {
    { "no octet at all", 48, "", ASTERIX_FSPEC_OVERRUN, 0, NULL, NULL, 1, 0 },
    { "FSPEC whose FX runs out", 48, "ffffff", ASTERIX_FSPEC_OVERRUN, 0, NULL, NULL, 4, 3 },
    { "FSPEC that announces nothing", 48, "0100", ASTERIX_EMPTY_FSPEC, 0, NULL, NULL, 1, 0 },
    { "data source cut after SAC", 48, "8014", ASTERIX_ITEM_OVERRUN, 1, "010", NULL, 2, 1 },
    { "spare FRN of 062", 62, "4000", ASTERIX_UNKNOWN_FRN, 1, NULL, NULL, 35, 2 },
    { "FRN beyond the UAP of 048", 48, "0101010140", ASTERIX_UNKNOWN_FRN, 5, NULL, NULL, 28, 30 },
    { "target report descriptor chained to the end", 48, "20010101", ASTERIX_FX_OVERRUN, 1, "020", NULL, 4, 3 },
    { "warning conditions chained to the end", 48, "01014003", ASTERIX_FX_OVERRUN, 3, "030", NULL, 2, 1 },
    { "first part of 023/101 cut", 23, "0400", ASTERIX_ITEM_OVERRUN, 1, "101", NULL, 2, 1 },
    { "plot characteristics with an eighth sub-item", 48, "02" "0180" "00", ASTERIX_UNKNOWN_SUB, 3, "130", NULL, 7, 8 },
    { "spare sub-item of 034/050", 34, "04" "40" "00", ASTERIX_UNKNOWN_SUB, 2, "050", NULL, 6, 2 },
    { "sub-item beyond the end", 48, "02" "04" , ASTERIX_ITEM_OVERRUN, 2, "130", "RPD", 1, 0 },
    { "255 registers in nine octets", 48, "0120" "ff0011223344556677", ASTERIX_ITEM_OVERRUN, 2, "250", NULL, 2041, 9 },
    { "register count missing", 48, "0120", ASTERIX_ITEM_OVERRUN, 2, "250", NULL, 1, 0 },
    { "trajectory points beyond the end", 62, "0110" "0140" "0211", ASTERIX_ITEM_OVERRUN, 4, "380", "TID", 31, 2 },
    { "explicit length of zero", 48, "0101010400", ASTERIX_BAD_LENGTH, 4, "SP", NULL, 1, 0 },
    { "explicit length beyond the end", 48, "010101040311", ASTERIX_ITEM_OVERRUN, 4, "SP", NULL, 3, 2 },
    { "random fields beyond the end", 2, "0102" "01" "02", ASTERIX_ITEM_OVERRUN, 4, "000", NULL, 1, 0 },
    { "random field of a spare number", 2, "0102" "01" "0c00", ASTERIX_UNKNOWN_FRN, 3, NULL, NULL, 14, 12 },
    { "random field of the random fields", 2, "0102" "01" "0e00", ASTERIX_UNKNOWN_FRN, 3, NULL, NULL, 14, 14 },
    { "random field that was given already", 2, "4102" "01" "01" "0202", ASTERIX_DUPLICATE, 5, "000", NULL, 1, 2 },
};

static size_t unhex(const char *hex, uint8_t *bytes)
{
    size_t n = 0;

    for (unsigned v; *hex && sscanf(hex, "%2x", &v) == 1; hex += 2) bytes[n++] = (uint8_t)v;
    return n;
}

START_TEST(a_refusal_says_where_and_what_was_expected)
{
    const struct refusal *r = &refusals[_i];
    struct asterix_record record;
    struct asterix_fault fault;
    size_t n = unhex(r->hex, octets);
    char line[200];

    ck_assert_msg(asterix_decode(asterix_find(r->category, NULL), octets, n, &record, &fault) == r->code, "%s: %s", r->what, asterix_code_text(fault.code));
    ck_assert_msg(fault.offset == r->offset, "%s: offset %u", r->what, fault.offset);
    ck_assert_msg(fault.expected == r->expected && fault.found == r->found, "%s: %u, %u", r->what, fault.expected, fault.found);
    ck_assert_pstr_eq(fault.item, r->item);
    ck_assert_pstr_eq(fault.sub, r->sub);
    ck_assert_uint_eq(fault.category, r->category);
    ck_assert_int_gt(asterix_fault_print(&fault, line, sizeof line), 0);
    ck_assert_ptr_nonnull(strstr(line, asterix_code_text(r->code)));
}
END_TEST

START_TEST(extents_beyond_the_rows_are_passed_over_and_counted)
{
    struct asterix_record record;
    struct asterix_fault fault;
    size_t n = unhex("a0" "1481" "4101010100", octets); /* 048: 010, 020 of five parts of which four are foreign to nobody */

    ck_assert_int_eq(asterix_decode(&cat048, octets, n, &record, &fault), (int)n);
    ck_assert_uint_eq(record.foreign, 0);
    n = unhex("a0" "1481" "4101010101010100", octets);
    ck_assert_int_eq(asterix_decode(&cat048, octets, n, &record, &fault), (int)n);
    ck_assert_uint_eq(record.foreign, 1);
}
END_TEST

START_TEST(random_fields_go_where_they_belong)
{
    struct asterix_record record;
    struct asterix_fault fault;
    struct asterix_place type, sector;
    uint64_t raw;
    size_t n = unhex("8102" "1402" "02" "0340" "0202", octets); /* 002: 010, then two fields: sector 0x40 as FRN 3, message type 2 as FRN 2 */

    ck_assert_int_eq(asterix_decode(&cat002, octets, n, &record, &fault), (int)n);
    asterix_path_find(&cat002, "000", &type);
    asterix_path_find(&cat002, "020", &sector);
    ck_assert(asterix_path_raw(&record, &type, &raw) && raw == 2);
    ck_assert(asterix_path_raw(&record, &sector, &raw) && raw == 0x40);
}
END_TEST

START_TEST(every_code_has_a_text_of_its_own)
{
    for (int i = 0; i < ASTERIX_CODES; i++)
        for (int k = 0; k < i; k++) ck_assert_str_ne(asterix_code_text(-i), asterix_code_text(-k));
    ck_assert_str_eq(asterix_code_text(-ASTERIX_CODES), "unknown code");
    ck_assert_str_eq(asterix_code_text(1), "unknown code");
}
END_TEST

Suite *test_asterix_suite(void)
{
    Suite *suite = suite_create("asterix");
    TCase *tables = tcase_create("tables"), *property = tcase_create("property"), *hostile = tcase_create("hostile");
    int categories = 0;

    while (asterix_at((unsigned)categories)) categories++;
    tcase_add_loop_test(tables, rows_fill_their_items_and_slots_do_not_collide, 0, categories);
    tcase_add_test(tables, editions_are_found_by_number_and_text);
    tcase_add_test(tables, every_code_has_a_text_of_its_own);
    tcase_add_loop_test(property, every_row_of_every_category_survives_the_round_trip, 0, categories);
    tcase_add_loop_test(property, random_records_survive_the_round_trip, 0, categories);
    tcase_add_loop_test(hostile, every_truncation_is_refused, 0, categories);
    tcase_add_loop_test(hostile, every_single_octet_corruption_is_survived, 0, categories);
    tcase_add_loop_test(hostile, a_refusal_says_where_and_what_was_expected, 0, (int)(sizeof refusals / sizeof *refusals));
    tcase_add_test(hostile, extents_beyond_the_rows_are_passed_over_and_counted);
    tcase_add_test(hostile, random_fields_go_where_they_belong);
    suite_add_tcase(suite, tables);
    suite_add_tcase(suite, property);
    suite_add_tcase(suite, hostile);
    return suite;
}
