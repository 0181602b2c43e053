/* settings_site: a sensor as an operator describes it: an item of `sites`, or a row of a sensor file. */
#ifndef SETTINGS_SETTINGS_SITE_H
#define SETTINGS_SETTINGS_SITE_H

#include "settings/settings_class.h"
#include <stdint.h>

#define SETTINGS_NAME 32

/* What a sensor is: which echoes and replies it gets, or what else it reports. */
enum settings_site_kind {
    SETTINGS_PSR, SETTINGS_SSR, SETTINGS_COMBINED, SETTINGS_MODE_S, SETTINGS_MODE_S_COMBINED, SETTINGS_PSR_3D, SETTINGS_ADSB, SETTINGS_MLAT, SETTINGS_TRACKER
};

enum settings_refraction { SETTINGS_STRAIGHT, SETTINGS_FOUR_THIRDS, SETTINGS_EXPONENTIAL };

struct settings_site {
    struct settings_place place;
    char name[SETTINGS_NAME];
    char nation[3];
    uint32_t sac, sic;
    uint8_t kind;                         /* enum settings_site_kind */
    double lat_rad, lon_rad, hae_m;       /* of the antenna */
    double period_s;                      /* nominal rotation; 0: does not rotate or unknown */
    char type[SETTINGS_NAME];             /* "": not said */
    uint8_t refraction;                   /* enum settings_refraction */
    /* Of replies where it has any, otherwise of echoes; 0: as usual for its kind. Detection is the probability per scan. */
    double range_max_m, sigma_range_m, sigma_azimuth_rad, detection;
    double primary_range_m, sigma_primary_range_m, sigma_primary_azimuth_rad, detection_primary; /* of echoes where there are replies too */
    double sigma_height_m;                /* of a height finder */
    double false_plots, latency_s;        /* per scan; from measurement to arrival */
    double bias_range_m, bias_azimuth_rad, bias_time_s; /* known registration errors: what it says minus what is */
};

#endif
