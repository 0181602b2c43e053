/* centre: area control centres, whose airspace is whose, and what two of them have agreed.
 *
 * The boundaries are areas (geo/area.h) that share their edges and leave no gap: a place has one centre or none (outside all). The rows come from
 * the settings (config/centres.yaml); this module joins them with the areas and answers questions. */
#ifndef HANDOFF_CENTRE_H
#define HANDOFF_CENTRE_H

#include "base/instant.h"
#include "geo/area.h"
#include <stdbool.h>

#define CENTRE_MAX AREA_MAX
#define CENTRE_NONE (-1)     /* outside every centre, or nobody */
#define CENTRE_SECTORS 8

struct centre {
    char code[5];            /* ICAO location indicator, and the name of its area */
    char name[32];
    char nation[3];          /* ISO 3166-1 alpha-2 */
    char language[3];        /* ISO 639-1, spoken between controllers there */
};

/* Layers of every centre's airspace, one above the other: from floor_m up to the next row's floor. */
struct centre_sector {
    char name[8];
    double floor_pressure_m;
};

enum centre_mode {
    CENTRE_AUTOMATIC, /* by message */
    CENTRE_MANUAL,    /* by voice */
    CENTRE_ENDS,      /* nothing: responsibility ends at the boundary, and the other side finds the aircraft by itself */
    CENTRE_MODES
};

/* From one centre to another. */
struct centre_agreement {
    uint8_t mode;                /* enum centre_mode */
    double estimate_lead_s;      /* EST so long before the boundary */
    double initiate_lead_s;      /* RTI (or the telephone) so long before, */
    double initiate_distance_m;  /* or so far before, whichever comes first; 0: time alone */
    double display_lead_s;       /* the receiving position sees the estimate so long before */
    double acknowledge_s;        /* no logical answer after so long: people are told */
    double accept_s;             /* no acceptance after so long: people are told */
    double entry_s;              /* how long an aircraft that nobody announced is there before it is identified */
    double floor_pressure_m, ceiling_pressure_m; /* levels at the boundary for which the mode holds; others go by voice */
};

/* A row that says which pairs an agreement is for: codes, or nations, or "" for any. Later rows win. */
struct centre_rule {
    char from[5], to[5];
    bool both_ways;
    struct centre_agreement agreement;
};

struct centres;

/* Joins the rows (copied) with the areas of the same names (copied too; every centre needs one). NULL with *error: ERR_MEMORY, ERR_FULL, ERR_UNKNOWN
 * (a centre without area; *row says which), ERR_RANGE (no sector, or floors that do not rise). */
struct centres_rows {
    const struct centre *centre;
    uint32_t centres;
    const struct centre_sector *sector;
    uint32_t sectors;
    const struct centre_rule *rule;
    uint32_t rules;
};
struct centres *centre_new(const struct centres_rows *rows, const void *area_bytes, size_t area_size, int *error, uint32_t *row);
void centre_free(struct centres *c);

int centre_count(const struct centres *c);
const struct centre *centre_row(const struct centres *c, int centre); /* lent */
int centre_find(const struct centres *c, const char *code);           /* or CENTRE_NONE */
int centre_at(const struct centres *c, double lat_rad, double lon_rad);
int centre_sector(const struct centres *c, int centre, double pressure_m);
const char *centre_sector_name(const struct centres *c, int sector);
/* What holds from one centre to another (by the last rule that fits; without any: CENTRE_ENDS). */
const struct centre_agreement *centre_agreement(const struct centres *c, int from, int to);
/* They share an edge. Computed from the areas at birth. */
bool centre_is_neighbour(const struct centres *c, int a, int b);
const char *centre_mode_name(unsigned mode); /* "automatic" */

/* Where a straight line in latitude and longitude first leaves the airspace of `centre`: true with *part (0 at from, 1 at to) and the direction of
 * the edge that is crossed (east, north; unit length on the ground). False: it stays inside. */
struct centre_crossing {
    double part, edge_east, edge_north;
};
bool centre_leave(const struct centres *c, int centre, struct geodetic from, struct geodetic to, struct centre_crossing *out);
const struct area *centre_area(const struct centres *c); /* lent, for drawing */

#endif
