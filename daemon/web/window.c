/* window: rows are chosen slot by slot, sorted by number, and laid into columns. */
#include "daemon/web/window.h"

#include <stdlib.h>
#include <string.h>

#define ROUND_E5 8388608 /* 2^23 units of 1e-5 degrees: some 84 degrees, the widest step's eightfold */
#define HALF_TURN_E5 18000000

struct window {
    struct scene *scene;
    struct window_want want;
    uint64_t looked;  /* the scene's looks at the last delta */
    uint32_t *number; /* by slot: of the track that was in the last delta's view, 0 none */
    uint32_t slots;
};

enum { MOVED = 1, NAMED = 2 };

/* What is chosen, and the columns that come of it. */
struct chosen {
    const struct scene_row *row;
    uint32_t what;
};

struct window_room {
    Airseam__Web__Tracks tracks;
    Airseam__Web__Idents idents;
    struct chosen *chosen;
    uint32_t *gone, *column; /* of both tables, one behind the other */
    uint8_t *callsign;
    uint32_t rows, gones, count, shown;
};

void window_free(struct window *v)
{
    if (v) {
        free(v->number);
        free(v);
    }
}

const struct window_want *window_want(const struct window *v)
{
    return &v->want;
}

struct scene *window_scene(const struct window *v)
{
    return v->scene;
}

struct window_room *window_room_new(void)
{
    return calloc(1, sizeof(struct window_room));
}

void window_room_free(struct window_room *r)
{
    if (r) {
        free(r->chosen);
        free(r->gone);
        free(r->column);
        free(r->callsign);
        free(r);
    }
}

uint32_t window_shown(const struct window_room *r)
{
    return r->shown;
}

/* ---- what is in it ---- */

static int32_t down(int32_t x, int32_t step)
{
    int32_t rest = x % step;

    return x - (rest < 0 ? rest + step : rest);
}

void window_widen(struct window_want *w)
{
    int64_t wide = (int64_t)w->east_e5 - w->west_e5, high = (int64_t)w->north_e5 - w->south_e5;
    int32_t step = ROUND_E5 / 8;

    if ((w->south_e5 | w->west_e5 | w->north_e5 | w->east_e5) == 0) {
        return;
    }
    wide += wide < 0 ? 2 * HALF_TURN_E5 : 0;
    while (step > 64 && step * INT64_C(8) > (wide < high ? wide : high)) {
        step /= 2;
    }
    w->south_e5 = down(w->south_e5, step);
    w->west_e5 = down(w->west_e5, step);
    w->north_e5 = down(w->north_e5, step) + step;
    w->east_e5 = down(w->east_e5, step) + step;
}

static bool in_box(const struct window_want *w, const struct web_track *t)
{
    if ((w->south_e5 | w->west_e5 | w->north_e5 | w->east_e5) == 0) {
        return true;
    }
    if (t->lat_e5 < w->south_e5 || t->lat_e5 > w->north_e5) {
        return false;
    }
    if (w->west_e5 <= w->east_e5) {
        return t->lon_e5 >= w->west_e5 && t->lon_e5 <= w->east_e5;
    }
    return t->lon_e5 >= w->west_e5 || t->lon_e5 <= w->east_e5;
}

static bool in_filter(const struct window_want *w, const struct scene_row *r)
{
    uint32_t kind = r->ident.kind;
    bool level = !(r->row.flags & AIRSEAM__WEB__TRACK_FLAG__HAS_ALTITUDE) ||
                 ((!w->lowest_25ft || r->row.altitude_25ft >= w->lowest_25ft) && (!w->highest_25ft || r->row.altitude_25ft <= w->highest_25ft));

    return level && (!w->nations || (w->nations >> (kind & 7) & 1)) && (!w->classes || (w->classes >> (kind >> 3 & 7) & 1)) &&
           (!w->sources || (w->sources & r->row.flags)) && memcmp(w->callsign, r->ident.callsign, strnlen(w->callsign, sizeof w->callsign)) == 0;
}

