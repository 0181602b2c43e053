#include "sim/map.h"
#include "base/unit.h"
#include "coverage/outline.h"
#include "sim/report.h"
#include "sim/spawn.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define STRAIGHT 5   /* cells: a side is at most so long before it gets a point more */
#define FOLDS 3
#define NO_DATA 255

/* What a feature stands for: places with at least n sensors (0: none at all); or, where `than` is given, those with some there and none here (gained), or
 * the other way round. */
struct feature {
    int kind, layer, n;
    const uint8_t *than;
    bool gained;
};

static bool belongs(const struct study *s, const struct feature *f, uint32_t cell)
{
    size_t place = (size_t)cell * REGION_LAYERS + (size_t)f->layer;
    unsigned count = s->volume->count[f->kind][place];

    if (f->than)
        return f->gained ? count == 0 && f->than[place] > 0 : count > 0 && f->than[place] == 0;
    return f->n == 0 ? count == 0 : (int)count >= f->n;
}

/* Its cells in one half of the earth; how many. */
static uint32_t mark(const struct study *s, const struct feature *f, bool west, uint8_t *in)
{
    uint32_t marked = 0;

    for (uint32_t i = 0; i < s->region->cells; i++) {
        const struct region_cell *c = &s->region->cell[i];
        in[i] = belongs(s, f, i) && (c->lon_rad < 0) == west && region_height_m(c, &region_layer[f->layer]) >= 0;
        marked += in[i];
    }
    return marked;
}

static void put_point(const struct study *s, double column, double row, bool west, bool comma, FILE *out)
{
    struct geodetic at = outline_place(s->region, column, row);
    double lon = at.lon_rad / UNIT_DEG;

    if ((lon < 0) != west) /* a corner across the line that halves the earth: onto the line */
        lon = fabs(lon) > 90 ? (west ? -180 : 180) : 0;
    fprintf(out, "%s[%.4f,%.4f]", comma ? "," : "", lon, at.lat_rad / UNIT_DEG);
}

static void put_ring(const struct study *s, const struct outline *o, const struct outline_ring *ring, bool west, FILE *out)
{
    bool comma = false;

    fputc('[', out);
    for (uint32_t i = 0; i < ring->count; i++) {
        const int16_t *a = o->corner[ring->first + i], *b = o->corner[ring->first + (i + 1) % ring->count];
        int length = abs(b[0] - a[0]) + abs(b[1] - a[1]), pieces = (length + STRAIGHT - 1) / STRAIGHT;
        for (int k = 0; k < pieces; k++, comma = true)
            put_point(s, a[0] + (double)k * (b[0] - a[0]) / pieces, a[1] + (double)k * (b[1] - a[1]) / pieces, west, comma, out);
    }
    put_point(s, o->corner[ring->first][0], o->corner[ring->first][1], west, true, out);
    fputc(']', out);
}

/* The polygons of one half; *any: whether one was written before. */
static bool put_half(const struct study *s, uint8_t *in, bool west, bool *any, FILE *out)
{
    struct outline *o = outline_new(s->region, in);

    for (uint32_t i = 0; o && i < o->rings; i++) {
        if (!o->ring[i].hole)
            fprintf(out, "%s[", i > 0 ? "]," : *any ? "," : "");
        else
            fputc(',', out);
        put_ring(s, o, &o->ring[i], west, out);
        *any = true;
    }
    if (o && o->rings > 0)
        fputc(']', out);
    bool good = o != NULL;
    outline_free(o);
    return good;
}

static bool put_feature(const struct study *s, const struct feature *f, uint8_t *in, FILE *out)
{
    double nm2 = s->region->cell_m2 / (UNIT_NM * UNIT_NM);
    bool any = false, good = true;

    fprintf(out, "{\"type\":\"Feature\",\"properties\":{\"kind\":\"%s\",\"layer\":\"%s\",", report_kind[f->kind], region_layer[f->layer].name);
    if (f->than)
        fprintf(out, "\"change\":\"%s\",", f->gained ? "gained" : "lost");
    else
        fprintf(out, "\"sensors\":%d,", f->n);
    fprintf(out, "\"area_nm2\":%.0f},\"geometry\":{\"type\":\"MultiPolygon\",\"coordinates\":[", nm2 * (mark(s, f, false, in) + mark(s, f, true, in)));
    for (int west = 0; west < 2 && good; west++) {
        mark(s, f, west, in);
        good = put_half(s, in, west, &any, out);
    }
    fputs("]}}", out);
    return good;
}

static bool failed(const struct study *s, const char *path, const char *why)
{
    return verb_error(s->verb, "%s: %s", path, why) == VERB_DONE;
}

