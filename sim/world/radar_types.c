/* One row is one type; what a column leaves empty is as usual. */
#include "sim/world/radar_types.h"
#include "base/unit.h"
#include "sim/world/table.h"
#include <string.h>

enum column { TYPE, LOWEST, HIGHEST, DETECTION, RCS, RANGE, NEAREST, AVAILABILITY, COLUMNS };
static const char *const names[COLUMNS] = {"type", "elevation_min_deg", "elevation_max_deg", "detection", "rcs_m2", "range_nm", "nearest_nm", "availability"};

static bool take(struct radar_types *to, struct table *t, const struct text *f)
{
    struct radar_type *r = &to->type[to->count];

    if (to->count == RADAR_TYPES || f[TYPE].size == 0 || f[TYPE].size >= sizeof r->name) {
        table_refuse(t, to->count == RADAR_TYPES ? "at most 64 types" : "a type of at most 31 characters", f[TYPE]);
        return false;
    }
    *r = (struct radar_type){.elevation_min_rad = table_number(t, names[LOWEST], f[LOWEST], -90, 90) * UNIT_DEG,
                             .elevation_max_rad = table_number(t, names[HIGHEST], f[HIGHEST], -90, 90) * UNIT_DEG,
                             .nearest_m = table_number(t, names[NEAREST], f[NEAREST], 0, 5000) * UNIT_NM,
                             .availability = table_number(t, names[AVAILABILITY], f[AVAILABILITY], 0, 1)};
    memcpy(r->name, f[TYPE].at, f[TYPE].size);
    if (f[RANGE].size > 0) {
        r->detection = table_number(t, names[DETECTION], f[DETECTION], 1e-5, 0.999999);
        r->rcs_m2 = table_number(t, names[RCS], f[RCS], 1e-6, 1e6);
        r->range_m = table_number(t, names[RANGE], f[RANGE], 0, 5000) * UNIT_NM;
    }
    to->count++;
    return true;
}

bool radar_types_read(struct radar_types *types, char *error, size_t error_size)
{
    struct text f[COLUMNS];
    struct table t;
    bool good = table_open(&t, RADAR_TYPES_FILE, names, COLUMNS, COLUMNS);

    types->count = 0;
    while (good && table_next(&t, f))
        good = take(types, &t, f);
    good = good && !t.error[0];
    snprintf(error, error_size, "%s", t.error);
    table_close(&t);
    return good;
}

const struct radar_type *radar_types_find(const struct radar_types *t, const char *name)
{
    for (unsigned i = 0; i < t->count; i++)
        if (strcmp(t->type[i].name, name) == 0)
            return &t->type[i];
    return NULL;
}

struct sight_type radar_type_sight(const struct radar_type *t, const struct site *s)
{
    struct sight_type sight = sight_type_usual(s);

    sight.elevation_min_rad = t->elevation_min_rad;
    sight.elevation_max_rad = t->elevation_max_rad;
    sight.nearest_m = t->nearest_m;
    if (t->range_m > 0) {
        sight.reference_detection = t->detection;
        sight.reference_rcs_m2 = t->rcs_m2;
        sight.reference_range_m = t->range_m;
    }
    return sight;
}
