/* trust: see the header. */
#include "track/trust.h"

#define SCORE_MAX 6
#define CONFIRM 3     /* three agreements more than needed to outweigh what spoke against it */
#define CONTRADICT -4 /* two contradictions in a row */
#define UNSEEN 5.0F   /* looks: at 0.9 each, chance leaves 1 in 100 000 */

static bool trust_become(struct trust *t, enum trust_state state)
{
    bool changed = t->state != state;
    t->state = (uint8_t)state;
    return changed;
}

bool trust_hear(struct trust *t, struct instant time)
{
    t->position = time;
    return t->state == TRUST_NONE && trust_become(t, TRUST_UNCHECKED);
}

bool trust_compare(struct trust *t, bool agrees)
{
    int score = t->score + (agrees ? 1 : -2);
    t->score = (int8_t)(score > SCORE_MAX ? SCORE_MAX : score < -SCORE_MAX ? -SCORE_MAX : score);
    if (t->score >= CONFIRM)
        return trust_become(t, TRUST_CONFIRMED);
    if (t->score <= CONTRADICT)
        return trust_become(t, TRUST_CONTRADICTED);
    return t->state == TRUST_CONFIRMED && t->score < 0 && trust_become(t, TRUST_UNCHECKED);
}

bool trust_see(struct trust *t, struct instant time)
{
    t->radar = time;
    t->missed = 0.0F;
    return t->state == TRUST_UNSEEN && trust_become(t, TRUST_UNCHECKED);
}

bool trust_miss(struct trust *t, double looks)
{
    t->missed += (float)looks;
    return t->missed > UNSEEN && t->state == TRUST_UNCHECKED && trust_become(t, TRUST_UNSEEN);
}

bool trust_has_radar(const struct trust *t, struct instant now)
{
    return t->radar.ns != 0 && instant_diff(now, t->radar) < TRUST_RADAR_S;
}

const char *trust_text(enum trust_state s)
{
    static const char *const text[TRUST_STATES] = {"none", "unchecked", "confirmed", "contradicted", "unseen"};
    return text[s];
}
