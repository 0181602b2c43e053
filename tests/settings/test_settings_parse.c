#include "settings/settings.h"

#include "base/unit.h"
#include <stdio.h>
#include <string.h>

#include "support/support.h"

static struct settings *settings;
static char room[65536];
static struct text_out errors;

static void setup(void)
{
    settings = settings_new();
    ck_assert_ptr_nonnull(settings);
    errors = text_out_init(room, sizeof room);
}

static void teardown(void)
{
    settings_free(settings);
}

static unsigned parse(const char *yaml)
{
    return settings_parse(settings, "a.yaml", (struct text){yaml, strlen(yaml)}, &errors);
}

/* One mistake, one line, at the place where it is. */
static const struct mistake {
    const char *yaml, *line;
} mistakes[] = {
    {"", "a.yaml:1:1: settings: expected a mapping, found nothing\n"},
    {"- x\n", "a.yaml:1:1: settings: expected a mapping, found a list\n"},
    {"node: {name: a, nation: US\n", "a.yaml:2:1: settings: expected YAML, found did not find expected ',' or '}' while parsing a flow mapping\n"},
    {"tape:\n  snapshot_period_s: often\n", "a.yaml:2:22: tape.snapshot_period_s: expected a number from 0 to 86400, found \"often\"\n"},
    {"tape:\n  snapshot_period_s: 86401\n", "a.yaml:2:22: tape.snapshot_period_s: expected a number from 0 to 86400, found \"86401\"\n"},
    {"tape:\n  snapshot_period_s: nan\n", "a.yaml:2:22: tape.snapshot_period_s: expected a number from 0 to 86400, found \"nan\"\n"},
    {"tape:\n  snapshot_period_s: [1]\n", "a.yaml:2:22: tape.snapshot_period_s: expected a number from 0 to 86400, found a list\n"},
    {"tracker: {tracks: 1.5}\n", "a.yaml:1:19: tracker.tracks: expected a whole number from 1 to 1000000, found \"1.5\"\n"},
    {"tracker: {tracks: 0}\n", "a.yaml:1:19: tracker.tracks: expected a whole number from 1 to 1000000, found \"0\"\n"},
    {"tracker: {identity: maybe}\n", "a.yaml:1:21: tracker.identity: expected true or false, found \"maybe\"\n"},
    {"tracker: 5\n", "a.yaml:1:10: tracker: expected a mapping, found \"5\"\n"},
    {"clock: {kind: sundial}\n", "a.yaml:1:15: clock.kind: expected one of wall, scenario, found \"sundial\"\n"},
    {"clock: {kind: wall, kind: wall}\n", "a.yaml:1:21: clock.kind: expected once, found again\n"},
    {"clock: {kind: wall}\nclock: {kind: wall}\n", "a.yaml:2:1: clock: expected once, found again\n"},
    {"clock: {king: wall}\n", "a.yaml:1:9: clock: unknown key \"king\", expected one of kind, listen\n"},
    {"node: {nation: US}\n", "a.yaml:1:7: node: expected key \"name\", found none\n"},
    {"node: {name: \"a b\", nation: US}\n", "a.yaml:1:14: node.name: expected a name of 1 to 31 letters, digits, '-', '_' or '.', found \"a b\"\n"},
    {"node: {name: a, nation: usa}\n", "a.yaml:1:25: node.nation: expected two capital letters (ISO 3166-1 alpha-2), found \"usa\"\n"},
    {"control: {socket: \"a\\tb\"}\n", "a.yaml:1:19: control.socket: expected at most 255 printable characters, found \"a\tb\"\n"},
    {"release:\n  - {name: r, withhold: [callsign, shoes]}\n",
     "a.yaml:2:36: release[0].withhold: expected a list of track, callsign, codes, address, level, velocity, accuracy, sensors, plan, class, found \"shoes\"\n"},
    {"release:\n  - {name: r, to: [MX]}\n", "a.yaml:2:5: r: expected withhold, delay_s or sensors, found a rule that withholds nothing\n"},
    {"accounts:\n  - {name: a, nation: MX, token_sha256: abc}\n", "a.yaml:2:5: a: expected 64 hexadecimal digits in small letters for token_sha256, found otherwise\n"},
    {"http: {listen: \"tcp://0.0.0.0:80\"}\n", "a.yaml: http.listen: expected accounts for an address beyond this machine, found none\n"},
    {"http: {listen: 8080}\n", "a.yaml:1:16: http.listen: expected udp://HOST:PORT or tcp://HOST:PORT, found \"8080\"\n"},
    {"feeds: 5\n", "a.yaml:1:8: feeds: expected a list, found \"5\"\n"},
    {"feeds:\n  - 5\n", "a.yaml:2:5: feeds[0]: expected a mapping, found \"5\"\n"},
    {"feeds:\n  - listen: udp://0.0.0.0:1\n", "a.yaml:2:5: feeds[0]: expected key \"name\", found none\n"},
    {"feeds:\n  - name: a\n", "a.yaml:2:5: a: expected listen or connect, found neither\n"},
    {"feeds:\n  - name: a\n    listen: udp://127.0.0.1:1\n    format: cd2\n",
     "a.yaml:2:5: a: expected one SAC/SIC in sources for cd2, which says no address, found otherwise\n"},
    {"feeds:\n  - {name: a, connect: \"udp://h:1\"}\n", "a.yaml:2:5: a: expected tcp:// in connect, found udp://\n"},
    {"feeds:\n  - {name: a, listen: \"udp://h:1\"}\n  - {name: a, listen: \"udp://h:2\"}\n", "a.yaml:3:5: a: expected a name of its own, found it twice\n"},
    {"feeds:\n  - {name: a, listen: \"udp://h:1\", sources: [20/256]}\n", "a.yaml:2:46: feeds[0].sources: expected a list of SAC/SIC, each from 0 to 255, found \"20/256\"\n"},
    {"feeds:\n  - {name: a, listen: \"udp://h:1\", editions: {\"1/2\": \"0.23\"}}\n",
     "a.yaml:2:47: feeds[0].editions: expected CATEGORY or SAC/SIC/CATEGORY, a colon and an edition such as \"0.23\", found \"1/2\"\n"},
    {"classes:\n  - {class: foe}\n", "a.yaml:2:13: classes[0].class: expected one of pending, unknown, assumed, friendly, neutral, suspect, hostile, found \"foe\"\n"},
    {"classes:\n  - {class: hostile, codes: 4408}\n",
     "a.yaml:2:29: classes[0].codes: expected any, a code as in \"1200\", or from one to another as in \"4400-4477\", found \"4408\"\n"},
    {"classes:\n  - {class: hostile, addresses: AF0000-AE0000}\n",
     "a.yaml:2:33: classes[0].addresses: expected any, an address as in \"A1B2C3\", or from one to another as in \"AE0000-AFFFFF\", found \"AF0000-AE0000\"\n"},
    {"outputs:\n  - {name: a, kind: cat062, nation: US}\n", "a.yaml:2:5: a: expected to: udp://… and no listen for cat062, found otherwise\n"},
};

