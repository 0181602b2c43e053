/* report: anything a feed can tell the picture. Decoders produce it, the picture takes it; nothing else passes between them. */
#ifndef AIR_REPORT_H
#define AIR_REPORT_H

#include "air/plan.h"
#include "air/plot.h"
#include "air/service.h"

enum report_kind { REPORT_PLOT, REPORT_SERVICE, REPORT_PLAN, REPORT_SENSOR, REPORT_KINDS };

/* A sensor announced by its feed (the rows of a plots CSV, a protobuf stream): enough to make a site of it when none is configured. */
struct report_sensor {
    uint16_t source;
    struct geodetic at;
    double period_s; /* 0 unknown */
};

struct report {
    uint8_t kind; /* enum report_kind */
    union {
        struct plot plot;
        struct service service;
        struct plan plan;
        struct report_sensor sensor;
    };
};

/* Takes one report; the report is lent for the call. */
struct report_sink {
    void (*report)(void *context, const struct report *r);
    void *context;
};

#endif
