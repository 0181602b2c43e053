#include "wire/fmtp.h"

#include "base/err.h"
#include "base/rng.h"
#include "support/support.h"
#include <stdio.h>
#include <string.h>

/* Two sides and the line between them. */
struct side {
    struct fmtp fmtp;
    uint8_t out[4096];
    size_t size;
    char heard[512]; /* messages, each with a bar behind it */
    char states[512];
};
static struct side a, b;
static struct instant now;

static void on_send(void *context, const uint8_t *bytes, size_t size)
{
    struct side *s = context;

    ck_assert_uint_le(s->size + size, sizeof s->out);
    memcpy(s->out + s->size, bytes, size);
    s->size += size;
}

static void on_data(void *context, enum fmtp_type type, const char *text, size_t size)
{
    struct side *s = context;

    (void)type;
    snprintf(s->heard + strlen(s->heard), sizeof s->heard - strlen(s->heard), "%.*s|", (int)size, text);
}

static void on_state(void *context, enum fmtp_state state, enum fmtp_event why)
{
    struct side *s = context;

    snprintf(s->states + strlen(s->states), sizeof s->states - strlen(s->states), "%s by %s\n", fmtp_state_name(state), fmtp_event_name(why));
}

static void open_side(struct side *s, const char *local, const char *remote)
{
    struct fmtp_settings settings = FMTP_SETTINGS_USUAL;
    struct fmtp_sink sink = {on_send, on_data, on_state, s};

    memset(s, 0, sizeof *s);
    strcpy(settings.local, local);
    strcpy(settings.remote, remote);
    fmtp_init(&s->fmtp, &settings, &sink);
}

static void carry(struct side *from, struct side *to)
{
    size_t size = from->size;
    uint8_t bytes[sizeof from->out];

    memcpy(bytes, from->out, size);
    from->size = 0;
    fmtp_input(&to->fmtp, bytes, size, now);
}

static void carry_all(void)
{
    while (a.size + b.size > 0) {
        carry(&a, &b);
        carry(&b, &a);
    }
}

static void open_line(void)
{
    now = (struct instant){1000000000};
    open_side(&a, "KZAB", "MMTY");
    open_side(&b, "MMTY", "KZAB");
}

static void associate(void)
{
    fmtp_tell(&b.fmtp, FMTP_ON_CONNECTED_IN, now);
    fmtp_tell(&a.fmtp, FMTP_ON_CONNECTED_OUT, now);
    carry_all();
    fmtp_tell(&a.fmtp, FMTP_ON_ASSOCIATE, now);
    carry_all();
}

START_TEST(two_sides_identify_each_other_associate_and_talk)
{
    associate();
    ck_assert_str_eq(a.states, "CALLING by CONNECTED_OUT\nREADY by NAME_GOOD\nSTARTING by ASSOCIATE\nDATA_READY by STARTUP\n");
    ck_assert_str_eq(b.states, "CALLED by CONNECTED_IN\nNAMED by NAME_GOOD\nREADY by ACCEPT\nDATA_READY by STARTUP\n");
    ck_assert_int_eq(fmtp_put(&a.fmtp, FMTP_OPERATIONAL, "-TITLE ACT", 10, now), 0);
    ck_assert_int_eq(fmtp_put(&b.fmtp, FMTP_OPERATOR, "HOLA", 4, now), 0);
    carry_all();
    ck_assert_str_eq(b.heard, "-TITLE ACT|");
    ck_assert_str_eq(a.heard, "HOLA|");
    fmtp_tell(&b.fmtp, FMTP_ON_STOP, now);
    carry_all();
    ck_assert_int_eq(a.fmtp.state, FMTP_READY);
    ck_assert_int_eq(fmtp_put(&a.fmtp, FMTP_OPERATIONAL, "X", 1, now), ERR_STATE);
}
END_TEST

START_TEST(the_octets_are_those_of_the_specification)
{
    uint8_t bytes[64];
    enum fmtp_type type;

    ck_assert_int_eq(fmtp_encode(FMTP_SYSTEM, "01", 2, bytes, sizeof bytes), 7);
    ck_assert_mem_eq(bytes, ((uint8_t[]){2, 0, 0, 7, 4, '0', '1'}), 7);
    ck_assert_int_eq(fmtp_decode(bytes, 7, &type), 7);
    ck_assert_int_eq(type, FMTP_SYSTEM);
    for (size_t size = 0; size < 7; size++)
        ck_assert_int_eq(fmtp_decode(bytes, size, &type), 0);
    bytes[4] = 5;
    ck_assert_int_eq(fmtp_decode(bytes, 7, &type), ERR_UNKNOWN);
    bytes[3] = 4;
    ck_assert_int_eq(fmtp_decode(bytes, 7, &type), ERR_LENGTH);
    bytes[0] = 1;
    ck_assert_int_eq(fmtp_decode(bytes, 7, &type), ERR_VERSION);
}
END_TEST

START_TEST(who_is_not_expected_is_rejected)
{
    open_side(&a, "KZHU", "MMTY");
    fmtp_tell(&b.fmtp, FMTP_ON_CONNECTED_IN, now);
    fmtp_tell(&a.fmtp, FMTP_ON_CONNECTED_OUT, now);
    carry_all();
    ck_assert_str_eq(b.states, "CALLED by CONNECTED_IN\nIDLE by NAME_BAD\n");
    ck_assert_str_eq(a.states, "CALLING by CONNECTED_OUT\nIDLE by REJECT\n");
}
END_TEST

