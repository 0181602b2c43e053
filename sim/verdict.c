/* Every form is made from the same rows (score/score.h) and slices. */
#include "sim/verdict.h"

#include "base/unit.h"
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double verdict_value(const struct verdict *v, const char *slice, enum score_measure measure)
{
    for (unsigned i = 0; i < v->slices; i++)
        if (strcmp(v->slice[i].name, slice) == 0)
            return v->slice[i].value[measure];
    return (double)NAN;
}

static bool kept(const struct verdict *v, const struct require_limit *limit)
{
    return require_kept(limit, verdict_value(v, limit->slice, limit->measure));
}

unsigned verdict_failures(const struct verdict *v)
{
    unsigned failures = 0;
    for (unsigned i = 0; v->require && i < v->require->limits; i++)
        failures += !kept(v, &v->require->limit[i]);
    return failures;
}

/* ---- gaps ---- */

/* Somebody saw the aircraft most of the time; or not, then why, where that is known. */
static const char *cause_of(const struct verdict *v, const struct continuity_gap *g)
{
    double step_s = v->slice[0].value[SCORE_grid_s], lasted_s = g->end_s - g->start_s + (g->after == MATCH_NONE ? step_s : 0);
    if (g->seen_s >= fmin(0.5 * lasted_s, lasted_s - 0.5 * step_s))
        return "untracked";
    const char *why = judged_cause(v->truth, g->target, g->start_s - v->cover_s, g->end_s);
    /* that it was seen for a part of it says that some sensor reaches it */
    return g->seen_s > 0 && (!why || strcmp(why, "range") == 0) ? "partly-seen" : why ? why : "unseen";
}

static const char *track_name(const struct verdict *v, uint32_t track)
{
    return track == MATCH_NONE ? "" : v->tracks->name[track];
}

/* "" when it had no track before or has none after. */
static const char *same_number(const struct continuity_gap *g)
{
    return g->before == MATCH_NONE || g->after == MATCH_NONE ? "" : g->before == g->after ? "yes" : "no";
}

void verdict_gaps(const struct verdict *v, FILE *out)
{
    fputs("target_id,start_s,end_s,duration_s,seen_s,cause,lat,lon,alt_m,track_before,track_after,same_number\n", out);
    for (size_t i = 0; i < v->gaps; i++) {
        const struct continuity_gap *g = &v->gap[i];
        fprintf(out, "%s,%.3f,%.3f,%.3f,%.3f,%s,%.6f,%.6f,", v->truth->states.name[g->target], g->start_s, g->end_s, g->end_s - g->start_s, g->seen_s,
                cause_of(v, g), g->at.lat_rad / UNIT_DEG, g->at.lon_rad / UNIT_DEG);
        if (!isnan(g->at.alt_m))
            fprintf(out, "%.0f", g->at.alt_m);
        fprintf(out, ",%s,%s,%s\n", track_name(v, g->before), track_name(v, g->after), same_number(g));
    }
}

static json_t *gap_json(const struct verdict *v, const struct continuity_gap *g)
{
    json_t *o = json_pack("{s:s, s:f, s:f, s:f, s:s, s:f, s:f}", "target_id", v->truth->states.name[g->target], "start_s", g->start_s, "end_s", g->end_s, "seen_s",
                          g->seen_s, "cause", cause_of(v, g), "lat", g->at.lat_rad / UNIT_DEG, "lon", g->at.lon_rad / UNIT_DEG);
    json_object_set_new(o, "alt_m", isnan(g->at.alt_m) ? json_null() : json_real(g->at.alt_m));
    json_object_set_new(o, "track_before", g->before == MATCH_NONE ? json_null() : json_string(track_name(v, g->before)));
    json_object_set_new(o, "track_after", g->after == MATCH_NONE ? json_null() : json_string(track_name(v, g->after)));
    json_object_set_new(o, "same_number", same_number(g)[0] ? json_boolean(g->before == g->after) : json_null());
    return o;
}

/* ---- text ---- */

