/* web_coverage: the coverage that viewers ask for, worked out by a process beside this one (airseam coverage --serve): the loop writes a question and, when the
 * answer is there, hands its octets on. One question at a time; of what a viewer asks while it waits, the last counts. */
#ifndef DAEMON_WEB_WEB_COVERAGE_H
#define DAEMON_WEB_WEB_COVERAGE_H

#include "daemon/web/web_inside.h"

struct web_coverage;

/* NULL when memory is short. The program is started by the first question. */
struct web_coverage *web_coverage_new(struct web *w);
void web_coverage_free(struct web_coverage *v);
/* The program and its arguments, from now on. */
void web_coverage_settings(struct web_coverage *v, const char *command);

/* A viewer's question (copied): NULL, or why not. */
const char *web_coverage_ask(struct web_client *c, const Airseam__Web__Ask *a);
/* The viewer goes. */
void web_coverage_forget(struct web_client *c);
/* Every tick: sends the next question; asks again, for those who want what is in force, when a sensor went red or off. */
void web_coverage_tick(struct web_coverage *v);

#endif
