/* controller: what a position does with an offer, where no person decides; and the telephone. Both are models: their figures are settings, and no
 * published mean for landline handoffs was found (the parts that were measured: an ATC transmission 2.849 s and 1.736 s of silence behind it, Prinzo
 * and McClellan, DOT/FAA/AM-05/4, 2005, on the radio). */
#ifndef HANDOFF_CONTROLLER_H
#define HANDOFF_CONTROLLER_H

#include "base/rng.h"
#include <stdbool.h>
#include <stdint.h>

enum controller_kind { CONTROLLER_RULE, CONTROLLER_SIMULATED, CONTROLLER_PERSON, CONTROLLER_KINDS };

struct controller_settings {
    uint8_t kind;            /* RULE: accepts at once; SIMULATED: as below; PERSON: by command */
    double median_s;         /* of the time to accept an offer, log-normal, */
    double spread;           /* sigma of its logarithm, */
    double workload;         /* longer by this share for each other offer that stands at the same centre */
    double refuses;          /* share of offers refused */
};

#define CONTROLLER_LINES 8
struct voice_settings {
    double answer_least_s, answer_most_s; /* from ringing to the answer, uniform */
    uint32_t turns_least, turns_most;     /* uniform */
    uint32_t lines;                       /* calls between two centres at one time, 1 to CONTROLLER_LINES: as many as pairs of sectors that talk */
    double turn_s;                        /* one transmission and the silence behind it */
    double language;                      /* turns take so many times as long where the two do not share a language */
};

struct controller_settings controller_settings_default(void);
struct voice_settings controller_voice_default(void);

struct controller_decision {
    bool accepts;
    double after_s;
};
/* `others`: offers that stand at the same centre already. Not for PERSON (assert). */
struct controller_decision controller_decide(const struct controller_settings *s, struct rng *r, uint32_t others);

struct controller_call {
    double answer_s, talk_s; /* behind each other */
};
struct controller_call controller_call(const struct voice_settings *s, struct rng *r, bool same_language);

#endif
