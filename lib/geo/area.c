/* Inside: edges are sorted into strips of latitude; a ray to the east of the place meets those of one strip (crossing number, half-open at
 * the lower end). Distance: the edges are cut into pieces of at most PIECE_M, whose points in ECEF make a balanced k-d tree (Bentley, Comm. ACM 18
 * (1975)) in one array; the nearest by chord is the nearest on the ground but for pieces of equal distance within metres. The two pieces that
 * meet there are then straight in the tangent frame of the place's nearest point, and the geodesic goes to the foot. */
#include "geo/area.h"

#include "base/err.h"
#include "base/unit.h"
#include "geo/geodesic.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define UNIT (1e-4 * UNIT_DEG)
#define STRIPS 3600 /* of latitude: 0.05 degrees */
#define PIECE_M 4000.0
#define LEAF 8u

struct point {
    float x, y, z;
    uint32_t piece;
};

struct area {
    uint32_t areas, rings, corners, points, entries;
    char name[AREA_MAX][AREA_NAME];
    uint32_t *ring_end;     /* index behind the last corner */
    uint8_t *ring_area;
    struct geodetic *corner;
    uint32_t *edge_ring;    /* of the edge that begins at a corner */
    uint32_t strip[STRIPS + 1], *edge;
    struct geodetic *piece; /* points along the edges, in order */
    uint32_t *piece_edge;
    uint32_t *ring_piece;   /* first point of a ring; one more at the end */
    struct point *tree;
};

struct reader {
    const uint8_t *at;
    size_t size, used;
    int error;
};

static uint32_t number(struct reader *r)
{
    uint32_t value = 0;

    for (unsigned shift = 0; shift < 35; shift += 7) {
        if (r->used >= r->size || r->error) {
            r->error = r->error ? r->error : ERR_TRUNCATED;
            return 0;
        }
        uint8_t octet = r->at[r->used++];
        if (shift == 28 && octet > 15)
            break;
        value |= (uint32_t)(octet & 127) << shift;
        if (octet < 128)
            return value;
    }
    r->error = ERR_RANGE;
    return 0;
}

static int32_t difference(struct reader *r)
{
    uint32_t code = number(r);

    return code & 1 ? -(int32_t)(code >> 1) - 1 : (int32_t)(code >> 1);
}

static bool wanted(const char *const *names, const char *name)
{
    while (names && *names && strcmp(*names, name) != 0)
        names++;
    return !names || *names;
}

static void read_name(struct reader *r, char *name)
{
    size_t length = r->used < r->size ? r->at[r->used++] : 0;

    memset(name, 0, AREA_NAME);
    if (r->used == r->size || length > r->size - r->used)
        r->error = ERR_TRUNCATED;
    else if (length == 0 || length >= AREA_NAME)
        r->error = ERR_RANGE;
    else
        memcpy(name, r->at + r->used, length);
    r->used += r->error ? 0 : length;
}

/* One ring; kept where `keep`, only walked over and checked otherwise. */
static void read_ring(struct area *a, struct reader *r, bool keep, bool count_only)
{
    uint32_t corners = number(r);
    int64_t lat = 0, lon = 0;

    if (!r->error && (corners < 3 || corners > r->size - r->used))
        r->error = corners < 3 ? ERR_RANGE : ERR_TRUNCATED;
    for (uint32_t i = 0; i < corners && !r->error; i++) {
        lat += difference(r);
        lon += difference(r);
        if (!r->error && (lat < -900000 || lat > 900000 || lon < -1800000 || lon > 1800000))
            r->error = ERR_RANGE;
        if (keep && !count_only && !r->error) {
            a->edge_ring[a->corners] = a->rings;
            a->corner[a->corners] = (struct geodetic){(double)lat * UNIT, (double)lon * UNIT, 0};
        }
        a->corners += keep;
    }
    if (!keep || r->error)
        return;
    if (!count_only) {
        a->ring_end[a->rings] = a->corners;
        a->ring_area[a->rings] = (uint8_t)(a->areas - 1);
    }
    a->rings++;
}