START_TEST(every_mistake_is_named_with_its_line_and_column)
{
    const struct mistake *m = &mistakes[_i];

    ck_assert_uint_eq(parse(m->yaml), 1);
    ck_assert_str_eq(room, m->line);
}
END_TEST

START_TEST(rules_of_identification_keep_their_order)
{
    ck_assert_uint_eq(parse("classes:\n"
                            "  - {class: friendly, plan: with, addresses: AE0000-AFFFFF, flight_type: M}\n"
                            "  - {class: suspect, transponder: silent, codes: \"1200\", callsign: XB, age_below_s: 60}\n"), 0);
    ck_assert_uint_eq(settings->classes, 2);
    ck_assert(settings->class[0].class == 3 && settings->class[0].plan == 1 && settings->class[0].flight_type[0] == 'M');
    ck_assert(settings->class[0].addresses.first == 0xAE0000 && settings->class[0].addresses.last == 0xAFFFFF && settings->class[0].codes.last == 0);
    ck_assert(settings->class[1].class == 5 && settings->class[1].transponder == 2 && settings->class[1].codes.first == 01200 &&
              settings->class[1].codes.last == 01200);
    ck_assert_str_eq(settings->class[1].callsign, "XB");
    ck_assert_double_eq(settings->class[1].age_below_s, 60);
}
END_TEST

START_TEST(all_mistakes_are_reported_not_only_the_first)
{
    ck_assert_uint_eq(parse("node: {name: a, nation: us}\nfeed: []\nclock: {kind: x}\nfeeds:\n  - {name: a, liste: b}\n"), 4);
    ck_assert_ptr_nonnull(strstr(room, "a.yaml:1:25: "));
    ck_assert_ptr_nonnull(strstr(room, "a.yaml:2:1: "));
    ck_assert_ptr_nonnull(strstr(room, "a.yaml:3:15: "));
    ck_assert_ptr_nonnull(strstr(room, "a.yaml:5:15: "));
}
END_TEST

