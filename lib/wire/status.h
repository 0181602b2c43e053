/* status: what a service or status message of any ASTERIX category says (002, 019, 023, 034, 063, 065), and how it becomes an air/service,
 * and a service one of these. The same way of working as target.h. */
#ifndef WIRE_STATUS_H
#define WIRE_STATUS_H

#include "air/service.h"
#include "wire/mapping.h"

enum status_part {
    STATUS_SOURCE, STATUS_SERVICE, STATUS_TIME, STATUS_TYPE, STATUS_SECTOR, STATUS_PERIOD, STATUS_SYSTEM, STATUS_SUBJECT, STATUS_CONDITION, STATUS_HEALTH,
    STATUS_BIAS, STATUS_BIAS_AZIMUTH, STATUS_POSITION, STATUS_HEIGHT, STATUS_UNDULATION, STATUS_BATCH, STATUS_TIME_BIAS, STATUS_PARTS
};
#define STATUS_HAS(part) (UINT64_C(1) << STATUS_##part)

struct status {
    uint64_t has;
    uint8_t sac, sic, service;
    uint8_t subject_sac, subject_sic; /* 063: the sensor that is spoken of */
    double tod_s;
    uint8_t type;                     /* item 000 of each category */
    double sector_rad, period_s;
    bool nogo, overload, overload_transmission, time_invalid; /* 034 COM, 023 */
    uint8_t condition;                /* 019 NOGO, 063 CON, 065 NOGO, 023 service STAT */
    bool health_nogo, no_plots;       /* 063 second part: OPS, NPW */
    double time_bias_s;               /* 063: stated minus true */
    double bias_range_m, bias_azimuth_rad;
    double lat_rad, lon_rad, height_m, undulation_m;
    uint8_t batch, selected;
};

const struct mapping_row *status_rows(const struct asterix_category *category, size_t *count);

/* Everything but time and arrival. 0, or ERR_UNKNOWN: a kind of message that says nothing the picture needs (jamming strobe, filter, statistics). */
int status_service(const struct status *s, unsigned category, struct service *out);

/* The message that says what the service says, for 002 and 034 (what a radar sends) and 023 (what a station of ADS-B sends). ERR_UNKNOWN: the category cannot say it. */
int status_from_service(struct status *s, unsigned category, const struct service *in);

#endif
