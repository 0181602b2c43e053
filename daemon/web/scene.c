/* scene: a row says something new when a plot came, when its kind of support changed, or when it became another track. Between that it goes straight on,
 * and the page moves it by itself. */
#include "daemon/web/scene.h"

#include <stdlib.h>
#include <string.h>

struct scene {
    struct publish_context context;
    char nation[3];
    struct scene_row *row;
    uint32_t rows, tracks;
    uint64_t looks;
    struct publish_counters counters;
};

struct scene *scene_new(const struct publish_context *c, const char nation[3])
{
    struct scene *s = calloc(1, sizeof *s);

    if (s) {
        s->context = *c;
        memcpy(s->nation, nation, sizeof s->nation);
    }
    return s;
}

void scene_free(struct scene *s)
{
    if (s) {
        free(s->row);
        free(s);
    }
}

const char *scene_nation(const struct scene *s)
{
    return s->nation;
}

static bool grow(struct scene *s, uint32_t slots)
{
    struct scene_row *more;

    if (slots <= s->rows) {
        return true;
    }
    more = realloc(s->row, slots * sizeof *more);
    if (!more) {
        return false;
    }
    memset(more + s->rows, 0, (slots - s->rows) * sizeof *more);
    s->row = more;
    s->rows = slots;
    return true;
}

static void clear(struct scene *s, struct scene_row *r)
{
    if (r->number != 0) {
        *r = (struct scene_row){.moved = s->looks, .named = s->looks};
        s->tracks--;
    }
}

static void update(struct scene *s, struct scene_row *r, const struct track *t, struct instant now)
{
    struct web_ident ident = web_track_ident(t);
    bool other = r->number != t->number;

    s->tracks += r->number == 0;
    if (other || r->plots != t->plots || r->flags != t->flags || (t->flags & TRACK_DELAYED)) {
        r->row = web_track_of(t, now);
        r->at = now;
        r->moved = s->looks;
    }
    if (other || memcmp(&ident, &r->ident, sizeof ident) != 0) {
        r->ident = ident;
        r->named = s->looks;
    }
    r->number = t->number;
    r->plots = t->plots;
    r->flags = t->flags;
}

bool scene_look(struct scene *s, struct instant now, unsigned part, unsigned parts)
{
    const struct picture *picture = engine_picture(s->context.engine);
    uint32_t slots = picture_slots(picture), first, end;

    if (!grow(s, slots)) {
        return false;
    }
    s->looks++;
    slots = s->rows > slots ? s->rows : slots; /* a replay that went back may have fewer than before */
    first = (uint32_t)((uint64_t)slots * part / parts);
    end = (uint32_t)((uint64_t)slots * (part + 1) / parts);
    for (uint32_t i = first; i < end; i++) {
        struct track t, seen;

        if (i < picture_slots(picture) && picture_at(picture, i, INSTANT_NONE, &t) &&
            publish_release(&s->context, s->nation, &s->counters, &t, now, &seen)) {
            update(s, &s->row[i], &seen, now);
        } else {
            clear(s, &s->row[i]);
        }
    }
    return true;
}

void scene_clear(struct scene *s)
{
    s->looks++;
    for (uint32_t i = 0; i < s->rows; i++) {
        clear(s, &s->row[i]);
    }
}

uint64_t scene_looks(const struct scene *s)
{
    return s->looks;
}

const struct scene_row *scene_rows(const struct scene *s, uint32_t *count)
{
    *count = s->rows;
    return s->row;
}

uint32_t scene_tracks(const struct scene *s)
{
    return s->tracks;
}

uint64_t scene_withheld(const struct scene *s)
{
    return s->counters.withheld;
}
