/* The tables and plots of sim/handoffs.h. */
#include "sim/handoffs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BINS 24
#define BAR 50
#define BIN_LEAST_S 0.01 /* logarithmic bins, six to a decade: 0.01 s to 100 s */
#define PER_DECADE 6

static const double parts[] = {0.5, 0.9, 0.99, 0.998, 1};
static const char *const part_name[] = {"p50", "p90", "p99", "p99.8", "most"};
#define PARTS (sizeof parts / sizeof parts[0])

#define X(name, word, text) word,
static const char *const measure_word[] = {HANDOFFS_MEASURES(X)};
#undef X
#define X(name, word, text) text,
static const char *const measure_text[] = {HANDOFFS_MEASURES(X)};
#undef X

/* Of a margin the small ones are bad: its percentiles are told from the other end. */
static double percentile(const struct handoffs_pair *p, int measure, double part)
{
    return handoffs_percentile(p, (enum handoffs_measure)measure, measure == HANDOFFS_MARGIN ? 1 - part : part);
}

static void name_of(const struct handoffs_pair *p, char out[16])
{
    snprintf(out, 16, "%s", "all");
    if (p->from[0])
        snprintf(out, 16, "%s > %s", p->from, p->to);
}

/* ---- text ---- */

static void outcomes_text(const struct handoffs *h, FILE *out)
{
    char name[16];

    fprintf(out, "%-14s%10s", "from > to", "transfers");
    for (unsigned i = 0; i < MACHINE_OUTCOMES_COUNT; i++)
        if (h->pair[0].outcome[i])
            fprintf(out, "  %s", machine_outcome_name(i));
    fprintf(out, "  late  other number\n");
    for (unsigned k = 0; k < h->pairs; k++) {
        const struct handoffs_pair *p = &h->pair[k];
        name_of(p, name);
        fprintf(out, "%-14s%10u", name, p->transfers);
        for (unsigned i = 0; i < MACHINE_OUTCOMES_COUNT; i++)
            if (h->pair[0].outcome[i])
                fprintf(out, "  %*u", (int)strlen(machine_outcome_name(i)), p->outcome[i]);
        fprintf(out, "  %4u  %12u\n", p->late, p->other_number);
    }
}

static void times_text(const struct handoffs *h, FILE *out)
{
    char name[16];

    fprintf(out, "\n%-14s%-30s%9s", "from > to", "", "of");
    for (size_t i = 0; i < PARTS; i++)
        fprintf(out, "%10s", part_name[i]);
    fputc('\n', out);
    for (unsigned k = 0; k < h->pairs; k++)
        for (int m = 0; m < HANDOFFS_MEASURES_COUNT; m++) {
            if (!h->pair[k].count[m])
                continue;
            name_of(&h->pair[k], name);
            fprintf(out, "%-14s%-30s%9u", name, measure_text[m], h->pair[k].count[m]);
            for (size_t i = 0; i < PARTS; i++)
                fprintf(out, "%10.2f", percentile(&h->pair[k], m, parts[i]));
            fputc('\n', out);
        }
    fputs("(of the margin the other end: half of the transfers have more than p50, 90 % more than p90)\n", out);
}

static void bins_of(const struct handoffs_pair *p, int measure, unsigned bin[BINS])
{
    memset(bin, 0, BINS * sizeof *bin);
    for (unsigned i = 0; i < p->count[measure]; i++) {
        double at = floor(PER_DECADE * log10(fmax(p->value[measure][i], BIN_LEAST_S) / BIN_LEAST_S));
        bin[at < BINS ? (unsigned)at : BINS - 1]++;
    }
}

static double bin_from_s(unsigned bin)
{
    return BIN_LEAST_S * pow(10, (double)bin / PER_DECADE);
}

static void plot_text(const struct handoffs_pair *p, int measure, FILE *out)
{
    unsigned bin[BINS], most = 0;

    bins_of(p, measure, bin);
    for (unsigned i = 0; i < BINS; i++)
        most = bin[i] > most ? bin[i] : most;
    if (!most)
        return;
    fprintf(out, "\n%s\n", measure_text[measure]);
    for (unsigned i = 0; i < BINS; i++)
        if (bin[i])
            fprintf(out, "%9.2f s %7u %.*s\n", bin_from_s(i), bin[i], (int)(1 + (BAR - 1) * (double)bin[i] / most), "##################################################");
}

