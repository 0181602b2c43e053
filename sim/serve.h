/* serve: a coverage study that stays open and answers: `airseam coverage --serve`, which airseamd runs beside itself, so that its own loop never waits.
 *
 * On standard input come, on standard output go messages, each behind its length in four octets, least significant first: an Ask of proto/web.proto
 * with a coverage in it; a Coverage. Sensors come and go by difference to the question before, in time proportional to their cells. */
#ifndef SIM_SERVE_H
#define SIM_SERVE_H

#include "sim/study_option.h"

/* Until standard input ends: enum verb_status. */
int serve(const struct study_request *request, struct study *study);

#endif
