/* serve: the loop, and the answers out of sets of sensors; the rings are serve_rings.c. */
#include "sim/serve.h"

#include "base/unit.h"
#include "coverage/gap.h"
#include "proto/web.pb-c.h"
#include "sim/serve_rings.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define MESSAGE_MAX 65536u
#define GAPS_SAID 20
#define TEXT 256

struct server {
    const struct study_request *request;
    struct study *study;
    bool *set, *other;
    uint8_t *before; /* counts of the asked kind and layer in the other set */
    struct figures *figures, *than;
};

/* Cells of a scope in the asked layer, and those seen by at least n + 1. volume_measure knows more, of all layers, and takes a third of a second. */
struct figures {
    uint32_t whole, folds[VOLUME_FOLDS];
};

/* What an answer's pointers lead to, while it is packed. */
struct answer {
    Airseam__Web__Coverage message;
    Airseam__Web__Rings rings[VOLUME_FOLDS + 4], *fold[VOLUME_FOLDS];
    Airseam__Web__CoverageFigure figure[STUDY_SCOPES], *figures[STUDY_SCOPES];
    Airseam__Web__CoverageGap gap[GAPS_SAID], *gaps[GAPS_SAID];
    uint32_t permille[STUDY_SCOPES][2][VOLUME_FOLDS], *source;
    char *layer[REGION_LAYERS], layer_text[REGION_LAYERS][24], basis[TEXT], error[TEXT];
};

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- sets ---- */

static void take_out(const struct study *s, const uint32_t *out, size_t outs, bool *set)
{
    for (size_t k = 0; k < outs; k++)
        for (uint32_t i = 0; i < s->sensors; i++)
            if (s->sensor[i].site.source == out[k])
                set[i] = false;
}

/* NULL, or what is wrong with the terms. */
static const char *choose(const struct server *v, const char *where, const Airseam__Web__CoverageAsk *a, bool comparing, bool *set)
{
    const struct study *s = v->study;
    const char *usual = v->request->where ? v->request->where : v->request->scenario.where[0] ? v->request->scenario.where : STUDY_ACTIVE;
    unsigned n;

    memset(set, 0, s->sensors * sizeof *set);
    if (!study_select(s, where[0] ? where : usual, true, set, &n))
        return "these terms are not understood";
    if (n == 0)
        return "no sensor is like that";
    for (size_t i = 0; i < a->n_without; i++)
        if (!study_select(s, a->without[i], false, set, &n))
            return "these terms are not understood";
    take_out(s, comparing ? a->compare_out : a->out, comparing ? a->n_compare_out : a->n_out, set);
    return NULL;
}

static void measure(const struct server *v, const Airseam__Web__CoverageAsk *a, struct figures *tables)
{
    const struct study *s = v->study;
    const uint8_t *count = s->volume->count[a->replies ? SIGHT_REPLY : SIGHT_ECHO] + a->layer;

    memset(tables, 0, s->scopes * sizeof *tables);
    for (uint32_t i = 0; i < s->region->cells; i++) {
        if (region_height_m(&s->region->cell[i], &region_layer[a->layer]) < 0)
            continue;
        for (const int8_t *scope = s->of[i]; *scope >= 0; scope++) {
            tables[*scope].whole++;
            for (int n = 0; n < VOLUME_FOLDS; n++)
                tables[*scope].folds[n] += count[(size_t)i * REGION_LAYERS] > n;
        }
    }
}

static uint32_t permille(const struct figures *f, int n)
{
    return f->whole > 0 ? (uint32_t)lround(1000.0 * f->folds[n] / f->whole) : 0;
}

/* ---- what is said ---- */

static void say_figures(const struct server *v, const Airseam__Web__CoverageAsk *a, struct answer *o)
{
    for (unsigned i = 0; i < v->study->scopes; i++) {
        const struct figures *f = &v->figures[i], *than = &v->than[i];
        Airseam__Web__CoverageFigure *out = &o->figure[i];

        airseam__web__coverage_figure__init(out);
        out->scope = v->study->scope[i];
        out->area_km2 = (uint32_t)lround(f->whole * v->study->region->cell_m2 * 1e-6);
        for (int n = 0; n < VOLUME_FOLDS; n++) {
            o->permille[i][0][n] = permille(f, n);
            o->permille[i][1][n] = permille(than, n);
        }
        out->fold_permille = o->permille[i][0];
        out->n_fold_permille = VOLUME_FOLDS;
        out->other_permille = o->permille[i][1];
        out->n_other_permille = a->comparing ? VOLUME_FOLDS : 0;
        o->figures[i] = out;
    }
    o->message.figure = o->figures;
    o->message.n_figure = v->study->scopes;
}

