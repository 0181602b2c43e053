/* radar_types: what types of radars are specified for (config/radar-types.csv), as sight (sensor/sight): the same rows for the simulator and for coverage. */
#ifndef SIM_WORLD_RADAR_TYPES_H
#define SIM_WORLD_RADAR_TYPES_H

#include "sensor/sight.h"
#include <stdbool.h>
#include <stddef.h>

#define RADAR_TYPES 64
#define RADAR_TYPES_FILE "config/radar-types.csv"

struct radar_type {
    char name[SITE_TYPE];
    double elevation_min_rad, elevation_max_rad, nearest_m;
    double detection, rcs_m2, range_m; /* of echoes; range 0: not said */
    double availability;
};
struct radar_types {
    unsigned count;
    struct radar_type type[RADAR_TYPES];
};

/* False and a line in error ("file:line: ...") when the file is not right. */
bool radar_types_read(struct radar_types *t, char *error, size_t error_size);
/* NULL: no such type. */
const struct radar_type *radar_types_find(const struct radar_types *t, const char *name);
/* As usual for the site, with what the type says instead. */
struct sight_type radar_type_sight(const struct radar_type *t, const struct site *s);

#endif
