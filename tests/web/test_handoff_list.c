// The page's list of handoffs over a real desk with two centres and one aircraft that flies from the one to the other, and the commands of their positions.
#include "daemon/web/web_handoff.h"

#include "base/unit.h"
#include "daemon/handoff.h"
#include "daemon/policy.h"
#include "settings/settings.h"
#include "support/crossing.h"
#include "wire/envelope.h"
#include <stdlib.h>
#include <string.h>

#include "support/support.h"

#define STEP_S 4.0
#define SPEED_MPS 220.0
#define EPOCH INT64_C(1780300800000000000)

static struct loop loop;
static struct settings *settings;
static struct handoff *desk;
static struct centres *centres;
static struct web *web;
static struct instant now;
static uint32_t track; // its number

static void on_track(void *context, const struct track_event *e)
{
    (void)context;
    track = e->track.number;
    handoff_track(desk, e, now);
}

static void on_diary(void *context, const struct diary_entry *e)
{
    (void)context;
    web_diary(web, e);
}

static void begin(void)
{
    static struct engine_sink sink = {.event = on_track};
    struct handoff_sink said = {.event = on_diary};
    struct handoff_settings s = {.desk = desk_settings_default(), .journal = "", .diary = ""};
    struct publish_context context = {.node = "test", .nation = "US"};
    char why[256] = "";
    settings = settings_new();
    memcpy(settings->node.nation, "US", 3);
    settings->feeds = settings->sites = 1;
    settings->feed[0] = (struct settings_feed){.name = "adsb", .format = SETTINGS_PB, .enabled = true, .clock_tolerance_s = 10};
    settings->site[0] = (struct settings_site){.name = "net", .nation = "US", .sac = 10, .sic = 1, .kind = SETTINGS_ADSB, .lat_rad = 0.02, .lon_rad = 0.17};
    settings->releases = 1; // Mexico does not see it
    settings->release[0] = (struct settings_release){.name = "no", .to = 1u << KIND_MX, .withhold = 1u << RELEASE_TRACK};
    loop = (struct loop){.config = {.settings = settings}, .base = event_base_new(), .log = log_new(), .now_known = true, .now_read = true};
    loop.release = release_new();
    policy_set(loop.release, settings);
    loop.engine = engine_new(settings, &sink);
    log_set(loop.log, LOG_ERROR, 0);
    centres = crossing_centres();
    s.centres = centres;
    memset(s.desk.host, DESK_HERE, sizeof s.desk.host);
    for (int i = 0; i < CENTRE_MAX; i++)
        s.desk.controller[i].kind = CONTROLLER_PERSON;
    s.desk.calls = false;
    desk = handoff_open(loop.base, &s, &said, loop.log, why, sizeof why);
    ck_assert_msg(desk != NULL, "%s", why);
    context.base = loop.base, context.engine = loop.engine, context.release = loop.release, context.log = loop.log;
    web = web_new(&loop, &context);
    web_handoffs(web, desk);
    now = loop.now = (struct instant){EPOCH};
    track = 0;
}

static void end(void)
{
    web_free(web);
    handoff_close(desk);
    centre_free(centres);
    engine_free(loop.engine);
    release_free(loop.release);
    log_free(loop.log);
    event_base_free(loop.base);
    settings_free(settings);
}

// One step of time: a plot 0 .. at the place where the aircraft is `west_s` seconds of flight west of the border
static void fly(double west_s)
{
    struct envelope e = {.node = "t", .nation = "US", .sequence = 1, .kind = ENVELOPE_REPORT};
    uint8_t bytes[ENVELOPE_SIZE];
    struct report *r = &e.report;
    now = loop.now = instant_add(now, STEP_S);
    *r = (struct report){.kind = REPORT_PLOT};
    r->plot = (struct plot){.time = now, .source = 0x0A01, .kind = PLOT_GEODETIC, .flags = PLOT_ADSB | PLOT_VELOCITY};
    r->plot.geodetic = (struct plot_geodetic){.at = {1 * UNIT_DEG, 10 * UNIT_DEG - west_s * SPEED_MPS / 6371000, 0}, .cov_ee_m2 = 400, .cov_nn_m2 = 400,
                                              .east_mps = SPEED_MPS, .sigma_velocity_mps = 2};
    r->plot.level = (struct level){.flags = LEVEL_PRESSURE, .pressure_m = 9000};
    r->plot.ident = (struct ident){.flags = IDENT_MODE_S | IDENT_CALLSIGN, .mode_s = 0xA00001, .callsign = "ABC1"};
    int size = envelope_encode(&e, bytes, sizeof bytes);
    ck_assert_int_gt(size, 0);
    handoff_expire(desk, now);
    engine_input(loop.engine, 0, bytes, (size_t)size, 0, now);
    engine_expire(loop.engine, now);
    engine_drain(loop.engine);
    handoff_flush(desk);
    web_handoff_look(web->handoffs);
}

// The list as viewers of a nation get it; its only handoff is copied into *out. Returns how many there are.
static size_t list_for(const char *nation, Airseam__Web__Handoff *out, char texts[3][32])
{
    struct scene *s = scene_new(&web->context, nation);
    Airseam__Web__Frame frame;
    airseam__web__frame__init(&frame);
    scene_look(s, now, 0, 1);
    struct web_handoff_list *l = web_handoff_say(web->handoffs, s, &frame);
    ck_assert_ptr_nonnull(frame.handoffs);
    size_t n = frame.handoffs->n_handoff;
    if (n > 0) {
        *out = *frame.handoffs->handoff[0];
        strcpy(texts[0], out->from);
        strcpy(texts[1], out->to);
        strcpy(texts[2], out->callsign);
    }
    web_handoff_said(l);
    scene_free(s);
    return n;
}

