/* Columns that begin with radar_ are the radar's; those without are, for settings, the tracker's too. */
#include "sim/world/platforms.h"
#include "base/unit.h"
#include "sim/world/radar_types.h"
#include "sim/world/sensors.h"
#include "sim/world/table.h"
#include <stdio.h>
#include <string.h>

#define BANK_RAD (15 * UNIT_DEG)
#define OVER_HORIZON "over_horizon"

enum column { NAME, NATION, TYPE, SAC, SIC, LAT, LON, HAE, KIND, PERIOD, RANGE, SIGMA_RANGE, SIGMA_AZIMUTH, FALSE_PLOTS, TO_LAT, TO_LON, SPEED, REVISIT, SECTOR, BLANKED,
              COLUMNS, NEEDED = TO_LAT };
static const char *const names[COLUMNS] = {"name", "nation", "type", "sac", "sic", "lat_deg", "lon_deg", "hae_m", "radar_kind", "radar_period_s", "radar_range_nm",
                                           "radar_sigma_range_m", "radar_sigma_azimuth_deg", "radar_false_plots", "to_lat_deg", "to_lon_deg", "speed_kt",
                                           "revisit_s", "sector_deg", "blanked_deg"};

static bool copy(struct table *t, struct text f, char *to, size_t size)
{
    if (f.size == 0 || f.size >= size)
        table_refuse(t, "a word that is not too long", f);
    else
        memcpy(to, f.at, f.size);
    return f.size > 0 && f.size < size;
}

/* "from-to", several with semicolons between, as the scenario's blanked_deg. */
static void sectors(struct table *t, struct text f, struct quirks *q)
{
    struct quirks_said said = {0};
    char text[80], room[QUIRKS_EXPECTED];

    snprintf(text, sizeof text, "%.*s", (int)f.size, f.at);
    for (char *c = text; *c; c++)
        *c = *c == ';' ? ',' : *c;
    if (quirks_set(&said, "blanked_deg", text, room))
        table_refuse(t, "sectors in degrees as in 350-20;160-200", f);
    quirks_apply(q, &said);
}

static enum site_kind kind_of(struct table *t, struct text f)
{
    for (unsigned kind = 0; kind < SITE_KINDS; kind++)
        if (text_equal(f, site_kind_text((enum site_kind)kind)))
            return (enum site_kind)kind;
    if (!text_equal(f, OVER_HORIZON))
        table_refuse(t, "a kind of radar, or " OVER_HORIZON, f);
    return SITE_MLAT; /* it reports positions */
}

/* What both channels measure, and how far. */
static void channels(struct table *t, const struct text *f, struct site *s)
{
    struct site_channel c = {table_number(t, names[RANGE], f[RANGE], 1, 2000) * UNIT_NM, table_number(t, names[SIGMA_RANGE], f[SIGMA_RANGE], 1, 1e5),
                             table_number(t, names[SIGMA_AZIMUTH], f[SIGMA_AZIMUTH], 0.001, 10) * UNIT_DEG, 0};
    struct site_channel *channel[] = {&s->primary, &s->secondary};

    for (unsigned i = 0; i < 2; i++) {
        c.detection = channel[i]->detection;
        if (c.detection > 0 || (i == 0 && (s->flags & SITE_POSITIONS)))
            *channel[i] = c;
    }
}

static void be_over_horizon(struct table *t, const struct text *f, struct platform *p)
{
    struct quirks sector = {0};

    p->type.over_horizon = true;
    p->revisit_s = table_number(t, names[REVISIT], f[REVISIT], 1, 600);
    sectors(t, f[SECTOR], &sector);
    p->type.sector_from_rad = sector.blank[0].from_rad;
    p->type.sector_to_rad = frame_azimuth(sector.blank[0].from_rad + sector.blank[0].width_rad);
    p->site.flags |= SITE_PRIMARY;
    p->site.primary.detection = p->type.reference_detection;
}

static void be_airborne(struct table *t, const struct text *f, struct platform *p, struct geodetic from)
{
    struct geodetic to = {table_number(t, names[TO_LAT], f[TO_LAT], -89, 89) * UNIT_DEG, table_number(t, names[TO_LON], f[TO_LON], -180, 180) * UNIT_DEG, 0};
    double speed_mps = table_number(t, names[SPEED], f[SPEED], 40, 600) * UNIT_KT;

    p->moving = true;
    p->orbit = orbit_init(from, to, from.hae_m, speed_mps, BANK_RAD);
    p->site.flags |= SITE_MOVING;
}

static void take(struct table *t, const struct text *f, const struct radar_types *types, struct platform *p)
{
    struct geodetic from = {table_number(t, names[LAT], f[LAT], -89, 89) * UNIT_DEG, table_number(t, names[LON], f[LON], -180, 180) * UNIT_DEG,
                            table_number(t, names[HAE], f[HAE], -100, 25000)};
    enum site_kind kind = kind_of(t, f[KIND]);

    *p = (struct platform){.site = site_usual(kind, table_number(t, names[PERIOD], f[PERIOD], 1, 14)), .quirks = quirks_default()};
    struct site *s = &p->site;
    s->source = site_source((unsigned)table_number(t, names[SAC], f[SAC], 0, 255), (unsigned)table_number(t, names[SIC], f[SIC], 0, 255));
    copy(t, f[NAME], s->name, sizeof s->name);
    copy(t, f[NATION], s->nation, sizeof s->nation);
    s->refraction = SITE_EXPONENTIAL;
    s->false_plots = table_number(t, names[FALSE_PLOTS], f[FALSE_PLOTS], 0, 1000);
    channels(t, f, s);
    site_place(s, from);
    const struct radar_type *type = copy(t, f[TYPE], s->type, sizeof s->type) ? radar_types_find(types, s->type) : NULL;
    if (!type) {
        table_refuse(t, "a type of " RADAR_TYPES_FILE, f[TYPE]);
        return;
    }
    p->type = radar_type_sight(type, s);
    p->availability = type->availability;
    if (f[BLANKED].size > 0)
        sectors(t, f[BLANKED], &p->quirks);
    if (kind == SITE_MLAT)
        be_over_horizon(t, f, p);
    else
        be_airborne(t, f, p, from);
}

static void mean_it(void *context, struct text name)
{
    struct platforms *p = context;

    for (unsigned i = 0; i < p->count; i++)
        p->platform[i].meant = p->platform[i].meant || text_equal(name, p->platform[i].site.name);
}

bool platforms_read(struct platforms *p, const char *where, struct text_out *errors)
{
    static const char *const file[] = {PLATFORMS_FILE};
    struct radar_types types;
    struct text f[COLUMNS];
    struct table t;
    char error[256];

    p->count = 0;
    if (!radar_types_read(&types, error, sizeof error)) {
        text_put(errors, "%s\n", error);
        return false;
    }
    bool good = table_open(&t, PLATFORMS_FILE, names, COLUMNS, NEEDED);
    while (good && !t.error[0] && table_next(&t, f)) {
        if (p->count == PLATFORMS)
            table_refuse(&t, "at most 32 platforms", f[NAME]);
        else
            take(&t, f, &types, &p->platform[p->count++]);
    }
    good = good && !t.error[0];
    if (!good)
        text_put(errors, "%s\n", t.error);
    table_close(&t);
    return good && sensors_names(file, 1, where, &(struct sensors_sink){mean_it, p}, errors);
}