static void worst_text(const struct handoffs *h, unsigned worst, FILE *out)
{
    char transfer[24];

    if (h->entries && worst)
        fprintf(out, "\nthe worst: not given, or nearest to the boundary\n");
    for (size_t i = 0; i < h->entries && i < worst; i++) {
        const struct diary_entry *e = &h->entry[i];
        message_transfer_print(e->transfer, transfer, sizeof transfer);
        fprintf(out, "%-12s%s > %s  %-9s%-24s", transfer, e->centre, e->with, e->callsign, machine_outcome_name(e->outcome));
        fprintf(out, " margin %8.1f s  %s\n", handoffs_of(e, HANDOFFS_MARGIN), e->why ? diary_why_word(e->why) : "");
    }
}

static void beside_text(const struct handoffs *logs, unsigned n, FILE *out)
{
    fprintf(out, "%-32s%10s%7s%7s%16s%16s%14s\n", "log", "transfers", "given", "late", "total p50/p90", "voice p50/p90", "margin p50");
    for (unsigned i = 0; i < n; i++) {
        const struct handoffs_pair *p = &logs[i].pair[0];
        unsigned given = p->outcome[MACHINE_ACCEPTED] + p->outcome[MACHINE_FORCED] + p->outcome[MACHINE_BY_VOICE];
        fprintf(out, "%-32s%10u%7u%7u%8.1f%8.1f%8.1f%8.1f%14.1f\n", logs[i].path, p->transfers, given, p->late, percentile(p, HANDOFFS_TOTAL, 0.5),
                percentile(p, HANDOFFS_TOTAL, 0.9), percentile(p, HANDOFFS_VOICE, 0.5), percentile(p, HANDOFFS_VOICE, 0.9), percentile(p, HANDOFFS_MARGIN, 0.5));
    }
    fputc('\n', out);
}

void handoffs_text(const struct handoffs *logs, unsigned count, unsigned worst, FILE *out)
{
    if (count > 1)
        beside_text(logs, count, out);
    for (unsigned i = 0; i < count; i++) {
        const struct handoffs *h = &logs[i];
        fprintf(out, "%s%s\n", i ? "\n" : "", h->path);
        outcomes_text(h, out);
        times_text(h, out);
        if (h->pair[0].count[HANDOFFS_SYSTEM])
            fprintf(out, "OLDI's limits on system latency (4 s in 90 %%, 10 s in 99.8 %%): %s\n", handoffs_keeps_oldi(&h->pair[0]) ? "kept" : "NOT kept");
        plot_text(&h->pair[0], HANDOFFS_TOTAL, out);
        plot_text(&h->pair[0], HANDOFFS_VOICE, out);
        worst_text(h, worst, out);
        fprintf(out, "\npeople were told %u times; %u conflicts; %u lines were no entries\n", h->told, h->conflicts, h->passed);
    }
}

/* ---- JSON ---- */

static json_t *pair_json(const struct handoffs_pair *p)
{
    json_t *outcomes = json_object(), *times = json_object();

    for (unsigned i = 0; i < MACHINE_OUTCOMES_COUNT; i++)
        if (p->outcome[i])
            json_object_set_new(outcomes, machine_outcome_name(i), json_integer(p->outcome[i]));
    for (int m = 0; m < HANDOFFS_MEASURES_COUNT; m++) {
        json_t *at = json_pack("{s:i}", "count", (int)p->count[m]);
        for (size_t i = 0; i < PARTS && p->count[m]; i++)
            json_object_set_new(at, part_name[i], json_real(percentile(p, m, parts[i])));
        json_object_set_new(times, measure_word[m], at);
    }
    return json_pack("{s:s, s:s, s:i, s:o, s:i, s:i, s:b, s:o}", "from", p->from, "to", p->to, "transfers", (int)p->transfers, "outcomes", outcomes, "late", (int)p->late,
                     "other_number", (int)p->other_number, "keeps_oldi", handoffs_keeps_oldi(p), "times", times);
}