static const char *command(const char *position, uint32_t what, uint32_t handoff, unsigned rights)
{
    struct web_client c = {.web = web, .account = {.known = true, .nation = "US", .rights = rights}};
    Airseam__Web__HandoffCommand a;
    airseam__web__handoff_command__init(&a);
    strcpy(c.account.position, position);
    a.what = what;
    a.handoff = handoff;
    return web_handoff_command(&c, &a);
}

START_TEST(an_offer_is_listed_with_its_time_line_and_taken_by_the_position_it_is_for)
{
    Airseam__Web__Handoff h;
    char text[3][32];
    double west_s = 900;
    begin();
    for (; west_s > 0 && (list_for("US", &h, text) == 0 || h.state != AIRSEAM__WEB__HANDOFF_STATE__PROPOSED); west_s -= STEP_S)
        fly(west_s);
    ck_assert_msg(west_s > 60, "no offer was made before the border");
    ck_assert_str_eq(text[0], "WEST");
    ck_assert_str_eq(text[1], "EAST");
    ck_assert_str_eq(text[2], "ABC1");
    ck_assert_uint_eq(h.track, track);
    ck_assert(h.automatic);
    ck_assert_int_gt(h.boundary_ms, now.ns / 1000000);
    ck_assert_int_le(h.since_ms, now.ns / 1000000);
    ck_assert_uint_gt(h.n_step, 0);
    ck_assert_str_eq(web_handoff_owner(web, track), "WEST");
    ck_assert_uint_eq(list_for("MX", &h, text), 0); // release withholds the track, and so the handoff

    ck_assert_uint_eq(list_for("US", &h, text), 1);
    ck_assert_ptr_nonnull(command("EAST", 2, h.id, ACCOUNT_OPERATE));  // no right
    ck_assert_ptr_nonnull(command("WEST", 2, h.id, ACCOUNT_HANDOFF));  // not its offer to answer
    ck_assert_ptr_nonnull(command("EAST", 2, h.id + 7, ACCOUNT_HANDOFF)); // no such handoff
    ck_assert_ptr_nonnull(command("EAST", 9, h.id, ACCOUNT_HANDOFF));  // no such command
    const char *why = command("EAST/1", 2, h.id, ACCOUNT_HANDOFF);
    ck_assert_msg(why == NULL, "%s", why);
    fly(west_s);
    ck_assert_uint_eq(list_for("US", &h, text), 1);
    ck_assert_int_eq(h.state, AIRSEAM__WEB__HANDOFF_STATE__ACCEPTED);
    ck_assert_uint_gt(h.latency_ms, 0);
    ck_assert_str_eq(web_handoff_owner(web, track), "EAST");
    ck_assert_ptr_nonnull(command("EAST", 2, h.id, ACCOUNT_HANDOFF)); // not twice
    end();
}
END_TEST

START_TEST(a_rejected_offer_says_so_and_can_be_forced_by_who_gives)
{
    Airseam__Web__Handoff h;
    char text[3][32];
    double west_s = 900;
    begin();
    for (; west_s > 0 && (list_for("US", &h, text) == 0 || h.state != AIRSEAM__WEB__HANDOFF_STATE__PROPOSED); west_s -= STEP_S)
        fly(west_s);
    ck_assert_ptr_null(command("EAST", 3, h.id, ACCOUNT_HANDOFF));
    fly(west_s);
    ck_assert_uint_eq(list_for("US", &h, text), 1);
    ck_assert_int_eq(h.state, AIRSEAM__WEB__HANDOFF_STATE__REJECTED);
    ck_assert_str_eq(web_handoff_owner(web, track), "WEST");
    ck_assert_ptr_nonnull(command("EAST", 5, h.id, ACCOUNT_HANDOFF));
    const char *why = command("WEST", 5, h.id, ACCOUNT_HANDOFF);
    ck_assert_msg(why == NULL, "%s", why);
    fly(west_s - STEP_S);
    ck_assert_str_eq(web_handoff_owner(web, track), "EAST");
    end();
}
END_TEST

START_TEST(without_centres_there_is_no_list_and_no_command)
{
    Airseam__Web__Frame frame;
    airseam__web__frame__init(&frame);
    begin();
    web_handoffs(web, NULL);
    struct scene *s = scene_new(&web->context, "US");
    ck_assert_ptr_null(web_handoff_say(web->handoffs, s, &frame));
    ck_assert_ptr_null(frame.handoffs);
    ck_assert_ptr_nonnull(command("", 2, 1, ACCOUNT_HANDOFF));
    ck_assert_str_eq(web_handoff_owner(web, 1), "");
    scene_free(s);
    end();
}
END_TEST

Suite *test_handoff_list_suite(void)
{
    Suite *suite = suite_create("handoff_list");
    TCase *claims = tcase_create("claims");
    tcase_add_test(claims, an_offer_is_listed_with_its_time_line_and_taken_by_the_position_it_is_for);
    tcase_add_test(claims, a_rejected_offer_says_so_and_can_be_forced_by_who_gives);
    tcase_add_test(claims, without_centres_there_is_no_list_and_no_command);
    suite_add_tcase(suite, claims);
    return suite;
}
