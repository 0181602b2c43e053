/* Two forms of the same numbers. Counters come from their own rows (PICTURE_COUNTERS, DECODER_COUNTERS). */
#include "sim/summary.h"

#include <inttypes.h>
#include <jansson.h>
#include <string.h>

static struct summary_fault *fault_row(struct summary *s, const char *what, int feed)
{
    for (unsigned i = 0; i < s->faults; i++)
        if (s->fault[i].what == what && s->fault[i].feed == feed)
            return &s->fault[i];
    if (s->faults == SUMMARY_FAULTS)
        return &s->fault[SUMMARY_FAULTS - 1]; /* the last row gathers what has no row of its own */
    s->fault[s->faults] = (struct summary_fault){.what = what, .feed = feed};
    return &s->fault[s->faults++];
}

static void count(struct summary_fault *f, bool at_offset, uint64_t offset)
{
    if (at_offset && f->count < SUMMARY_PLACES)
        f->place[f->count] = offset;
    f->at_offset = at_offset;
    f->count++;
}

static void count_unknown(struct summary *s, uint16_t source)
{
    unsigned i = 0;
    while (i < s->unknowns && s->unknown[i].source != source)
        i++;
    if (i == SUMMARY_UNKNOWN)
        return;
    if (i == s->unknowns)
        s->unknown[s->unknowns++].source = source;
    s->unknown[i].count++;
}

void summary_notice(struct summary *s, int feed, const struct notice *n)
{
    if (n->kind == NOTICE_SOURCE_UNKNOWN) {
        count_unknown(s, n->source);
        return;
    }
    bool at_offset = n->kind == NOTICE_RECORD_BAD || n->kind == NOTICE_BLOCK_BAD;
    struct summary_fault *f = fault_row(s, notice_text(n->kind), feed);
    if (f->count == 0) {
        f->a = n->a;
        f->b = n->b;
    }
    count(f, at_offset, at_offset && n->a >= 0 ? (uint64_t)n->a : 0);
}

void summary_fault(struct summary *s, int feed, const struct framing_fault *f)
{
    count(fault_row(s, f->expected, feed), true, f->offset);
}

static struct decoder_counters total(const struct engine *e)
{
    struct decoder_counters sum = {0};
    for (int i = 0; i < engine_feeds(e); i++) {
        struct engine_feed_state state;
        engine_feed_state(e, i, &state);
#define X(name, help) sum.name += state.decoder.name;
        DECODER_COUNTERS(X)
#undef X
    }
    return sum;
}

static uint64_t records_of(const struct engine *e, unsigned category)
{
    uint64_t sum = 0;
    for (int i = 0; i < engine_feeds(e); i++)
        sum += engine_records(e, i, (uint8_t)category);
    return sum;
}

static double per_second(uint64_t plots, double seconds)
{
    return seconds > 0 ? (double)plots / seconds : 0.0;
}

/* ---- text ---- */

static void print_faults(const struct summary *s, const struct engine *e, FILE *out)
{
    for (unsigned i = 0; i < s->faults; i++) {
        const struct summary_fault *f = &s->fault[i];
        fprintf(out, "notice     %" PRIu64 " times: %s: ", f->count, f->what);
        if (f->at_offset) {
            fprintf(out, "at octet");
            for (unsigned k = 0; k < SUMMARY_PLACES && k < f->count; k++)
                fprintf(out, "%s %" PRIu64, k ? "," : "", f->place[k]);
            fprintf(out, f->count > SUMMARY_PLACES ? ", ..." : "");
        } else
            fprintf(out, "first %g, %g", f->a, f->b);
        if (f->feed >= 0 && engine_feeds(e) > 1)
            fprintf(out, " of %s", engine_feed_name(e, f->feed));
        fputc('\n', out);
    }
}

static void print_sensors(const struct engine *e, FILE *out)
{
    const struct picture *p = engine_picture(e);
    struct picture_sensor k;
    for (uint32_t i = 0; i < picture_sensors(p); i++)
        if (picture_sensor(p, i, &k) && k.plots + k.services)
            fprintf(out, "sensor     %u/%u %s: %" PRIu64 " plots, %" PRIu64 " used, %" PRIu64 " service messages, period %.2f s\n",
                    k.site.source >> 8u, k.site.source & 255u, k.site.name, k.plots, k.used, k.services, k.period_s);
}

