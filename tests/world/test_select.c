/* Selections of sensors: which rows hold, and that the numbers of lines stay. */
#include "sim/world/select.h"
#include "sim/world/sensors.h"
#include "support/support.h"
#include <string.h>

Suite *test_select_suite(void);

static const char csv[] = "name,nation,type,flags\n"
                          "ajo,US,ARSR-4/ATCBI-6M,border norad-2005\n"
                          "seattle,US,ASR-9/Mode-S,terminal\n"
                          "# a comment\n"
                          "kamloops,CA,ISSR,border en-route\n"
                          "tampico,MX,RSM970S,\n";

static const struct {
    const char *where, *left; /* names that are left, in order */
} cases[] = {
    {NULL, "ajo seattle kamloops tampico "}, {"", "ajo seattle kamloops tampico "},    {"nation=US", "ajo seattle "},
    {"nation=US,MX", "ajo seattle tampico "}, {"nation!=US", "kamloops tampico "},      {"flags=border", "ajo kamloops "},
    {"flags!=border", "seattle tampico "},    {"flags=border  nation=CA", "kamloops "}, {"type=A*", "ajo seattle "},
    {"type=ARSR", ""},                        {"owner=FAA", ""},                        {"owner!=FAA", ""},
    {"flags=", "tampico "},                   {"name=ajo,tampico flags!=terminal", "ajo tampico "},
    {"nation=CA or nation=US flags=terminal", "seattle kamloops "}, {"name=tampico or name=ajo or nation=US", "ajo seattle tampico "},
    {"except nation=US", "kamloops tampico "},                      {"nation=US except flags=border", "seattle "},
    {"nation=US except type=A* or name=ajo", "ajo "},               {"nation=US,CA except name=ajo except name=kamloops", "seattle "},
};

START_TEST(the_rows_that_hold_are_left)
{
    char copy[sizeof csv], left[256] = "", error[128];
    struct select select;
    struct text rest = {copy, sizeof csv - 1}, line, name;
    unsigned lines = 0, count = 0;

    memcpy(copy, csv, sizeof csv);
    ck_assert(select_parse(&select, cases[_i].where, NULL, error, sizeof error));
    unsigned said = select_rows(&select, copy, sizeof csv - 1);
    while (text_line(&rest, &line)) {
        if (lines++ == 0 || line.size == 0 || line.at[0] == '#')
            continue;
        ck_assert(text_field(&line, ',', &name));
        strncat(left, name.at, name.size);
        strcat(left, " ");
        count++;
    }
    ck_assert_str_eq(left, cases[_i].left);
    ck_assert_uint_eq(said, count);
    ck_assert_uint_eq(lines, 6);
}
END_TEST

START_TEST(what_is_no_term_is_refused)
{
    static const struct {
        const char *text;
        size_t at;
    } bad[] = {{"US", 0}, {"=US", 0}, {"!=US", 0}, {"nation=US border", 10}, {"or nation=US", 0}, {"nation=US or", 10}, {"nation=US except", 10},
               {"nation=US or except name=ajo", 13}, {"except except name=ajo", 7}};
    struct select select;
    char error[128];
    size_t at;

    for (unsigned i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        ck_assert(!select_parse(&select, bad[i].text, &at, error, sizeof error));
        ck_assert_ptr_nonnull(strstr(error, i == 5 || i == 6 ? "expected terms behind" : "expected COLUMN=VALUE"));
        ck_assert_uint_eq(at, bad[i].at);
    }
}
END_TEST

START_TEST(the_shipped_files_hold_the_sets_that_scenarios_name)
{
    static const struct {
        const char *where;
        uint32_t least, most;
    } sets[] = {
        {NULL, 450, 500}, {"flags=border", 31, 31}, {"flags=norad-2005", 120, 125}, {"nation=MX flags!=ads-b", 28, 40}, {"flags=aerostat", 8, 11},
    };
    for (unsigned i = 0; i < sizeof sets / sizeof sets[0]; i++) {
        static char wrong[4096];
        struct text_out errors = text_out_init(wrong, sizeof wrong);
        struct config config = {0};
        ck_assert_msg(sensors_open(&config, sensors_files, SENSORS_FILES, sets[i].where, &errors) == 0, "%s", wrong);
        ck_assert_uint_ge(config.settings->sites, sets[i].least);
        ck_assert_uint_le(config.settings->sites, sets[i].most);
        config_close(&config);
    }
}
END_TEST

Suite *test_select_suite(void)
{
    Suite *s = suite_create("select");
    TCase *t = tcase_create("rows");

    tcase_add_loop_test(t, the_rows_that_hold_are_left, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(t, what_is_no_term_is_refused);
    tcase_add_test(t, the_shipped_files_hold_the_sets_that_scenarios_name);
    suite_add_tcase(s, t);
    return s;
}
