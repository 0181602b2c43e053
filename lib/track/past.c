/* past: see the header. Plots are in ascending time; of equal times the one that came first stays first. */
#include "track/past.h"

#include <assert.h>
#include <string.h>

void past_reset(struct past *p, const struct imm *m)
{
    p->base = *m;
    p->count = 0;
}

/* Half of the plots are given up, the middle becomes the beginning. */
static void past_age(struct past *p)
{
    p->base = p->middle;
    memmove(p->plot, p->plot + PAST_MIDDLE, (PAST_PLOTS - PAST_MIDDLE) * sizeof p->plot[0]);
    p->count = PAST_PLOTS - PAST_MIDDLE;
}

_Static_assert(PAST_PLOTS == 2 * PAST_MIDDLE, "after ageing the middle is the head");

void past_add(struct past *p, const struct imm *head, const struct past_plot *q)
{
    if (p->count == PAST_PLOTS)
        past_age(p);
    if (p->count == PAST_MIDDLE)
        p->middle = *head;
    p->plot[p->count++] = *q;
}

bool past_reaches(const struct past *p, struct instant time)
{
    if (instant_before(time, p->base.time))
        return false;
    return p->count < PAST_PLOTS || !instant_before(time, p->middle.time);
}

/* First plot after `time`. */
static uint32_t past_place(const struct past *p, struct instant time)
{
    uint32_t i = p->count;
    while (i > 0 && instant_before(time, p->plot[i - 1].time))
        i--;
    return i;
}

static void past_take(struct imm *m, const struct past_plot *q)
{
    struct imm_look look;
    if (q->violent)
        imm_predict_violent(m, q->time);
    else
        imm_predict(m, q->time);
    if (q->foreign) {
        intersect_update(m, &q->track);
    } else if (imm_look(m, &q->z, &look)) {
        imm_update(m, &look);
        if (q->radial.var_m2_s2 > 0.0)
            imm_update_radial(m, &q->radial);
    }
}

void past_at(const struct past *p, struct instant time, struct imm *out)
{
    uint32_t place = past_place(p, time);
    bool late = place >= PAST_MIDDLE && p->count > PAST_MIDDLE;
    *out = late ? p->middle : p->base;
    for (uint32_t i = late ? PAST_MIDDLE : 0; i < place; i++)
        past_take(out, &p->plot[i]);
    imm_predict(out, time);
}

void past_insert(struct past *p, const struct past_plot *q, struct imm *head)
{
    assert(past_reaches(p, q->time));
    if (p->count == PAST_PLOTS)
        past_age(p);
    uint32_t place = past_place(p, q->time);
    memmove(p->plot + place + 1, p->plot + place, (p->count - place) * sizeof p->plot[0]);
    p->plot[place] = *q;
    p->count++;
    bool late = place >= PAST_MIDDLE && p->count - 1 > PAST_MIDDLE;
    *head = late ? p->middle : p->base;
    for (uint32_t i = late ? PAST_MIDDLE : 0; i < p->count; i++) {
        if (i == PAST_MIDDLE)
            p->middle = *head;
        past_take(head, &p->plot[i]);
    }
}

bool past_restart(struct past *p, struct instant time, const struct imm_start *start, struct imm *head)
{
    if (p->count == 0)
        return false;
    uint32_t place = past_place(p, time), first = place > 0 ? place - 1 : 0;
    while (first < p->count && p->plot[first].foreign)
        first++;
    if (first == p->count)
        return false;
    imm_start(&p->base, p->plot[first].time, &p->plot[first].z, start);
    p->count -= first + 1;
    memmove(p->plot, p->plot + first + 1, p->count * sizeof p->plot[0]);
    *head = p->base;
    for (uint32_t i = 0; i < p->count; i++) {
        if (i == PAST_MIDDLE)
            p->middle = *head;
        past_take(head, &p->plot[i]);
    }
    return true;
}

void past_shift(struct past *p, const struct imm_shift *s)
{
    imm_shift(&p->base, s);
    imm_shift(&p->middle, s);
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->plot[i].foreign) {
            intersect_shift(&p->plot[i].track, s);
            continue;
        }
        struct measure *z = &p->plot[i].z;
        struct measure_radial *radial = &p->plot[i].radial;
        double along_e = radial->along_e, along_n = radial->along_n;
        radial->along_e = s->ee * along_e + s->en * along_n;
        radial->along_n = s->ne * along_e + s->nn * along_n;
        double e = z->east_m, n = z->north_m, se = z->slope_e, sn = z->slope_n;
        struct sym2 r = z->r;
        z->east_m = s->ee * e + s->en * n + s->east_m;
        z->north_m = s->ne * e + s->nn * n + s->north_m;
        z->slope_e = s->ee * se + s->en * sn;
        z->slope_n = s->ne * se + s->nn * sn;
        z->r.xx = s->ee * s->ee * r.xx + 2.0 * s->ee * s->en * r.xy + s->en * s->en * r.yy;
        z->r.xy = s->ee * s->ne * r.xx + (s->ee * s->nn + s->en * s->ne) * r.xy + s->en * s->nn * r.yy;
        z->r.yy = s->ne * s->ne * r.xx + 2.0 * s->ne * s->nn * r.xy + s->nn * s->nn * r.yy;
    }
}
