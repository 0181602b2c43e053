#include "settings/settings.h"
#include "settings/settings_rows.h"

#include <stdio.h>
#include <string.h>

#include "support/support.h"

static char first[65536], second[65536], errors_room[4096];

static struct settings *parsed(const char *text)
{
    struct settings *s = settings_new();
    struct text_out errors = text_out_init(errors_room, sizeof errors_room);

    ck_assert_msg(settings_parse(s, "t", (struct text){text, strlen(text)}, &errors) == 0, "%s", errors_room);
    return s;
}

START_TEST(the_default_file_is_free_of_mistakes_and_says_the_defaults)
{
    struct text_out out = text_out_init(first, sizeof first);
    struct settings *s, *fresh = settings_new();

    settings_print_default(&out);
    ck_assert(!out.cut);
    s = parsed(first);
    ck_assert_mem_eq(&s->tracker, &fresh->tracker, sizeof s->tracker);
    ck_assert_mem_eq(&s->tape, &fresh->tape, sizeof s->tape);
    ck_assert_mem_eq(&s->http, &fresh->http, sizeof s->http);
    ck_assert_uint_eq(s->feeds, 1);
    ck_assert_uint_eq(s->outputs, 2);
    settings_free(s);
    settings_free(fresh);
}
END_TEST

START_TEST(the_default_file_in_the_tree_is_what_the_rows_print)
{
    struct text_out out = text_out_init(first, sizeof first);
    FILE *f = fopen("config/airseamd.yaml", "r");
    size_t n;

    ck_assert_ptr_nonnull(f);
    n = fread(second, 1, sizeof second - 1, f);
    second[n] = '\0';
    fclose(f);
    settings_print_default(&out);
    ck_assert_str_eq(first, second);
}
END_TEST

START_TEST(printed_settings_parse_to_the_same_settings)
{
    const char *yaml = "node: {name: \"q\", nation: MX}\n"
                       "control: {socket: 'a \"quoted\" \\ path'}\n"
                       "feeds:\n  - {name: a, connect: \"tcp://h:1\", format: pb, enabled: false, editions: {\"021\": \"0.23\", 20/1/048: \"1.31\"}, sources: [1/2, 3/4], from: [a, b]}\n"
                       "outputs:\n  - {name: o, kind: track_stream, listen: \"tcp://h:1\", nation: CA, period_s: 0.1}\n"
                       "release:\n  - {name: r, to: [MX, other], of: [US], classes: [military], withhold: [callsign, sensors], delay_s: 60, area: box 1 2 3 4}\n"
                       "accounts:\n  - {name: a, nation: CA, may: [operate, time],"
                       " token_sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08}\n"
                       "classes:\n  - {class: friendly, plan: with, codes: 4400-4477, addresses: AE0000, callsign: RCH}\n"
                       "sites:\n  - {name: s, nation: US, sac: 1, sic: 2, kind: mode_s, lat_deg: 41.300702, lon_deg: 2.102058, hae_m: 27.257, sigma_azimuth_deg: 0.068}\n";
    struct settings *one = parsed(yaml), *two, *three;
    struct text_out out = text_out_init(first, sizeof first);

    settings_print(one, &out);
    ck_assert(!out.cut);
    two = parsed(first);
    out = text_out_init(second, sizeof second);
    settings_print(two, &out);
    ck_assert_str_eq(first, second);
    three = parsed(second);
    ck_assert_mem_eq(two, three, sizeof *two);
    settings_free(one);
    settings_free(two);
    settings_free(three);
}
END_TEST

START_TEST(the_manual_names_every_row)
{
    struct text_out out = text_out_init(first, sizeof first);
    const struct settings_section *section;

    settings_print_man(&out);
    ck_assert(!out.cut);
    for (unsigned i = 0; (section = settings_rows_section(i)); i++) {
        for (unsigned r = 0; r < section->count; r++) {
            char item[128];

            snprintf(item, sizeof item, ".It Ic %s\n", section->rows[r].key);
            ck_assert_ptr_nonnull(strstr(first, item));
        }
    }
}
END_TEST

Suite *test_settings_print_suite(void);
Suite *test_settings_print_suite(void)
{
    Suite *s = suite_create("settings_print");
    TCase *vectors = tcase_create("vectors");

    tcase_add_test(vectors, the_default_file_is_free_of_mistakes_and_says_the_defaults);
    tcase_add_test(vectors, the_default_file_in_the_tree_is_what_the_rows_print);
    tcase_add_test(vectors, printed_settings_parse_to_the_same_settings);
    tcase_add_test(vectors, the_manual_names_every_row);
    suite_add_tcase(s, vectors);
    return s;
}
