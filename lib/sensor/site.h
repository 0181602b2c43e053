/* site: one sensor's facts: who it is, where it stands, what it can see and how well; and the table of all sites, found by source.
 *
 * Heights: the field states heights above mean sea level, and pressure altitude is close to that; both ends of a slant range carry the
 * same geoid separation, so it cancels to first order and heights above mean sea level are used as hae throughout (North America: -45 to +10 m). */
#ifndef SENSOR_SITE_H
#define SENSOR_SITE_H

#include "air/plot.h"
#include "geo/frame.h"
#include "sensor/bias.h"
#include <stdbool.h>
#include <stdint.h>

#define SITE_NAME 32
#define SITE_TYPE 32

/* X(name, text, flags): what a sensor is. The texts are the words of settings and sensor files, in the same order there. */
#define SITE_KINDS_LIST(X)                                                              \
    X(PSR, "psr", SITE_PRIMARY)                                                         \
    X(SSR, "ssr", SITE_SECONDARY)                                                       \
    X(COMBINED, "combined", SITE_PRIMARY | SITE_SECONDARY)                              \
    X(MODE_S, "mode_s", SITE_SECONDARY | SITE_SELECTIVE)                                \
    X(MODE_S_COMBINED, "mode_s_combined", SITE_PRIMARY | SITE_SECONDARY | SITE_SELECTIVE) \
    X(PSR_3D, "psr_3d", SITE_PRIMARY | SITE_SECONDARY | SITE_HEIGHT)                    \
    X(ADSB, "adsb", SITE_POSITIONS)                                                     \
    X(MLAT, "mlat", SITE_POSITIONS)                                                     \
    X(TRACKER, "tracker", SITE_TRACKS)

enum site_flag {
    SITE_PRIMARY = 1 << 0,   /* primary radar */
    SITE_SECONDARY = 1 << 1, /* secondary radar, Mode A and C */
    SITE_SELECTIVE = 1 << 2, /* Mode S */
    SITE_HEIGHT = 1 << 3,    /* measures height (3-D) */
    SITE_POSITIONS = 1 << 4, /* reports positions: ADS-B, multilateration */
    SITE_TRACKS = 1 << 5,    /* another system's tracks */
    SITE_MOVING = 1 << 6,    /* on a moving platform: each plot says where */
    SITE_ANNOUNCED = 1 << 7, /* known from its feed alone, not from settings */
};

enum site_kind {
#define X(name, text, flags) SITE_##name,
    SITE_KINDS_LIST(X)
#undef X
        SITE_KINDS
};

enum site_refraction {
    SITE_STRAIGHT,    /* rays are straight: ranges are taken as they are */
    SITE_FOUR_THIRDS, /* ranges are distances over an earth of 4/3 its radius, as many systems reckon */
    SITE_EXPONENTIAL, /* ranges are the time of the ray through an exponential atmosphere, as radars measure */
};

/* One way of seeing: echoes or replies. All zero where the sensor has it not. */
struct site_channel {
    double range_max_m; /* instrumented range */
    double sigma_range_m, sigma_azimuth_rad;
    double detection; /* probability per scan of what is in sight, 0..1 */
};

struct site {
    uint16_t source; /* SAC << 8 | SIC */
    uint16_t flags;  /* enum site_flag */
    uint8_t kind;    /* enum site_kind */
    uint8_t refraction; /* enum site_refraction */
    char name[SITE_NAME]; /* letters, digits, '-', '_', '.' */
    char nation[3];       /* ISO 3166-1 alpha-2 */
    char type[SITE_TYPE]; /* row of radar-types.csv; "" none */
    struct geodetic at;   /* of the antenna */
    struct frame frame;   /* its tangent frame */
    struct site_channel primary, secondary;
    double sigma_height_m; /* of a height finder */
    double sigma_position_m; /* of reported positions that state no accuracy */
    double period_s;       /* nominal rotation; 0: does not rotate, or unknown */
    double false_plots;    /* expected per scan */
    double latency_s;      /* expected from measurement to arrival */
    struct bias bias;      /* known registration error */
};

/* A site with what is usual for its kind and period (faster than 7 s is a terminal radar; 0: as en route): flags, channels, sigmas. Identity and
 * place are the caller's to set. The figures are this project's engineering values (site.c), not any maker's. */
struct site site_usual(enum site_kind kind, double period_s);
/* Puts the antenna there: at and frame. */
void site_place(struct site *s, struct geodetic antenna);
/* 0, or ERR_RANGE where a member cannot be (position, negative or non-finite figures, probabilities beyond 1), ERR_UNKNOWN where kind or refraction is
 * none. */
int site_check(const struct site *s);

/* Sigmas of a polar plot that states none (0): the nominal ones of the channel that made it (replies before echoes), 0.0 never remains.
 * Height and position sigmas likewise. */
void site_fill(const struct site *s, struct plot *p);
/* The channel that determines a plot's accuracy: replies where there are any, else echoes. */
const struct site_channel *site_channel(const struct site *s, const struct plot *p);

const char *site_kind_text(enum site_kind kind);
static inline uint16_t site_source(unsigned sac, unsigned sic)
{
    return (uint16_t)(sac << 8 | sic);
}

/* The sites of a picture, by index in the order of their adding (0 .. count - 1; an index never changes) and by source in O(1). */
struct site_table;

#define SITE_TABLE_MAX 65535u

/* NULL when memory is short. 1 <= capacity <= SITE_TABLE_MAX. */
struct site_table *site_table_new(uint32_t capacity);
void site_table_free(struct site_table *t);
/* Adds a site, or replaces the one of the same source in its place (copied): its index, or ERR_FULL, or what site_check says. */
int site_table_add(struct site_table *t, const struct site *s);
/* Index of a source, or ERR_UNKNOWN. */
int site_table_find(const struct site_table *t, uint16_t source);
/* The site at an index below count: lent until the table is freed; its members change when it is replaced. */
const struct site *site_table_at(const struct site_table *t, uint32_t index);
uint32_t site_table_count(const struct site_table *t);

#endif
