/* Maps are drawn on the region's own grid, which is the equal-area projection: a square NM is equally large everywhere on them. */
#include "sim/page.h"
#include "base/unit.h"
#include "coverage/outline.h"
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define FOLDS 3
static const char *const shade[FOLDS + 1] = {"url(#gap)", "#a6d5d0", "#5aa9a3", "#227a75"};

static const char head[] =
    "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Coverage</title><style>body{font:14px/1.4 sans-serif;max-width:1100px;margin:1em auto;padding:0 1em}"
    "pre{font:11px/1.3 monospace;overflow:auto}figure{display:inline-block;margin:0 1% 1em 0;width:48%;break-inside:avoid}svg{width:100%;height:auto;background:#fff}"
    "figcaption{font-weight:bold}.warning{background:#c00;color:#fff;padding:.5em;font-weight:bold}@media print{pre{font-size:7px;white-space:pre-wrap}}</style>\n"
    "<svg width=\"0\" height=\"0\" style=\"position:absolute\"><defs><pattern id=\"gap\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
    "<rect width=\"6\" height=\"6\" fill=\"#fdf0ee\"/><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"6\" stroke=\"#c0392b\" stroke-width=\"1.2\"/></pattern></defs></svg>\n";

static void put_set(const struct study *s, const uint8_t *in, const char *fill, FILE *out)
{
    struct outline *o = outline_new(s->region, in);

    fprintf(out, "<path fill=\"%s\" d=\"", fill);
    for (uint32_t i = 0; o && i < o->rings; i++) {
        for (uint32_t k = 0; k < o->ring[i].count; k++) {
            const int16_t *p = o->corner[o->ring[i].first + k];
            fprintf(out, "%c%d %d", k ? 'L' : 'M', p[0], s->region->rows - p[1]);
        }
        fputc('Z', out);
    }
    fputs("\"/>\n", out);
    outline_free(o);
}

static bool to_map(const struct study *s, struct geodetic at, double *x, double *y)
{
    laea_forward(&s->region->projection, at, x, y);
    *x = *x / s->region->cell_m + 0.5 * s->region->columns;
    *y = 0.5 * s->region->rows - *y / s->region->cell_m;
    return *x >= 0 && *y >= 0 && *x <= s->region->columns && *y <= s->region->rows;
}

/* Corners nearer than a third of a cell to the one before are left out, and what is smaller than that. */
static void put_land(const struct study *s, FILE *out)
{
    const struct geodetic *corner;
    uint32_t corners;
    int owner;

    fputs("<path fill=\"none\" stroke=\"#333\" stroke-width=\".6\" d=\"", out);
    for (uint32_t i = 0; (corners = area_ring(s->land, i, &owner, &corner)) > 0; i++) {
        double x, y, last_x = -9, last_y = -9;
        for (uint32_t k = 0; k < corners; k++)
            if (to_map(s, corner[k], &x, &y) && (k == 0 || hypot(x - last_x, y - last_y) > 0.7)) {
                fprintf(out, "%c%.1f %.1f", k ? 'L' : 'M', x, y);
                last_x = x;
                last_y = y;
            }
        fputc('Z', out);
    }
    fputs("\"/>\n", out);
}

static void put_sensors(const struct study *s, FILE *out)
{
    static const char *const colour[STUDY_GROUPS] = {"#1f4e9c", "#c0392b", "#1e8449", "#666"};
    double x, y;

    for (uint32_t i = 0; i < s->sensors; i++)
        if (s->sensor[i].in && to_map(s, s->sensor[i].site.at, &x, &y))
            fprintf(out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"%s\"%s><title>%s</title></circle>", x, y, s->sensor[i].doubtful ? "#fff" : colour[s->sensor[i].group],
                    s->sensor[i].doubtful ? " stroke=\"#1e8449\"" : "", s->sensor[i].site.name);
}

/* The figure's beginning: cut to the region. */
static void put_figure(const struct study *s, int kind, int layer, const char *what, FILE *out)
{
    int32_t left = s->region->columns, right = 0, bottom = s->region->rows, top = 0;

    for (uint32_t i = 0; i < s->region->cells; i++) {
        const struct region_cell *c = &s->region->cell[i];
        left = c->column < left ? c->column : left;
        right = c->column > right ? c->column : right;
        bottom = c->row < bottom ? c->row : bottom;
        top = c->row > top ? c->row : top;
    }
    fprintf(out, "<figure><figcaption>%s, %s%s</figcaption><svg viewBox=\"%d %d %d %d\">\n", report_kind[kind], region_layer[layer].name, what, left,
            s->region->rows - top - 1, right - left + 1, top - bottom + 1);
}

