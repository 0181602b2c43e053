/* Percentages of what there is in a scope; layers that lie in the ground are no part of it. */
#include "sim/report.h"
#include "base/unit.h"

const char *const report_kind[SIGHT_KINDS] = {"non-cooperative", "cooperative"};

#define NM3 (UNIT_NM * UNIT_NM * 1000 * UNIT_FT) /* NM2 times 1000 ft */

static double share(double part, double whole)
{
    return whole > 0 ? 100 * part / whole : 0;
}

static const struct volume_figures *row(const struct volume_figures *tables, unsigned scope, int layer)
{
    return &tables[scope * VOLUME_ROWS + (unsigned)layer];
}

static void layers_line(FILE *out)
{
    static const char *const heads[VOLUME_ROWS] = {"100ag", "500ag", "1kag", "3kag", "5k", "10k", "18k", "25k", "35k", "45k", "60k", "100k", "volume"};

    fprintf(out, "%-16s", "% seen, ft");
    for (int i = 0; i < VOLUME_ROWS; i++)
        fprintf(out, "%7s", heads[i]);
    fputc('\n', out);
}

static void folds_table(const struct report *r, int kind, FILE *out)
{
    fprintf(out, "\n%s, at least one sensor\n", report_kind[kind]);
    layers_line(out);
    for (unsigned s = 0; s < r->study->scopes; s++) {
        if (row(r->figures, s, REGION_LAYERS)->whole <= 0)
            continue;
        fprintf(out, "%-16s", r->study->scope[s]);
        for (int i = 0; i < VOLUME_ROWS; i++)
            fprintf(out, "%7.2f", share(row(r->figures, s, i)->folds[kind][0], row(r->figures, s, i)->whole));
        fputc('\n', out);
        for (int i = -1; r->than && i < VOLUME_ROWS; i++)
            if (i < 0)
                fprintf(out, "%-16s", "  then");
            else
                fprintf(out, "%+7.2f", share(row(r->than, s, i)->folds[kind][0] - row(r->figures, s, i)->folds[kind][0], row(r->figures, s, i)->whole));
        if (r->than)
            fputc('\n', out);
    }
}

static void volume_line(const struct report *r, const struct volume_figures *tables, unsigned scope, int kind, FILE *out)
{
    const struct volume_figures *f = row(tables, scope, REGION_LAYERS);

    (void)r;
    for (int n = 0; n < VOLUME_FOLDS; n++)
        fprintf(out, "%8.2f", share(f->folds[kind][n], f->whole));
    fprintf(out, "%9.2f%9.2f\n", share(f->expected[kind], f->whole), share(f->meets[kind], f->whole));
}

static void availability_table(const struct report *r, int kind, FILE *out)
{
    fprintf(out, "\n%s, of the volume\n%-16s%8s%8s%8s%8s%9s%9s\n", report_kind[kind], "%", "1-fold", "2-fold", "3-fold", "4-fold", "expected", "99.9 %");
    for (unsigned s = 0; s < r->study->scopes; s++) {
        if (row(r->figures, s, REGION_LAYERS)->whole <= 0)
            continue;
        fprintf(out, "%-16s", r->study->scope[s]);
        volume_line(r, r->figures, s, kind, out);
        if (r->than) {
            fprintf(out, "%-16s", "  then");
            volume_line(r, r->than, s, kind, out);
        }
    }
}

static void losses(const struct report *r, FILE *out)
{
    if (r->shown == 0)
        return;
    fprintf(out, "\nwhat the loss of one sensor costs: million NM2 at 10000 ft, and 1000 NM2 * 1000 ft of the volume\n%-30s%-4s%10s%10s%12s%12s\n", "sensor", "",
            "non-coop", "coop", "non-coop", "coop");
    for (unsigned i = 0; i < r->shown && i < r->losses; i++) {
        const struct report_loss *l = &r->loss[i];
        const struct study_sensor *x = &r->study->sensor[l->sensor];
        fprintf(out, "%-30s%-4s%10.4f%10.4f%12.0f%12.0f%s\n", x->site.name, x->site.nation, l->alone[0][5] / (UNIT_NM * UNIT_NM) / 1e6,
                l->alone[1][5] / (UNIT_NM * UNIT_NM) / 1e6, l->alone[0][REGION_LAYERS] / NM3 / 1e3, l->alone[1][REGION_LAYERS] / NM3 / 1e3,
                x->doubtful ? "  placeholder" : "");
    }
}

