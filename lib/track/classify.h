/* classify: identification classes by rules: the first rule whose conditions all hold gives the class, unknown where none does.
 *
 * Rules are the operator's (settings, section classes); where he gives none, those of classify_usual hold. A pure function of what is reported of the
 * track: nothing is remembered. */
#ifndef TRACK_CLASSIFY_H
#define TRACK_CLASSIFY_H

#include "air/track.h"

#define CLASSIFY_RULES 32

enum classify_plan { CLASSIFY_PLAN_ANY, CLASSIFY_PLAN_WITH, CLASSIFY_PLAN_WITHOUT };
enum classify_transponder { CLASSIFY_ANY, CLASSIFY_ANSWERS, CLASSIFY_SILENT, CLASSIFY_NEVER }; /* SILENT: it answered before */

struct classify_rule {
    uint8_t class;       /* enum track_class */
    uint8_t plan;        /* enum classify_plan */
    uint8_t transponder; /* enum classify_transponder */
    char flight_type;    /* of the plan, as in air/plan.h; 0: any */
    uint16_t code_first, code_last; /* Mode 3/A; last 0: any */
    uint32_t address_first, address_last; /* 24 bits; last 0: any */
    double age_below_s;  /* since its first plot; 0: any */
    char callsign[IDENT_CALLSIGN_SIZE + 1]; /* what it begins with; "" any */
};

/* The rules that hold where there are no others; *count gets how many. */
const struct classify_rule *classify_usual(uint32_t *count);
enum track_class classify(const struct classify_rule *rules, uint32_t count, const struct track *t);

#endif