static void read_areas(struct area *a, struct reader *r, const char *const *names, bool count_only)
{
    *r = (struct reader){r->at, r->size, 0, 0};
    a->areas = a->rings = a->corners = 0;
    if (r->size < 6)
        r->error = ERR_TRUNCATED;
    else if (memcmp(r->at, "AREA", 4) != 0)
        r->error = ERR_FORMAT;
    else if (r->at[4] != 1)
        r->error = ERR_VERSION;
    unsigned areas = r->error ? 0 : r->at[5];
    r->used = r->error ? 0 : 6;
    for (unsigned i = 0; i < areas && !r->error; i++) {
        char name[AREA_NAME];
        read_name(r, name);
        bool keep = !r->error && wanted(names, name);
        if (keep && a->areas == AREA_MAX)
            r->error = ERR_RANGE;
        else if (keep)
            memcpy(a->name[a->areas++], name, sizeof name);
        for (uint32_t ring = 0, rings = r->error ? 0 : number(r); ring < rings && !r->error; ring++)
            read_ring(a, r, keep, count_only);
    }
    if (!r->error && r->used != r->size)
        r->error = ERR_LENGTH;
    for (; !r->error && names && *names; names++)
        if (area_find(a, *names) == AREA_NONE)
            r->error = ERR_UNKNOWN;
}

/* ---- edges ---- */

static uint32_t next_corner(const struct area *a, uint32_t corner)
{
    uint32_t ring = a->edge_ring[corner];

    return corner + 1 < a->ring_end[ring] ? corner + 1 : ring ? a->ring_end[ring - 1] : 0;
}

static uint32_t strip_of(double lat_rad)
{
    double strip = (lat_rad / UNIT_DEG + 90) * (STRIPS / 180.0);

    return strip <= 0 ? 0 : strip >= STRIPS - 1 ? STRIPS - 1 : (uint32_t)strip;
}

static void edge_strips(const struct area *a, uint32_t corner, uint32_t *low, uint32_t *high)
{
    uint32_t from = strip_of(a->corner[corner].lat_rad), to = strip_of(a->corner[next_corner(a, corner)].lat_rad);

    *low = from < to ? from : to;
    *high = from < to ? to : from;
}

/* Counting sort of the edges into strips: count first (edge NULL), then place. */
static void fill_strips(struct area *a)
{
    uint32_t low, high;

    if (!a->edge) {
        memset(a->strip, 0, sizeof a->strip);
        for (uint32_t c = 0; c < a->corners; c++)
            for (edge_strips(a, c, &low, &high); low <= high; low++)
                a->strip[low + 1]++;
        for (uint32_t s = 0; s < STRIPS; s++)
            a->strip[s + 1] += a->strip[s];
        a->entries = a->strip[STRIPS];
        return;
    }
    for (uint32_t c = a->corners; c-- > 0;)
        for (edge_strips(a, c, &low, &high); low <= high; low++)
            a->edge[--a->strip[low + 1]] = c;
    memmove(a->strip, a->strip + 1, STRIPS * sizeof a->strip[0]);
    a->strip[STRIPS] = a->entries;
}

static uint32_t pieces_of(const struct area *a, uint32_t corner)
{
    struct geodetic from = a->corner[corner], to = a->corner[next_corner(a, corner)];
    double length_m = FRAME_A * hypot(to.lat_rad - from.lat_rad, (to.lon_rad - from.lon_rad) * cos(0.5 * (from.lat_rad + to.lat_rad)));

    return 1 + (uint32_t)(length_m / PIECE_M);
}

static void cut_edges(struct area *a)
{
    uint32_t at = 0;

    for (uint32_t c = 0; c < a->corners; c++) {
        if (c == 0 || a->edge_ring[c] != a->edge_ring[c - 1])
            a->ring_piece[a->edge_ring[c]] = at;
        struct geodetic from = a->corner[c], to = a->corner[next_corner(a, c)];
        uint32_t pieces = pieces_of(a, c);
        for (uint32_t i = 0; i < pieces; i++, at++) {
            double part = (double)i / pieces;
            struct geodetic g = {from.lat_rad + part * (to.lat_rad - from.lat_rad), from.lon_rad + part * (to.lon_rad - from.lon_rad), 0};
            struct vec3 p = frame_ecef(g);
            a->piece[at] = g;
            a->piece_edge[at] = c;
            a->tree[at] = (struct point){(float)p.x, (float)p.y, (float)p.z, at};
        }
    }
    a->ring_piece[a->rings] = at;
}

/* ---- the tree ---- */