static void say_gaps(const struct server *v, const Airseam__Web__CoverageAsk *a, struct answer *o)
{
    struct gaps *g = gap_new(v->study->volume, a->replies ? SIGHT_REPLY : SIGHT_ECHO, 1u << a->layer, GAPS_SAID);

    for (uint32_t i = 0; g && i < g->kept; i++) {
        const struct region_cell *c = &v->study->region->cell[g->gap[i].centre];
        Airseam__Web__CoverageGap *out = &o->gap[i];

        airseam__web__coverage_gap__init(out);
        out->lat_e4 = (int32_t)lround(c->lat_rad / UNIT_DEG * 1e4);
        out->lon_e4 = (int32_t)lround(c->lon_rad / UNIT_DEG * 1e4);
        out->area_km2 = (uint32_t)lround(g->gap[i].area_m2 * 1e-6);
        out->width_m = (uint32_t)lround(2 * g->gap[i].radius_m);
        o->gaps[o->message.n_greatest++] = out;
    }
    o->message.greatest = o->gaps;
    gap_free(g);
}

static bool say_rings(const struct server *v, const Airseam__Web__CoverageAsk *a, struct answer *o)
{
    int kind = a->replies ? SIGHT_REPLY : SIGHT_ECHO;
    struct serve_set set = {.study = v->study, .kind = kind, .layer = (int)a->layer, .before = v->before};
    bool good = true;

    for (int n = 0; n < VOLUME_FOLDS && good; n++) {
        set.what = SERVE_FOLD;
        set.least = n + 1;
        good = serve_rings(&set, &o->rings[n]);
        o->fold[n] = &o->rings[n];
    }
    o->message.fold = o->fold;
    o->message.n_fold = VOLUME_FOLDS;
    set.what = SERVE_GAP;
    good = good && serve_rings(&set, o->message.gap = &o->rings[VOLUME_FOLDS]);
    set.what = SERVE_REGION;
    good = good && serve_rings(&set, o->message.region = &o->rings[VOLUME_FOLDS + 1]);
    if (a->comparing) {
        set.what = SERVE_GAINED;
        good = good && serve_rings(&set, o->message.gained = &o->rings[VOLUME_FOLDS + 2]);
        set.what = SERVE_LOST;
        good = good && serve_rings(&set, o->message.lost = &o->rings[VOLUME_FOLDS + 3]);
    }
    return good;
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void say_basis(const struct server *v, struct answer *o)
{
    const struct study_settings *s = &v->study->settings;
    bool smooth = strcmp(s->terrain, "none") == 0;

    o->source = malloc((v->study->sensors + 1u) * sizeof *o->source);
    for (uint32_t i = 0; o->source && i < v->study->sensors; i++)
        o->source[o->message.n_sensor++] = v->study->sensor[i].site.source;
    if (o->source)
        qsort(o->source, o->message.n_sensor, sizeof *o->source, by_value);
    for (size_t i = o->message.n_sensor; o->source && i-- > 1;)
        o->source[i] -= o->source[i - 1];
    o->message.sensor = o->source;
    snprintf(o->basis, sizeof o->basis, "%s, k %.4g, %.3g m2, Pd %.3g, cells of %.3g NM", smooth ? "SMOOTH EARTH" : "terrain", s->k, s->target.rcs_m2,
             s->target.detection, s->cell_nm);
    o->message.basis = o->basis;
    for (int i = 0; i < REGION_LAYERS; i++) {
        snprintf(o->layer_text[i], sizeof o->layer_text[i], "%s", region_layer[i].name);
        o->layer[i] = o->layer_text[i];
    }
    o->message.layer_name = o->layer;
    o->message.n_layer_name = REGION_LAYERS;
}

/* ---- an answer ---- */

/* The other set first, so that the volume ends as the set that is asked for, and the next question differs little from it. */
static const char *compute(struct server *v, const Airseam__Web__CoverageAsk *a, struct answer *o)
{
    struct study *s = v->study;
    int kind = a->replies ? SIGHT_REPLY : SIGHT_ECHO;
    const char *why = NULL;

    if (a->layer >= REGION_LAYERS)
        return "there is no such layer";
    if (a->comparing && (why = choose(v, a->compare, a, true, v->other)) != NULL)
        return why;
    if ((why = choose(v, a->where, a, false, v->set)) != NULL)
        return why;
    if (a->comparing) {
        study_put(s, v->other);
        measure(v, a, v->than);
        for (uint32_t i = 0; i < s->region->cells; i++)
            v->before[i] = s->volume->count[kind][(size_t)i * REGION_LAYERS + a->layer];
    }
    study_put(s, v->set);
    measure(v, a, v->figures);
    say_figures(v, a, o);
    say_gaps(v, a, o);
    return say_rings(v, a, o) ? NULL : "memory is short";
}

static bool write_message(const Airseam__Web__Coverage *m)
{
    size_t size = airseam__web__coverage__get_packed_size(m);
    uint8_t *bytes = malloc(size + 4);
    bool good = bytes != NULL;

    for (unsigned i = 0; good && i < 4; i++)
        bytes[i] = (uint8_t)(size >> (8 * i));
    if (good)
        airseam__web__coverage__pack(m, bytes + 4);
    good = good && fwrite(bytes, 1, size + 4, stdout) == size + 4 && fflush(stdout) == 0;
    free(bytes);
    return good;
}

static bool answer(struct server *v, const Airseam__Web__Ask *ask)
{
    struct answer *o = calloc(1, sizeof *o);
    double began = now_s();
    const char *why;
    bool good;

    if (!o)
        return false;
    airseam__web__coverage__init(&o->message);
    o->message.ask = ask->id;
    o->message.layer = ask->coverage->layer;
    o->message.replies = ask->coverage->replies;
    say_basis(v, o);
    why = compute(v, ask->coverage, o);
    snprintf(o->error, sizeof o->error, "%s", why ? why : "");
    o->message.error = o->error;
    o->message.took_ms = (uint32_t)lround((now_s() - began) * 1000);
    good = write_message(&o->message);
    for (unsigned i = 0; i < sizeof o->rings / sizeof o->rings[0]; i++)
        serve_rings_free(&o->rings[i]);
    free(o->source);
    free(o);
    return good;
}

/* ---- the loop ---- */

/* The next message; NULL at the end, or when there is sense in it no more. */
static Airseam__Web__Ask *read_message(uint8_t *room)
{
    uint8_t head[4];
    uint32_t size;

    if (fread(head, 1, 4, stdin) != 4)
        return NULL;
    size = head[0] | (uint32_t)head[1] << 8 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 24;
    return size <= MESSAGE_MAX && fread(room, 1, size, stdin) == size ? airseam__web__ask__unpack(NULL, size, room) : NULL;
}

int serve(const struct study_request *request, struct study *study)
{
    size_t rows = study->scopes;
    struct server v = {.request = request, .study = study, .set = calloc(study->sensors + 1u, sizeof(bool)), .other = calloc(study->sensors + 1u, sizeof(bool)),
                       .before = calloc(study->region->cells + 1u, 1), .figures = calloc(rows, sizeof *v.figures), .than = calloc(rows, sizeof *v.than)};
    uint8_t *room = malloc(MESSAGE_MAX);
    bool good = v.set && v.other && v.before && v.figures && v.than && room;
    Airseam__Web__Ask *ask;

    if (!good)
        verb_error(request->verb, "memory is short");
    while (good && (ask = read_message(room)) != NULL) {
        good = ask->coverage && answer(&v, ask);
        airseam__web__ask__free_unpacked(ask, NULL);
    }
    free(v.set);
    free(v.other);
    free(v.before);
    free(v.figures);
    free(v.than);
    free(room);
    return good ? VERB_DONE : VERB_FAILED;
}
