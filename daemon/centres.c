/* Files into rows, rows into centres. */
#include "daemon/centres.h"

#include "base/err.h"
#include "settings/settings_centres.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILE_MAX ((size_t)4 << 20)

static char *read_file(const char *path, size_t *size, struct text_out *errors)
{
    FILE *f = fopen(path, "rb");
    char *bytes = f ? malloc(FILE_MAX) : NULL;

    if (!bytes) {
        text_put(errors, "%s: expected a file that opens, found: %s\n", path, strerror(errno));
    } else {
        *size = fread(bytes, 1, FILE_MAX, f);
    }
    if (f) {
        fclose(f);
    }
    return bytes;
}

static void take_agreements(const struct settings_centres *s, struct centre_rule *rule)
{
    for (uint32_t i = 0; i < s->agreements; i++) {
        const struct settings_agreement *a = &s->agreement[i];

        rule[i] = (struct centre_rule){.both_ways = a->both_ways,
                                       .agreement = {a->mode, a->estimate_lead_s, a->initiate_lead_s, a->initiate_distance_m, a->display_lead_s,
                                                     a->acknowledge_s, a->accept_s, a->entry_s, a->floor_m, a->ceiling_m}};
        memcpy(rule[i].from, a->from, sizeof rule[i].from);
        memcpy(rule[i].to, a->to, sizeof rule[i].to);
    }
}

static void take_desk(const struct settings_centres *s, struct desk_settings *d)
{
    *d = desk_settings_default();
    d->forecast_period_s = s->dialogue.forecast_period_s;
    d->horizon_s = s->dialogue.horizon_s;
    d->update_period_s = s->dialogue.update_period_s;
    d->change_s = s->dialogue.change_s;
    d->clip_s = s->dialogue.clip_s;
    d->margin_m = s->dialogue.margin_m;
    d->hold_s = s->dialogue.hold_s;
    d->seed = s->dialogue.seed;
    d->calls = s->telephone.calls;
    d->voice = (struct voice_settings){s->telephone.answer_least_s, s->telephone.answer_most_s, s->telephone.turns_least, s->telephone.turns_most,
                                       s->telephone.lines, s->telephone.turn_s, s->telephone.language};
    for (int i = 0; i < CENTRE_MAX; i++) {
        d->controller[i] = (struct controller_settings){s->controllers.kind, s->controllers.median_s, s->controllers.spread, s->controllers.workload,
                                                        s->controllers.refuses};
    }
}

/* What one row alone cannot know. */
static unsigned check(const struct settings_centres *s, const char *path, struct text_out *errors)
{
    unsigned wrong = 0;

    for (uint32_t i = 0; i < s->centres; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (strcmp(s->centre[i].code, s->centre[k].code) == 0) {
                text_put(errors, "%s:%u:%u: %s: expected a code of its own, found it twice\n", path, s->centre[i].place.line, s->centre[i].place.column,
                         s->centre[i].code);
                wrong++;
            }
        }
    }
    if (s->telephone.answer_most_s < s->telephone.answer_least_s || s->telephone.turns_most < s->telephone.turns_least) {
        text_put(errors, "%s: telephone: expected the most not to be less than the least, found otherwise\n", path);
        wrong++;
    }
    return wrong;
}

static struct centres *join(const struct settings_centres *s, const char *path, const char *area, struct text_out *errors)
{
    static struct centre centre[SETTINGS_CENTRES];
    static struct centre_sector sector[SETTINGS_SECTORS];
    static struct centre_rule rule[SETTINGS_AGREEMENTS];
    struct centres_rows rows = {centre, s->centres, sector, s->sectors, rule, s->agreements};
    struct centres *c = NULL;
    size_t size = 0;
    char *bytes = read_file(area, &size, errors);
    int error = 0;
    uint32_t row = 0;

    for (uint32_t i = 0; i < s->centres; i++) {
        memcpy(centre[i].code, s->centre[i].code, sizeof centre[i].code);
        memcpy(centre[i].name, s->centre[i].name, sizeof centre[i].name);
        memcpy(centre[i].nation, s->centre[i].nation, sizeof centre[i].nation);
        memcpy(centre[i].language, s->centre[i].language, sizeof centre[i].language);
    }
    for (uint32_t i = 0; i < s->sectors; i++) {
        memcpy(sector[i].name, s->sector[i].name, sizeof sector[i].name);
        sector[i].floor_pressure_m = s->sector[i].floor_m;
    }
    take_agreements(s, rule);
    if (bytes && !(c = centre_new(&rows, bytes, size, &error, &row))) {
        text_put(errors, "%s: expected centres that have areas, and sectors whose floors rise, found otherwise: %s %s\n", path, err_text(error),
                 error == ERR_UNKNOWN && row < s->centres ? s->centre[row].code : "");
    }
    free(bytes);
    return c;
}

struct centres *centres_open(const char *const *paths, uint32_t count, struct desk_settings *desk, struct text_out *errors)
{
    struct settings_centres *s = settings_centres_new();
    const char *slash = count ? strrchr(paths[0], '/') : NULL;
    struct centres *c = NULL;
    char area[1024];
    unsigned wrong = s ? 0 : 1;

    for (uint32_t i = 0; i < count && s; i++) {
        size_t size = 0;
        char *bytes = read_file(paths[i], &size, errors);

        wrong += bytes ? settings_centres_parse(s, paths[i], (struct text){bytes, size}, errors) : 1;
        free(bytes);
    }
    if (!wrong && count && !check(s, paths[0], errors)) {
        snprintf(area, sizeof area, "%.*sareas/centres.area", slash ? (int)(slash - paths[0]) + 1 : 0, paths[0]);
        c = join(s, paths[0], area, errors);
        take_desk(s, desk);
    }
    settings_centres_free(s);
    return c;
}

void centres_host(const struct centres *c, struct desk_settings *desk, const char *here)
{
    for (int i = 0; i < centre_count(c); i++) {
        const char *nation = centre_row(c, i)->nation;
        bool ours = here[0] == '\0';

        for (const char *at = here; at[0] && at[1]; at += 2) {
            ours = ours || memcmp(at, nation, 2) == 0;
        }
        desk->host[i] = ours ? DESK_HERE : DESK_NOWHERE;
    }
}

void centres_peer(const struct centres *c, struct desk_settings *desk, const char *nation, uint8_t peer)
{
    for (int i = 0; i < centre_count(c); i++) {
        if (strcmp(centre_row(c, i)->nation, nation) == 0 && desk->host[i] != DESK_HERE) {
            desk->host[i] = peer;
        }
    }
}
