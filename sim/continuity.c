/* Plots and events are kept in lists that grow, and judged at the end by sorting: this is an account after the fact, not part of the pipeline. */
#include "sim/continuity.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct seen {
    uint32_t address, track; /* track: 0 none */
    uint16_t source;
    struct instant time;
};

struct taken {
    uint16_t source;
    bool has_address;
    uint32_t address, track;
    struct instant time; /* of the plot */
};

struct dropped {
    uint32_t track;
    struct instant at;
};

enum finding_kind { FINDING_SWITCH, FINDING_BREAK, FINDING_UNASSIGNED, FINDING_UNTRACKED, FINDING_GAP, FINDING_KINDS };
static const char *const finding_names[FINDING_KINDS] = {"switch", "break", "unassigned", "untracked", "gap"};

struct finding {
    uint8_t kind;
    uint32_t address, from, to; /* tracks; of UNTRACKED: plots in `from` */
    uint16_t source;
    double silence_s; /* since the address's plot before */
    struct instant time;
};

struct list {
    void *rows;
    size_t count, room, size;
};

struct continuity {
    double gap_s;
    struct list plots, events, drops, findings;
    struct continuity_account account;
};

/* A new row, zeroed. An account that lacks rows would be wrong, so memory that is short ends the program. */
static void *add(struct list *l, size_t size)
{
    if (l->count == l->room) {
        l->room = l->room ? 2 * l->room : 1024;
        l->rows = realloc(l->rows, l->room * size);
        assert(l->rows);
    }
    l->size = size;
    return memset((char *)l->rows + l->count++ * size, 0, size);
}

static void sort(struct list *l, int (*compare)(const void *, const void *))
{
    if (l->count)
        qsort(l->rows, l->count, l->size, compare);
}

struct continuity *continuity_new(double gap_s)
{
    struct continuity *c = calloc(1, sizeof *c);
    if (c)
        c->gap_s = gap_s;
    return c;
}

void continuity_free(struct continuity *c)
{
    if (!c)
        return;
    free(c->plots.rows);
    free(c->events.rows);
    free(c->drops.rows);
    free(c->findings.rows);
    free(c);
}

void continuity_report(struct continuity *c, const struct report *r)
{
    if (r->kind != REPORT_PLOT || !ident_has(&r->plot.ident, IDENT_MODE_S) || (r->plot.flags & PLOT_TEST))
        return;
    struct seen *s = add(&c->plots, sizeof *s);
    *s = (struct seen){.address = r->plot.ident.mode_s, .source = r->plot.source, .time = r->plot.time};
}

void continuity_event(struct continuity *c, const struct track_event *e)
{
    if (e->kind == TRACK_DROP) {
        struct dropped *d = add(&c->drops, sizeof *d);
        *d = (struct dropped){e->track.number, e->track.time};
        return;
    }
    if (e->track.sensors == 0)
        return;
    struct taken *t = add(&c->events, sizeof *t);
    *t = (struct taken){e->track.sensor[0].source, ident_has(&e->track.ident, IDENT_MODE_S), e->track.ident.mode_s, e->track.number, e->track.sensor[0].last};
}

/* ---- the account ---- */

