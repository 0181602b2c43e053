/* Feeds that did not change go on: their connections, buffers and counters stay. */
#include "daemon/loop_feeds.h"

#include <string.h>

static bool same_feed(const struct settings_feed *a, const struct settings_feed *b)
{
    struct settings_feed one = *a, other = *b;

    memset(&one.place, 0, sizeof one.place);
    memset(&other.place, 0, sizeof other.place);
    return memcmp(&one, &other, sizeof one) == 0;
}

void loop_feeds_close(struct loop *l, const struct settings *s)
{
    unsigned kept = 0;

    for (unsigned i = 0; i < l->feeds; i++) {
        bool stays = false;

        for (uint32_t k = 0; k < s->feeds; k++) {
            stays = stays || same_feed(feed_settings(l->feed[i]), &s->feed[k]);
        }
        if (stays) {
            l->feed[kept++] = l->feed[i];
        } else {
            log_put(l->log, LOG_INFO, "feed_closed", "feed=%s", feed_settings(l->feed[i])->name);
            feed_close(l->feed[i]);
        }
    }
    l->feeds = kept;
}

unsigned loop_feeds_open(struct loop *l, const struct settings *s, void (*on_unit)(void *context, int number, const uint8_t *bytes, size_t size))
{
    struct feed_sink sink = {on_unit, l};
    unsigned failed = 0, before = l->feeds;

    for (uint32_t k = 0; k < s->feeds; k++) {
        const char *why = "no room";
        bool open = false;
        int number = engine_find_feed(l->engine, s->feed[k].name);
        struct feed *f = NULL;

        for (unsigned i = 0; i < before; i++) {
            open = open || same_feed(feed_settings(l->feed[i]), &s->feed[k]);
        }
        if (open) {
            continue;
        }
        if (number >= 0) {
            f = feed_open(l->base, &s->feed[k], number, &sink, l->log, &why);
        }
        if (f) {
            char address[80];

            l->feed[l->feeds++] = f;
            feed_address(f, address, sizeof address);
            log_put(l->log, LOG_INFO, "feed_opened", "feed=%s address=%s", s->feed[k].name, address);
        } else {
            log_put(l->log, LOG_ERROR, "feed_failed", "feed=%s why=\"%s\"", s->feed[k].name, why);
            failed++;
        }
    }
    return failed;
}
