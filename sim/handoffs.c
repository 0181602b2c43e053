#include "sim/handoffs.h"

#include "base/unit.h"
#include "sim/verb.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { JSON, HTML, WORST, OLDI, OPTIONS };
static const struct verb_option options[] = {
    [JSON] = {"json", NULL, "print JSON instead of tables"},
    [HTML] = {"html", "FILE", "write a page with tables and plots, too"},
    [WORST] = {"worst", "N", "list the N worst transfers [10]"},
    [OLDI] = {"oldi", NULL, "fail where OLDI's limits are not kept: 4 s in 90 %, 10 s in 99.8 %"},
    [OPTIONS] = {NULL, NULL, NULL},
};

/* ---- measures ---- */

static double between(struct instant from, struct instant to)
{
    return instant_is_set(from) && instant_is_set(to) ? instant_diff(to, from) : (double)NAN;
}

double handoffs_of(const struct diary_entry *e, enum handoffs_measure measure)
{
    const struct instant *t = e->stamp;
    bool voice = instant_is_set(e->agreed);
    struct instant taken = voice ? e->agreed : t[MESSAGE_ACCEPTED];

    switch (measure) {
    case HANDOFFS_SYSTEM: return voice ? (double)NAN : between(t[MESSAGE_INITIATED], t[MESSAGE_DISPLAYED]) + between(t[MESSAGE_ACCEPTED], t[MESSAGE_SEEN]);
    case HANDOFFS_HUMAN: return voice ? (double)NAN : between(t[MESSAGE_DISPLAYED], t[MESSAGE_ACCEPTED]);
    case HANDOFFS_TOTAL: return voice ? (double)NAN : between(t[MESSAGE_INITIATED], t[MESSAGE_SEEN]);
    case HANDOFFS_VOICE: return between(e->called, e->agreed);
    case HANDOFFS_MARGIN: return between(taken, t[MESSAGE_BOUNDARY]);
    case HANDOFFS_DISTANCE: return e->speed_mps * (voice ? between(e->called, e->agreed) : between(t[MESSAGE_INITIATED], t[MESSAGE_SEEN])) / UNIT_NM;
    case HANDOFFS_MEASURES_COUNT: break;
    }
    return NAN;
}

/* Nearest rank. */
double handoffs_percentile(const struct handoffs_pair *p, enum handoffs_measure measure, double part)
{
    unsigned n = p->count[measure];
    double rank = ceil(part * n);

    return n ? p->value[measure][rank < 1 ? 0 : (unsigned)rank - 1] : (double)NAN;
}

bool handoffs_keeps_oldi(const struct handoffs_pair *p)
{
    return p->count[HANDOFFS_SYSTEM] == 0 ||
           (handoffs_percentile(p, HANDOFFS_SYSTEM, 0.9) <= 4 && handoffs_percentile(p, HANDOFFS_SYSTEM, 0.998) <= 10);
}

static bool is_given(unsigned outcome)
{
    return outcome == MACHINE_ACCEPTED || outcome == MACHINE_FORCED || outcome == MACHINE_BY_VOICE;
}

/* ---- reading ---- */

static struct handoffs_pair *pair_of(struct handoffs *h, const struct diary_entry *e)
{
    unsigned i = 1;

    while (i < h->pairs && (strcmp(h->pair[i].from, e->centre) != 0 || strcmp(h->pair[i].to, e->with) != 0))
        i++;
    if (i == HANDOFFS_PAIRS)
        return NULL;
    if (i == h->pairs) {
        memcpy(h->pair[i].from, e->centre, sizeof h->pair[i].from);
        memcpy(h->pair[i].to, e->with, sizeof h->pair[i].to);
        h->pairs++;
    }
    return &h->pair[i];
}

static bool add_value(struct handoffs_pair *p, int measure, double value)
{
    unsigned n = p->count[measure];

    if (isnan(value))
        return true;
    if ((n & (n - 1)) == 0) { /* at every power of two there is no room left */
        double *more = realloc(p->value[measure], (n ? 2 * n : 1) * sizeof *more);
        if (!more)
            return false;
        p->value[measure] = more;
    }
    p->value[measure][p->count[measure]++] = value;
    return true;
}

static bool count(struct handoffs_pair *p, const struct diary_entry *e)
{
    double margin = handoffs_of(e, HANDOFFS_MARGIN);
    bool good = true;

    p->transfers++;
    p->outcome[e->outcome]++;
    p->late += is_given(e->outcome) ? margin < 0 : e->outcome == MACHINE_DROPPED || e->outcome == MACHINE_TIMED_OUT;
    p->other_number += is_given(e->outcome) && !e->same_track;
    for (int m = 0; m < HANDOFFS_MEASURES_COUNT; m++)
        good = add_value(p, m, handoffs_of(e, (enum handoffs_measure)m)) && good;
    return good;
}