static json_t *entry_json(const struct diary_entry *e)
{
    char transfer[24];
    json_t *o = json_object();

    message_transfer_print(e->transfer, transfer, sizeof transfer);
    json_object_update_new(o, json_pack("{s:s, s:s, s:s, s:s, s:s, s:s}", "transfer", transfer, "from", e->centre, "to", e->with, "callsign", e->callsign, "outcome",
                                        machine_outcome_name(e->outcome), "why", e->why ? diary_why_word(e->why) : ""));
    for (int m = 0; m < HANDOFFS_MEASURES_COUNT; m++) {
        double value = handoffs_of(e, (enum handoffs_measure)m);
        json_object_set_new(o, measure_word[m], isnan(value) ? json_null() : json_real(value));
    }
    return o;
}

json_t *handoffs_json(const struct handoffs *logs, unsigned count, unsigned worst)
{
    json_t *all = json_array();

    for (unsigned i = 0; i < count; i++) {
        json_t *pairs = json_array(), *bad = json_array();
        for (unsigned k = 0; k < logs[i].pairs; k++)
            json_array_append_new(pairs, pair_json(&logs[i].pair[k]));
        for (size_t k = 0; k < logs[i].entries && k < worst; k++)
            json_array_append_new(bad, entry_json(&logs[i].entry[k]));
        json_array_append_new(all, json_pack("{s:s, s:o, s:o, s:i, s:i, s:i}", "log", logs[i].path, "pairs", pairs, "worst", bad, "told", (int)logs[i].told, "conflicts",
                                             (int)logs[i].conflicts, "lines_passed_over", (int)logs[i].passed));
    }
    return all;
}

/* ---- HTML ---- */

static void plot_svg(const struct handoffs_pair *p, int measure, const char *fill, FILE *out)
{
    unsigned bin[BINS], most = 0;

    bins_of(p, measure, bin);
    for (unsigned i = 0; i < BINS; i++)
        most = bin[i] > most ? bin[i] : most;
    if (!most)
        return;
    fprintf(out, "<figure><figcaption>%s (%u)</figcaption><svg viewBox=\"0 0 %d 130\">\n", measure_text[measure], p->count[measure], BINS * 20);
    for (unsigned i = 0; i < BINS; i++) {
        double height = 100.0 * bin[i] / most;
        fprintf(out, "<rect x=\"%u\" y=\"%.1f\" width=\"18\" height=\"%.1f\" fill=\"%s\"><title>%u from %.2g s</title></rect>\n", i * 20, 105 - height, height, fill, bin[i],
                bin_from_s(i));
        if (i % PER_DECADE == 0)
            fprintf(out, "<text x=\"%u\" y=\"122\" font-size=\"12\">%g s</text>\n", i * 20, bin_from_s(i));
    }
    fputs("</svg></figure>\n", out);
}

/* The tables are the text's own, so that page and terminal cannot differ. */
void handoffs_html(const struct handoffs *logs, unsigned count, unsigned worst, FILE *out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);

    fputs("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Handoffs</title><style>body{font:14px/1.4 sans-serif;max-width:1100px;margin:1em auto;padding:0 1em}"
          "pre{font:12px/1.35 monospace;overflow:auto}figure{display:inline-block;width:48%;margin:0 1% 1em 0}svg{width:100%}figcaption{font-weight:bold}"
          "@media print{pre{font-size:8px}}</style>\n<h1>Handoffs</h1>\n<p>Telephone times come from a model, not from measurement.</p>\n",
          out);
    for (unsigned i = 0; i < count; i++) {
        fprintf(out, "<h2>%s</h2>\n", logs[i].path);
        plot_svg(&logs[i].pair[0], HANDOFFS_TOTAL, "#1f6feb", out);
        plot_svg(&logs[i].pair[0], HANDOFFS_VOICE, "#d29922", out);
    }
    if (memory) {
        handoffs_text(logs, count, worst, memory);
        fclose(memory);
        fputs("<pre>", out);
        for (size_t i = 0; i < size; i++)
            fputs(text[i] == '<' ? "&lt;" : text[i] == '>' ? "&gt;" : text[i] == '&' ? "&amp;" : (char[]){text[i], 0}, out);
        fputs("</pre>\n", out);
    }
    free(text);
    fputs("</html>\n", out);
}
