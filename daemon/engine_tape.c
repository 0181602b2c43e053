/* What the frames of a tape do to an engine: by the same functions that the live run calls. */
#include "daemon/engine.h"

#include "base/err.h"
#include "base/text.h"
#include "daemon/config.h"
#include <string.h>

static int frame_settings(struct engine *e, const struct tape_frame *f)
{
    char room[1024];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config;

    if (!config_parse(&config, "tape", (const char *)f->payload, f->size, &errors)) {
        return ERR_FORMAT;
    }
    engine_settings(e, config.settings, f->arrival);
    config_close(&config);
    return 0;
}

static int frame_command(struct engine *e, const struct tape_frame *f)
{
    char text[128];

    if (f->size >= sizeof text) {
        return ERR_FORMAT;
    }
    memcpy(text, f->payload, f->size);
    text[f->size] = '\0';
    return engine_command(e, text, f->arrival);
}

/* "SAC/SIC": the one radar of a CD-2 line. */
static bool take_source(struct text word, struct decoder_settings *d)
{
    struct text sac;
    int64_t area = 0, code = 0;

    if (!text_field(&word, '/', &sac) || text_int(sac, 10, &area) != 0 || text_int(word, 10, &code) != 0 || area < 0 || area > 255 || code < 0 || code > 255) {
        return false;
    }
    d->sources = 1;
    d->source[0] = (uint16_t)(area << 8 | code);
    return true;
}

/* A feed that the tape's settings know exists already; one that stands here alone (a tape made without a daemon) begins to exist. */
static int frame_feed(struct engine *e, const struct tape_frame *f)
{
    static const struct { const char *name; uint8_t format; } formats[] = {
        {"asterix", DECODER_ASTERIX}, {"final", DECODER_ASTERIX}, {"csv", DECODER_CSV}, {"pb", DECODER_PB}, {"cd2", DECODER_CD2}};
    struct text rest = {(const char *)f->payload, f->size}, word;
    struct decoder_settings d = decoder_settings_default();
    char name[ENGINE_NAME] = "";

    if (f->feed < engine_feeds(e)) {
        return 0;
    }
    if (!text_field(&rest, ' ', &word) || word.size == 0 || word.size >= sizeof name) {
        return ERR_FORMAT;
    }
    memcpy(name, word.at, word.size);
    if (!text_field(&rest, ' ', &word)) {
        return ERR_FORMAT;
    }
    d.format = DECODER_FORMATS;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        d.format = text_equal(word, formats[i].name) ? formats[i].format : d.format;
    }
    if (d.format == DECODER_CD2 && (!text_field(&rest, ' ', &word) || !take_source(word, &d))) {
        return ERR_FORMAT;
    }
    while (d.format < DECODER_FORMATS && text_field(&rest, ' ', &word)) {
        struct decoder_edition *row = &d.edition[d.editions];
        struct text category;
        int64_t number;

        if (d.editions == DECODER_EDITIONS || !text_field(&word, '=', &category) || text_int(category, 10, &number) != 0 || number < 0 || number > 255 ||
            word.size >= sizeof row->edition) {
            return ERR_FORMAT;
        }
        memcpy(row->edition, word.at, word.size);
        row->category = (uint8_t)number;
        d.editions++;
    }
    return d.format == DECODER_FORMATS || engine_add_feed(e, name, &d, NULL) != f->feed ? ERR_UNKNOWN : 0;
}

static int frame_end(struct engine *e, const struct tape_frame *f)
{
    uint64_t digest = 0;

    if (f->size != sizeof digest) {
        return ERR_FORMAT;
    }
    for (int i = 7; i >= 0; i--) {
        digest = digest << 8 | f->payload[i];
    }
    engine_expire(e, f->arrival);
    return digest == picture_digest(engine_picture(e)) ? 0 : ERR_STATE;
}

int engine_frame(struct engine *e, const struct tape_frame *f)
{
    switch ((enum tape_type)f->type) {
    case TAPE_FEED:
        if (f->feed >= engine_feeds(e)) {
            return ERR_UNKNOWN;
        }
        engine_input(e, f->feed, f->payload, f->size, engine_feed_bytes(e, f->feed), f->arrival);
        return 0;
    case TAPE_COMMAND: return frame_command(e, f);
    case TAPE_SETTINGS: return frame_settings(e, f);
    case TAPE_END: return frame_end(e, f);
    case TAPE_FEED_INFO: return frame_feed(e, f);
    case TAPE_START:
    case TAPE_SNAPSHOT:
    case TAPE_INDEX: return 0;
    }
    return ERR_FORMAT;
}