/* All features of a file; than NULL: those of numbers of sensors. */
static bool put_features(const struct study *s, uint8_t *const *than, const char *path)
{
    FILE *out = fopen(path, "w");
    uint8_t *in = malloc(s->region->cells + 1u);
    bool good = out && in;

    if (good)
        fputs("{\"type\":\"FeatureCollection\",\"features\":[", out);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        for (int layer = 0; layer < REGION_LAYERS; layer++)
            for (int n = 0; n <= (than ? 1 : FOLDS) && good; n++) {
                fputs(kind || layer || n ? ",\n" : "\n", out);
                good = put_feature(s, &(struct feature){kind, layer, n, than ? than[kind] : NULL, n == 0}, in, out);
            }
    if (good)
        fputs("\n]}\n", out);
    free(in);
    good = (!out || fclose(out) == 0) && good;
    return good || failed(s, path, errno ? strerror(errno) : "memory is short");
}

bool map_geojson(const struct study *s, const char *path)
{
    return put_features(s, NULL, path);
}

bool map_delta(const struct study *s, uint8_t *const than_count[SIGHT_KINDS], const char *path)
{
    return put_features(s, than_count, path);
}

bool map_converted(const struct study *s, const char *format, const char *path)
{
    char folder[] = "/tmp/airseam-map-XXXXXX", between[64];

    if (!mkdtemp(folder))
        return failed(s, path, "no temporary folder");
    snprintf(between, sizeof between, "%s/coverage.geojson", folder);
    unlink(path);
    bool good = map_geojson(s, between) &&
                (spawn_run((const char *const[]){"ogr2ogr", "-f", format, path, between, NULL}) ||
                 failed(s, path, "the program ogr2ogr (Debian: gdal-bin) is not there, or failed"));
    unlink(between);
    rmdir(folder);
    return good;
}

/* Bands one after the other, the northernmost row first. */
static bool write_bands(const struct study *s, const char *path)
{
    const struct region *r = s->region;
    FILE *out = fopen(path, "wb");

    for (int band = 0; out && band < SIGHT_KINDS * REGION_LAYERS; band++)
        for (int32_t row = r->rows; row-- > 0;)
            for (int32_t column = 0; column < r->columns; column++) {
                int32_t cell = r->at[row * r->columns + column];
                int layer = band % REGION_LAYERS;
                bool air = cell >= 0 && region_height_m(&r->cell[cell], &region_layer[layer]) >= 0;
                fputc(air ? s->volume->count[band / REGION_LAYERS][(size_t)cell * REGION_LAYERS + (size_t)layer] : NO_DATA, out);
            }
    return out && fclose(out) == 0;
}

static bool write_header(const struct study *s, const char *path)
{
    FILE *out = fopen(path, "w");

    if (!out)
        return false;
    fprintf(out, "ENVI\nsamples = %d\nlines = %d\nbands = %d\nheader offset = 0\ndata type = 1\ninterleave = bsq\nbyte order = 0\nband names = {", s->region->columns,
            s->region->rows, SIGHT_KINDS * REGION_LAYERS);
    for (int band = 0; band < SIGHT_KINDS * REGION_LAYERS; band++)
        fprintf(out, "%s%s %s", band ? ", " : "", report_kind[band / REGION_LAYERS], region_layer[band % REGION_LAYERS].name);
    fputs("}\n", out);
    return fclose(out) == 0;
}

bool map_raster(const struct study *s, const char *path)
{
    char folder[] = "/tmp/airseam-map-XXXXXX", bands[64], header[64], corner[4][32];
    double half_x = 0.5 * s->region->columns * s->region->cell_m, half_y = 0.5 * s->region->rows * s->region->cell_m;

    if (!mkdtemp(folder))
        return failed(s, path, "no temporary folder");
    snprintf(bands, sizeof bands, "%s/coverage.img", folder);
    snprintf(header, sizeof header, "%s/coverage.hdr", folder);
    for (int i = 0; i < 4; i++)
        snprintf(corner[i], sizeof corner[i], "%.3f", i == 0 ? -half_x : i == 1 ? half_y : i == 2 ? half_x : -half_y);
    bool good = write_bands(s, bands) && write_header(s, header) &&
                spawn_run((const char *const[]){"gdal_translate", "-q", "-of", "GTiff", "-co", "COMPRESS=DEFLATE", "-a_nodata", "255", "-a_srs",
                                                "+proj=laea +lat_0=50 +lon_0=-98 +datum=WGS84 +units=m", "-a_ullr", corner[0], corner[1], corner[2], corner[3],
                                                bands, path, NULL});
    unlink(bands);
    unlink(header);
    rmdir(folder);
    return good || failed(s, path, "the program gdal_translate (Debian: gdal-bin) is not there, or failed");
}
