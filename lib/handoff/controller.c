/* Draws from the two models. The log-normal is the usual shape of reaction times: never negative, with a long right tail. */
#include "handoff/controller.h"

#include <assert.h>
#include <math.h>

struct controller_settings controller_settings_default(void)
{
    return (struct controller_settings){.kind = CONTROLLER_SIMULATED, .median_s = 6, .spread = 0.6, .workload = 0.15, .refuses = 0};
}

/* 4 to 15 s to the answer and 4 to 8 turns of 4.6 s (2.849 s + 1.736 s): 22 to 52 s where both speak one language. */
struct voice_settings controller_voice_default(void)
{
    return (struct voice_settings){.answer_least_s = 4, .answer_most_s = 15, .turns_least = 4, .turns_most = 8, .lines = 4, .turn_s = 4.6, .language = 1.5};
}

struct controller_decision controller_decide(const struct controller_settings *s, struct rng *r, uint32_t others)
{
    struct controller_decision d = {true, 0};

    assert(s->kind != CONTROLLER_PERSON);
    if (s->kind == CONTROLLER_SIMULATED) {
        d.after_s = s->median_s * exp(s->spread * rng_normal(r)) * (1 + s->workload * others);
        d.accepts = rng_uniform(r) >= s->refuses;
    }
    return d;
}

struct controller_call controller_call(const struct voice_settings *s, struct rng *r, bool same_language)
{
    struct controller_call c = {.answer_s = s->answer_least_s + (s->answer_most_s - s->answer_least_s) * rng_uniform(r)};
    uint32_t turns = s->turns_least + rng_below(r, s->turns_most - s->turns_least + 1);

    c.talk_s = turns * s->turn_s * (same_language ? 1 : s->language);
    return c;
}