static void gap_line(const struct report *r, const struct gap *g, int row_of, FILE *out)
{
    static const double speeds_kt[] = {120, 250, 480};
    const struct region_cell *c = &r->study->region->cell[g->centre];

    fprintf(out, "%-12s%10.0f%9.0f   %5.1f %6.1f  %6.0f %6.0f", row_of < REGION_LAYERS ? region_layer[row_of].name : "all", g->area_m2 / (UNIT_NM * UNIT_NM),
            2 * g->radius_m / UNIT_NM, c->lat_rad / UNIT_DEG, c->lon_rad / UNIT_DEG, g->floor_m / UNIT_FT, g->ceiling_m / UNIT_FT);
    for (size_t i = 0; i < sizeof speeds_kt / sizeof speeds_kt[0]; i++)
        fprintf(out, "%7.2f", gap_crossing_s(g, speeds_kt[i] * UNIT_KT) / 3600);
    fputc('\n', out);
}

static void gaps_table(const struct report *r, int kind, FILE *out)
{
    if (r->gaps_shown == 0)
        return;
    fprintf(out, "\n%s, greatest gaps: the widest circle in them, its centre, floor and ceiling (ft), hours to cross it at 120, 250, 480 kt\n%-12s%10s%9s%16s%15s\n",
            report_kind[kind], "layer", "NM2", "NM wide", "at", "ft");
    for (int n = 0; n < VOLUME_ROWS; n++) {
        int i = n == 0 ? REGION_LAYERS : n - 1;
        for (uint32_t k = 0; k < r->gaps[kind][i]->kept; k++)
            gap_line(r, &r->gaps[kind][i]->gap[k], i, out);
    }
}

void report_text(const struct report *r, FILE *out)
{
    const struct study *s = r->study;

    if (terrain_is_smooth(s->ground))
        fprintf(out, "*** SMOOTH EARTH: NO TERRAIN. Low coverage is far too good. Not for decisions. ***\n\n");
    fprintf(out, "%u sensors: %s\n", r->count, r->set);
    if (r->than)
        fprintf(out, "then %u sensors: %s (differences in percentage points)\n", r->other_count, r->other);
    fprintf(out, "region %.2f million NM2, %u cells of %g NM, within %g NM of border or coast\n", row(r->figures, 0, REGION_LAYERS - 1)->whole / (UNIT_NM * UNIT_NM) / 1e6,
            s->region->cells, s->settings.cell_nm, s->settings.within_nm);
    fprintf(out, "terrain %s, k %.4g, cross-section %g m2, detection at least %g per scan, availability of a nation's grid %g\n", s->settings.terrain, s->settings.k,
            s->settings.target.rcs_m2, s->settings.target.detection, s->settings.nation_availability);
    if (s->outside)
        fprintf(out, "%u cells lie beyond the terrain's grid and are taken as sea\n", s->outside);
    if (r->doubtful)
        fprintf(out, "%u of the sensors are placeholders of unpublished places: see --without flags=placeholder\n", r->doubtful);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        folds_table(r, kind, out);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        availability_table(r, kind, out);
    losses(r, out);
    for (int kind = 0; kind < SIGHT_KINDS; kind++)
        gaps_table(r, kind, out);
    if (r->warnings)
        warning_text(&r->warning, r->than ? &r->warning_than : NULL, out);
    if (r->observed)
        observed_text(r->observed, s, r->shown, out);
    fprintf(out, "\n%.2f s (region %.2f, reach %.3f with %u swept, views %.3f); one sensor more or less: %.1f ms\n", r->seconds, s->took.region_s, s->took.reach_s,
            s->took.swept, s->took.view_s, 1e3 * r->increment_s);
}

/* ---- JSON ---- */

static json_t *kind_json(const struct volume_figures *f, int kind)
{
    json_t *folds = json_array();

    for (int n = 0; n < VOLUME_FOLDS; n++)
        json_array_append_new(folds, json_real(share(f->folds[kind][n], f->whole)));
    return json_pack("{s:o, s:f, s:f}", "folds_percent", folds, "expected_percent", share(f->expected[kind], f->whole), "meets_999_percent",
                     share(f->meets[kind], f->whole));
}

