/* service: what a sensor says of itself: north marks, sector crossings, status. From CAT002, 034, 019, 023, 063 and CD-2 marks. */
#ifndef AIR_SERVICE_H
#define AIR_SERVICE_H

#include "base/instant.h"
#include "geo/frame.h"
#include <stdint.h>

enum service_kind {
    SERVICE_NORTH,  /* antenna crossed north */
    SERVICE_SECTOR, /* antenna crossed azimuth_rad */
    SERVICE_STATUS, /* system status, heartbeat */
    SERVICE_KINDS
};

enum service_flag {
    SERVICE_PERIOD = 1 << 0,        /* period_s is there */
    SERVICE_SITE = 1 << 1,          /* site is there */
    SERVICE_NOT_OPERATIONAL = 1 << 2, /* NOGO: operational use inhibited */
    SERVICE_OVERLOAD = 1 << 3,
    SERVICE_TIME_INVALID = 1 << 4,  /* the sensor says its own time source is invalid (COM TSV) */
    SERVICE_BIAS = 1 << 5,          /* the sensor states its own range and azimuth error (I034/090) */
    SERVICE_TIME_ESTIMATED = 1 << 6,
};

struct service {
    struct instant time, arrival;
    uint16_t source;      /* SAC << 8 | SIC */
    uint8_t kind;         /* enum service_kind */
    uint32_t flags;       /* enum service_flag */
    double azimuth_rad;   /* SECTOR; 0 for NORTH */
    double period_s;      /* antenna rotation period */
    double bias_range_m, bias_azimuth_rad;
    struct geodetic site; /* 3-D position of the sensor */
};

#endif
