/* All points are read, sorted by (aircraft, time), cleaned and cut into flights. Velocities come from the points themselves: the slope of the parabola through
 * three of them, so that curve and velocity agree; what receivers say of speed and track is of another instant than the position. */
#include "sim/world/recording.h"
#include "base/text.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include "sim/world/table.h"
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define LARGEST ((size_t)1 << 30)

/* A point as the file has it. */
struct raw {
    double time_s, lat_rad, lon_rad, hae_m;
    uint32_t address;
    char callsign[9];
};

struct raws {
    struct raw *at;
    size_t count, room;
};

static bool add(struct raws *r, const struct raw *one)
{
    if (r->count == r->room) {
        size_t room = r->room ? 2 * r->room : 4096;
        struct raw *more = realloc(r->at, room * sizeof *more);
        if (!more)
            return false;
        r->at = more;
        r->room = room;
    }
    r->at[r->count++] = *one;
    return true;
}

/* ---- the file ---- */

/* Whole and NUL-ended; gzread passes on what is not packed as it is. NULL and why. */
static char *unpack(const char *path, size_t *size, char *error, size_t error_size)
{
    gzFile f = gzopen(path, "rb");
    size_t room = (size_t)1 << 20, used = 0;
    char *bytes = f ? malloc(room) : NULL;
    int n = 0;

    while (bytes && used < LARGEST && (n = gzread(f, bytes + used, (unsigned)(room - used - 1))) > 0) {
        used += (size_t)n;
        if (room - used > 1)
            continue;
        char *more = realloc(bytes, room *= 2);
        if (!more)
            free(bytes);
        bytes = more;
    }
    if (f)
        gzclose(f);
    if (!bytes || n < 0 || used >= LARGEST) {
        snprintf(error, error_size, "%s: cannot be read", path);
        free(bytes);
        return NULL;
    }
    bytes[used] = '\0';
    *size = used;
    return bytes;
}

/* The path of a file: below AIRSEAM_DATA unless it begins with "/". */
static bool find(const char *file, char *path, size_t path_size, char *error, size_t error_size)
{
    const char *folder = getenv("AIRSEAM_DATA");
    int n;

    if (file[0] != '/' && (!folder || !folder[0])) {
        snprintf(error, error_size, "%s: recordings are read from the folder that AIRSEAM_DATA names, which is not set", file);
        return false;
    }
    n = file[0] == '/' ? snprintf(path, path_size, "%s", file) : snprintf(path, path_size, "%s/%s", folder, file);
    if (n > 0 && (size_t)n < path_size && access(path, R_OK) == 0)
        return true;
    snprintf(error, error_size, "%s: expected a recording, found no such file%s%s", file, file[0] == '/' ? "" : " below AIRSEAM_DATA=", file[0] == '/' ? "" : folder);
    return false;
}

static double number(const json_t *o, const char *key)
{
    const json_t *v = json_object_get(o, key);
    return json_is_number(v) ? json_number_value(v) : (double)NAN;
}

static bool take_json(const json_t *o, struct raw *r)
{
    const char *address = json_string_value(json_object_get(o, "icao24")), *callsign = json_string_value(json_object_get(o, "callsign"));
    int64_t hex = 0;

    memset(r, 0, sizeof *r);
    r->time_s = number(o, "timestamp") * 1e-3;
    r->lat_rad = number(o, "latitude") * UNIT_DEG;
    r->lon_rad = number(o, "longitude") * UNIT_DEG;
    r->hae_m = number(o, "altitude") * UNIT_FT;
    if (address && text_int((struct text){address, strlen(address)}, 16, &hex) == 0)
        r->address = (uint32_t)hex & 0xffffff;
    if (callsign)
        snprintf(r->callsign, sizeof r->callsign, "%.8s", callsign);
    r->callsign[strcspn(r->callsign, " ")] = '\0';
    return isfinite(r->time_s) && fabs(r->lat_rad) <= UNIT_PI / 2 && fabs(r->lon_rad) <= UNIT_PI && isfinite(r->hae_m) && r->address != 0 &&
           !json_is_true(json_object_get(o, "onground"));
}