static float axis_of(const struct point *p, unsigned axis)
{
    return axis == 0 ? p->x : axis == 1 ? p->y : p->z;
}

static bool before(const struct point *a, const struct point *b, unsigned axis)
{
    float x = axis_of(a, axis), y = axis_of(b, axis);

    return x < y || (x == y && a->piece < b->piece);
}

/* Hoare's selection: the middle one in its place, smaller ones before, greater ones behind. */
static void select_middle(struct point *p, uint32_t count, unsigned axis)
{
    uint32_t low = 0, high = count - 1, middle = count / 2;

    while (low < high) {
        struct point pivot = p[low + (high - low) / 2];
        int64_t i = low, j = high;
        while (i <= j) {
            while (before(&p[i], &pivot, axis))
                i++;
            while (before(&pivot, &p[j], axis))
                j--;
            if (i <= j) {
                struct point swap = p[i];
                p[i++] = p[j];
                p[j--] = swap;
            }
        }
        if (j < (int64_t)middle)
            low = (uint32_t)i;
        if ((int64_t)middle < i)
            high = (uint32_t)(j < 0 ? 0 : j);
    }
}

static void build(struct point *p, uint32_t count, unsigned axis)
{
    if (count <= LEAF)
        return;
    select_middle(p, count, axis);
    build(p, count / 2, (axis + 1) % 3);
    build(p + count / 2 + 1, count - count / 2 - 1, (axis + 1) % 3);
}

struct nearest {
    float at[3], square;
    uint32_t piece;
};

static void weigh(struct nearest *n, const struct point *p)
{
    float x = p->x - n->at[0], y = p->y - n->at[1], z = p->z - n->at[2], square = x * x + y * y + z * z;

    if (square < n->square || (square == n->square && p->piece < n->piece)) {
        n->square = square;
        n->piece = p->piece;
    }
}

static void search(struct nearest *n, const struct point *p, uint32_t count, unsigned axis)
{
    if (count <= LEAF) {
        for (uint32_t i = 0; i < count; i++)
            weigh(n, &p[i]);
        return;
    }
    const struct point *middle = p + count / 2;
    float off = n->at[axis] - axis_of(middle, axis);
    uint32_t behind = count - count / 2 - 1;
    search(n, off < 0 ? p : middle + 1, off < 0 ? count / 2 : behind, (axis + 1) % 3);
    if (off * off > n->square)
        return;
    weigh(n, middle);
    search(n, off < 0 ? middle + 1 : p, off < 0 ? behind : count / 2, (axis + 1) % 3);
}

/* ---- life ---- */

static bool take_new(struct area *a)
{
    size_t corners = a->corners + 1u, rings = a->rings + 1u;

    a->ring_end = calloc(rings, sizeof *a->ring_end);
    a->ring_area = calloc(rings, sizeof *a->ring_area);
    a->ring_piece = calloc(rings, sizeof *a->ring_piece);
    a->corner = calloc(corners, sizeof *a->corner);
    a->edge_ring = calloc(corners, sizeof *a->edge_ring);
    return a->ring_end && a->ring_area && a->ring_piece && a->corner && a->edge_ring;
}

static bool index_new(struct area *a)
{
    fill_strips(a);
    for (uint32_t c = 0; c < a->corners; c++)
        a->points += pieces_of(a, c);
    a->edge = calloc(a->entries + 1u, sizeof *a->edge);
    a->piece = calloc(a->points + 1u, sizeof *a->piece);
    a->piece_edge = calloc(a->points + 1u, sizeof *a->piece_edge);
    a->tree = calloc(a->points + 1u, sizeof *a->tree);
    if (!a->edge || !a->piece || !a->piece_edge || !a->tree)
        return false;
    fill_strips(a);
    cut_edges(a);
    build(a->tree, a->points, 0);
    return true;
}

struct area *area_new(const void *bytes, size_t size, const char *const *names, int *error, size_t *offset)
{
    struct area *a = calloc(1, sizeof *a);
    struct reader r = {bytes, size, 0, 0};

    *error = ERR_MEMORY;
    *offset = 0;
    if (!a)
        return NULL;
    read_areas(a, &r, names, true);
    if (!r.error && take_new(a)) {
        read_areas(a, &r, names, false);
        if (index_new(a)) {
            *error = ERR_NONE;
            return a;
        }
    }
    if (r.error) {
        *error = r.error;
        *offset = r.used;
    }
    area_free(a);
    return NULL;
}

