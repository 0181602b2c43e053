// The rules of release: random policies over random tracks, against a second opinion written the plain way; and each field, area, delay by itself.
#include "picture/release.h"

#include "base/err.h"
#include "base/rng.h"
#include "base/unit.h"
#include <math.h>
#include <string.h>

#include "support/support.h"

static const struct release_nation viewers[] = {{"US"}, {"CA"}, {"MX"}, {"FR"}};
static const enum kind_nation viewer_kind[] = {KIND_US, KIND_CA, KIND_MX, KIND_OTHER};

static struct track filled(struct rng *g, uint32_t number, struct instant at)
{
    static const uint32_t address[] = {0xA12345, 0xAE0001, 0xC00123, 0xC20001, 0x0D0001, 0x400001};
    struct track t = {.number = number, .flags = TRACK_CONFIRMED | TRACK_HEIGHT | TRACK_CLIMB | TRACK_MONOSENSOR | TRACK_SILENT, .time = at, .born = at, .last = at};
    t.at = (struct geodetic){(rng_uniform(g) * 178 - 89) * UNIT_DEG, (rng_uniform(g) * 360 - 180) * UNIT_DEG, 9000};
    t.east_mps = 100 + rng_uniform(g), t.north_mps = 50 + rng_uniform(g), t.climb_mps = 3, t.turn_rad_s = 0.01;
    for (unsigned i = 0; i < TRACK_COVS; i++)
        t.cov[i] = 10 + i;
    t.sigma_height_m = 7, t.sigma_climb_mps = 2, t.existence = 0.9, t.identity_confidence = 0.8;
    t.mode[0] = 0.7;
    t.level = (struct level){.flags = LEVEL_PRESSURE, .pressure_m = 8000};
    t.level_time = t.silent = at;
    t.ident = (struct ident){.flags = IDENT_MODE_A | IDENT_CALLSIGN, .mode_a = 01234, .callsign = "SECRET1"};
    if (rng_below(g, 4)) {
        t.ident.flags |= IDENT_MODE_S;
        t.ident.mode_s = address[rng_below(g, 6)];
    }
    if (rng_below(g, 4) == 0) {
        t.ident.flags |= IDENT_MODE_2;
        t.ident.mode_2 = 0777;
    }
    for (unsigned i = 0; i < TRACK_AGES; i++)
        t.age[i] = at;
    t.plots = 12;
    t.plan = 5;
    t.flight = (struct track_flight){.flight_rules = 'I', .callsign = "SECRET1", .departure = "KJFK", .destination = "MMMX", .cruise_pressure_m = 10000};
    t.class = TRACK_SUSPECT;
    t.sensors = (uint8_t)(1 + rng_below(g, 3));
    for (unsigned i = 0; i < t.sensors; i++)
        t.sensor[i] = (struct track_sensor){(uint16_t)(1 + rng_below(g, 4)), at};
    return t;
}

static struct release_rule random_rule(struct rng *g)
{
    struct release_rule r = {.withhold = (uint32_t)rng_next(g) & ((1u << RELEASE_FIELDS_COUNT) - 1)};
    r.withhold &= rng_below(g, 3) ? ~(1u << RELEASE_TRACK) : ~0u;
    r.viewers = rng_below(g, 2) ? 0 : rng_below(g, 1u << KIND_NATIONS);
    r.classes = rng_below(g, 2) ? 0 : rng_below(g, 1u << KIND_CLASSES);
    r.nations = rng_below(g, 2) ? 0 : rng_below(g, 1u << KIND_NATIONS);
    r.seen_by = rng_below(g, 2) ? 0 : rng_below(g, 1u << KIND_NATIONS);
    if (rng_below(g, 3) == 0)
        r.area = (struct release_area){.shape = RELEASE_BOX, .south_rad = -0.5, .north_rad = 1, .west_rad = rng_below(g, 2) ? 3 : -2, .east_rad = 0.5};
    return r;
}

