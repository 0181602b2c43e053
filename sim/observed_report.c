/* The tables of sim/observed.h for people and for programs. */
#include "sim/observed.h"

#include "base/unit.h"
#include "sim/report.h"
#include <math.h>
#include <stdlib.h>

static double percent(unsigned part, unsigned whole)
{
    return whole ? 100.0 * part / whole : 0;
}

static const char *layer_name(int layer)
{
    return layer < REGION_LAYERS ? region_layer[layer].name : "all";
}

static void rows_text(const struct observed *o, int kind, FILE *out)
{
    fprintf(out, "\n%s, %% of samples\n%-14s%10s%11s%10s%9s%8s%10s%16s\n", report_kind[kind], "layer", "samples", "predicted", "observed", "tracked", "agree", "places",
            "places agree");
    for (int i = 0; i < VOLUME_ROWS; i++) {
        const struct observed_row *r = &o->row[kind][i];
        if (r->samples == 0)
            continue;
        fprintf(out, "%-14s%10u%11.1f%10.1f", layer_name(i), r->samples, percent(r->predicted, r->samples), percent(r->observed, r->samples));
        if (o->tracks)
            fprintf(out, "%9.1f", percent(r->tracked, r->samples));
        else
            fprintf(out, "%9s", "-");
        fprintf(out, "%8.1f%10u%16.1f\n", percent(r->agree, r->samples), r->places, percent(r->places_agree, r->places));
    }
}

static void causes_text(const struct observed *o, int kind, FILE *out)
{
    const struct observed_row *all = &o->row[kind][REGION_LAYERS];

    fprintf(out, "%-24s%24s%24s\n", "differ because of", "predicted, not observed", "observed, not predicted");
    for (unsigned i = 0; i < o->causes; i++)
        if (all->missed[i] + all->unforeseen[i] > 0)
            fprintf(out, "%-24s%22.2f %%%22.2f %%\n", o->cause[i], percent(all->missed[i], all->samples), percent(all->unforeseen[i], all->samples));
}

