/* require: what a run must reach, as people write it, in YAML: measures (sim/verdict.h lists them) with limits.
 *
 *   siap_completeness: {min: 0.98}
 *   id_switches: {max: 3}
 *   all:                       # or the name of a slice
 *     pos_rms_m: {max: 120, min: 1}
 */
#ifndef SIM_REQUIRE_H
#define SIM_REQUIRE_H

#include "base/text.h"
#include "score/score.h"

#define REQUIRE_MAX 256

struct require_limit {
    char slice[40];
    enum score_measure measure;
    double min, max; /* infinite: none */
    unsigned line;
};
struct require {
    struct require_limit limit[REQUIRE_MAX];
    unsigned limits;
};

/* False: a line in *errors for each mistake: "file:line:column: key: expected ...". */
bool require_read(struct require *r, const char *path, struct text_out *errors);
/* Whether a value keeps a limit; what is not defined does not. */
bool require_kept(const struct require_limit *limit, double value);

#endif
