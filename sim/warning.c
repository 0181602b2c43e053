/* Ingress routes begin at the cells between RING_NM and one cell more from what is defended, and take the geodesic to the nearest point of its border or coast,
 * or to the place itself. */
#include "sim/warning.h"
#include "base/text.h"
#include "base/unit.h"
#include "coverage/route.h"
#include "geo/geodesic.h"
#include "sim/report.h"
#include "sim/world/table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RING_NM 580.0
#define ROUTES 4096

static const struct sector {
    const char *name;
    double south, north, west, east; /* degrees: where routes begin */
} sectors[] = {{"Gulf of Mexico", 10, 31, -98, -81}, {"Pacific, south-west", 10, 33, -135, -98}, {"Pacific, west", 33, 52, -180, -120}, {"Atlantic", 15, 50, -80, -40}};
static const int layers[] = {1, 5, 8};
static const double speeds_kt[] = {120, 250, 480};
#define SECTORS (sizeof sectors / sizeof sectors[0])

struct ingress {
    struct geodetic from, to;
};

/* What is defended: an area, or where that is NULL a place. */
struct goal {
    struct area *area;
    struct geodetic place;
};

static double distance_to(const struct goal *g, const struct region_cell *c, struct geodetic *nearest, uint32_t *hint)
{
    if (g->area)
        return area_distance(g->area, c->lat_rad, c->lon_rad, nearest, hint);
    *nearest = g->place;
    return geodesic_inverse((struct geodetic){c->lat_rad, c->lon_rad, 0}, g->place, NULL, NULL);
}

static bool inside(const struct study *s, const struct goal *g, uint32_t cell)
{
    const struct region_cell *c = &s->region->cell[cell];

    if (g->area)
        return area_at(g->area, c->lat_rad, c->lon_rad) != AREA_NONE;
    return region_find(s->region, g->place.lat_rad, g->place.lon_rad) == (int32_t)cell;
}

static bool goal_place(const struct study *s, const char *words, struct goal *g)
{
    struct text rest = {words, strlen(words)}, lat, lon;
    double lat_deg, lon_deg;

    if (!text_field(&rest, ',', &lat) || !text_field(&rest, ',', &lon) || rest.at || text_double(lat, &lat_deg) || text_double(lon, &lon_deg) ||
        fabs(lat_deg) > 90 || fabs(lon_deg) > 180) {
        verb_error(s->verb, "--warning: expected a nation, or LATITUDE,LONGITUDE in degrees, found \"%s\"", words);
        return false;
    }
    g->place = (struct geodetic){lat_deg * UNIT_DEG, lon_deg * UNIT_DEG, 0};
    if (region_find(s->region, g->place.lat_rad, g->place.lon_rad) < 0) {
        verb_error(s->verb, "--warning: expected a place of the region, found \"%s\"", words);
        return false;
    }
    return true;
}

static bool goal_area(const struct study *s, const char *nation, struct goal *g)
{
    const char *names[] = {nation, NULL};
    char error[256] = "";
    size_t size = 0, offset;
    int code;
    char *bytes = table_read("config/areas/land.area", &size, error, sizeof error);

    g->area = bytes ? area_new(bytes, size, names, &code, &offset) : NULL;
    free(bytes);
    if (!g->area)
        verb_error(s->verb, "--warning: expected a nation of config/areas/land.area, found \"%s\"%s%s", nation, error[0] ? ": " : "", error);
    return g->area != NULL;
}

