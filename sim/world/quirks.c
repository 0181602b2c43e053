/* One row of the table is one key of the scenario. Sectors are written as "from-to", clockwise, several with commas between. */
#include "sim/world/quirks.h"
#include "base/text.h"
#include "base/unit.h"
#include "geo/frame.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

enum type { NUMBER, FLAG, RAYS, SECTORS };

static const struct row {
    const char *key;
    enum type type;
    double least, most, si; /* si: of one unit of the key */
    size_t at;
} rows[] = {
#define AT(member) offsetof(struct quirks, member)
    {"latency_s", NUMBER, 0, 60, 1, AT(latency_s)},
    {"jitter_s", NUMBER, 0, 10, 1, AT(jitter_s)},
    {"false_plots", NUMBER, 0, 1000, 1, AT(false_plots)},
    {"detection", NUMBER, 0, 1, 1, AT(detection)},
    {"bias_range_m", NUMBER, -10000, 10000, 1, AT(bias_range_m)},
    {"bias_azimuth_deg", NUMBER, -10, 10, UNIT_DEG, AT(bias_azimuth_rad)},
    {"bias_time_s", NUMBER, -60, 60, 1, AT(bias_time_s)},
    {"rays", RAYS, 0, 0, 0, AT(straight)},
    {"blanked_deg", SECTORS, 0, 0, 0, AT(blanks)},
    {"elevation_max_deg", NUMBER, -10, 90, UNIT_DEG, AT(cone_rad)},
    {"up_s", NUMBER, 0, 1e7, 1, AT(up_s)},
    {"down_s", NUMBER, 1, 1e7, 1, AT(down_s)},
    {"up_first_s", NUMBER, 0, 1e7, 1, AT(up_first_s)},
    {"storm_nm", NUMBER, 0, 300, UNIT_NM, AT(storm_m)},
    {"announced", FLAG, 0, 0, 0, AT(announced)},
    {"ground_plots", NUMBER, 0, 500, 1, AT(ground_plots)},
    {"ground_nm", NUMBER, 1, 60, UNIT_NM, AT(ground_m)},
    {"sea_plots", NUMBER, 0, 500, 1, AT(sea_plots)},
    {"weather_plots", NUMBER, 0, 500, 1, AT(weather_plots)},
    {"split", NUMBER, 0, 1, 1, AT(split)},
    {"split_deg", NUMBER, 0.1, 10, UNIT_DEG, AT(split_rad)},
    {"code_error", NUMBER, 0, 1, 1, AT(code_error)},
    {"garble", NUMBER, 0, 1, 1, AT(garble)},
    {"swap", NUMBER, 0, 1, 1, AT(swap)},
    {"reflectors", NUMBER, 0, QUIRKS_REFLECTORS, 1, AT(reflectors)},
    {"reflection", NUMBER, 0, 1, 1, AT(reflection)},
    {"stamp_s", NUMBER, 0, 10, 1, AT(stamp_s)},
    {"clock_error_s", NUMBER, -43200, 43200, 1, AT(clock_s)},
    {"clock_said", FLAG, 0, 0, 0, AT(clock_said)},
    {"trailer", FLAG, 0, 0, 0, AT(trailer)},
#undef AT
};
#define ROWS (sizeof rows / sizeof rows[0])
_Static_assert(ROWS <= 32, "a bit for each key");

struct quirks quirks_default(void)
{
    return (struct quirks){.latency_s = -1, .jitter_s = -1, .false_plots = -1, .detection = -1, .cone_rad = -1, .ground_m = 20 * UNIT_NM, .weather_plots = 8, .split_rad = 2 * UNIT_DEG, .reflection = 0.5, .down_s = 3600};
}

/* "350-20, 160-200" */
static bool sectors(struct quirks *q, const char *text)
{
    struct text rest = {text, strlen(text)}, part;

    q->blanks = 0;
    while (text_field(&rest, ',', &part)) {
        double from, to;
        char one[40], end;
        if (q->blanks == QUIRKS_SECTORS || part.size >= sizeof one)
            return false;
        snprintf(one, sizeof one, "%.*s", (int)part.size, part.at);
        if (sscanf(one, " %lf - %lf %c", &from, &to, &end) != 2 || !(from >= 0 && from <= 360 && to >= 0 && to <= 360))
            return false;
        q->blank[q->blanks].from_rad = from * UNIT_DEG;
        q->blank[q->blanks].width_rad = frame_azimuth((to - from) * UNIT_DEG);
        if (!(q->blank[q->blanks++].width_rad > 0))
            return false;
    }
    return q->blanks > 0;
}

static const char *number(const struct row *row, const char *text, double *value, char *room)
{
    if (text_double((struct text){text, strlen(text)}, value) == 0 && *value >= row->least && *value <= row->most)
        return NULL;
    snprintf(room, QUIRKS_EXPECTED, "a number from %g to %g", row->least, row->most);
    return room;
}

static const char *either(const char *text, const char *yes, const char *no, bool *out, char *room)
{
    *out = strcmp(text, yes) == 0;
    if (*out || strcmp(text, no) == 0)
        return NULL;
    snprintf(room, QUIRKS_EXPECTED, "%s or %s", yes, no);
    return room;
}

const char *quirks_set(struct quirks_said *q, const char *key, const char *text, char room[QUIRKS_EXPECTED])
{
    const char *expected = NULL;
    double value = 0;
    size_t i = 0;

    while (i < ROWS && strcmp(rows[i].key, key) != 0)
        i++;
    if (i == ROWS)
        return "";
    if (q->keys >> i & 1)
        return "each key once";
    char *member = (char *)&q->value + rows[i].at;
    switch (rows[i].type) {
    case NUMBER:
        expected = number(&rows[i], text, &value, room);
        value *= rows[i].si;
        memcpy(member, &value, sizeof value);
        break;
    case FLAG: expected = either(text, "true", "false", (bool *)member, room); break;
    case RAYS: expected = either(text, "straight", "bent", (bool *)member, room); break;
    case SECTORS: expected = sectors(&q->value, text) ? NULL : "at most four sectors in degrees as in \"350-20, 160-200\""; break;
    }
    q->keys |= 1u << i;
    return expected;
}

static size_t size_of(const struct row *row)
{
    return row->type == NUMBER ? sizeof(double) : sizeof(bool);
}

void quirks_apply(struct quirks *q, const struct quirks_said *said)
{
    for (size_t i = 0; i < ROWS; i++) {
        if (!(said->keys >> i & 1))
            continue;
        if (rows[i].type == SECTORS) {
            q->blanks = said->value.blanks;
            memcpy(q->blank, said->value.blank, sizeof q->blank);
        } else
            memcpy((char *)q + rows[i].at, (const char *)&said->value + rows[i].at, size_of(&rows[i]));
    }
}

bool quirks_blanked(const struct quirks *q, double azimuth_rad)
{
    for (unsigned i = 0; i < q->blanks; i++)
        if (frame_azimuth(azimuth_rad - q->blank[i].from_rad) < q->blank[i].width_rad)
            return true;
    return false;
}
