#include "wire/adexp.h"

#include "base/err.h"
#include "base/rng.h"
#include "support/support.h"
#include "wire/oldi.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct text of(const char *s)
{
    return (struct text){s, strlen(s)};
}

/* Published examples of OLDI messages in ADEXP. */
static const char hop[] = "-TITLE HOP -REFDATA -SENDER -FAC L -RECVR -FAC E -SEQNUM 030 -ARCID AMM253 -CFL -FL F190 -ASPEED N0420 -RATE D25 -DCT BEN STN";
static const char act[] = "-TITLE ACT -REFDATA -SENDER -FAC E -RECVR -FAC L -SEQNUM 005 -ARCID AMM253 -SSRCODE A7041 -ADEP LMML -COORDATA -PTID BNE -TO 1226 -TFL F350 "
                          "-ADES EGBB -ARCTYP B757 -ROUTE N0480F390 UB4 BNE UB4 BPK UB3 HON";
static const char acp[] = "-TITLE ACP -REFDATA -SENDER -FAC EBBUZXZQ -RECVR -FAC EBSZZXZQ -SEQNUM 014 -MSGREF -SENDER -FAC EBSZZXZQ -RECVR -FAC EBBUZXZQ -SEQNUM 012";

static struct adexp parsed(const char *s)
{
    struct adexp m;
    size_t offset;
    const char *expected;

    ck_assert_int_eq(adexp_parse(of(s), &m, &offset, &expected), 0);
    return m;
}

static void expect_value(const struct adexp *m, const char *path, const char *value)
{
    struct text t = adexp_value(m, path);

    ck_assert_msg(text_equal(t, value), "%s: expected %s, found %.*s", path, value, (int)t.size, t.size ? t.at : "");
}

START_TEST(published_messages_are_read_as_trees)
{
    struct adexp m = parsed(hop);
    expect_value(&m, "TITLE", "HOP");
    expect_value(&m, "REFDATA SENDER FAC", "L");
    expect_value(&m, "REFDATA RECVR FAC", "E");
    expect_value(&m, "REFDATA SEQNUM", "030");
    expect_value(&m, "CFL FL", "F190");
    expect_value(&m, "ASPEED", "N0420");
    expect_value(&m, "DCT", "BEN STN");
    ck_assert_uint_eq(m.unknown, 0);
    m = parsed(act);
    expect_value(&m, "COORDATA PTID", "BNE");
    expect_value(&m, "COORDATA TFL", "F350");
    expect_value(&m, "ROUTE", "N0480F390 UB4 BNE UB4 BPK UB3 HON");
    ck_assert_int_eq(adexp_find(&m, -1, "TFL"), -1); /* only within COORDATA */
    m = parsed(acp);
    expect_value(&m, "MSGREF SEQNUM", "012");
    expect_value(&m, "REFDATA SEQNUM", "014");
}
END_TEST

START_TEST(lists_line_ends_and_unknown_fields_are_taken)
{
    struct adexp m = parsed("-TITLE ABI\n-BEGIN RTEPTS -PT -PTID BNE -END RTEPTS\r\n-NEWFIELD WHAT EVER -ARCID ABC1");

    expect_value(&m, "TITLE", "ABI");
    expect_value(&m, "NEWFIELD", "WHAT EVER");
    expect_value(&m, "ARCID", "ABC1");
    ck_assert_uint_eq(m.unknown, 2); /* PT, NEWFIELD */
}
END_TEST

static const struct {
    const char *text;
    int code;
    size_t offset;
} refused[] = {
    {"", ERR_MISSING, 0},
    {"TITLE ACT", ERR_FORMAT, 0},
    {"-ARCID ABC1", ERR_MISSING, 0},
    {"-TITLE act", ERR_FORMAT, 7},
    {"-TITLE ACT -SSRCODE A7081", ERR_FORMAT, 20},
    {"-TITLE ACT -ADEP LM", ERR_FORMAT, 17},
    {"-TITLE ACT -COORDATA BNE", ERR_FORMAT, 21},
    {"-TITLE ACT - ARCID ABC", ERR_FORMAT, 11},
    {"-TITLE ACT -BEGIN RTEPTS -PT", ERR_TRUNCATED, 28},
    {"-TITLE ACT -END RTEPTS", ERR_FORMAT, 11},
};
#define REFUSED (int)(sizeof refused / sizeof refused[0])

START_TEST(mistakes_are_told_by_their_place)
{
    struct adexp m;
    size_t offset;
    const char *expected;

    ck_assert_int_eq(adexp_parse(of(refused[_i].text), &m, &offset, &expected), refused[_i].code);
    ck_assert_uint_eq(offset, refused[_i].offset);
    ck_assert_ptr_nonnull(expected);
    ck_assert_int_gt((int)strlen(expected), 0);
}
END_TEST

START_TEST(forms_mean_what_they_say)
{
    ck_assert(adexp_is(of("A7041"), "Ao{4}|REQ") && adexp_is(of("REQ"), "Ao{4}|REQ") && !adexp_is(of("A7048"), "Ao{4}|REQ"));
    ck_assert(adexp_is(of("AB1"), "x{1,7}") && !adexp_is(of(""), "x{1,7}") && !adexp_is(of("ABCDEFGH"), "x{1,7}"));
    ck_assert(adexp_is(of("132.45"), "d{3}.d{1,3}|d{6}") && adexp_is(of("132450"), "d{3}.d{1,3}|d{6}") && !adexp_is(of("13245"), "d{3}.d{1,3}|d{6}"));
}
END_TEST