static bool is_in(const struct window *v, const struct scene_row *r)
{
    return r->number != 0 && in_box(&v->want, &r->row) && in_filter(&v->want, r);
}

/* ---- columns ---- */

#define COLUMNS 15 /* nine of tracks, six of idents less the callsigns, and a spare */

static bool make_room(struct window_room *room, uint32_t rows)
{
    if (rows > room->rows) {
        free(room->chosen);
        free(room->gone);
        free(room->column);
        free(room->callsign);
        room->chosen = malloc(rows * sizeof *room->chosen);
        room->gone = malloc(rows * sizeof *room->gone);
        room->column = malloc((size_t)rows * COLUMNS * sizeof *room->column);
        room->callsign = malloc((size_t)rows * IDENT_CALLSIGN_SIZE);
        room->rows = room->chosen && room->gone && room->column && room->callsign ? rows : 0;
    }
    room->count = room->gones = room->shown = 0;
    return room->rows >= rows;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = ((const struct chosen *)a)->row->number, y = ((const struct chosen *)b)->row->number;

    return (x > y) - (x < y);
}

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

    return (x > y) - (x < y);
}

static void put_tracks(struct window_room *room, struct instant now)
{
    uint32_t *u[9], n = 0, last = 0;
    int32_t *s[9];

    for (unsigned i = 0; i < 9; i++) {
        u[i] = room->column + (size_t)i * room->rows;
        s[i] = (int32_t *)u[i];
    }
    for (uint32_t i = 0; i < room->count; i++) {
        struct web_track t = room->chosen[i].row->row;

        if (!(room->chosen[i].what & MOVED)) {
            continue;
        }
        web_track_advance(&t, instant_diff(now, room->chosen[i].row->at));
        u[0][n] = t.number - last, s[1][n] = t.lat_e5, s[2][n] = t.lon_e5, u[3][n] = t.speed_dmps, u[4][n] = t.heading_ddeg;
        s[5][n] = t.altitude_25ft, s[6][n] = t.climb_dmps, u[7][n] = t.flags, u[8][n] = t.age_ds;
        last = t.number;
        n++;
    }
    airseam__web__tracks__init(&room->tracks);
    room->tracks.number = u[0], room->tracks.lat_e5 = s[1], room->tracks.lon_e5 = s[2], room->tracks.speed_dmps = u[3], room->tracks.heading_ddeg = u[4];
    room->tracks.altitude_25ft = s[5], room->tracks.climb_dmps = s[6], room->tracks.flags = u[7], room->tracks.age_ds = u[8];
    room->tracks.n_number = room->tracks.n_lat_e5 = room->tracks.n_lon_e5 = room->tracks.n_speed_dmps = room->tracks.n_heading_ddeg = n;
    room->tracks.n_altitude_25ft = room->tracks.n_climb_dmps = room->tracks.n_flags = room->tracks.n_age_ds = n;
}

static void put_idents(struct window_room *room)
{
    uint32_t *u[5], n = 0, last = 0;

    for (unsigned i = 0; i < 5; i++) {
        u[i] = room->column + (size_t)(9 + i) * room->rows;
    }
    for (uint32_t i = 0; i < room->count; i++) {
        const struct web_ident *d = &room->chosen[i].row->ident;

        if (!(room->chosen[i].what & NAMED)) {
            continue;
        }
        u[0][n] = d->number - last, u[1][n] = d->mode_s, u[2][n] = d->mode_a, u[3][n] = d->kind, u[4][n] = d->plan;
        memcpy(room->callsign + (size_t)n * IDENT_CALLSIGN_SIZE, d->callsign, IDENT_CALLSIGN_SIZE);
        last = d->number;
        n++;
    }
    airseam__web__idents__init(&room->idents);
    room->idents.number = u[0], room->idents.mode_s = u[1], room->idents.mode_a = u[2], room->idents.kind = u[3], room->idents.plan = u[4];
    room->idents.n_number = room->idents.n_mode_s = room->idents.n_mode_a = room->idents.n_kind = room->idents.n_plan = n;
    room->idents.callsign = (ProtobufCBinaryData){(size_t)n * IDENT_CALLSIGN_SIZE, room->callsign};
}

