/* plot_out: see plot_out.h. The tables of the decoder, used the other way. */
#include "wire/plot_out.h"

#include <assert.h>
#include <stdlib.h>

#include "base/err.h"
#include "wire/cd2.h"
#include "wire/status.h"
#include "wire/target.h"

struct plot_out {
    unsigned category, service_category;
    struct mapping plots, services;
    struct out out;
    uint8_t line[OUT_LIMIT]; /* CD-2: the messages that wait */
    size_t line_size;
};

static const unsigned service_of[][2] = {{48, 34}, {1, 2}, {21, 23}};

struct plot_out *plot_out_new(unsigned category)
{
    struct plot_out *o = calloc(1, sizeof *o);
    size_t count = 0, bad = 0, k = 0;
    if (!o)
        return NULL;
    o->category = category;
    if (category == PLOT_OUT_CD2)
        return o;
    while (k < sizeof service_of / sizeof *service_of && service_of[k][0] != category)
        k++;
    assert(k < sizeof service_of / sizeof *service_of);
    o->service_category = service_of[k][1];
    const struct asterix_category *c = asterix_find(category, NULL);
    const struct mapping_row *rows = target_rows(c, &count);
    int code = mapping_init(&o->plots, c, rows, count, &bad);
    assert(code == 0);
    c = asterix_find(o->service_category, NULL);
    rows = status_rows(c, &count);
    code = mapping_init(&o->services, c, rows, count, &bad);
    assert(code == 0);
    out_init(&o->out);
    return o;
}

void plot_out_free(struct plot_out *o)
{
    free(o);
}

static int line_input(struct plot_out *o, const struct report *r, const struct out_sink *sink)
{
    struct cd2_message m;
    int code = cd2_from_report(r, &m);
    if (code)
        return code;
    if (sizeof o->line - o->line_size < CD2_SIZE)
        plot_out_drain(o, sink);
    code = cd2_encode(&m, o->line + o->line_size, sizeof o->line - o->line_size);
    o->line_size += code > 0 ? (size_t)code : 0;
    return code < 0 ? code : ERR_NONE;
}

int plot_out_input(struct plot_out *o, const struct report *r, const struct out_sink *sink)
{
    struct target t;
    struct status s;
    int code = ERR_UNKNOWN;
    if (o->category == PLOT_OUT_CD2)
        return line_input(o, r, sink);
    if (r->kind == REPORT_PLOT) {
        code = target_from_plot(&t, o->category, &r->plot);
        return code ? code : out_input(&o->out, &o->plots, &t, t.has, sink);
    }
    if (r->kind != REPORT_SERVICE)
        return ERR_UNKNOWN;
    code = status_from_service(&s, o->service_category, &r->service);
    if (code)
        return code;
    s.tod_s = target_time_of_day(r->service.time);
    return out_input(&o->out, &o->services, &s, s.has, sink);
}

void plot_out_drain(struct plot_out *o, const struct out_sink *sink)
{
    if (o->line_size > 0)
        sink->datagram(sink->context, o->line, o->line_size);
    o->line_size = 0;
    out_drain(&o->out, sink);
}