static void print_unknown(const struct summary *s, FILE *out)
{
    for (unsigned i = 0; i < s->unknowns; i++)
        fprintf(out, "unknown    %d/%d: %" PRIu64 " reports of a sensor that is not known (--site, --config)\n", s->unknown[i].source >> 8,
                s->unknown[i].source & 255, s->unknown[i].count);
}

void summary_print(const struct summary *s, const struct engine *e, const struct merge *m, const struct continuity *c, FILE *out)
{
    const struct picture_counters p = picture_counters(engine_picture(e));
    const struct decoder_counters d = total(e);
    char first[40] = "none", last[40] = "none";
    for (int i = 0; i < merge_inputs(m); i++)
        fprintf(out, "input      %s (%s)\n", input_path(merge_input(m, i)), framing_name(input_kind(merge_input(m, i))));
    if (instant_is_set(s->first))
        instant_print(s->first, first, sizeof first);
    if (instant_is_set(s->last))
        instant_print(s->last, last, sizeof last);
    fprintf(out, "time       %s to %s\n", first, last);
    fprintf(out, "records    %" PRIu64 " in %" PRIu64 " units, %" PRIu64 " refused, %" PRIu64 " blocks refused\n", d.records, d.units, d.records_bad, d.blocks_bad);
    for (unsigned i = 0; i < 256; i++)
        if (records_of(e, i))
            fprintf(out, "           category %03u: %" PRIu64 "\n", i, records_of(e, i));
    print_faults(s, e, out);
    print_sensors(e, out);
    print_unknown(s, out);
    fprintf(out, "plots      %" PRIu64 ": %" PRIu64 " updated tracks, %" PRIu64 " began tracks, %" PRIu64 " left, %" PRIu64 " of unknown sensors, %" PRIu64 " late\n",
            p.plots, p.plots_used, p.plots_started, p.plots_left, p.plots_unknown, p.plots_late);
    fprintf(out, "tracks     %" PRIu64 " confirmed, %" PRIu64 " dropped, %u at the end\n", p.tracks_new, p.tracks_dropped, p.tracks_confirmed);
    if (c) {
        fprintf(out, "continuity\n");
        continuity_print(c, out);
    }
    if (s->cat062_records)
        fprintf(out, "cat062     %" PRIu64 " records\n", s->cat062_records);
    if (p.plans || p.transponders_silent)
        fprintf(out, "plans      %" PRIu64 " messages, %u held, %" PRIu64 " found their track; %" PRIu64 " transponders fell silent\n", p.plans, p.plans_held,
                p.plans_correlated, p.transponders_silent);
    fprintf(out, "digest     %016" PRIx64 "%s\n", s->digest, s->end_differs ? ", and the tape ends in another one" : s->has_end ? ", as on the tape" : "");
    fprintf(out, "speed      %.2f s, %.0f plots/s\n", s->seconds, per_second(p.plots, s->seconds));
}

/* ---- JSON ---- */

static json_t *counters_json(const struct engine *e)
{
    const struct picture_counters p = picture_counters(engine_picture(e));
    const struct decoder_counters d = total(e);
    json_t *picture = json_object(), *decoder = json_object(), *categories = json_object();
    char name[8];
#define X(name, help) json_object_set_new(picture, #name, json_integer((json_int_t)p.name));
    PICTURE_COUNTERS(X)
#undef X
    json_object_set_new(picture, "tracks_confirmed", json_integer(p.tracks_confirmed));
    json_object_set_new(picture, "tracks_tentative", json_integer(p.tracks_tentative));
    json_object_set_new(picture, "plans_held", json_integer(p.plans_held));
#define X(name, help) json_object_set_new(decoder, #name, json_integer((json_int_t)d.name));
    DECODER_COUNTERS(X)
#undef X
    for (unsigned i = 0; i < 256; i++) {
        snprintf(name, sizeof name, "%03u", i);
        if (records_of(e, i))
            json_object_set_new(categories, name, json_integer((json_int_t)records_of(e, i)));
    }
    return json_pack("{s:o, s:o, s:o}", "categories", categories, "decoder", decoder, "picture", picture);
}

