/* settings_centres: the centres file: who controls where, what pairs of centres have agreed, and the models of controllers and telephone. By the
 * same rows and with the same errors as the settings. Several files may be read one behind the other: lists grow, later agreements win. */
#ifndef SETTINGS_SETTINGS_CENTRES_H
#define SETTINGS_SETTINGS_CENTRES_H

#include "settings/settings.h"

#define SETTINGS_CENTRES 64
#define SETTINGS_AGREEMENTS 128
#define SETTINGS_SECTORS 8

enum settings_mode { SETTINGS_AUTOMATIC, SETTINGS_MANUAL, SETTINGS_ENDS };
enum settings_controller { SETTINGS_RULE, SETTINGS_SIMULATED, SETTINGS_PERSON };

struct settings_centre {
    struct settings_place place;
    char code[5], name[SETTINGS_NAME], nation[3], language[3];
};

struct settings_sector {
    struct settings_place place;
    char name[8];
    double floor_m; /* pressure altitude */
};

struct settings_agreement {
    struct settings_place place;
    char from[5], to[5]; /* a centre, a nation, or "": any */
    bool both_ways;
    uint8_t mode;        /* enum settings_mode */
    double estimate_lead_s, initiate_lead_s, initiate_distance_m, display_lead_s, acknowledge_s, accept_s, entry_s, floor_m, ceiling_m;
};

struct settings_centres {
    uint32_t centres, sectors, agreements;
    struct settings_centre centre[SETTINGS_CENTRES];
    struct settings_sector sector[SETTINGS_SECTORS];
    struct settings_agreement agreement[SETTINGS_AGREEMENTS];
    struct { uint8_t kind; double median_s, spread, workload, refuses; } controllers; /* enum settings_controller */
    struct { double answer_least_s, answer_most_s; uint32_t turns_least, turns_most, lines; double turn_s, language; bool calls; } telephone;
    struct { double forecast_period_s, horizon_s, update_period_s, change_s, clip_s, margin_m, hold_s; uint32_t seed; } dialogue;
};

/* Every default, no centres. NULL when memory is short. */
struct settings_centres *settings_centres_new(void);
void settings_centres_free(struct settings_centres *c);
/* Adds a file: the number of errors, a line each. */
unsigned settings_centres_parse(struct settings_centres *c, const char *file, struct text yaml, struct text_out *errors);
/* The rows as mdoc list items for the man page. */
void settings_centres_print_man(struct text_out *out);

#endif