void area_free(struct area *a)
{
    if (!a)
        return;
    free(a->ring_end);
    free(a->ring_area);
    free(a->ring_piece);
    free(a->corner);
    free(a->edge_ring);
    free(a->edge);
    free(a->piece);
    free(a->piece_edge);
    free(a->tree);
    free(a);
}

uint32_t area_count(const struct area *a)
{
    return a->areas;
}

const char *area_name(const struct area *a, uint32_t index)
{
    assert(index < a->areas);
    return a->name[index];
}

int area_find(const struct area *a, const char *name)
{
    for (uint32_t i = 0; i < a->areas; i++)
        if (strcmp(a->name[i], name) == 0)
            return (int)i;
    return AREA_NONE;
}

int area_at(const struct area *a, double lat_rad, double lon_rad)
{
    uint64_t odd = 0;
    uint32_t s = strip_of(lat_rad);

    for (uint32_t i = a->strip[s]; i < a->strip[s + 1]; i++) {
        const struct geodetic *from = &a->corner[a->edge[i]], *to = &a->corner[next_corner(a, a->edge[i])];
        if ((from->lat_rad <= lat_rad) == (to->lat_rad <= lat_rad))
            continue;
        double part = (lat_rad - from->lat_rad) / (to->lat_rad - from->lat_rad);
        if (from->lon_rad + part * (to->lon_rad - from->lon_rad) > lon_rad)
            odd ^= UINT64_C(1) << a->ring_area[a->edge_ring[a->edge[i]]];
    }
    for (uint32_t i = 0; i < a->areas; i++)
        if (odd >> i & 1)
            return (int)i;
    return AREA_NONE;
}

/* The point of the straight piece from b to c (east, north of the frame's anchor, in m) nearest to the place at p. */
static struct vec3 foot(struct vec3 b, struct vec3 c, struct vec3 p)
{
    struct vec3 along = mat_sub3(c, b);
    double square = mat_dot3(along, along), part = square > 0 ? mat_dot3(mat_sub3(p, b), along) / square : 0;

    return mat_add3(b, mat_scale3(fmax(0, fmin(1, part)), along));
}

/* The point nearest to p on the two pieces that meet in piece i, around the end of its ring too. */
static struct vec3 nearest_on_edges(const struct area *a, uint32_t i, struct vec3 p)
{
    uint32_t ring = a->edge_ring[a->piece_edge[i]], first = a->ring_piece[ring], end = a->ring_piece[ring + 1];
    struct vec3 here = frame_ecef(a->piece[i]);
    struct vec3 ahead = foot(here, frame_ecef(a->piece[i + 1 < end ? i + 1 : first]), p);
    struct vec3 behind = foot(frame_ecef(a->piece[i > first ? i - 1 : end - 1]), here, p);

    return mat_norm3(mat_sub3(ahead, p)) <= mat_norm3(mat_sub3(behind, p)) ? ahead : behind;
}

double area_distance(const struct area *a, double lat_rad, double lon_rad, struct geodetic *near_point, uint32_t *hint)
{
    struct geodetic at = {lat_rad, lon_rad, 0};
    struct vec3 p = frame_ecef(at);
    struct nearest n = {{(float)p.x, (float)p.y, (float)p.z}, INFINITY, 0};

    if (near_point)
        *near_point = at;
    if (a->points == 0)
        return INFINITY;
    if (hint && *hint < a->points) {
        struct vec3 q = frame_ecef(a->piece[*hint]);
        struct point guess = {(float)q.x, (float)q.y, (float)q.z, *hint};
        weigh(&n, &guess);
    }
    search(&n, a->tree, a->points, 0);
    if (hint)
        *hint = n.piece;
    struct geodetic shore = frame_geodetic(nearest_on_edges(a, n.piece, p));
    shore.hae_m = 0;
    if (near_point)
        *near_point = shore;
    return geodesic_inverse(at, shore, NULL, NULL);
}

uint32_t area_ring(const struct area *a, uint32_t ring, int *area, const struct geodetic **corners)
{
    if (ring >= a->rings)
        return 0;
    uint32_t from = ring ? a->ring_end[ring - 1] : 0;
    *area = a->ring_area[ring];
    *corners = a->corner + from;
    return a->ring_end[ring] - from;
}
