/* policy: bits of settings are the bits of the enums, in the same order. */
#include "daemon/policy.h"

#include "base/unit.h"
#include <assert.h>
#include <math.h>
#include <string.h>

#define NUMBERS 4

static_assert((int)RELEASE_CLASS == 9 && (int)KIND_MILITARY == 3 && (int)KIND_OTHER == 4, "the words of release_rows in lib/settings/settings_rows.c");

/* "circle" or "box" and its numbers. */
static bool parse_area(const char *text, struct release_area *a)
{
    struct text rest = {text, strlen(text)}, word;
    double n[NUMBERS] = {0};
    unsigned count = 0;
    bool good = text_field(&rest, ' ', &word), circle = good && text_equal(word, "circle"), box = good && text_equal(word, "box");

    *a = (struct release_area){.shape = RELEASE_EVERYWHERE};
    if (text[0] == '\0') {
        return true;
    }
    for (struct text number; text_field(&rest, ' ', &number); count++) {
        if (count == NUMBERS || text_double(number, &n[count]) != 0 || !isfinite(n[count])) {
            return false;
        }
    }
    if (circle && count == 3 && fabs(n[0]) <= 90 && fabs(n[1]) <= 180 && n[2] > 0) {
        *a = (struct release_area){.shape = RELEASE_CIRCLE, .centre = {n[0] * UNIT_DEG, n[1] * UNIT_DEG, 0}, .radius_m = n[2] * UNIT_NM};
        return true;
    }
    *a = (struct release_area){.shape = RELEASE_BOX, .south_rad = n[0] * UNIT_DEG, .west_rad = n[1] * UNIT_DEG, .north_rad = n[2] * UNIT_DEG, .east_rad = n[3] * UNIT_DEG};
    return box && count == 4 && n[0] < n[2] && fabs(n[0]) <= 90 && fabs(n[2]) <= 90 && fabs(n[1]) <= 180 && fabs(n[3]) <= 180;
}

bool policy_check(const struct settings *s, const char *file, struct text_out *errors)
{
    struct release_area a;
    bool good = true;

    for (uint32_t i = 0; i < s->releases; i++) {
        const struct settings_release *r = &s->release[i];

        if (!parse_area(r->area, &a)) {
            text_put(errors, "%s:%u:%u: %s: expected area: circle LAT_DEG LON_DEG RADIUS_NM or box SOUTH WEST NORTH EAST, found \"%s\"\n", file, r->place.line,
                     r->place.column, r->name, r->area);
            good = false;
        }
    }
    return good;
}

void policy_set(struct release *r, const struct settings *s)
{
    static_assert(SETTINGS_RELEASES <= RELEASE_RULES, "there is room for every rule");
    struct release_rule rule[SETTINGS_RELEASES];
    struct release_nation own;

    for (uint32_t i = 0; i < s->releases; i++) {
        const struct settings_release *in = &s->release[i];

        rule[i] = (struct release_rule){.viewers = in->to, .classes = in->classes, .nations = in->of, .seen_by = in->seen_by, .withhold = in->withhold,
                                        .delay_s = in->delay_s, .sensors = in->sensors};
        parse_area(in->area, &rule[i].area);
    }
    for (uint32_t i = 0; i < s->sites; i++) {
        release_sensor(r, site_source(s->site[i].sac, s->site[i].sic), s->site[i].nation);
    }
    memcpy(own.code, s->node.nation, sizeof own.code);
    int code = release_set(r, rule, s->releases, own);

    assert(code == 0);
    (void)code;
}