/* One object after the other, so that no tree of all of them stands in memory. */
static bool read_json(const char *path, char *bytes, size_t size, struct raws *out, char *error, size_t error_size)
{
    size_t at = strspn(bytes, " \t\r\n");

    if (bytes[at] != '[') {
        snprintf(error, error_size, "%s: expected a JSON array of points", path);
        return false;
    }
    for (at++;;) {
        at += strspn(bytes + at, " \t\r\n,");
        if (at >= size || bytes[at] == ']')
            return true;
        json_error_t wrong;
        json_t *o = json_loadb(bytes + at, size - at, JSON_DISABLE_EOF_CHECK, &wrong);
        struct raw one;
        if (!json_is_object(o)) {
            snprintf(error, error_size, "%s: octet %zu: expected a point, %s", path, at, o ? "found something else" : wrong.text);
            json_decref(o);
            return false;
        }
        bool good = !take_json(o, &one) || add(out, &one);
        json_decref(o);
        if (!good) {
            snprintf(error, error_size, "memory is short");
            return false;
        }
        at += (size_t)wrong.position;
    }
}

static bool read_truth(const char *path, struct raws *out, char *error, size_t error_size)
{
    static const char *const names[] = {"time_s", "target_id", "lat", "lon", "alt_m"};
    struct table table;
    struct text f[5];
    bool good = table_open(&table, path, names, 5, 5);

    while (good && table_next(&table, f)) {
        struct raw one = {.time_s = table_number(&table, names[0], f[0], 0, 1e9), .address = (uint32_t)table_number(&table, names[1], f[1], 0, 16777215)};
        one.lat_rad = table_number(&table, names[2], f[2], -90, 90) * UNIT_DEG;
        one.lon_rad = table_number(&table, names[3], f[3], -180, 180) * UNIT_DEG;
        one.hae_m = table_number(&table, names[4], f[4], -1000, 60000);
        good = add(out, &one);
    }
    if (table.error[0])
        snprintf(error, error_size, "%s", table.error);
    good = good && !table.error[0];
    table_close(&table);
    return good;
}

static bool ends_with(const char *text, const char *end)
{
    return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

static bool read_raws(const char *file, struct raws *out, char *error, size_t error_size)
{
    char path[4096];
    size_t size;

    if (!find(file, path, sizeof path, error, error_size))
        return false;
    if (ends_with(path, ".csv"))
        return read_truth(path, out, error, error_size);
    char *bytes = unpack(path, &size, error, error_size);
    bool good = bytes && read_json(file, bytes, size, out, error, error_size);
    free(bytes);
    return good;
}

/* ---- flights ---- */

static int by_aircraft(const void *a, const void *b)
{
    const struct raw *x = a, *y = b;
    if (x->address != y->address)
        return x->address < y->address ? -1 : 1;
    if (x->time_s != y->time_s)
        return x->time_s < y->time_s ? -1 : 1;
    return (x->lat_rad > y->lat_rad) - (x->lat_rad < y->lat_rad);
}

/* The middle of what is used, on the sphere. */
static struct geodetic middle(const struct raws *r)
{
    struct vec3 sum = {0, 0, 0};

    for (size_t i = 0; i < r->count; i++) {
        struct geodetic g = {r->at[i].lat_rad, r->at[i].lon_rad, 0};
        sum = mat_add3(sum, frame_ecef(g));
    }
    return (struct geodetic){atan2(sum.z, hypot(sum.x, sum.y)), atan2(sum.y, sum.x), 0};
}

/* Each point at its distance and bearing from the middle, seen from elsewhere. */
static void move(struct raws *r, struct geodetic to)
{
    struct geodetic from = middle(r);

    for (size_t i = 0; i < r->count; i++) {
        double azimuth;
        double away_m = geodesic_inverse(from, (struct geodetic){r->at[i].lat_rad, r->at[i].lon_rad, 0}, &azimuth, NULL);
        struct geodetic at = geodesic_direct(to, azimuth, away_m, NULL);
        r->at[i].lat_rad = at.lat_rad;
        r->at[i].lon_rad = at.lon_rad;
    }
}

/* Keeps what lies in the window of time, counted from the first point. */
static void cut(struct raws *r, double from_s, double duration_s)
{
    double first = HUGE_VAL;
    size_t kept = 0;

    for (size_t i = 0; i < r->count; i++)
        first = fmin(first, r->at[i].time_s);
    for (size_t i = 0; i < r->count; i++) {
        r->at[i].time_s -= first + from_s;
        if (r->at[i].time_s >= 0 && r->at[i].time_s <= duration_s)
            r->at[kept++] = r->at[i];
    }
    r->count = kept;
}

static struct vec3 ecef_of(const struct raw *r)
{
    return frame_ecef((struct geodetic){r->lat_rad, r->lon_rad, r->hae_m});
}

/* Slope at the middle one of three points of the parabola through them; at an end that of the line. */
static void slopes(struct recording_point *p, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const struct recording_point *a = &p[i ? i - 1 : 0], *b = &p[i + 1 < count ? i + 1 : i];
        double before = p[i].time_s - a->time_s, after = b->time_s - p[i].time_s;
        struct vec3 back = before > 0 ? mat_scale3(1 / before, mat_sub3(p[i].at, a->at)) : (struct vec3){0, 0, 0};
        struct vec3 on = after > 0 ? mat_scale3(1 / after, mat_sub3(b->at, p[i].at)) : (struct vec3){0, 0, 0};
        p[i].velocity = mat_add3(mat_scale3(after > 0 && before > 0 ? after / (before + after) : before > 0, back),
                                 mat_scale3(after > 0 && before > 0 ? before / (before + after) : after > 0, on));
    }
}

