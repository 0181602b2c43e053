/* Real recordings through framing and the ASTERIX engine: the counts of their manifest, meaning kept over decode, build, decode, and damage survived. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "support/support.h"
#include "wire/asterix_block.h"
#include "wire/asterix_build.h"
#include "wire/asterix_walk.h"
#include "wire/framing.h"

struct recording {
    const char *path;
    const char *edition; /* of one category, or NULL */
    enum framing_kind kind;
    unsigned counts[256]; /* records by category */
    unsigned faults;
};

static const struct recording recordings[] = {
    { "lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast", NULL, FRAMING_RAW, { [48] = 44085 }, 0 },
    { "lebl_20160510/160510-lebl-220001_ADSB_cat021_v023.ast", "021=0.23", FRAMING_RAW, { [21] = 49330 }, 0 },
    { "lebl_20160510/160510-lebl-220001_MLAT_cat020.ast", NULL, FRAMING_RAW, { [19] = 7381, [20] = 69933 }, 0 },
    { "jade_cat062/final_frame_062_065_large_packet_30min.ff", NULL, FRAMING_FINAL, { [62] = 22396, [63] = 5772, [65] = 6057 }, 0 },
    { "jade_cat062/final_frame_062_30min.ff", NULL, FRAMING_FINAL, { [62] = 34957 }, 0 },
    { "croatiacontrol/cat_034_048.pcap", NULL, FRAMING_PCAP, { [34] = 34, [48] = 128 }, 0 },
    { "croatiacontrol/cat_001_002.pcap", NULL, FRAMING_PCAP, { [1] = 7, [2] = 1 }, 0 },
    { "croatiacontrol/cat_062_065.pcap", NULL, FRAMING_PCAP, { [62] = 2, [65] = 1 }, 0 },
    { "croatiacontrol/parsegps.gps", NULL, FRAMING_GPS, { [34] = 3, [48] = 15 }, 0 },
    { "croatiacontrol/cat034.raw", NULL, FRAMING_RAW, { [34] = 1 }, 0 },
    { "croatiacontrol/cat048.raw", NULL, FRAMING_RAW, { [48] = 1 }, 0 },
    { "croatiacontrol/cat062cat065.raw", NULL, FRAMING_RAW, { [62] = 2, [65] = 1 }, 0 },
    { "croatiacontrol/cat21_re.ast", NULL, FRAMING_RAW, { [21] = 2 }, 0 },
};
#define RECORDINGS ((int)(sizeof recordings / sizeof *recordings))

struct run {
    struct asterix_editions editions;
    unsigned counts[256], faults, by_code[ASTERIX_CODES];
    void (*record)(struct run *run, const struct asterix_record *record);
    struct rng rng;
    unsigned damaged[256]; /* records per category that have been put to the test */
};

static void unit(struct run *run, const struct framing_unit *u)
{
    struct asterix_block block;
    struct asterix_record record;
    struct asterix_fault fault;
    int code;

    asterix_block_open(&block, &run->editions, u->bytes, u->size);
    while ((code = asterix_block_next(&block, &record, &fault)) != 0) {
        if (code < 0) {
            run->faults++;
            run->by_code[-code]++;
            continue;
        }
        run->counts[record.category->number]++;
        if (run->record) run->record(run, &record);
    }
}

/* The whole file through framing; false (skipped aloud) where it is absent. */
static bool go(struct run *run, const char *name, const char *edition, enum framing_kind kind)
{
    static uint8_t bytes[1 << 16];
    char below[160];
    const char *path;
    struct framing_unit u;
    struct framing_fault fault;
    struct framing *framing;
    FILE *file;
    int code;

    snprintf(below, sizeof below, "recordings/%s", name);
    if (!(path = support_data(below))) {
        support_skip("AIRSEAM_DATA has no %s", below);
        return false;
    }
    asterix_block_editions(&run->editions);
    ck_assert(!edition || asterix_block_choose(&run->editions, edition) == 0);
    file = fopen(path, "rb");
    framing = framing_new(kind, 65535);
    ck_assert(file && framing);
    for (size_t n = 1; n > 0;) {
        n = fread(bytes, 1, sizeof bytes, file);
        if (n > 0)
            framing_put(framing, bytes, n);
        else
            framing_end(framing);
        while ((code = framing_next(framing, &u, &fault)) != 0)
            if (code > 0) unit(run, &u);
    }
    framing_free(framing);
    fclose(file);
    return true;
}

START_TEST(counts_are_those_of_the_manifest)
{
    const struct recording *r = &recordings[_i];
    static struct run run;

    memset(&run, 0, sizeof run);
    if (!go(&run, r->path, r->edition, r->kind)) return;
    for (unsigned c = 0; c < 256; c++) ck_assert_msg(run.counts[c] == r->counts[c], "%s: %u records of %03u, not %u", r->path, run.counts[c], c, r->counts[c]);
    ck_assert_msg(run.faults == r->faults, "%s: %u faults", r->path, run.faults);
}
END_TEST

/* ---- meaning ---- */

struct meaning {
    size_t count;
    struct {
        const struct asterix_field *field;
        uint64_t raw, where;
    } rows[4096];
};