static void places_text(const struct observed *o, const struct study *s, unsigned shown, FILE *out)
{
    if (o->places > 0 && shown > 0)
        fprintf(out, "\nplaces that differ, those with the most samples\n");
    for (unsigned i = 0; i < o->places && i < shown; i++) {
        const struct observed_place *p = &o->place[i];
        const struct region_cell *c = &s->region->cell[p->cell];
        fprintf(out, "%-16s%-14s%8.2f%9.2f  predicted %-4s observed %u of %u\n", report_kind[p->kind], layer_name(p->layer), c->lat_rad / UNIT_DEG, c->lon_rad / UNIT_DEG,
                p->predicted ? "yes," : "no,", p->observed, p->samples);
    }
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* P10, P50 and least of a column of the flights of a kind. */
struct spread {
    double p10, p50, least;
};
static struct spread spread_of(const struct observed *o, int kind, int column, unsigned *n)
{
    double v[OBSERVED_FLIGHTS];

    *n = 0;
    for (unsigned i = 0; i < o->flights; i++) {
        const struct observed_flight *f = &o->flight[i];
        if (f->kind == kind)
            v[(*n)++] = column == 0 ? f->predicted_min : column == 1 ? f->plot_min : f->track_min;
    }
    qsort(v, *n, sizeof *v, by_value);
    return *n ? (struct spread){v[*n / 10], v[*n / 2], v[0]} : (struct spread){NAN, NAN, NAN};
}

static const char *const columns[] = {"predicted track", "first plot", "first track"};

static void flights_text(const struct observed *o, unsigned shown, FILE *out)
{
    unsigned n;

    if (!o->nation[0])
        return;
    fprintf(out, "\nminutes before they enter %s, of %u flights that began unseen outside it (%u more were known from their beginning): P10, P50, least\n", o->nation, o->flights,
            o->foreseen);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        for (int c = 0; c < 2 + o->tracks; c++) {
            struct spread p = spread_of(o, kind, c, &n);
            if (n > 0)
                fprintf(out, "%-16s%-16s%8.1f%8.1f%8.1f   of %u\n", report_kind[kind], columns[c], p.p10, p.p50, p.least, n);
        }
    for (unsigned i = 0; i < o->flights && i < shown; i++) {
        const struct observed_flight *f = &o->flight[i];
        fprintf(out, "  aircraft %-10s%-16s predicted %6.1f   plot %6.1f", f->name, report_kind[f->kind], f->predicted_min, f->plot_min);
        if (o->tracks)
            fprintf(out, "   track %6.1f", f->track_min);
        fputc('\n', out);
    }
}

void observed_text(const struct observed *o, const struct study *s, unsigned shown, FILE *out)
{
    fprintf(out, "\nPREDICTED AND OBSERVED: %u aircraft, %u samples; observed: a plot within %g s; places with at least %d samples; %u samples are outside the region or below its "
                 "layers\n",
            o->aircraft, o->row[0][REGION_LAYERS].samples + o->row[1][REGION_LAYERS].samples, OBSERVED_WINDOW_S, OBSERVED_LEAST, o->outside);
    for (int kind = 0; kind < SIGHT_KINDS; kind++) {
        rows_text(o, kind, out);
        causes_text(o, kind, out);
    }
    places_text(o, s, shown, out);
    flights_text(o, shown, out);
}

/* ---- JSON ---- */

static json_t *row_json(const struct observed *o, int kind, int layer)
{
    const struct observed_row *r = &o->row[kind][layer];
    json_t *missed = json_object(), *unforeseen = json_object();

    for (unsigned i = 0; i < o->causes; i++) {
        if (r->missed[i])
            json_object_set_new(missed, o->cause[i], json_integer(r->missed[i]));
        if (r->unforeseen[i])
            json_object_set_new(unforeseen, o->cause[i], json_integer(r->unforeseen[i]));
    }
    json_t *row = json_pack("{s:s, s:s, s:i, s:i, s:i, s:i, s:i, s:i, s:o, s:o}", "kind", report_kind[kind], "layer", layer_name(layer), "samples", (int)r->samples,
                            "predicted", (int)r->predicted, "observed", (int)r->observed, "agree", (int)r->agree, "places", (int)r->places, "places_agree",
                            (int)r->places_agree, "predicted_not_observed", missed, "observed_not_predicted", unforeseen);
    if (o->tracks)
        json_object_set_new(row, "tracked", json_integer(r->tracked));
    return row;
}

static json_t *flight_json(const struct observed *o, const struct observed_flight *f)
{
    json_t *flight = json_pack("{s:s, s:s, s:f, s:f, s:f}", "target_id", f->name, "kind", report_kind[f->kind], "entry_s", f->entry_s, "predicted_min", f->predicted_min,
                               "plot_min", f->plot_min);

    if (o->tracks)
        json_object_set_new(flight, "track_min", json_real(f->track_min));
    return flight;
}

json_t *observed_json(const struct observed *o, const struct study *s)
{
    json_t *rows = json_array(), *places = json_array(), *flights = json_array();

    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        for (int i = 0; i < VOLUME_ROWS; i++)
            json_array_append_new(rows, row_json(o, kind, i));
    for (unsigned i = 0; i < o->places; i++) {
        const struct observed_place *p = &o->place[i];
        const struct region_cell *c = &s->region->cell[p->cell];
        json_array_append_new(places, json_pack("{s:s, s:s, s:f, s:f, s:b, s:i, s:i}", "kind", report_kind[p->kind], "layer", layer_name(p->layer), "lat_deg",
                                                c->lat_rad / UNIT_DEG, "lon_deg", c->lon_rad / UNIT_DEG, "predicted", p->predicted, "observed", (int)p->observed,
                                                "samples", (int)p->samples));
    }
    for (unsigned i = 0; i < o->flights; i++)
        json_array_append_new(flights, flight_json(o, &o->flight[i]));
    return json_pack("{s:i, s:f, s:i, s:o, s:o, s:s, s:i, s:o}", "aircraft", (int)o->aircraft, "window_s", OBSERVED_WINDOW_S, "samples_outside", (int)o->outside, "layers", rows,
                     "places", places, "nation", o->nation, "known_from_the_start", (int)o->foreseen, "flights", flights);
}
