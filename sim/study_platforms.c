/* Airborne radars and radars over the horizon (config/platforms.csv) as sensors of a study.
 *
 * What flies sees a place when it sees it from each of LOOKS places of its lap, evenly in time: a place that is lost for a part of every lap is not watched.
 * Sectors that its own tail hides move over the ground with every turn and are left out of account. Nothing of these is kept between runs: it costs a few
 * hundredths of a second. */
#include "base/unit.h"
#include "sim/study.h"
#include "sim/world/platforms.h"
#include <stdlib.h>
#include <string.h>

#define LOOKS 8

static struct view *look(const struct study *s, struct study_sensor *to, struct horizon *h, const struct site *site)
{
    view_reach_free(to->reach);
    to->reach = view_reach_new(s->region, s->ground, h, &site->frame, s->settings.k, sight_reach_m(&to->sight));
    return to->reach ? view_new(s->region, to->reach, &to->sight) : NULL;
}

/* Both ascend by cell. */
static void keep_common(struct view *v, const struct view *other)
{
    uint32_t kept = 0, k = 0;

    for (uint32_t i = 0; i < v->cells; i++) {
        struct view_cell c = v->cell[i];
        while (k < other->cells && other->cell[k].cell < c.cell)
            k++;
        for (int kind = 0; kind < SIGHT_KINDS; kind++)
            c.layers[kind] &= k < other->cells && other->cell[k].cell == c.cell ? other->cell[k].layers[kind] : 0;
        if (c.layers[SIGHT_ECHO] | c.layers[SIGHT_REPLY])
            v->cell[kept++] = c;
    }
    v->cells = kept;
}

static bool look_from_lap(const struct study *s, struct study_sensor *to, struct horizon *h, const struct platform *p)
{
    for (int i = 0; i < LOOKS; i++) {
        struct site site = p->site;
        site_place(&site, orbit_at(&p->orbit, i * orbit_period_s(&p->orbit) / LOOKS, NULL));
        struct view *view = look(s, to, h, &site);
        if (!view)
            return false;
        if (!to->view) {
            to->view = view;
            continue;
        }
        keep_common(to->view, view);
        view_free(view);
    }
    view_reach_free(to->reach); /* of one place, which it has left */
    to->reach = NULL;
    return true;
}

static bool take(struct study *s, struct study_sensor *to, const struct platform *p)
{
    *to = (struct study_sensor){.site = p->site, .type = p->type, .availability = p->availability, .group = study_group(p->site.nation)};
    to->sight = sight_of(&p->site, &p->type, &s->settings.target);
    if (p->type.over_horizon)
        to->sight.range_m[SIGHT_REPLY] = 0; /* it hears its own echoes alone */
    if (sight_reach_m(&to->sight) <= 0)
        return true;
    struct horizon *h = horizon_new(sight_reach_m(&to->sight));
    bool good = h && (p->moving ? look_from_lap(s, to, h, p) : (to->view = look(s, to, h, &p->site)) != NULL);
    horizon_free(h);
    return good;
}

bool study_platforms_open(struct study *s)
{
    static struct platforms all;
    char room[1024] = "";
    struct text_out errors = text_out_init(room, sizeof room);

    if (!platforms_read(&all, NULL, &errors))
        return verb_error(s->verb, "%s", room) == VERB_DONE;
    struct study_sensor *more = realloc(s->sensor, (s->sensors + all.count + 1) * sizeof *more);
    if (!more)
        return verb_error(s->verb, "memory is short") == VERB_DONE;
    s->sensor = more;
    for (unsigned i = 0; i < all.count; i++)
        if (!take(s, &s->sensor[s->sensors++], &all.platform[i]))
            return verb_error(s->verb, "memory is short") == VERB_DONE;
    return true;
}