static bool keep(struct handoffs *h, const struct diary_entry *e)
{
    struct handoffs_pair *pair = pair_of(h, e);

    if (h->entries == h->room) {
        size_t room = h->room ? 2 * h->room : 1024;
        struct diary_entry *more = realloc(h->entry, room * sizeof *more);
        if (!more)
            return false;
        h->entry = more;
        h->room = room;
    }
    h->entry[h->entries++] = *e;
    return count(&h->pair[0], e) && (!pair || count(pair, e));
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Those that were not taken first, then by margin, then by what they took. */
static int by_badness(const void *a, const void *b)
{
    const struct diary_entry *x = a, *y = b;
    double p = handoffs_of(x, HANDOFFS_MARGIN), q = handoffs_of(y, HANDOFFS_MARGIN);

    if (is_given(x->outcome) != is_given(y->outcome))
        return is_given(x->outcome) ? 1 : -1;
    if (isnan(p) != isnan(q))
        return isnan(p) ? -1 : 1;
    if (!isnan(p) && p != q)
        return p < q ? -1 : 1;
    return x->transfer != y->transfer ? (x->transfer < y->transfer ? -1 : 1) : 0;
}

static int by_name(const void *a, const void *b)
{
    const struct handoffs_pair *p = a, *q = b;
    int from = strcmp(p->from, q->from);

    return from ? from : strcmp(p->to, q->to);
}

static void put_in_order(struct handoffs *h)
{
    if (h->entries)
        qsort(h->entry, h->entries, sizeof *h->entry, by_badness);
    qsort(h->pair + 1, h->pairs - 1, sizeof *h->pair, by_name);
    for (unsigned i = 0; i < h->pairs; i++)
        for (int m = 0; m < HANDOFFS_MEASURES_COUNT; m++)
            if (h->pair[i].count[m])
                qsort(h->pair[i].value[m], h->pair[i].count[m], sizeof(double), by_value);
}

bool handoffs_read(struct handoffs *h, const char *path, const char *verb)
{
    FILE *in = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    char *line = NULL;
    size_t room = 0;
    bool good = true;

    *h = (struct handoffs){.path = path, .pairs = 1};
    if (!in) {
        fprintf(stderr, "airseam %s: %s: %s\n", verb, path, strerror(errno));
        return false;
    }
    for (unsigned number = 1; good && getline(&line, &room, in) >= 0; number++) {
        struct diary_entry e;
        unsigned column = 0;
        if (diary_parse((struct text){line, strcspn(line, "\r\n")}, &e, &column) != 0) {
            fprintf(stderr, "airseam %s: %s:%u:%u: expected an entry of a handoff log\n", verb, path, number, column);
            h->passed++;
            continue;
        }
        h->conflicts += e.kind == DIARY_CONFLICT;
        h->told += e.kind == DIARY_TOLD;
        if (e.kind == DIARY_CLOSED && e.side == MACHINE_SENDER)
            good = keep(h, &e);
    }
    if (!good)
        fprintf(stderr, "airseam %s: memory is short\n", verb);
    free(line);
    if (in != stdin)
        fclose(in);
    put_in_order(h);
    return good;
}

void handoffs_close(struct handoffs *h)
{
    for (unsigned i = 0; i < h->pairs; i++)
        for (int m = 0; m < HANDOFFS_MEASURES_COUNT; m++)
            free(h->pair[i].value[m]);
    free(h->entry);
}

/* ---- the verb ---- */

static int write_html(const struct verb *verb, const struct handoffs *logs, unsigned n, unsigned worst, const char *path)
{
    FILE *out = fopen(path, "w");

    if (!out)
        return verb_error(verb, "%s: %s", path, strerror(errno));
    handoffs_html(logs, n, worst, out);
    bool failed = ferror(out);
    return fclose(out) == 0 && !failed ? VERB_DONE : verb_error(verb, "%s: could not be written", path);
}

static int tell(const struct verb *verb, const struct handoffs *logs, unsigned n, const double worst, const char *html, bool json)
{
    int status = html ? write_html(verb, logs, n, (unsigned)worst, html) : VERB_DONE;

    if (!json) {
        handoffs_text(logs, n, (unsigned)worst, stdout);
        return status;
    }
    json_t *o = handoffs_json(logs, n, (unsigned)worst);
    status = o && json_dumpf(o, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(8)) == 0 ? status : VERB_FAILED;
    putchar('\n');
    json_decref(o);
    return status;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    static struct handoffs logs[HANDOFFS_LOGS];
    struct verb_args args = verb_args_init(verb, argc, argv);
    const char *html = NULL;
    unsigned n = 0;
    double worst = 10;
    bool json = false, oldi = false, keeps = true, good = true;
    int option;

    while (good && (option = verb_args_next(&args)) != VERB_END) {
        json = json || option == JSON;
        oldi = oldi || option == OLDI;
        html = option == HTML ? args.value : html;
        good = option != VERB_BAD && (option != WORST || verb_number(&args, "worst", 0, 100000, &worst));
        if (option == VERB_OPERAND && n == HANDOFFS_LOGS)
            good = verb_error(verb, "at most %d logs", HANDOFFS_LOGS) == VERB_DONE;
        else if (option == VERB_OPERAND)
            good = handoffs_read(&logs[n++], args.value, verb->name);
    }
    if (good && n == 0)
        good = verb_error(verb, "expected a log of handoffs (airseamd writes it where its settings say)") == VERB_DONE;
    int status = good ? tell(verb, logs, n, worst, html, json) : VERB_USAGE;
    for (unsigned i = 0; i < n; i++) {
        keeps = keeps && handoffs_keeps_oldi(&logs[i].pair[0]);
        handoffs_close(&logs[i]);
    }
    return status == VERB_DONE && oldi && !keeps ? VERB_FAILED : status;
}

const struct verb handoffs_verb = {"handoffs", "LOG...", "how aircraft were handed over: outcomes, times, the worst; several logs side by side", options, run};