START_TEST(values_arrive_in_si_units_and_defaults_stand)
{
    ck_assert_uint_eq(parse("node: {name: north, nation: CA}\n"
                            "clock: {kind: scenario, listen: \"udp://239.1.2.3:99?interface=lo&ttl=3\"}\n"
                            "feeds:\n"
                            "  - name: a\n"
                            "    listen: udp://[::1]:8600\n"
                            "    editions: {\"021\": \"0.23\", \"20/1/048\": \"1.31\"}\n"
                            "    sources: [20/129, 20/130]\n"
                            "    from: [127.0.0.1]\n"
                            "sites:\n"
                            "  - {name: s, nation: CA, sac: 20, sic: 129, lat_deg: 45, lon_deg: -75.5, hae_m: 100, range_max_nm: 200}\n"), 0);
    ck_assert_str_eq(room, "");
    ck_assert_str_eq(settings->node.nation, "CA");
    ck_assert_uint_eq(settings->clock.kind, SETTINGS_SCENARIO);
    ck_assert_str_eq(settings->clock.listen.interface, "lo");
    ck_assert_uint_eq(settings->clock.listen.ttl, 3);
    ck_assert_uint_eq(settings->feeds, 1);
    ck_assert_str_eq(settings->feed[0].listen.host, "::1");
    ck_assert_double_eq(settings->feed[0].clock_tolerance_s, 10);
    ck_assert(settings->feed[0].enabled);
    ck_assert_uint_eq(settings->feed[0].editions.count, 2);
    ck_assert_uint_eq(settings->feed[0].editions.edition[1].source, 20 << 8 | 1);
    ck_assert_uint_eq(settings->feed[0].editions.edition[1].category, 48);
    ck_assert_str_eq(settings->feed[0].editions.edition[0].edition, "0.23");
    ck_assert_uint_eq(settings->feed[0].sources.source[1], 20 << 8 | 130);
    ck_assert_double_eq_tol(settings->site[0].lat_rad, UNIT_PI / 4, 1e-15);
    ck_assert_double_eq(settings->site[0].range_max_m, 200 * UNIT_NM);
    ck_assert_double_eq(settings->tape.snapshot_period_s, 300);
}
END_TEST

START_TEST(sites_come_out_of_csv_by_column_name)
{
    const char *csv = "# made up\nnation,name,sac,sic,owner,lat_deg,lon_deg,hae_m,period_s,kind\nUS,\"One\",1,2,\"a, b\",30,-100,500,12,psr\nMX,Two,3,4,,20,-99,0,,\n";

    ck_assert_uint_eq(settings_parse_sites(settings, "s.csv", (struct text){csv, strlen(csv)}, &errors), 0);
    ck_assert_uint_eq(settings->sites, 2);
    ck_assert_str_eq(settings->site[0].name, "One");
    ck_assert_uint_eq(settings->site[0].kind, SETTINGS_PSR);
    ck_assert_double_eq(settings->site[0].period_s, 12);
    ck_assert_uint_eq(settings->site[1].kind, SETTINGS_COMBINED);
    ck_assert_str_eq(settings->site[1].nation, "MX");
}
END_TEST

static const struct mistake csv_mistakes[] = {
    {"", "s.csv:1:1: sites: expected a line of column names, found none\n"},
    {"name,nation,sac,lat_deg,lon_deg,hae_m\n", "s.csv:1:1: sites: expected column \"sic\", found none\n"},
    {"name,nation,sac,sic,lat_deg,lon_deg,hae_m\na,US,1,2,91,0,0\n", "s.csv:2:10: sites.lat_deg: expected a number from -90 to 90, found \"91\"\n"},
    {"name,nation,sac,sic,lat_deg,lon_deg,hae_m\na,US,,2,9,0,0\n", "s.csv:2:6: sites.sac: expected a whole number from 0 to 255, found \"\"\n"},
    {"name,nation,sac,sic,lat_deg,lon_deg,hae_m\na,US,1,2,9,0,0,7\n", "s.csv:2:1: sites: expected 7 fields, found more\n"},
    {"name,nation,sac,sic,lat_deg,lon_deg,hae_m\na,US,1,2,9,0\n", "s.csv:2:1: sites: expected 7 fields, found fewer\n"},
};

