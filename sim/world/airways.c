/* Distances by chords of the ellipsoid: to find the nearest is all they are for. */
#include "sim/world/airways.h"
#include "base/digest.h"
#include "base/unit.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CELL_DEG 2.5
#define SOUTH_DEG 15.0
#define WEST_DEG -170.0
#define ROWS 22
#define COLUMNS 46
#define LEG_M 350e3      /* about as long as legs between navigation aids of high altitude: FAA Order 7130 has 130 NM and more */
#define LEAST_M 120e3    /* of the last leg */
#define BENT 1.06        /* a way is not longer than that, from point to point */

struct fix {
    struct geodetic at;
    struct vec3 ecef;
    char name[8];
};

struct airways {
    uint32_t fixes;
    struct fix *fix;
};

/* Pronounceable, as names of points are: consonant, vowel, consonant, vowel, consonant. */
static void name_cell(unsigned cell, char name[8])
{
    static const char consonants[] = "BCDFGKLMNPRSTVWZ", vowels[] = "AEIOU";
    unsigned n = cell * 7919u % (16 * 5 * 16 * 5 * 16); /* a prime: neighbours get names that differ */

    for (int i = 0; i < 5; i++) {
        unsigned base = i % 2 ? 5 : 16;
        name[i] = i % 2 ? vowels[n % base] : consonants[n % base];
        n /= base;
    }
    name[5] = '\0';
}

static double part(uint64_t cell, unsigned which)
{
    return (double)(digest_add_u64(digest_add_u64(DIGEST_START, cell), which) >> 11) * 0x1p-53;
}

struct airways *airways_new(const struct geodetic *place, const char (*name)[8], uint32_t count)
{
    struct airways *a = calloc(1, sizeof *a);

    if (a)
        a->fix = calloc(count + ROWS * COLUMNS, sizeof *a->fix);
    if (!a || !a->fix) {
        airways_free(a);
        return NULL;
    }
    for (uint32_t i = 0; i < count; i++) {
        struct fix *f = &a->fix[a->fixes++];
        f->at = place[i];
        memcpy(f->name, name[i], sizeof f->name);
    }
    for (unsigned cell = 0; cell < ROWS * COLUMNS; cell++) {
        struct fix *f = &a->fix[a->fixes++];
        unsigned row = cell / COLUMNS, column = cell % COLUMNS;
        f->at.lat_rad = UNIT_DEG * (SOUTH_DEG + CELL_DEG * (row + 0.2 + 0.6 * part(cell, 1)));
        f->at.lon_rad = UNIT_DEG * (WEST_DEG + CELL_DEG * (column + 0.2 + 0.6 * part(cell, 2)));
        name_cell(cell, f->name);
    }
    for (uint32_t i = 0; i < a->fixes; i++)
        a->fix[i].ecef = frame_ecef(a->fix[i].at);
    return a;
}

void airways_free(struct airways *a)
{
    if (a)
        free(a->fix);
    free(a);
}

static double apart(struct vec3 a, struct vec3 b)
{
    return mat_norm3(mat_sub3(a, b));
}

/* The point about a leg ahead that lengthens the way least, an end not far from it left out; NULL when it would bend too much. */
static const struct fix *onward(const struct airways *a, struct vec3 here, struct vec3 to, double leg_m)
{
    double left = apart(here, to), least = BENT * left;
    const struct fix *best = NULL;

    for (uint32_t i = 0; i < a->fixes; i++) {
        double on = apart(here, a->fix[i].ecef), rest = apart(a->fix[i].ecef, to);
        if (on < 0.6 * leg_m || on > 1.5 * leg_m || rest < LEAST_M || rest > left || on + rest >= least)
            continue;
        least = on + rest;
        best = &a->fix[i];
    }
    return best;
}

struct route airways_route(const struct airways *a, struct geodetic from, struct geodetic to)
{
    struct route r = route_init();
    struct vec3 here = frame_ecef(from), end = frame_ecef(to);
    double leg_m = fmax(LEG_M, apart(here, end) / (ROUTE_POINTS - 2));

    route_add(&r, from);
    while (r.count < ROUTE_POINTS - 1 && apart(here, end) > leg_m + LEAST_M) {
        const struct fix *next = onward(a, here, end, leg_m);
        if (!next)
            break;
        if (route_add(&r, (struct geodetic){next->at.lat_rad, next->at.lon_rad, 0}))
            memcpy(r.name[r.count - 1], next->name, sizeof r.name[0]);
        here = next->ecef;
    }
    route_add(&r, to);
    return r;
}