static json_t *tables_json(const struct report *r, const struct volume_figures *tables)
{
    json_t *scopes = json_array();

    for (unsigned s = 0; s < r->study->scopes; s++) {
        json_t *layers = json_array();
        for (int i = 0; i < VOLUME_ROWS; i++) {
            const struct volume_figures *f = row(tables, s, i);
            json_t *o = json_pack("{s:s, s:f}", "layer", i < REGION_LAYERS ? region_layer[i].name : "volume", i < REGION_LAYERS ? "area_nm2" : "volume_nm2_kft",
                                  f->whole / (i < REGION_LAYERS ? UNIT_NM * UNIT_NM : NM3));
            for (int kind = 0; kind < SIGHT_KINDS; kind++)
                json_object_set_new(o, report_kind[kind], kind_json(f, kind));
            json_array_append_new(layers, o);
        }
        json_array_append_new(scopes, json_pack("{s:s, s:o}", "scope", r->study->scope[s], "layers", layers));
    }
    return scopes;
}

static json_t *losses_json(const struct report *r)
{
    json_t *list = json_array();

    for (unsigned i = 0; i < r->losses; i++) {
        const struct report_loss *l = &r->loss[i];
        json_t *o = json_pack("{s:s, s:s, s:b}", "sensor", r->study->sensor[l->sensor].site.name, "nation", r->study->sensor[l->sensor].site.nation, "placeholder",
                              r->study->sensor[l->sensor].doubtful);
        for (int kind = 0; kind < SIGHT_KINDS; kind++) {
            json_t *areas = json_array();
            for (int k = 0; k < REGION_LAYERS; k++)
                json_array_append_new(areas, json_real(l->alone[kind][k] / (UNIT_NM * UNIT_NM)));
            json_object_set_new(o, report_kind[kind], json_pack("{s:o, s:f}", "area_nm2", areas, "volume_nm2_kft", l->alone[kind][REGION_LAYERS] / NM3));
        }
        json_array_append_new(list, o);
    }
    return list;
}

static json_t *gaps_json(const struct report *r, int kind)
{
    json_t *list = json_array();

    for (int i = 0; i < VOLUME_ROWS; i++)
        for (uint32_t k = 0; r->gaps[kind][i] && k < r->gaps[kind][i]->kept; k++) {
            const struct gap *g = &r->gaps[kind][i]->gap[k];
            const struct region_cell *c = &r->study->region->cell[g->centre];
            json_array_append_new(list, json_pack("{s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:s}", "layer", i < REGION_LAYERS ? region_layer[i].name : "all",
                                                  "area_nm2", g->area_m2 / (UNIT_NM * UNIT_NM), "volume_nm2_kft", g->volume_m3 / NM3, "width_nm",
                                                  2 * g->radius_m / UNIT_NM, "lat_deg", c->lat_rad / UNIT_DEG, "lon_deg", c->lon_rad / UNIT_DEG, "floor_ft",
                                                  g->floor_m / UNIT_FT, "ceiling_ft", g->ceiling_m / UNIT_FT, "widest_in", region_layer[g->layer].name));
        }
    return list;
}

json_t *report_json(const struct report *r)
{
    const struct study *s = r->study;
    json_t *assumptions = json_pack("{s:s, s:b, s:f, s:f, s:f, s:f, s:f, s:f, s:i}", "terrain", s->settings.terrain, "smooth_earth", terrain_is_smooth(s->ground),
                                    "k", s->settings.k, "rcs_m2", s->settings.target.rcs_m2, "detection", s->settings.target.detection,
                                    "nation_availability", s->settings.nation_availability, "cell_nm", s->settings.cell_nm, "within_nm", s->settings.within_nm,
                                    "cells_beyond_terrain", (int)s->outside);
    json_t *o = json_pack("{s:s, s:i, s:i, s:o, s:o}", "set", r->set, "sensors", (int)r->count, "placeholders", (int)r->doubtful, "assumptions", assumptions, "scopes",
                          tables_json(r, r->figures));

    if (r->than)
        json_object_set_new(o, "then", json_pack("{s:s, s:i, s:o}", "set", r->other, "sensors", (int)r->other_count, "scopes", tables_json(r, r->than)));
    if (r->warnings)
        json_object_set_new(o, "warning", warning_json(&r->warning));
    if (r->warnings && r->than)
        json_object_set_new(json_object_get(o, "then"), "warning", warning_json(&r->warning_than));
    if (r->observed)
        json_object_set_new(o, "observed", observed_json(r->observed, s));
    json_object_set_new(o, "losses", losses_json(r));
    json_object_set_new(o, "gaps", json_pack("{s:o, s:o}", report_kind[0], gaps_json(r, 0), report_kind[1], gaps_json(r, 1)));
    return o;
}
