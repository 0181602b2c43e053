/* report: the results of a coverage study, and the forms they go out in. */
#ifndef SIM_REPORT_H
#define SIM_REPORT_H

#include "coverage/gap.h"
#include "sim/observed.h"
#include "sim/study.h"
#include "sim/warning.h"
#include <jansson.h>

#define REPORT_TEXT 1024

struct report_loss {
    uint32_t sensor;
    double alone[SIGHT_KINDS][VOLUME_ROWS]; /* what it alone sees */
};

struct report {
    const struct study *study;
    char set[REPORT_TEXT], other[REPORT_TEXT]; /* what the sets are, in words; other "": no comparison */
    unsigned count, other_count;               /* sensors in them */
    unsigned doubtful;                         /* placeholders in the set */
    struct volume_figures *figures, *than;     /* scopes * VOLUME_ROWS; than NULL: no comparison */
    uint8_t *than_count[SIGHT_KINDS];          /* of than: sensors at each place, as in struct volume; NULL: no comparison */
    struct report_loss *loss;                  /* by falling loss of volume, echoes and replies together */
    unsigned losses, shown;
    unsigned gaps_shown;
    struct gaps *gaps[SIGHT_KINDS][VOLUME_ROWS]; /* of each layer; last: of all */
    bool warnings;
    struct warning warning, warning_than;
    const struct observed *observed;           /* NULL: it was not asked for */
    double seconds, increment_s;               /* the whole run; the toggling of one sensor with its figures */
};

extern const char *const report_kind[SIGHT_KINDS]; /* "non-cooperative", "cooperative" */

void report_text(const struct report *r, FILE *out);
json_t *report_json(const struct report *r);

#endif