static void put_map(const struct report *r, int kind, int layer, uint8_t *in, FILE *out)
{
    const struct study *s = r->study;

    put_figure(s, kind, layer, "", out);
    for (int n = 0; n <= FOLDS; n++) {
        for (uint32_t i = 0; i < s->region->cells; i++) {
            unsigned count = s->volume->count[kind][(size_t)i * REGION_LAYERS + (size_t)layer];
            in[i] = region_height_m(&s->region->cell[i], &region_layer[layer]) >= 0 && (n == 0 ? count == 0 : (int)count >= n);
        }
        put_set(s, in, shade[n], out);
    }
    put_land(s, out);
    put_sensors(s, out);
    fputs("</svg></figure>\n", out);
}

/* What the comparison sees and the first set does not, the other way round, and what both see. */
static void put_delta(const struct report *r, int kind, int layer, uint8_t *in, FILE *out)
{
    static const char *const fill[] = {NULL, "#c0392b", "#1f6feb", "#e3e3e3"}; /* by: seen before + 2 * seen then: lost, gained, both */
    const struct study *s = r->study;

    put_figure(s, kind, layer, ": what changes", out);
    for (unsigned change = 1; change <= 3; change++) {
        for (uint32_t i = 0; i < s->region->cells; i++) {
            size_t place = (size_t)i * REGION_LAYERS + (size_t)layer;
            unsigned is = (s->volume->count[kind][place] > 0) + 2u * (r->than_count[kind][place] > 0);
            in[i] = region_height_m(&s->region->cell[i], &region_layer[layer]) >= 0 && is == change;
        }
        put_set(s, in, fill[change], out);
    }
    put_land(s, out);
    fputs("</svg></figure>\n", out);
}

/* The tables are the text's own, so that page and terminal cannot differ. */
static bool put_tables(const struct report *r, FILE *out)
{
    char *text = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&text, &size);

    if (!memory)
        return false;
    report_text(r, memory);
    fclose(memory);
    fputs("<h2>Tables</h2><pre>", out);
    for (size_t i = 0; i < size; i++)
        fputs(text[i] == '<' ? "&lt;" : text[i] == '&' ? "&amp;" : (char[]){text[i], 0}, out);
    fputs("</pre>\n", out);
    free(text);
    return true;
}

static void put_maps(const struct report *r, void (*put)(const struct report *, int, int, uint8_t *, FILE *), uint8_t *in, FILE *out)
{
    static const int shown[] = {1, 3, 5, 8};

    for (size_t i = 0; i < sizeof shown / sizeof shown[0]; i++)
        for (int kind = 0; kind < SIGHT_KINDS; kind++)
            put(r, kind, shown[i], in, out);
}

bool page_write(const struct report *r, const char *path)
{
    const struct study *s = r->study;
    FILE *out = fopen(path, "w");
    uint8_t *in = malloc(s->region->cells + 1u);
    bool good = out && in;

    if (good) {
        fprintf(out, "%s<h1>Coverage within %g NM of border and coast</h1>\n", head, s->settings.within_nm);
        if (terrain_is_smooth(s->ground))
            fputs("<p class=\"warning\">Smooth earth: no terrain. Low coverage is far too good. Not for decisions.</p>\n", out);
        fprintf(out, "<p>%u sensors (%s).%s Equal-area projection. Shaded: seen by one, two, three and more; hatched red: by none. Dots: sensors of the United States (blue), Canada "
                     "(red), Mexico (green; white: placeholders).</p>\n",
                r->count, r->set, r->doubtful ? " Some are placeholders of unpublished places." : "");
        put_maps(r, put_map, in, out);
        if (r->than) {
            fprintf(out, "<h2>What changes</h2><p>Then %u sensors (%s). Blue: seen only then; red: seen only before; grey: seen before and then.</p>\n", r->other_count, r->other);
            put_maps(r, put_delta, in, out);
        }
        good = put_tables(r, out);
        fputs("</html>\n", out);
    }
    free(in);
    good = (!out || fclose(out) == 0) && good;
    return good || verb_error(s->verb, "%s: %s", path, errno ? strerror(errno) : "memory is short") == VERB_DONE;
}