static void number_text(double value, char *out, size_t size)
{
    if (isnan(value))
        snprintf(out, size, "-");
    else if (value == floor(value) && fabs(value) < 1e9)
        snprintf(out, size, "%.0f", value);
    else
        snprintf(out, size, "%.4f", value);
}

static void slices_text(const struct verdict *v, FILE *out)
{
    static const struct {
        const char *head;
        enum score_measure measure;
    } columns[] = {{"aircraft", SCORE_targets},     {"complete", SCORE_siap_completeness}, {"ambiguity", SCORE_siap_ambiguity}, {"RMS m", SCORE_pos_rms_m},
                   {"p95 m", SCORE_pos_p95_m},      {"switches", SCORE_id_switches},       {"breaks", SCORE_breaks},            {"delay s", SCORE_init_delay_mean_s},
                   {"updates", SCORE_update_share}, {"long gaps", SCORE_long_gap_share}};
    fprintf(out, "\n%-24s", "slice");
    for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++)
        fprintf(out, " %10s", columns[c].head);
    fputc('\n', out);
    for (unsigned i = 0; i < v->slices; i++) {
        fprintf(out, "%-24s", v->slice[i].name);
        for (size_t c = 0; c < sizeof columns / sizeof columns[0]; c++) {
            char number[40];
            number_text(v->slice[i].value[columns[c].measure], number, sizeof number);
            fprintf(out, " %10s", number);
        }
        fputc('\n', out);
    }
}

/* ---- gaps, for people ---- */

#define CAUSES 32
#define LONGEST 10

struct cause {
    const char *name;
    unsigned gaps;
    double seconds, longest_s;
};

static int by_seconds(const void *a, const void *b)
{
    const struct cause *p = a, *q = b;
    return (p->seconds < q->seconds) - (p->seconds > q->seconds);
}

static void causes_text(const struct verdict *v, FILE *out)
{
    struct cause cause[CAUSES] = {{0}};
    unsigned causes = 0;
    for (size_t i = 0; i < v->gaps; i++) {
        double lasted_s = v->gap[i].end_s - v->gap[i].start_s;
        const char *name = cause_of(v, &v->gap[i]);
        unsigned c = 0;
        while (c < causes && strcmp(cause[c].name, name) != 0)
            c++;
        if (c == CAUSES)
            continue;
        causes += c == causes;
        cause[c] = (struct cause){name, cause[c].gaps + 1, cause[c].seconds + lasted_s, fmax(cause[c].longest_s, lasted_s)};
    }
    qsort(cause, causes, sizeof *cause, by_seconds);
    fprintf(out, "\n%-24s %10s %10s %10s\n", "why there was no track", "gaps", "s in all", "longest s");
    for (unsigned c = 0; c < causes; c++)
        fprintf(out, "%-24s %10u %10.0f %10.0f\n", cause[c].name, cause[c].gaps, cause[c].seconds, cause[c].longest_s);
}

static int by_length(const void *a, const void *b)
{
    const struct continuity_gap *const *p = a, *const *q = b;
    double x = (*p)->end_s - (*p)->start_s, y = (*q)->end_s - (*q)->start_s;
    return (x < y) - (x > y);
}

static void longest_text(const struct verdict *v, FILE *out)
{
    const struct continuity_gap **order = calloc(v->gaps + 1, sizeof(struct continuity_gap *));
    for (size_t i = 0; order && i < v->gaps; i++)
        order[i] = &v->gap[i];
    if (order)
        qsort(order, v->gaps, sizeof(struct continuity_gap *), by_length);
    fprintf(out, "\n%-12s %10s %8s %9s %10s %7s  %-12s %s\n", "longest gaps of", "from", "s", "lat", "lon", "alt m", "why", "track before, after");
    for (size_t i = 0; order && i < v->gaps && i < LONGEST; i++) {
        const struct continuity_gap *g = order[i];
        fprintf(out, "%-15s %10.0f %8.0f %9.3f %10.3f %7.0f  %-12s %s, %s\n", v->truth->states.name[g->target], g->start_s, g->end_s - g->start_s,
                g->at.lat_rad / UNIT_DEG, g->at.lon_rad / UNIT_DEG, g->at.alt_m, cause_of(v, g), g->before == MATCH_NONE ? "none" : track_name(v, g->before),
                g->after == MATCH_NONE ? "none" : track_name(v, g->after));
    }
    free(order);
}