static void finish(struct recording *r, struct recording_flight *f)
{
    if (f->count < RECORDING_LEAST) {
        r->points = f->first;
        return;
    }
    slopes(&r->point[f->first], f->count);
    for (uint32_t i = f->first; i < f->first + f->count; i++)
        f->fastest_mps = fmax(f->fastest_mps, mat_norm3(r->point[i].velocity));
    r->flight[r->flights++] = *f;
}

/* Sorted points into flights. A point that cannot have been reached, or stands still beside the one before, is passed over. */
static void cut_flights(struct recording *r, const struct raws *raws)
{
    struct recording_flight f = {0};
    const struct raw *last = NULL;

    for (size_t i = 0; i < raws->count; i++) {
        const struct raw *p = &raws->at[i];
        struct vec3 at = ecef_of(p);
        bool same = last && p->address == last->address && p->time_s - last->time_s <= RECORDING_GAP_S;
        double since = same ? p->time_s - last->time_s : 0;
        double away = same ? mat_norm3(mat_sub3(at, r->point[r->points - 1].at)) : 0;
        if (same && (since < 0.5 || away < 1.0 || away > RECORDING_FASTEST_MPS * since))
            continue;
        if (!same) {
            finish(r, &f);
            f = (struct recording_flight){.address = p->address, .first = r->points};
        }
        if (p->callsign[0])
            memcpy(f.callsign, p->callsign, sizeof f.callsign);
        f.highest_m = fmax(f.highest_m, p->hae_m);
        r->point[r->points++] = (struct recording_point){.time_s = p->time_s, .at = at};
        f.count++;
        last = p;
    }
    finish(r, &f);
}

bool recording_open(struct recording *r, const struct recording_settings *s, char *error, size_t error_size)
{
    struct raws raws = {0};

    *r = (struct recording){0};
    snprintf(error, error_size, "memory is short");
    bool good = read_raws(s->file, &raws, error, error_size);
    if (good && s->moved)
        move(&raws, s->to);
    if (good)
        cut(&raws, s->from_s, s->duration_s);
    if (good && raws.count == 0) {
        snprintf(error, error_size, "%s: expected points of aircraft in the air in that time, found none", s->file);
        good = false;
    }
    if (good) {
        qsort(raws.at, raws.count, sizeof *raws.at, by_aircraft);
        r->point = malloc(raws.count * sizeof *r->point);
        r->flight = malloc((raws.count / RECORDING_LEAST + 1) * sizeof *r->flight);
        good = r->point && r->flight;
    }
    if (good)
        cut_flights(r, &raws);
    free(raws.at);
    return good;
}

void recording_close(struct recording *r)
{
    free(r->point);
    free(r->flight);
    *r = (struct recording){0};
}

struct recording_point recording_at(const struct recording *r, const struct recording_flight *f, double time_s)
{
    const struct recording_point *p = &r->point[f->first];
    uint32_t lo = 0, hi = f->count - 1;

    time_s = fmax(p[0].time_s, fmin(p[hi].time_s, time_s));
    while (hi - lo > 1) {
        uint32_t mid = (lo + hi) / 2;
        if (p[mid].time_s <= time_s)
            lo = mid;
        else
            hi = mid;
    }
    double took = p[hi].time_s - p[lo].time_s, u = (time_s - p[lo].time_s) / took, u2 = u * u, u3 = u2 * u;
    double pa = 2 * u3 - 3 * u2 + 1, va = (u3 - 2 * u2 + u) * took, vb = (u3 - u2) * took, d = 6 * (u2 - u) / took;
    struct recording_point out = {.time_s = time_s};
    out.at = mat_add3(mat_add3(mat_scale3(pa, p[lo].at), mat_scale3(1 - pa, p[hi].at)), mat_add3(mat_scale3(va, p[lo].velocity), mat_scale3(vb, p[hi].velocity)));
    out.velocity = mat_add3(mat_scale3(d, mat_sub3(p[lo].at, p[hi].at)),
                            mat_add3(mat_scale3(3 * u2 - 4 * u + 1, p[lo].velocity), mat_scale3(3 * u2 - 2 * u, p[hi].velocity)));
    return out;
}
