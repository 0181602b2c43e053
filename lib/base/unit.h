/* unit: what one unit of the field is in SI. Used by wire tables' scale columns and by the settings parser only. */
#ifndef BASE_UNIT_H
#define BASE_UNIT_H

#define UNIT_PI 3.14159265358979323846
#define UNIT_NM 1852.0                 /* m, international nautical mile */
#define UNIT_FT 0.3048                 /* m, international foot */
#define UNIT_FL (100.0 * UNIT_FT)      /* m, flight level */
#define UNIT_KT (UNIT_NM / 3600.0)     /* m/s, knot */
#define UNIT_FTMIN (UNIT_FT / 60.0)    /* m/s, foot per minute */
#define UNIT_DEG (UNIT_PI / 180.0)     /* rad */
#define UNIT_G 9.80665                 /* m/s2, standard gravity */

#endif
