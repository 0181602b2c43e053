#include "wire/pb.h"

#include "base/err.h"
#include <string.h>

static void *take(void *context, size_t size)
{
    struct pb_arena *a = context;
    size_t whole = (size + alignof(max_align_t) - 1) / alignof(max_align_t) * alignof(max_align_t);
    void *at = a->bytes + a->used;

    if (whole > PB_ARENA - a->used) {
        return NULL;
    }
    a->used += whole;
    return at;
}

static void give(void *context, void *pointer)
{
    (void)context;
    (void)pointer;
}

ProtobufCAllocator pb_allocator(struct pb_arena *a)
{
    a->used = 0;
    return (ProtobufCAllocator){take, give, a};
}

void pb_put_geodetic(Airseam__Geodetic *out, const struct geodetic *g)
{
    airseam__geodetic__init(out);
    out->lat_rad = g->lat_rad;
    out->lon_rad = g->lon_rad;
    out->hae_m = g->hae_m;
}

struct geodetic pb_get_geodetic(const Airseam__Geodetic *g)
{
    return g ? (struct geodetic){g->lat_rad, g->lon_rad, g->hae_m} : (struct geodetic){0, 0, 0};
}

void pb_put_ident(Airseam__Ident *out, char callsign[IDENT_CALLSIGN_SIZE + 1], const struct ident *i)
{
    airseam__ident__init(out);
    memcpy(callsign, i->callsign, IDENT_CALLSIGN_SIZE + 1);
    out->flags = i->flags;
    out->mode_s = i->mode_s;
    out->mode_a = i->mode_a;
    out->mode_2 = i->mode_2;
    out->callsign = callsign;
}

struct ident pb_get_ident(const Airseam__Ident *i)
{
    struct ident out = {0};

    if (i) {
        out.flags = (uint16_t)(i->flags & ~(uint32_t)IDENT_CALLSIGN);
        out.mode_s = i->mode_s & 0xffffff;
        out.mode_a = (uint16_t)(i->mode_a & 07777);
        out.mode_2 = (uint16_t)(i->mode_2 & 07777);
        if ((i->flags & IDENT_CALLSIGN) && i->callsign) {
            size_t n = strlen(i->callsign);

            ident_set_callsign(&out, i->callsign, (unsigned)(n < IDENT_CALLSIGN_SIZE ? n : IDENT_CALLSIGN_SIZE));
        }
    }
    return out;
}

void pb_put_level(Airseam__Level *out, const struct level *l)
{
    airseam__level__init(out);
    out->flags = l->flags;
    out->pressure_m = l->pressure_m;
    out->hae_m = l->hae_m;
    out->sigma_height_m = l->sigma_height_m;
}

struct level pb_get_level(const Airseam__Level *l)
{
    return l ? (struct level){.pressure_m = l->pressure_m, .hae_m = l->hae_m, .sigma_height_m = l->sigma_height_m, .flags = (uint8_t)l->flags}
             : (struct level){0};
}

int pb_frame(const uint8_t *body, int size, uint8_t *out, size_t room)
{
    size_t head = size >= 128 ? 2 : 1;

    if (size < 0 || (size_t)size + head > room) {
        return size < 0 ? size : ERR_FULL;
    }
    out[0] = (uint8_t)((size & 0x7f) | (head == 2 ? 0x80 : 0));
    if (head == 2) {
        out[1] = (uint8_t)(size >> 7);
    }
    memcpy(out + head, body, (size_t)size);
    return size + (int)head;
}

void pb_get_text(const char *text, char *out, size_t size)
{
    size_t n = text ? strlen(text) : 0;

    n = n < size ? n : size - 1;
    memcpy(out, text ? text : "", n);
    out[n] = '\0';
}