static void put_gone(struct window_room *room)
{
    if (room->gones > 0) {
        qsort(room->gone, room->gones, sizeof *room->gone, by_value);
    }
    for (uint32_t i = room->gones; i-- > 1;) {
        room->gone[i] -= room->gone[i - 1];
    }
}

static void fill(struct window_room *room, struct instant now, Airseam__Web__Frame *frame)
{
    if (room->count > 0) {
        qsort(room->chosen, room->count, sizeof *room->chosen, by_number);
    }
    put_tracks(room, now);
    put_idents(room);
    put_gone(room);
    frame->tracks = room->tracks.n_number > 0 ? &room->tracks : NULL;
    frame->idents = room->idents.n_number > 0 ? &room->idents : NULL;
    frame->gone = room->gone;
    frame->n_gone = room->gones;
}

/* ---- frames ---- */

static bool grow(struct window *v, uint32_t slots)
{
    uint32_t *more;

    if (slots <= v->slots) {
        return true;
    }
    more = realloc(v->number, slots * sizeof *more);
    if (!more) {
        return false;
    }
    memset(more + v->slots, 0, (slots - v->slots) * sizeof *more);
    v->number = more;
    v->slots = slots;
    return true;
}

/* Nothing has changed since its birth: who comes begins with a keyframe. */
struct window *window_new(struct scene *s, const struct window_want *want)
{
    struct window *v = calloc(1, sizeof *v);
    uint32_t slots;
    const struct scene_row *row = scene_rows(s, &slots);

    if (!v) {
        return NULL;
    }
    v->scene = s;
    v->want = *want;
    v->looked = scene_looks(s);
    if (!grow(v, slots)) {
        window_free(v);
        return NULL;
    }
    for (uint32_t i = 0; i < slots && (want->layers & AIRSEAM__WEB__LAYER__TRACKS); i++) {
        v->number[i] = is_in(v, &row[i]) ? row[i].number : 0;
    }
    return v;
}

static void choose(struct window_room *room, const struct scene_row *r, uint32_t what)
{
    if (what) {
        room->chosen[room->count++] = (struct chosen){r, what};
    }
}

bool window_delta(struct window *v, struct instant now, struct window_room *room, Airseam__Web__Frame *frame)
{
    uint32_t slots;
    const struct scene_row *row = scene_rows(v->scene, &slots);

    if (!grow(v, slots) || !make_room(room, slots)) {
        return false;
    }
    for (uint32_t i = 0; i < slots && (v->want.layers & AIRSEAM__WEB__LAYER__TRACKS); i++) {
        const struct scene_row *r = &row[i];
        bool in = is_in(v, r), new = in && v->number[i] != r->number;

        if (v->number[i] != 0 && (!in || new)) {
            room->gone[room->gones++] = v->number[i];
        }
        if (in) {
            choose(room, r, (new || r->moved > v->looked ? MOVED : 0u) | (new || r->named > v->looked ? NAMED : 0u));
        }
        room->shown += in;
        v->number[i] = in ? r->number : 0;
    }
    v->looked = scene_looks(v->scene);
    fill(room, now, frame);
    return true;
}

bool window_keyframe(const struct window *v, struct instant now, struct window_room *room, Airseam__Web__Frame *frame)
{
    uint32_t slots;
    const struct scene_row *row = scene_rows(v->scene, &slots);

    if (!make_room(room, slots)) {
        return false;
    }
    for (uint32_t i = 0; i < slots && (v->want.layers & AIRSEAM__WEB__LAYER__TRACKS); i++) {
        if (is_in(v, &row[i])) {
            choose(room, &row[i], MOVED | NAMED);
        }
    }
    room->shown = room->count;
    fill(room, now, frame);
    frame->keyframe = true;
    return true;
}