static int order(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int by_source_and_time(const void *a, const void *b)
{
    const struct taken *x = a, *y = b;
    int c = order(x->source, y->source);
    c = c ? c : order(x->time.ns, y->time.ns);
    return c ? c : order(x->track, y->track);
}

static int by_address_and_time(const void *a, const void *b)
{
    const struct seen *x = a, *y = b;
    int c = order(x->address, y->address);
    c = c ? c : order(x->time.ns, y->time.ns);
    return c ? c : order(x->source, y->source);
}

static int by_track(const void *a, const void *b)
{
    const struct dropped *x = a, *y = b;
    int c = order(x->track, y->track);
    return c ? c : order(x->at.ns, y->at.ns);
}

/* The track that took a plot, 0 none. */
static uint32_t find_track(const struct continuity *c, const struct seen *s)
{
    const struct taken *rows = c->events.rows;
    size_t low = 0, high = c->events.count;
    const struct taken key = {.source = s->source, .time = s->time};
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_source_and_time(&rows[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    uint32_t without = 0;
    unsigned candidates = 0;
    for (; low < c->events.count && rows[low].source == s->source && rows[low].time.ns == s->time.ns; low++) {
        if (rows[low].has_address && rows[low].address == s->address)
            return rows[low].track;
        if (!rows[low].has_address) {
            without = rows[low].track;
            candidates++;
        }
    }
    return candidates == 1 ? without : 0;
}

/* The first drop of the track at or after `from`, INSTANT_NEVER when there is none. */
static struct instant dropped_after(const struct continuity *c, uint32_t track, struct instant from)
{
    const struct dropped *rows = c->drops.rows, key = {track, from};
    size_t low = 0, high = c->drops.count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (by_track(&rows[middle], &key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->drops.count && rows[low].track == track ? rows[low].at : INSTANT_NEVER;
}

static void find(struct continuity *c, enum finding_kind kind, const struct seen *s, double silence_s, uint32_t from, uint32_t to)
{
    struct finding *f = add(&c->findings, sizeof *f);
    *f = (struct finding){(uint8_t)kind, s->address, from, to, s->source, silence_s, s->time};
}

/* Plots [0, n) of one address without a gap between them. */
static void judge_visit(struct continuity *c, const struct seen *s, size_t n)
{
    struct continuity_account *a = &c->account;
    bool is_long = n >= CONTINUITY_SCANS;
    uint32_t now = 0, changes = 0;
    struct instant since = s[0].time;
    a->visits++;
    a->long_visits += is_long;
    for (size_t i = 0; i < n; i++) {
        double silence_s = i ? instant_diff(s[i].time, s[i - 1].time) : 0;
        if (s[i].track == 0 && now == 0)
            a->waiting++;
        if (s[i].track == 0 && now != 0) {
            a->unassigned++;
            find(c, FINDING_UNASSIGNED, &s[i], silence_s, now, 0);
        }
        if (s[i].track != 0 && now != 0 && s[i].track != now) {
            bool is_break = dropped_after(c, now, s[0].time).ns <= s[i].time.ns;
            changes++;
            a->breaks += is_long && is_break;
            a->switches += is_long && !is_break;
            find(c, is_break ? FINDING_BREAK : FINDING_SWITCH, &s[i], silence_s, now, s[i].track);
        }
        if (s[i].track != 0 && s[i].track == now && dropped_after(c, now, since).ns < s[i].time.ns) {
            a->gaps += is_long;
            find(c, FINDING_GAP, &s[i], silence_s, now, now);
        }
        since = s[i].time;
        now = s[i].track ? s[i].track : now;
    }
    if (is_long && now == 0) {
        a->untracked++;
        find(c, FINDING_UNTRACKED, s, 0, (uint32_t)n, 0);
    }
    a->whole += is_long && now != 0 && changes == 0;
}

void continuity_close(struct continuity *c)
{
    struct seen *s = c->plots.rows;
    size_t n = c->plots.count, from = 0;
    sort(&c->events, by_source_and_time);
    sort(&c->drops, by_track);
    sort(&c->plots, by_address_and_time);
    for (size_t i = 0; i < n; i++)
        s[i].track = find_track(c, &s[i]);
    c->account.plots = n;
    for (size_t i = 1; i <= n; i++) {
        bool other = i == n || s[i].address != s[i - 1].address;
        c->account.addresses += other;
        if (other || instant_diff(s[i].time, s[i - 1].time) > c->gap_s) {
            judge_visit(c, s + from, i - from);
            from = i;
        }
    }
}

struct continuity_account continuity_account(const struct continuity *c)
{
    return c->account;
}

void continuity_print(const struct continuity *c, FILE *out)
{
    const struct finding *f = c->findings.rows;
    char time[40];
    for (size_t i = 0; i < c->findings.count; i++) {
        instant_print(f[i].time, time, sizeof time);
        fprintf(out, "%-10s %06x at %s by %d/%d", finding_names[f[i].kind], (unsigned)f[i].address, time, f[i].source >> 8, f[i].source & 255);
        if (f[i].kind == FINDING_UNTRACKED)
            fprintf(out, ", %u plots", f[i].from);
        else
            fprintf(out, ", track %u", f[i].from);
        if (f[i].to)
            fprintf(out, " to %u", f[i].to);
        fprintf(out, ", %.0f s after the plot before\n", f[i].silence_s);
    }
    const struct continuity_account *a = &c->account;
    fprintf(out, "%u addresses, %u visits, %u of at least %d plots: %u with one track to the end, %u without any; %u switches, %u breaks, %u gaps\n", a->addresses,
            a->visits, a->long_visits, CONTINUITY_SCANS, a->whole, a->untracked, a->switches, a->breaks, a->gaps);
    fprintf(out, "%llu plots with an address: %llu before their track was confirmed, %llu left unassigned after it\n", (unsigned long long)a->plots,
            (unsigned long long)a->waiting, (unsigned long long)a->unassigned);
}

json_t *continuity_json(const struct continuity *c)
{
    const struct continuity_account *a = &c->account;
    const struct finding *f = c->findings.rows;
    json_t *findings = json_array();
    char address[8], time[40];
    for (size_t i = 0; i < c->findings.count; i++) {
        snprintf(address, sizeof address, "%06x", (unsigned)(f[i].address & 0xffffff));
        instant_print(f[i].time, time, sizeof time);
        json_array_append_new(findings, json_pack("{s:s, s:s, s:s, s:i, s:i, s:i, s:f}", "kind", finding_names[f[i].kind], "address", address, "time", time,
                                                  "source", f[i].source, "from", (int)f[i].from, "to", (int)f[i].to, "silence_s",
                                                  f[i].silence_s));
    }
    return json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:o}", "plots", (json_int_t)a->plots, "unassigned", (json_int_t)a->unassigned,
                     "before_confirmation", (json_int_t)a->waiting, "addresses", (json_int_t)a->addresses, "visits", (json_int_t)a->visits, "long_visits",
                     (json_int_t)a->long_visits, "whole", (json_int_t)a->whole, "untracked", (json_int_t)a->untracked, "switches",
                     (json_int_t)a->switches, "breaks", (json_int_t)a->breaks, "gaps", (json_int_t)a->gaps, "findings", findings);
}
