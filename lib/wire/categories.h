/* categories: every category and edition that has a table; asterix_find chooses among them. */
#ifndef WIRE_CATEGORIES_H
#define WIRE_CATEGORIES_H

#include "wire/asterix.h"

extern const struct asterix_category cat001; /* 1.4, monoradar target reports (plots and tracks) */
extern const struct asterix_category cat002; /* 1.2, monoradar service messages */
extern const struct asterix_category cat019; /* 1.3, multilateration system status */
extern const struct asterix_category cat020; /* 1.11, multilateration target reports */
extern const struct asterix_category cat021_27, cat021_24, cat021_21, cat021_023; /* ADS-B target reports */
extern const struct asterix_category cat023; /* 1.3, ground station status */
extern const struct asterix_category cat034; /* 1.29, monoradar service messages */
extern const struct asterix_category cat048; /* 1.32, monoradar target reports */
extern const struct asterix_category cat062; /* 1.21, system tracks */
extern const struct asterix_category cat063; /* 1.7, sensor status */
extern const struct asterix_category cat065; /* 1.6, service status */

#endif
