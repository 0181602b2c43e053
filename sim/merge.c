/* One unit of every input is held ready; the earliest goes first. With the few inputs there are, looking at all is quicker than a heap. */
#include "sim/merge.h"

#include "base/err.h"
#include "wire/csv.h"
#include "wire/envelope.h"
#include <stdlib.h>

struct source {
    struct input *in;
    struct unit_time time; /* ASTERIX without arrival */
    struct csv csv;
    bool ready, ended;
    struct framing_unit unit;
    struct instant key;
};

struct merge {
    struct instant date;
    struct asterix_editions editions;
    int inputs;
    struct source source[MERGE_INPUTS];
};

struct merge *merge_new(struct instant date, const struct asterix_editions *editions)
{
    struct merge *m = calloc(1, sizeof *m);
    if (m) {
        m->date = instant_is_set(date) ? date : (struct instant){0};
        m->editions = *editions;
    }
    return m;
}

void merge_free(struct merge *m)
{
    if (!m)
        return;
    for (int i = 0; i < m->inputs; i++)
        input_close(m->source[i].in);
    free(m);
}

int merge_add(struct merge *m, struct input *in)
{
    if (m->inputs == MERGE_INPUTS)
        return ERR_FULL;
    struct source *s = &m->source[m->inputs];
    s->in = in;
    s->key = INSTANT_NONE;
    unit_time_init(&s->time, m->date);
    s->time.editions = m->editions;
    return m->inputs++;
}

static struct instant line_time(const struct merge *m, struct source *s, const struct framing_unit *u)
{
    struct text line = {(const char *)u->bytes, u->size};
    struct csv_row row;
    unsigned column;
    if (csv_is_header(&line)) {
        csv_header(&s->csv, line, &column);
        return INSTANT_NONE;
    }
    if (s->csv.fields == 0 || csv_line(&s->csv, line, &row, &column) < 0)
        return INSTANT_NONE;
    double seconds = row.has >> CSV_arrival_s & 1 ? row.value[CSV_arrival_s] : row.value[CSV_time_s];
    return seconds > -1e9 && seconds < 1e9 ? instant_add(m->date, seconds) : INSTANT_NONE;
}

static struct instant time_of(const struct merge *m, struct source *s, const struct framing_unit *u)
{
    struct envelope envelope;
    if (instant_is_set(u->arrival))
        return u->arrival;
    if (input_kind(s->in) == FRAMING_LINES)
        return line_time(m, s, u);
    if (input_kind(s->in) == FRAMING_PB)
        return envelope_decode(u->bytes, u->size, &envelope) == 0 ? envelope.instant : INSTANT_NONE;
    return unit_time_next(&s->time, u->bytes, u->size);
}

/* 0, or a fault. */
static int make_ready(const struct merge *m, struct source *s, struct framing_fault *fault)
{
    int code = input_next(s->in, &s->unit, fault);
    if (code < 0)
        return code;
    s->ready = code > 0;
    s->ended = code == 0;
    if (s->ready) {
        struct instant at = time_of(m, s, &s->unit);
        s->key = at.ns > s->key.ns ? at : s->key;
    }
    return 0;
}

int merge_next(struct merge *m, struct merge_unit *out, struct framing_fault *fault, int *input)
{
    struct source *best = NULL;
    for (int i = 0; i < m->inputs; i++) {
        struct source *s = &m->source[i];
        if (!s->ready && !s->ended) {
            int code = make_ready(m, s, fault);
            *input = i;
            if (code < 0)
                return code;
        }
        if (s->ready && (!best || instant_before(s->key, best->key)))
            best = s;
    }
    if (!best)
        return 0;
    best->ready = false;
    *out = (struct merge_unit){best->unit, (int)(best - m->source), best->key};
    return 1;
}

const struct input *merge_input(const struct merge *m, int index)
{
    return m->source[index].in;
}

int merge_inputs(const struct merge *m)
{
    return m->inputs;
}

uint64_t merge_done(const struct merge *m)
{
    uint64_t sum = 0;
    for (int i = 0; i < m->inputs; i++)
        sum += input_done(m->source[i].in);
    return sum;
}

uint64_t merge_size(const struct merge *m)
{
    uint64_t sum = 0;
    for (int i = 0; i < m->inputs; i++) {
        if (input_size(m->source[i].in) == 0)
            return 0;
        sum += input_size(m->source[i].in);
    }
    return sum;
}
