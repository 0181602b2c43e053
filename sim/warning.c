/* Ingress routes begin at the cells between RING_NM and one cell more from the nation's border or coast, and take the geodesic to its nearest point. */
#include "sim/warning.h"
#include "base/unit.h"
#include "coverage/route.h"
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

static struct area *area_of(const struct study *s, const char *nation)
{
    const char *names[] = {nation, NULL};
    char error[256] = "";
    size_t size = 0, offset;
    int code;
    char *bytes = table_read("config/areas/land.area", &size, error, sizeof error);
    struct area *a = bytes ? area_new(bytes, size, names, &code, &offset) : NULL;

    free(bytes);
    if (!a)
        verb_error(s->verb, "--warning: expected a nation of config/areas/land.area, found \"%s\" %s", nation, error);
    return a;
}

static unsigned find_ingress(const struct study *s, const struct area *nation, const struct sector *sector, struct ingress *out)
{
    uint32_t hint = AREA_NO_HINT;
    unsigned count = 0;

    for (uint32_t i = 0; i < s->region->cells && count < ROUTES; i++) {
        const struct region_cell *c = &s->region->cell[i];
        double lat = c->lat_rad / UNIT_DEG, lon = c->lon_rad / UNIT_DEG;
        if (lat < sector->south || lat >= sector->north || lon < sector->west || lon >= sector->east)
            continue;
        struct ingress way = {{c->lat_rad, c->lon_rad, 0}, {0, 0, 0}};
        double away_nm = area_distance(nation, c->lat_rad, c->lon_rad, &way.to, &hint) / UNIT_NM;
        if (away_nm >= RING_NM && away_nm < RING_NM + s->settings.cell_nm && area_at(nation, c->lat_rad, c->lon_rad) == AREA_NONE)
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

static void measure_sector(const struct study *s, const struct area *nation, const struct sector *sector, struct warning *w)
{
    struct ingress *way = malloc(ROUTES * sizeof *way);
    double *minutes = malloc(ROUTES * sizeof *minutes);
    unsigned ways = way && minutes ? find_ingress(s, nation, sector, way) : 0;

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

static bool measure_ways(const struct study *s, const struct area *nation, struct warning *w)
{
    uint8_t *defended = calloc(s->region->cells + 1u, 1);
    bool good = defended != NULL;

    for (uint32_t i = 0; good && i < s->region->cells; i++)
        defended[i] = s->region->cell[i].nation != AREA_NONE && area_at(nation, s->region->cell[i].lat_rad, s->region->cell[i].lon_rad) != AREA_NONE;
    for (int kind = 0; kind < SIGHT_KINDS && good; kind++)
        for (size_t l = 0; l < sizeof layers / sizeof layers[0] && good; l++) {
            bool reached;
            struct route *r = route_new(s->volume, (enum sight_kind)kind, layers[l], defended, &reached);
            if (r)
                w->way[w->ways++] = (struct warning_way){kind, layers[l], r->length_m, r->seen_m, r->longest_unseen_m};
            good = r || !reached;
            route_free(r);
        }
    free(defended);
    return good || verb_error(s->verb, "memory is short") == VERB_DONE;
}

bool warning_measure(const struct study *s, const char *nation, struct warning *out)
{
    struct area *a = area_of(s, nation);
    bool good = a != NULL;

    *out = (struct warning){0};
    for (size_t i = 0; good && i < SECTORS; i++)
        measure_sector(s, a, &sectors[i], out);
    good = good && measure_ways(s, a, out);
    area_free(a);
    return good;
}

static void row_text(const struct warning_row *row, FILE *out)
{
    fprintf(out, "%8.1f%8.1f%8.1f%6.0f %%", row->p10_min, row->p50_min, row->least_min, row->routes ? 100.0 * row->unwarned / row->routes : 0);
}

void warning_text(const struct warning *w, const struct warning *than, FILE *out)
{
    fprintf(out, "\nminutes of warning, from the confirmed track (%.0f s after the first plot) to border or coast: P10, P50, least, and routes that arrive unknown\n",
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
    fprintf(out, "\nway in from outside the region that is seen least, NM: length, seen, longest undetected stretch\n");
    for (const struct warning *x = w; x; x = x == w ? than : NULL)
        for (unsigned i = 0; i < x->ways; i++)
            fprintf(out, "%-6s%-16s%-12s%8.0f%8.0f%8.0f\n", x == w ? "" : "then", report_kind[x->way[i].kind], region_layer[x->way[i].layer].name,
                    x->way[i].length_m / UNIT_NM, x->way[i].seen_m / UNIT_NM, x->way[i].longest_unseen_m / UNIT_NM);
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
        json_array_append_new(ways, json_pack("{s:s, s:s, s:f, s:f, s:f}", "kind", report_kind[w->way[i].kind], "layer", region_layer[w->way[i].layer].name, "length_nm",
                                              w->way[i].length_m / UNIT_NM, "seen_nm", w->way[i].seen_m / UNIT_NM, "longest_unseen_nm",
                                              w->way[i].longest_unseen_m / UNIT_NM));
    return json_pack("{s:o, s:o}", "straight", rows, "least_seen", ways);
}
