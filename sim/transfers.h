/* transfers: the handoffs of a replay: the desk of all centres in one node, fed with the picture's events. */
#ifndef SIM_TRANSFERS_H
#define SIM_TRANSFERS_H

#include "air/report.h"
#include "air/track.h"
#include "sim/verb.h"

#define TRANSFERS_FILES 8

struct transfers;

/* Files of centres (none: config/centres.yaml), and the log to write (NULL: none). NULL after verb_error. */
struct transfers *transfers_open(const struct verb *verb, const char *const *centres, uint32_t count, const char *log);
/* Ends what is open, a minute behind the last event, and prints nothing. */
void transfers_close(struct transfers *t);

void transfers_event(struct transfers *t, const struct track_event *e, struct instant now);
void transfers_report(struct transfers *t, const struct report *r, struct instant now);

#endif
