/* Real recordings, where AIRSEAM_DATA names their folder: every record counts, and becomes what it should. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nouns.h"
#include "support/support.h"
#include "wire/framing.h"

static const struct {
    const char *file;
    uint8_t category; /* with edition: what the file speaks instead of the default */
    const char *edition;
    unsigned long records, plots, tracks, services;
} recordings[] = {
    {"lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast", 0, "", 44085, 43913, 0, 0},
    {"lebl_20160510/160510-lebl-220001_ADSB_cat021_v023.ast", 21, "0.23", 49330, 49330, 0, 0},
    {"lebl_20160510/160510-lebl-220001_MLAT_cat020.ast", 0, "", 77314, 68977, 0, 7381},
    {"jade_cat062/final_frame_062_065_large_packet_30min.ff", 0, "", 34225, 0, 22396, 11829},
    {"jade_cat062/final_frame_062_30min.ff", 0, "", 34957, 0, 34957, 0},
    {"croatiacontrol/cat_034_048.pcap", 0, "", 162, 126, 0, 34},
    {"croatiacontrol/cat_001_002.pcap", 0, "", 8, 7, 0, 1},
    {"croatiacontrol/parsegps.gps", 0, "", 18, 14, 0, 3},
};

static struct decoder_counters decoded(const char *path, const struct decoder_settings *s, struct nouns *n)
{
    static uint8_t chunk[65536];
    FILE *f = fopen(path, "rb");
    ck_assert_ptr_nonnull(f);
    size_t got = fread(chunk, 1, sizeof chunk, f);
    int kind = framing_sniff(chunk, got, path);
    ck_assert_int_ge(kind, 0);
    struct framing *framing = framing_new((enum framing_kind)kind, 65535);
    struct framing_unit u;
    struct framing_fault fault;
    struct decoder_sink sink = nouns_sink(n);
    n->decoder = decoder_new(s, NULL);
    for (; got > 0; got = fread(chunk, 1, sizeof chunk, f)) {
        framing_put(framing, chunk, got);
        while (framing_next(framing, &u, &fault) > 0)
            (void)decoder_input(n->decoder, u.bytes, u.size, u.offset, u.arrival, &sink);
    }
    struct decoder_counters c = decoder_counters(n->decoder);
    decoder_free(n->decoder);
    framing_free(framing);
    fclose(f);
    return c;
}

START_TEST(every_record_of_real_feeds_is_decoded)
{
    char name[160];
    struct nouns n = {.count = 0};
    struct decoder_settings s = decoder_settings_default();
    snprintf(name, sizeof name, "recordings/%s", recordings[_i].file);
    const char *path = support_data(name);
    if (!path) {
        support_skip("%s is not there", name);
        return;
    }
    s.editions = recordings[_i].category != 0;
    s.edition[0].category = recordings[_i].category;
    strcpy(s.edition[0].edition, recordings[_i].edition);
    struct decoder_counters c = decoded(path, &s, &n);
    ck_assert_uint_eq(c.records, recordings[_i].records);
    ck_assert_uint_eq(c.plots, recordings[_i].plots);
    ck_assert_uint_eq(c.tracks, recordings[_i].tracks);
    ck_assert_uint_eq(c.services, recordings[_i].services);
    ck_assert_uint_eq(c.records_bad + c.blocks_bad + c.trailers + c.categories_unknown + c.no_time, 0);
    ck_assert_uint_le(n.notices[NOTICE_CLOCK_WRONG], 1); /* the recorder of both FINAL files ran hours off */
    ck_assert_uint_eq(n.notices[NOTICE_CLOCK_RIGHT], 0);
}
END_TEST

Suite *test_recordings_suite(void);
Suite *test_recordings_suite(void)
{
    Suite *suite = suite_create("recordings");
    TCase *t = tcase_create("real feeds");
    tcase_add_loop_test(t, every_record_of_real_feeds_is_decoded, 0, (int)(sizeof recordings / sizeof *recordings));
    suite_add_tcase(suite, t);
    return suite;
}