/* Check's assertions cost a system call each; what runs once a row is a plain comparison. */

/* All that a record says: explicit items as a sum of their octets; zero flags of later parts say nothing. */
static bool note(void *context, const struct asterix_visit *v)
{
    struct meaning *m = context;
    uint64_t raw = v->raw;

    if (v->field && v->part > 0 && raw == 0 && v->field->coding == ASTERIX_ENUM) return true;
    for (size_t i = 0; !v->field && i < v->octets; i++) raw = raw * 257 + v->bytes[i] + 1;
    if (m->count == sizeof m->rows / sizeof *m->rows) ck_abort_msg("more rows than a record can have");
    m->rows[m->count].field = v->field;
    m->rows[m->count].raw = raw;
    m->rows[m->count++].where = (uint64_t)v->slot << 32 | (uint64_t)v->repetition << 16 | v->row;
    return true;
}

static void keep_meaning(struct run *run, const struct asterix_record *record)
{
    static uint8_t content[65536], octets[65536];
    static struct meaning first, second;
    struct asterix_build build;
    struct asterix_record again;
    struct asterix_fault fault;
    int n;

    (void)run;
    asterix_build_init(&build, record->category, content, sizeof content);
    if (asterix_build_copy(&build, record) != 0) ck_abort_msg("rows left out");
    n = asterix_build_encode(&build, octets, sizeof octets);
    if (n <= 0 || (uint32_t)n > record->octets) ck_abort_msg("canonical form is %d octets of %u", n, record->octets);
    if (asterix_decode(record->category, octets, (size_t)n, &again, &fault) != n) ck_abort_msg("%s", asterix_code_text(fault.code));
    first.count = second.count = 0;
    asterix_walk(record, note, &first);
    asterix_walk(&again, note, &second);
    if (first.count != second.count || memcmp(first.rows, second.rows, first.count * sizeof *first.rows) != 0) ck_abort_msg("another meaning");
}

START_TEST(decode_build_decode_keeps_every_meaning)
{
    static struct run run;

    memset(&run, 0, sizeof run);
    run.record = keep_meaning;
    go(&run, recordings[_i].path, recordings[_i].edition, recordings[_i].kind);
}
END_TEST

/* ---- damage ---- */

static void decode_exact(const struct asterix_category *category, const uint8_t *octets, size_t size)
{
    uint8_t *exact = malloc(size ? size : 1); /* so that a sanitizer sees one octet too many */
    static struct meaning m;
    struct asterix_record record;
    struct asterix_fault fault;

    memcpy(exact, octets, size);
    m.count = 0;
    if (asterix_decode(category, exact, size, &record, &fault) > 0) asterix_walk(&record, note, &m);
    free(exact);
}

static void damage(struct run *run, const struct asterix_record *record)
{
    uint8_t octets[4096];

    if (run->damaged[record->category->number]++ >= 200 || record->octets > sizeof octets) return;
    memcpy(octets, record->bytes, record->octets);
    for (size_t n = 0; n < record->octets; n++) decode_exact(record->category, octets, n);
    for (size_t at = 0; at < record->octets; at++) {
        octets[at] = (uint8_t)(octets[at] ^ (1 + rng_below(&run->rng, 255)));
        decode_exact(record->category, octets, record->octets);
        octets[at] = record->bytes[at];
    }
}

START_TEST(two_hundred_damaged_records_of_each_category_are_survived)
{
    static struct run run;

    memset(&run, 0, sizeof run);
    run.rng = rng_init(1);
    run.record = damage;
    go(&run, recordings[_i].path, recordings[_i].edition, recordings[_i].kind);
}
END_TEST

START_TEST(an_edition_that_is_too_old_is_refused_by_kind)
{
    static struct run run;
    unsigned named;

    memset(&run, 0, sizeof run);
    if (!go(&run, "croatiacontrol/asterix.pcap", NULL, FRAMING_PCAP)) return;
    named = run.by_code[-ASTERIX_EMPTY_FSPEC] + run.by_code[-ASTERIX_UNKNOWN_FRN] + run.by_code[-ASTERIX_UNKNOWN_SUB] +
            run.by_code[-ASTERIX_ITEM_OVERRUN] + run.by_code[-ASTERIX_FX_OVERRUN];
    ck_assert_uint_gt(run.faults, 0);
    ck_assert_uint_eq(named, run.faults);
    ck_assert_uint_gt(run.faults, run.counts[62]);
}
END_TEST

Suite *test_recordings_suite(void)
{
    Suite *suite = suite_create("recordings");
    TCase *manifest = tcase_create("manifest"), *property = tcase_create("property"), *hostile = tcase_create("hostile");

    tcase_add_loop_test(manifest, counts_are_those_of_the_manifest, 0, RECORDINGS);
    tcase_add_loop_test(property, decode_build_decode_keeps_every_meaning, 0, RECORDINGS);
    tcase_add_loop_test(hostile, two_hundred_damaged_records_of_each_category_are_survived, 0, RECORDINGS);
    tcase_add_test(hostile, an_edition_that_is_too_old_is_refused_by_kind);
    suite_add_tcase(suite, manifest);
    suite_add_tcase(suite, property);
    suite_add_tcase(suite, hostile);
    return suite;
}
