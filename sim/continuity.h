/* continuity: whether each aircraft had one track as long as it was seen, judged by the Mode S addresses of the plots themselves.
 *
 * A plot is assigned when a track event names its sensor and time and the event's track is the likeliest: the one of the same address, else the only
 * one without any. Per address: its plots, the first one that a confirmed track took, then
 *   switch      the next assigned plot went to another track than the one before while that one still lived
 *   break       the track was dropped while plots still came, and another one took over
 *   gap         the track was dropped and came back under its own number
 *   unassigned  a plot that no track took after the first that one did
 * A gap of more than gap_s between two plots ends a visit; the next plot begins another one, which may have another track. */
#ifndef SIM_CONTINUITY_H
#define SIM_CONTINUITY_H

#include "air/report.h"
#include "air/track.h"
#include <jansson.h>
#include <stdio.h>

struct continuity;

/* NULL when memory is short. */
struct continuity *continuity_new(double gap_s);
void continuity_free(struct continuity *c);

void continuity_report(struct continuity *c, const struct report *r);
void continuity_event(struct continuity *c, const struct track_event *e);
/* After the last input: makes up the account. */
void continuity_close(struct continuity *c);

#define CONTINUITY_SCANS 5

struct continuity_account {
    uint64_t plots;      /* with a Mode S address */
    uint64_t unassigned; /* after their visit's first assigned plot */
    uint64_t waiting;    /* before it */
    uint32_t addresses, visits;
    uint32_t long_visits; /* of at least CONTINUITY_SCANS plots */
    uint32_t whole;       /* of these: one track (gaps aside) from its first plot there to the visit's last */
    uint32_t untracked;   /* of these: no track at all */
    uint32_t switches, breaks, gaps; /* of long visits */
};
struct continuity_account continuity_account(const struct continuity *c);
/* Every switch, break, visit without a track and unassigned plot, one a line. */
void continuity_print(const struct continuity *c, FILE *out);
json_t *continuity_json(const struct continuity *c);

#endif