// The second opinion: does any rule say that this viewer must not have this field of this track?
static bool withheld(const struct release_rule *rule, unsigned rules, enum kind_nation viewer, enum kind_nation own, const struct track *t, unsigned field)
{
    for (unsigned i = 0; i < rules; i++) {
        const struct release_rule *r = &rule[i];
        bool concerned = r->viewers ? (r->viewers & 1u << viewer) != 0 : viewer != own;
        bool foreign = false, inside = true;
        for (unsigned k = 0; k < t->sensors; k++) // sensor n belongs to nation n
            foreign |= r->seen_by && !(r->seen_by & 1u << t->sensor[k].source);
        if (r->area.shape == RELEASE_BOX) {
            bool east = t->at.lon_rad >= r->area.west_rad, west = t->at.lon_rad <= r->area.east_rad;
            inside = t->at.lat_rad >= r->area.south_rad && t->at.lat_rad <= r->area.north_rad && (r->area.west_rad > r->area.east_rad ? east || west : east && west);
        }
        if (concerned && !foreign && inside && (!r->classes || r->classes & 1u << kind_class(t)) && (!r->nations || r->nations & 1u << kind_nation(t)) &&
            r->withhold & 1u << field)
            return true;
    }
    return false;
}

// Is there anything left of the field?
static bool tells(const struct track *t, unsigned field)
{
    static const struct track_flight none;
    double velocity = fabs(t->east_mps) + fabs(t->north_mps) + fabs(t->turn_rad_s) + t->cov[TRACK_VEVE] + t->cov[TRACK_EVE];
    double level = fabs(t->at.hae_m) + fabs(t->climb_mps) + t->level.pressure_m + t->flight.cruise_pressure_m + t->sigma_height_m;
    bool ages = instant_is_set(t->silent);
    for (unsigned i = 0; i < TRACK_AGES; i++)
        ages |= instant_is_set(t->age[i]);
    switch (field) {
    case RELEASE_TRACK: return true;
    case RELEASE_CALLSIGN: return t->ident.callsign[0] || t->flight.callsign[0] || ident_has(&t->ident, IDENT_CALLSIGN);
    case RELEASE_CODES: return t->ident.mode_a || t->ident.mode_2 || (t->ident.flags & (IDENT_MODE_A | IDENT_MODE_2));
    case RELEASE_ADDRESS: return t->ident.mode_s || (t->ident.flags & IDENT_MODE_S);
    case RELEASE_LEVEL: return level > 0 || t->level.flags || (t->flags & (TRACK_HEIGHT | TRACK_CLIMB)) || instant_is_set(t->level_time);
    case RELEASE_VELOCITY: return velocity > 0;
    case RELEASE_ACCURACY: return t->cov[TRACK_EE] > 0 || t->existence > 0 || t->identity_confidence > 0;
    case RELEASE_SENSORS: return t->sensors || ages || (t->flags & (TRACK_MONOSENSOR | TRACK_SILENT)) || t->sensor[0].source;
    case RELEASE_PLAN: return t->plan || memcmp(&t->flight, &none, sizeof none) != 0;
    case RELEASE_CLASS: return t->class != TRACK_PENDING;
    default: return false;
    }
}

START_TEST(no_random_policy_lets_out_what_it_withholds_or_keeps_what_it_does_not)
{
    struct rng g = rng_stream(11, (uint64_t)_i);
    struct release *r = release_new();
    struct release_rule rule[8];
    unsigned rules = rng_below(&g, 8);
    for (unsigned i = 0; i < rules; i++)
        rule[i] = random_rule(&g);
    ck_assert_int_eq(release_set(r, rule, rules, viewers[0]), 0);
    for (uint16_t s = 1; s <= 4; s++)
        release_sensor(r, s, s == 4 ? "FR" : kind_nation_code((enum kind_nation)s));
    for (unsigned n = 0; n < 200; n++) {
        struct track in = filled(&g, n + 1, (struct instant){1000}), out;
        for (unsigned v = 0; v < 4; v++) {
            bool got = release_track(r, viewers[v], &in, in.time, &out);
            ck_assert(got == !withheld(rule, rules, viewer_kind[v], KIND_US, &in, RELEASE_TRACK));
            for (unsigned f = 1; got && f < RELEASE_FIELDS_COUNT; f++) {
                bool must_not = withheld(rule, rules, viewer_kind[v], KIND_US, &in, f);
                ck_assert_msg(!must_not || !tells(&out, f), "policy %d track %u viewer %s field %u", _i, n, viewers[v].code, f);
            }
            bool all = got;
            for (unsigned f = 1; f < RELEASE_FIELDS_COUNT; f++)
                all = all && !withheld(rule, rules, viewer_kind[v], KIND_US, &in, f);
            if (all)
                ck_assert_mem_eq(&in, &out, sizeof in);
        }
    }
    release_free(r);
}
END_TEST

