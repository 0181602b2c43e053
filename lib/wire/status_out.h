/* status_out: how the system and its sensors are, as CAT063 (one record per sensor) and CAT065 (end of batch, system status). Sent once per period. */
#ifndef WIRE_STATUS_OUT_H
#define WIRE_STATUS_OUT_H

#include "base/instant.h"
#include "wire/out.h"
#include <stdbool.h>

struct status_out_settings {
    uint8_t sac, sic; /* of this system */
    uint8_t service;  /* I063/015, I065/015 */
};

/* One sensor as the picture sees it. */
struct status_out_sensor {
    uint16_t source;
    bool connected;       /* its feed speaks */
    bool degraded;        /* speaks, but not as it should (period, clock) */
    bool inhibited;       /* says of itself that it must not be used */
    bool time_invalid;
    bool silent;          /* no plots come */
    bool biased;          /* the two below are known */
    double bias_range_m, bias_azimuth_rad;
};

struct status_out_system {
    bool degraded, overload, time_invalid;
};

struct status_out;

/* NULL when memory is short. */
struct status_out *status_out_new(const struct status_out_settings *s);
void status_out_free(struct status_out *o);

/* Each 0, or ERR_RANGE when a bias does not fit its item (nothing was added). */
int status_out_sensor(struct status_out *o, struct instant now, const struct status_out_sensor *s, const struct out_sink *sink);
/* End of batch (numbers count modulo 256), then the system's status. */
int status_out_system(struct status_out *o, struct instant now, const struct status_out_system *s, const struct out_sink *sink);
void status_out_drain(struct status_out *o, const struct out_sink *sink);

#endif