START_TEST(any_octets_are_read_or_refused_in_their_bounds)
{
    static const char alphabet[] = "-- TITLEREFDATASENDERFACBEGINEND -COORDATA-PTID 0123\n.a";
    struct rng r = rng_init(7 + (unsigned)_i);
    char s[200];
    struct adexp m;
    size_t offset;
    const char *expected;

    for (int n = 0; n < 500; n++) {
        size_t size = (size_t)(rng_uniform(&r) * sizeof s);
        for (size_t i = 0; i < size; i++)
            s[i] = alphabet[(size_t)(rng_uniform(&r) * (sizeof alphabet - 1))];
        memcpy(s, "-TITLE ACT ", size < 11 ? size : 11);
        int code = adexp_parse((struct text){s, size}, &m, &offset, &expected);
        ck_assert(code <= 0 && offset <= size);
        for (int i = 0; code == 0 && i < m.fields; i++)
            ck_assert(m.field[i].value.at >= s && m.field[i].value.at + m.field[i].value.size <= s + size);
    }
}
END_TEST

/* ---- OLDI ---- */

static struct oldi full(unsigned title)
{
    return (struct oldi){.title = (uint8_t)title, .reference = {"KZAB", "MMTY", 17}, .about = {"MMTY", "KZAB", 999}, .callsign = "AMX123", .has_code = true,
                         .code = 07041, .departure = "KDFW", .destination = "MMMX", .type = "B738", .point = "GEO01", .lat_rad = 0.5, .lon_rad = -1.75,
                         .minute = 1439, .transfer_level_fl = 350, .cleared_level_fl = 90, .frequency = "132.450"};
}

START_TEST(what_oldi_writes_it_reads_and_adexp_parses)
{
    struct oldi m = full((unsigned)_i), back, again;
    char text[OLDI_TEXT], once_more[OLDI_TEXT];
    size_t offset;
    const char *expected;

    int size = oldi_encode(&m, text, sizeof text);
    ck_assert_int_gt(size, 0);
    ck_assert_uint_eq(strlen(text), (size_t)size);
    ck_assert_int_eq(oldi_decode(of(text), &back, &offset, &expected), 0);
    ck_assert_int_eq(back.title, _i);
    ck_assert_str_eq(back.reference.receiver, "MMTY");
    ck_assert_uint_eq(back.reference.sequence, 17);
    if (_i == OLDI_LAM)
        ck_assert_uint_eq(back.about.sequence, 999);
    else
        ck_assert_str_eq(back.callsign, "AMX123");
    if (_i == OLDI_ACT || _i == OLDI_ABI) {
        ck_assert(back.has_code && back.code == 07041 && back.minute == 1439 && back.transfer_level_fl == 350);
        ck_assert_double_eq_tol(back.lat_rad, 0.5, 3e-6);
        ck_assert_double_eq_tol(back.lon_rad, -1.75, 3e-6);
    }
    ck_assert_int_gt(oldi_encode(&back, once_more, sizeof once_more), 0);
    ck_assert_str_eq(text, once_more);
    ck_assert_int_eq(oldi_decode(of(once_more), &again, &offset, &expected), 0);
}
END_TEST

START_TEST(a_published_act_is_understood)
{
    struct oldi m;
    size_t offset;
    const char *expected;

    ck_assert_int_eq(oldi_decode(of(act), &m, &offset, &expected), 0);
    ck_assert_str_eq(m.point, "BNE");
    ck_assert_int_eq(m.minute, 12 * 60 + 26);
    ck_assert_int_eq(m.transfer_level_fl, 350);
    ck_assert_str_eq(m.type, "B757");
    ck_assert_int_eq(oldi_decode(of(acp), &m, &offset, &expected), ERR_UNKNOWN);
    ck_assert_uint_eq(offset, 7);
    ck_assert_int_eq(oldi_decode(of("-TITLE ROF -REFDATA -SENDER -FAC L -RECVR -FAC E -SEQNUM 030"), &m, &offset, &expected), ERR_MISSING);
    ck_assert_str_eq(expected, "-ARCID");
}
END_TEST

START_TEST(what_a_message_needs_is_asked_for)
{
    struct oldi m = full(OLDI_ACT);
    char text[OLDI_TEXT];

    m.departure[0] = '\0';
    ck_assert_int_eq(oldi_encode(&m, text, sizeof text), ERR_MISSING);
    m = full(OLDI_ACT);
    strcpy(m.callsign, "amx1");
    ck_assert_int_eq(oldi_encode(&m, text, sizeof text), ERR_FORMAT);
    m = full(OLDI_ACT);
    ck_assert_int_eq(oldi_encode(&m, text, 40), ERR_FULL);
}
END_TEST

Suite *test_adexp_suite(void);
Suite *test_adexp_suite(void)
{
    Suite *s = suite_create("adexp");
    TCase *t = tcase_create("adexp");
    tcase_add_test(t, published_messages_are_read_as_trees);
    tcase_add_test(t, lists_line_ends_and_unknown_fields_are_taken);
    tcase_add_loop_test(t, mistakes_are_told_by_their_place, 0, REFUSED);
    tcase_add_test(t, forms_mean_what_they_say);
    tcase_add_loop_test(t, any_octets_are_read_or_refused_in_their_bounds, 0, 8);
    tcase_add_loop_test(t, what_oldi_writes_it_reads_and_adexp_parses, 0, OLDI_TITLES);
    tcase_add_test(t, a_published_act_is_understood);
    tcase_add_test(t, what_a_message_needs_is_asked_for);
    suite_add_tcase(s, t);
    return s;
}