START_TEST(silence_is_seen_and_heartbeats_prevent_it)
{
    associate();
    for (int i = 0; i < 20; i++) { /* heartbeats every 15 s hold it for ever */
        now = fmtp_deadline(&a.fmtp);
        fmtp_expire(&a.fmtp, now);
        fmtp_expire(&b.fmtp, now);
        carry_all();
    }
    ck_assert_int_eq(a.fmtp.state, FMTP_DATA_READY);
    ck_assert_int_eq(b.fmtp.state, FMTP_DATA_READY);
    for (int i = 0; i < 4; i++) { /* a hears nothing more */
        now = fmtp_deadline(&a.fmtp);
        fmtp_expire(&a.fmtp, now);
        a.size = 0;
    }
    ck_assert_int_eq(a.fmtp.state, FMTP_READY);
}
END_TEST

START_TEST(identification_may_not_take_for_ever)
{
    fmtp_tell(&b.fmtp, FMTP_ON_CONNECTED_IN, now);
    ck_assert_double_eq_tol(instant_diff(fmtp_deadline(&b.fmtp), now), 30, 1e-6);
    now = fmtp_deadline(&b.fmtp);
    fmtp_expire(&b.fmtp, now);
    ck_assert_str_eq(b.states, "CALLED by CONNECTED_IN\nIDLE by TI\n");
    ck_assert(!instant_is_set(fmtp_deadline(&b.fmtp)));
}
END_TEST

START_TEST(every_cell_is_decided)
{
    for (int state = 0; state < FMTP_STATES; state++)
        for (int event = 0; event < FMTP_EVENTS; event++) {
            struct fmtp_cell c = fmtp_cell((enum fmtp_state)state, (enum fmtp_event)event);
            ck_assert_uint_le(c.next, FMTP_STATES);
            if (state != FMTP_IDLE && (event == FMTP_ON_BROKEN || event == FMTP_ON_NONSENSE))
                ck_assert_uint_eq(c.next, FMTP_IDLE);
            if (c.next == FMTP_STATES) /* only what our own side does at the wrong time */
                ck_assert(event == FMTP_ON_CONNECTED_OUT || event == FMTP_ON_CONNECTED_IN || event >= FMTP_ON_TI);
        }
}
END_TEST

/* Whatever comes, cut anywhere: no state without its timers, no message before the association. */
START_TEST(any_octets_leave_it_in_order)
{
    static const char *const good[] = {"KZAB-MMTY", "ACCEPT", "REJECT", "01", "00", "03", "-TITLE LAM"};
    static const enum fmtp_type type[] = {FMTP_IDENTIFICATION, FMTP_IDENTIFICATION, FMTP_IDENTIFICATION, FMTP_SYSTEM, FMTP_SYSTEM, FMTP_SYSTEM, FMTP_OPERATIONAL};
    struct rng r = rng_init(11 + (unsigned)_i);
    uint8_t bytes[64];

    for (int n = 0; n < 2000; n++) {
        if (b.fmtp.state == FMTP_IDLE)
            fmtp_tell(&b.fmtp, FMTP_ON_CONNECTED_IN, now);
        unsigned k = (unsigned)(rng_uniform(&r) * 7), bad = rng_uniform(&r) < 0.02;
        size_t size = (size_t)fmtp_encode(type[k], good[k], strlen(good[k]), bytes, sizeof bytes), cut = (size_t)(rng_uniform(&r) * (double)size);
        bytes[(size_t)(rng_uniform(&r) * (double)size)] ^= (uint8_t)(bad ? 255 : 0);
        bool talked = b.fmtp.state == FMTP_DATA_READY;
        b.heard[0] = b.states[0] = '\0';
        b.size = 0;
        fmtp_input(&b.fmtp, bytes, cut, now);
        fmtp_input(&b.fmtp, bytes + cut, size - cut, now);
        ck_assert(talked || !b.heard[0]);
        ck_assert_int_eq(instant_is_set(b.fmtp.ti), b.fmtp.state >= FMTP_CALLING && b.fmtp.state <= FMTP_NAMED);
        ck_assert_int_eq(instant_is_set(b.fmtp.tr), b.fmtp.state >= FMTP_STARTING);
        now = instant_add(now, 20 * rng_uniform(&r));
        fmtp_expire(&b.fmtp, now);
    }
}
END_TEST

Suite *test_fmtp_suite(void);
Suite *test_fmtp_suite(void)
{
    Suite *s = suite_create("fmtp");
    TCase *t = tcase_create("fmtp");
    tcase_add_checked_fixture(t, open_line, NULL);
    tcase_add_test(t, two_sides_identify_each_other_associate_and_talk);
    tcase_add_test(t, the_octets_are_those_of_the_specification);
    tcase_add_test(t, who_is_not_expected_is_rejected);
    tcase_add_test(t, silence_is_seen_and_heartbeats_prevent_it);
    tcase_add_test(t, identification_may_not_take_for_ever);
    tcase_add_test(t, every_cell_is_decided);
    tcase_add_loop_test(t, any_octets_leave_it_in_order, 0, 4);
    suite_add_tcase(s, t);
    return s;
}