START_TEST(mistakes_in_sensor_files_have_a_place_too)
{
    const struct mistake *m = &csv_mistakes[_i];

    ck_assert_uint_eq(settings_parse_sites(settings, "s.csv", (struct text){m->yaml, strlen(m->yaml)}, &errors), 1);
    ck_assert_str_eq(room, m->line);
}
END_TEST

START_TEST(every_truncation_and_corruption_is_answered_without_fault)
{
    static char whole[65536];
    struct text_out out = text_out_init(whole, sizeof whole);

    settings_print_default(&out);
    for (size_t size = 0; size < out.used; size += 7) {
        struct settings *s = settings_new();
        char kept = whole[size];

        errors = text_out_init(room, sizeof room);
        settings_parse(s, "t", (struct text){whole, size}, &errors);
        whole[size] = (char)(kept ^ (1 << size % 8));
        settings_free(s);
        s = settings_new();
        settings_parse(s, "c", (struct text){whole, out.used}, &errors);
        settings_free(s);
        whole[size] = kept;
    }
}
END_TEST

START_TEST(every_sensor_file_that_is_shipped_parses_without_a_word)
{
    static const char *const files[] = {"config/sensors/us.csv", "config/sensors/ca.csv", "config/sensors/mx.csv"};

    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        static char csv[1 << 18];
        FILE *f = fopen(files[i], "r");

        ck_assert_ptr_nonnull(f);
        size_t size = fread(csv, 1, sizeof csv, f);
        fclose(f);
        ck_assert_uint_eq(settings_parse_sites(settings, files[i], (struct text){csv, size}, &errors), 0);
    }
    ck_assert_uint_eq(settings_check(settings, "all", &errors), 0);
    ck_assert_str_eq(room, "");
    ck_assert_uint_ge(settings->sites, 400);
    for (uint32_t i = 0; i < settings->sites; i++) {
        const struct settings_site *s = &settings->site[i];

        bool turns = s->kind != SETTINGS_ADSB, both = s->kind == SETTINGS_COMBINED || s->kind == SETTINGS_MODE_S_COMBINED || s->kind == SETTINGS_PSR_3D;
        /* from Chiapas to the Arctic islands, from the Aleutians to Newfoundland */
        ck_assert_msg(s->lat_rad > 0.25 && s->lat_rad < 1.3 && (s->lon_rad < -0.9 || s->lon_rad > 3.0), "%s lies elsewhere", s->name);
        ck_assert_uint_gt(strlen(s->type), 0);
        if (s->kind == SETTINGS_TRACKER) { /* sends what others see */
            ck_assert_msg(s->period_s > 0 && s->range_max_m <= 0, "%s", s->name);
            continue;
        }
        ck_assert_msg(s->range_max_m > 0 && s->detection > 0.7, "%s", s->name);
        ck_assert_msg(!turns || (s->period_s >= 4 && s->period_s <= 12 && s->sigma_range_m > 0), "%s", s->name);
        ck_assert_msg(both == (s->primary_range_m > 0), "%s: echoes", s->name);
    }
}
END_TEST

Suite *test_settings_parse_suite(void);
Suite *test_settings_parse_suite(void)
{
    Suite *s = suite_create("settings_parse");
    TCase *limits = tcase_create("mistakes");
    TCase *vectors = tcase_create("vectors");

    tcase_add_checked_fixture(limits, setup, teardown);
    tcase_add_checked_fixture(vectors, setup, teardown);
    tcase_add_loop_test(limits, every_mistake_is_named_with_its_line_and_column, 0, sizeof mistakes / sizeof mistakes[0]);
    tcase_add_test(limits, all_mistakes_are_reported_not_only_the_first);
    tcase_add_loop_test(limits, mistakes_in_sensor_files_have_a_place_too, 0, sizeof csv_mistakes / sizeof csv_mistakes[0]);
    tcase_add_test(limits, every_truncation_and_corruption_is_answered_without_fault);
    tcase_add_test(vectors, values_arrive_in_si_units_and_defaults_stand);
    tcase_add_test(vectors, rules_of_identification_keep_their_order);
    tcase_add_test(vectors, sites_come_out_of_csv_by_column_name);
    tcase_add_test(vectors, every_sensor_file_that_is_shipped_parses_without_a_word);
    suite_add_tcase(s, limits);
    suite_add_tcase(s, vectors);
    return s;
}