START_TEST(without_rules_everything_is_shared)
{
    struct rng g = rng_init(1);
    struct release *r = release_new();
    struct track in = filled(&g, 7, (struct instant){0}), out;
    ck_assert(release_track(r, viewers[2], &in, (struct instant){0}, &out));
    ck_assert_mem_eq(&in, &out, sizeof in);
    ck_assert(release_site(r, viewers[2], "US"));
    release_free(r);
    release_free(NULL);
}
END_TEST

START_TEST(one_field_withheld_leaves_the_others_as_they_are)
{
    struct rng g = rng_init(3);
    struct release *r = release_new();
    struct release_rule rule = {.withhold = 1u << _i};
    struct track in = filled(&g, 7, (struct instant){0}), out;
    in.ident.flags |= IDENT_MODE_S | IDENT_MODE_2;
    in.ident.mode_s = 0xA00001, in.ident.mode_2 = 5;
    release_set(r, &rule, 1, viewers[0]);
    ck_assert(release_track(r, viewers[2], &in, in.time, &out));
    for (unsigned f = 1; f < RELEASE_FIELDS_COUNT; f++)
        ck_assert_msg(tells(&out, f) == (f != (unsigned)_i), "withheld %d, field %u", _i, f);
    ck_assert(release_track(r, viewers[0], &in, in.time, &out));
    ck_assert_mem_eq(&in, &out, sizeof in); // the node's own nation sees all
    release_free(r);
}
END_TEST

#define SECOND INT64_C(1000000000)

// A track that goes east, one event a second; a viewer who sees 60 s later must see a state that is 60 to 63 s old, at every instant, and nothing before
START_TEST(who_sees_later_never_sees_earlier)
{
    struct rng g = rng_init(4);
    struct release *r = release_new();
    struct release_rule rule = {.delay_s = 60};
    struct track out;
    ck_assert_int_eq(release_set(r, &rule, 1, viewers[0]), 0);
    for (int s = 0; s < 400; s++) {
        struct instant now = {s * SECOND};
        struct track in = filled(&g, 7, now);
        in.at = (struct geodetic){0.5, s * 1e-4, 0};
        release_note(r, &in);
        ck_assert(release_track(r, viewers[0], &in, now, &out));
        ck_assert_double_eq(out.at.lon_rad, in.at.lon_rad);
        bool got = release_track(r, viewers[2], &in, now, &out);
        ck_assert(got == (s >= 60));
        if (!got)
            continue;
        double age = instant_diff(now, out.time), shown = out.at.lon_rad / 1e-4;
        ck_assert_double_ge(age, 60);
        ck_assert_double_le(age, 64);
        ck_assert_double_eq_tol(shown, s - age, 1e-6);
        ck_assert(out.flags & TRACK_DELAYED);
        for (unsigned i = 0; i < TRACK_AGES; i++)
            ck_assert(!instant_before(out.time, out.age[i]));
        ck_assert(!instant_before(out.time, out.last) && !instant_before(out.time, out.level_time) && !instant_before(out.time, out.sensor[0].last));
    }
    release_free(r);
}
END_TEST

// It leaves a closed circle: what is shown later must not show it inside either
START_TEST(a_delay_does_not_show_what_an_area_withholds)
{
    struct rng g = rng_init(5);
    struct release *r = release_new();
    struct release_rule rule[] = {{.delay_s = 60}, {.withhold = 1u << RELEASE_TRACK, .area = {.shape = RELEASE_CIRCLE, .centre = {0.5, 0, 0}, .radius_m = 50000}}};
    struct track out;
    release_set(r, rule, 2, viewers[0]);
    unsigned shown = 0;
    for (int s = 0; s < 800; s++) {
        struct track in = filled(&g, 9, (struct instant){s * SECOND});
        in.at = (struct geodetic){0.5, s * 1e-4, 0}; // out of the circle after 90 s
        release_note(r, &in);
        if (release_track(r, viewers[1], &in, in.time, &out)) {
            ck_assert_double_gt(out.at.lon_rad * cos(0.5) * 6371000, 49900);
            shown++;
        }
    }
    ck_assert_uint_gt(shown, 500);
    release_free(r);
}
END_TEST