static void require_text(const struct verdict *v, FILE *out)
{
    fputc('\n', out);
    for (unsigned i = 0; i < v->require->limits; i++) {
        const struct require_limit *l = &v->require->limit[i];
        char number[40];
        number_text(verdict_value(v, l->slice, l->measure), number, sizeof number);
        fprintf(out, "%s  %s %s %s:", kept(v, l) ? "kept  " : "FAILED", l->slice, score_row[l->measure].name, number);
        if (isfinite(l->min))
            fprintf(out, " at least %g", l->min);
        if (isfinite(l->max))
            fprintf(out, "%s at most %g", isfinite(l->min) ? "," : "", l->max);
        fputc('\n', out);
    }
}

void verdict_text(const struct verdict *v, FILE *out)
{
    for (int m = 0; m < SCORE_COUNT; m++) {
        char number[40];
        number_text(v->slice[0].value[m], number, sizeof number);
        fprintf(out, "%-30s %14s  %s\n", score_row[m].name, number, score_row[m].help);
    }
    fprintf(out, "%-30s %14zu  times that an aircraft in the air had no track (--gaps lists them)\n", "gaps", v->gaps);
    if (v->inexact)
        fprintf(out, "%-30s %14llu  groups of aircraft too dense to be assigned optimally\n", "inexact", (unsigned long long)v->inexact);
    if (v->slices > 1)
        slices_text(v, out);
    if (v->gaps > 0) {
        causes_text(v, out);
        longest_text(v, out);
    }
    if (v->require)
        require_text(v, out);
}

void verdict_csv(const struct verdict *v, FILE *out)
{
    fputs("slice,measure,value\n", out);
    for (unsigned i = 0; i < v->slices; i++)
        for (int m = 0; m < SCORE_COUNT; m++)
            if (!isnan(v->slice[i].value[m]))
                fprintf(out, "%s,%s,%.10g\n", v->slice[i].name, score_row[m].name, v->slice[i].value[m]);
}

/* ---- JSON ---- */

static json_t *number_json(double value)
{
    if (isnan(value) || isinf(value))
        return json_null();
    return value == floor(value) && fabs(value) < 1e15 ? json_integer((json_int_t)value) : json_real(value);
}

static json_t *limit_json(const struct verdict *v, const struct require_limit *l)
{
    json_t *o = json_pack("{s:s, s:s, s:b}", "slice", l->slice, "measure", score_row[l->measure].name, "kept", kept(v, l));
    json_object_set_new(o, "min", number_json(l->min));
    json_object_set_new(o, "max", number_json(l->max));
    json_object_set_new(o, "value", number_json(verdict_value(v, l->slice, l->measure)));
    return o;
}

void verdict_json(const struct verdict *v, FILE *out)
{
    json_t *root = json_object(), *slices = json_object(), *gaps = json_array(), *limits = json_array();
    for (unsigned i = 0; i < v->slices; i++) {
        json_t *measures = json_object();
        for (int m = 0; m < SCORE_COUNT; m++)
            json_object_set_new(measures, score_row[m].name, number_json(v->slice[i].value[m]));
        json_object_set_new(slices, v->slice[i].name, measures);
    }
    for (size_t i = 0; i < v->gaps; i++)
        json_array_append_new(gaps, gap_json(v, &v->gap[i]));
    for (unsigned i = 0; v->require && i < v->require->limits; i++)
        json_array_append_new(limits, limit_json(v, &v->require->limit[i]));
    json_object_set_new(root, "slices", slices);
    json_object_set_new(root, "gaps", gaps);
    json_object_set_new(root, "inexact", json_integer((json_int_t)v->inexact));
    json_object_set_new(root, "require", limits);
    json_dumpf(root, out, JSON_INDENT(1) | JSON_REAL_PRECISION(10));
    fputc('\n', out);
    json_decref(root);
}