static unsigned find_ingress(const struct study *s, const struct goal *goal, const struct sector *sector, struct ingress *out)
{
    uint32_t hint = AREA_NO_HINT;
    unsigned count = 0;

    for (uint32_t i = 0; i < s->region->cells && count < ROUTES; i++) {
        const struct region_cell *c = &s->region->cell[i];
        double lat = c->lat_rad / UNIT_DEG, lon = c->lon_rad / UNIT_DEG;
        if (lat < sector->south || lat >= sector->north || lon < sector->west || lon >= sector->east)
            continue;
        struct ingress way = {{c->lat_rad, c->lon_rad, 0}, {0, 0, 0}};
        double away_nm = distance_to(goal, c, &way.to, &hint) / UNIT_NM;
        if (away_nm >= RING_NM && away_nm < RING_NM + s->settings.cell_nm && !inside(s, goal, i))
            out[count++] = way;
    }
    return count;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static void measure_row(const struct study *s, const struct ingress *way, unsigned ways, struct warning_row *row, double *minutes)
{
    for (unsigned i = 0; i < ways; i++) {
        struct route_flight flight = {way[i].from, way[i].to, row->speed_kt * UNIT_KT, WARNING_CONFIRM_S};
        minutes[i] = route_warning_s(s->volume, (enum sight_kind)row->kind, row->layer, &flight) / 60;
        row->unwarned += minutes[i] <= 0;
    }
    qsort(minutes, ways, sizeof *minutes, by_value);
    row->routes = ways;
    row->least_min = ways ? minutes[0] : 0;
    row->p10_min = ways ? minutes[ways / 10] : 0;
    row->p50_min = ways ? minutes[ways / 2] : 0;
}

static void measure_sector(const struct study *s, const struct goal *goal, const struct sector *sector, struct warning *w)
{
    struct ingress *way = malloc(ROUTES * sizeof *way);
    double *minutes = malloc(ROUTES * sizeof *minutes);
    unsigned ways = way && minutes ? find_ingress(s, goal, sector, way) : 0;

    for (int kind = 0; kind < SIGHT_KINDS && ways > 0; kind++)
        for (size_t l = 0; l < sizeof layers / sizeof layers[0]; l++)
            for (size_t v = 0; v < sizeof speeds_kt / sizeof speeds_kt[0]; v++) {
                struct warning_row *row = &w->row[w->rows++];
                *row = (struct warning_row){.sector = sector->name, .kind = kind, .layer = layers[l], .speed_kt = speeds_kt[v]};
                measure_row(s, way, ways, row, minutes);
            }
    free(way);
    free(minutes);
}

static struct warning_way way_of(const struct study *s, const struct route *r, int kind, int layer)
{
    struct warning_way way = {.kind = kind, .layer = layer, .length_m = r->length_m, .seen_m = r->seen_m, .longest_unseen_m = r->longest_unseen_m};
    uint32_t places = r->cells < WARNING_PLACES ? r->cells : WARNING_PLACES;

    for (uint32_t i = 0; i < places; i++) {
        const struct region_cell *c = &s->region->cell[r->cell[places > 1 ? (uint64_t)i * (r->cells - 1) / (places - 1) : 0]];
        way.place[way.places++] = (struct geodetic){c->lat_rad, c->lon_rad, 0};
    }
    return way;
}

static bool measure_ways(const struct study *s, const struct goal *goal, struct warning *w)
{
    uint8_t *defended = calloc(s->region->cells + 1u, 1);
    bool good = defended != NULL;

    for (uint32_t i = 0; good && i < s->region->cells; i++)
        defended[i] = (!goal->area || s->region->cell[i].nation != AREA_NONE) && inside(s, goal, i);
    for (int kind = 0; kind < SIGHT_KINDS && good; kind++)
        for (size_t l = 0; l < sizeof layers / sizeof layers[0] && good; l++) {
            bool reached;
            struct route *r = route_new(s->volume, (enum sight_kind)kind, layers[l], defended, &reached);
            if (r)
                w->way[w->ways++] = way_of(s, r, kind, layers[l]);
            good = r || !reached;
            route_free(r);
        }
    free(defended);
    return good || verb_error(s->verb, "memory is short") == VERB_DONE;
}

bool warning_measure(const struct study *s, const char *defended, struct warning *out)
{
    struct goal goal = {0};
    bool good = strchr(defended, ',') ? goal_place(s, defended, &goal) : goal_area(s, defended, &goal);

    *out = (struct warning){0};
    for (size_t i = 0; good && i < SECTORS; i++)
        measure_sector(s, &goal, &sectors[i], out);
    good = good && measure_ways(s, &goal, out);
    area_free(goal.area);
    return good;
}

static void row_text(const struct warning_row *row, FILE *out)
{
    fprintf(out, "%8.1f%8.1f%8.1f%6.0f %%", row->p10_min, row->p50_min, row->least_min, row->routes ? 100.0 * row->unwarned / row->routes : 0);
}

static void way_text(const struct warning_way *way, const char *when, FILE *out)
{
    const struct geodetic *from = &way->place[0], *to = &way->place[way->places - 1];

    fprintf(out, "%-6s%-16s%-12s%8.0f%8.0f%8.0f%10.2f%9.2f%8.2f%9.2f\n", when, report_kind[way->kind], region_layer[way->layer].name, way->length_m / UNIT_NM,
            way->seen_m / UNIT_NM, way->longest_unseen_m / UNIT_NM, from->lat_rad / UNIT_DEG, from->lon_rad / UNIT_DEG, to->lat_rad / UNIT_DEG, to->lon_rad / UNIT_DEG);
}

void warning_text(const struct warning *w, const struct warning *than, FILE *out)
{
    fprintf(out, "\nminutes of warning, from the confirmed track (%.0f s after the first plot) to what is defended: P10, P50, least, and routes that arrive unknown\n",
            WARNING_CONFIRM_S);
    for (unsigned i = 0; i < w->rows; i++) {
        const struct warning_row *row = &w->row[i];
        fprintf(out, "%-20s %-16s%-12s%4.0f kt", row->sector, report_kind[row->kind], region_layer[row->layer].name, row->speed_kt);
        row_text(row, out);
        if (than) {
            fputs("   then", out);
            row_text(&than->row[i], out);
            fprintf(out, "   P50 %+.1f", than->row[i].p50_min - row->p50_min);
        }
        fputc('\n', out);
    }
    fprintf(out, "\nway in from outside the region that is seen least, NM: length, seen, longest undetected stretch; from where to where\n");
    for (const struct warning *x = w; x; x = x == w ? than : NULL)
        for (unsigned i = 0; i < x->ways; i++)
            way_text(&x->way[i], x == w ? "" : "then", out);
}

static json_t *way_json(const struct warning_way *way)
{
    json_t *path = json_array();

    for (unsigned i = 0; i < way->places; i++)
        json_array_append_new(path, json_pack("[f, f]", way->place[i].lat_rad / UNIT_DEG, way->place[i].lon_rad / UNIT_DEG));
    return json_pack("{s:s, s:s, s:f, s:f, s:f, s:o}", "kind", report_kind[way->kind], "layer", region_layer[way->layer].name, "length_nm", way->length_m / UNIT_NM,
                     "seen_nm", way->seen_m / UNIT_NM, "longest_unseen_nm", way->longest_unseen_m / UNIT_NM, "path_lat_lon_deg", path);
}

json_t *warning_json(const struct warning *w)
{
    json_t *rows = json_array(), *ways = json_array();

    for (unsigned i = 0; i < w->rows; i++) {
        const struct warning_row *r = &w->row[i];
        json_array_append_new(rows, json_pack("{s:s, s:s, s:s, s:f, s:i, s:i, s:f, s:f, s:f}", "sector", r->sector, "kind", report_kind[r->kind], "layer",
                                              region_layer[r->layer].name, "speed_kt", r->speed_kt, "routes", (int)r->routes, "unwarned", (int)r->unwarned, "p10_min",
                                              r->p10_min, "p50_min", r->p50_min, "least_min", r->least_min));
    }
    for (unsigned i = 0; i < w->ways; i++)
        json_array_append_new(ways, way_json(&w->way[i]));
    return json_pack("{s:o, s:o}", "straight", rows, "least_seen", ways);
}