static json_t *faults_json(const struct summary *s, const struct engine *e)
{
    json_t *rows = json_array();
    for (unsigned i = 0; i < s->faults; i++) {
        const struct summary_fault *f = &s->fault[i];
        json_t *row = json_pack("{s:s, s:I, s:f, s:f}", "what", f->what, "count", (json_int_t)f->count, "a", f->a, "b", f->b);
        json_t *places = json_array();
        for (unsigned k = 0; f->at_offset && k < SUMMARY_PLACES && k < f->count; k++)
            json_array_append_new(places, json_integer((json_int_t)f->place[k]));
        json_object_set_new(row, "offsets", places);
        if (f->feed >= 0)
            json_object_set_new(row, "feed", json_string(engine_feed_name(e, f->feed)));
        json_array_append_new(rows, row);
    }
    return rows;
}

static json_t *sensors_json(const struct picture *p)
{
    json_t *rows = json_array();
    struct picture_sensor k;
    for (uint32_t i = 0; i < picture_sensors(p); i++)
        if (picture_sensor(p, i, &k) && k.plots + k.services)
            json_array_append_new(rows, json_pack("{s:i, s:i, s:s, s:I, s:I, s:I, s:f, s:f, s:f, s:f}", "sac", k.site.source >> 8, "sic",
                                                  k.site.source & 255, "name", k.site.name, "plots", (json_int_t)k.plots, "used", (json_int_t)k.used,
                                                  "services", (json_int_t)k.services, "period_s", k.period_s, "latency_s", k.latency_s,
                                                  "residual_range_m", k.residual_range_m, "residual_azimuth_rad", k.residual_azimuth_rad));
    return rows;
}

void summary_json(const struct summary *s, const struct engine *e, const struct merge *m, const struct continuity *c, FILE *out)
{
    json_t *all = counters_json(e), *inputs = json_array();
    char text[40];
    for (int i = 0; i < merge_inputs(m); i++)
        json_array_append_new(inputs, json_pack("{s:s, s:s}", "path", input_path(merge_input(m, i)), "container", framing_name(input_kind(merge_input(m, i)))));
    json_object_set_new(all, "inputs", inputs);
    if (instant_is_set(s->first) && instant_is_set(s->last)) {
        instant_print(s->first, text, sizeof text);
        json_object_set_new(all, "first", json_string(text));
        instant_print(s->last, text, sizeof text);
        json_object_set_new(all, "last", json_string(text));
    }
    json_object_set_new(all, "notices", faults_json(s, e));
    json_t *unknown = json_array();
    for (unsigned i = 0; i < s->unknowns; i++)
        json_array_append_new(unknown, json_pack("{s:i, s:i, s:I}", "sac", s->unknown[i].source >> 8, "sic", s->unknown[i].source & 255, "reports",
                                                 (json_int_t)s->unknown[i].count));
    json_object_set_new(all, "unknown_sensors", unknown);
    json_object_set_new(all, "sensors", sensors_json(engine_picture(e)));
    if (c)
        json_object_set_new(all, "continuity", continuity_json(c));
    snprintf(text, sizeof text, "%016" PRIx64, s->digest);
    json_object_set_new(all, "digest", json_string(text));
    if (s->has_end || s->end_differs)
        json_object_set_new(all, "digest_as_on_tape", json_boolean(!s->end_differs));
    json_object_set_new(all, "cat062_records", json_integer((json_int_t)s->cat062_records));
    json_object_set_new(all, "seconds", json_real(s->seconds));
    json_object_set_new(all, "plots_per_s", json_real(per_second(picture_counters(engine_picture(e)).plots, s->seconds)));
    json_dumpf(all, out, JSON_INDENT(2) | JSON_SORT_KEYS);
    fputc('\n', out);
    json_decref(all);
}
