/* Records into blocks of one datagram's size, so that convert makes datagrams of them as they are. */
#include "sim/track_ast.h"

#include "wire/asterix_block.h"
#include "wire/system_track.h"
#include <stdlib.h>

#define CATEGORY 62
#define DATAGRAM 1472 /* what one Ethernet frame carries */

struct track_ast {
    FILE *out;
    bool every_update;
    uint64_t records;
    struct system_track *writer;
    struct asterix_block_out block;
    uint8_t bytes[DATAGRAM];
};

struct track_ast *track_ast_new(FILE *out, uint8_t sac, uint8_t sic, bool every_update)
{
    struct track_ast *w = calloc(1, sizeof *w);
    if (w && !(w->writer = system_track_new(sac, sic))) {
        free(w);
        return NULL;
    }
    if (w) {
        w->out = out;
        w->every_update = every_update;
        asterix_block_init(&w->block, w->bytes, sizeof w->bytes);
    }
    return w;
}

static void flush(struct track_ast *w)
{
    size_t octets = asterix_block_close(&w->block);
    fwrite(w->bytes, 1, octets, w->out);
}

static void put(struct track_ast *w, const struct track_event *e)
{
    uint8_t record[SYSTEM_TRACK_RECORD];
    int octets = system_track_encode(w->writer, e, record, sizeof record);
    if (octets <= 0)
        return;
    if (asterix_block_put(&w->block, CATEGORY, record, (size_t)octets) < 0) {
        flush(w);
        asterix_block_put(&w->block, CATEGORY, record, (size_t)octets);
    }
    w->records++;
}

void track_ast_event(struct track_ast *w, const struct track_event *e)
{
    if (w->every_update || e->kind != TRACK_UPDATE)
        put(w, e);
}

void track_ast_put(struct track_ast *w, const struct picture *p, const struct release *r, struct release_nation viewer, struct instant t)
{
    struct track whole;
    struct track_event e = {.kind = TRACK_UPDATE};
    for (uint32_t slot = 0; slot < picture_slots(p); slot++)
        if (picture_at(p, slot, t, &whole) && release_track(r, viewer, &whole, t, &e.track))
            put(w, &e);
    flush(w);
}

uint64_t track_ast_records(const struct track_ast *w)
{
    return w->records;
}

void track_ast_free(struct track_ast *w)
{
    if (!w)
        return;
    flush(w);
    system_track_free(w->writer);
    free(w);
}