START_TEST(a_track_without_a_past_is_not_shown_to_who_sees_later)
{
    struct rng g = rng_init(6);
    struct release *r = release_new();
    struct release_rule rule = {.delay_s = 10};
    struct track a = filled(&g, 1, (struct instant){0}), b = filled(&g, 1 + RELEASE_PASTS, (struct instant){0}), out;
    release_set(r, &rule, 1, viewers[0]);
    release_note(r, &a);
    ck_assert(release_track(r, viewers[1], &a, (struct instant){20 * SECOND}, &out));
    ck_assert(!release_track(r, viewers[1], &b, (struct instant){20 * SECOND}, &out));
    release_note(r, &b); // takes the place of a
    ck_assert(!release_track(r, viewers[1], &a, (struct instant){20 * SECOND}, &out));
    ck_assert(release_track(r, viewers[1], &b, (struct instant){20 * SECOND}, &out));
    release_free(r);
}
END_TEST

START_TEST(a_merged_track_does_not_name_one_that_may_be_withheld)
{
    struct rng g = rng_init(7);
    struct release *r = release_new();
    struct release_rule rule = {.classes = 1u << KIND_MILITARY, .withhold = 1u << RELEASE_TRACK};
    struct track in = filled(&g, 1, (struct instant){0}), out;
    in.ident = (struct ident){.flags = IDENT_MODE_S, .mode_s = 0xA00001};
    in.flags |= TRACK_AMALGAMATED;
    in.other_number = 99;
    release_set(r, &rule, 1, viewers[0]);
    ck_assert(release_track(r, viewers[2], &in, in.time, &out));
    ck_assert_uint_eq(out.other_number, 0);
    ck_assert(!(out.flags & TRACK_AMALGAMATED));
    ck_assert(release_track(r, viewers[0], &in, in.time, &out));
    ck_assert_uint_eq(out.other_number, 99);
    release_free(r);
}
END_TEST

START_TEST(sensors_are_told_of_unless_a_rule_says_no)
{
    struct release *r = release_new();
    struct release_rule rule = {.viewers = 1u << KIND_MX, .seen_by = 1u << KIND_US, .sensors = true};
    release_set(r, &rule, 1, viewers[0]);
    ck_assert(!release_site(r, viewers[2], "US"));
    ck_assert(release_site(r, viewers[2], "CA"));
    ck_assert(release_site(r, viewers[1], "US"));
    release_free(r);
}
END_TEST

START_TEST(too_many_rules_close_the_door)
{
    static struct release_rule rule[RELEASE_RULES + 1];
    struct rng g = rng_init(8);
    struct release *r = release_new();
    struct track in = filled(&g, 1, (struct instant){0}), out;
    ck_assert_int_eq(release_set(r, rule, RELEASE_RULES + 1, viewers[0]), ERR_FULL);
    ck_assert(!release_track(r, viewers[1], &in, in.time, &out));
    ck_assert(!release_site(r, viewers[1], "US"));
    ck_assert(release_track(r, viewers[0], &in, in.time, &out));
    release_free(r);
}
END_TEST

Suite *test_release_suite(void)
{
    Suite *suite = suite_create("release");
    TCase *claims = tcase_create("claims"), *property = tcase_create("property"), *later = tcase_create("later");
    tcase_add_test(claims, without_rules_everything_is_shared);
    tcase_add_loop_test(claims, one_field_withheld_leaves_the_others_as_they_are, 1, RELEASE_FIELDS_COUNT);
    tcase_add_test(claims, a_merged_track_does_not_name_one_that_may_be_withheld);
    tcase_add_test(claims, sensors_are_told_of_unless_a_rule_says_no);
    tcase_add_test(claims, too_many_rules_close_the_door);
    tcase_add_loop_test(property, no_random_policy_lets_out_what_it_withholds_or_keeps_what_it_does_not, 0, 100);
    tcase_add_test(later, who_sees_later_never_sees_earlier);
    tcase_add_test(later, a_delay_does_not_show_what_an_area_withholds);
    tcase_add_test(later, a_track_without_a_past_is_not_shown_to_who_sees_later);
    suite_add_tcase(suite, claims);
    suite_add_tcase(suite, property);
    suite_add_tcase(suite, later);
    return suite;
}
