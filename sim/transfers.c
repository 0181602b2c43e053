#include "sim/transfers.h"

#include "daemon/centres.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TAIL_S 60.0
#define LINE 1024

struct transfers {
    struct centres *centres;
    struct desk *desk;
    FILE *log;
    struct instant now;
};

static void on_entry(void *context, const struct diary_entry *e)
{
    struct transfers *t = context;
    char line[LINE];
    struct text_out out = text_out_init(line, sizeof line);

    if (t->log) {
        diary_print(e, &out);
        fprintf(t->log, "%s\n", line);
    }
}

static void drain(struct transfers *t)
{
    struct desk_sink sink = {.event = on_entry, .context = t};

    desk_drain(t->desk, &sink);
}

/* Events of one instant come in the order of their tracks, and the picture's clock may stand behind what was seen last. */
static struct instant clock_of(struct transfers *t, struct instant now)
{
    t->now = instant_before(t->now, now) ? now : t->now;
    return t->now;
}

struct transfers *transfers_open(const struct verb *verb, const char *const *centres, uint32_t count, const char *log)
{
    static const char *const usual[] = {"config/centres.yaml"};
    struct transfers *t = calloc(1, sizeof *t);
    char room[8192] = "";
    struct text_out errors = text_out_init(room, sizeof room);
    struct desk_settings settings;

    if (!t) {
        verb_error(verb, "no memory");
        return NULL;
    }
    t->now = INSTANT_NONE;
    t->centres = centres_open(count ? centres : usual, count ? count : 1, &settings, &errors);
    t->desk = t->centres ? desk_new(&settings, t->centres) : NULL;
    t->log = t->desk && log ? fopen(log, "w") : NULL;
    if (!t->desk || (log && !t->log)) {
        fputs(room, stderr);
        verb_error(verb, "%s", !t->centres ? "centres with mistakes" : !t->desk ? "no memory" : strerror(errno));
        transfers_close(t);
        return NULL;
    }
    return t;
}

void transfers_close(struct transfers *t)
{
    if (!t) {
        return;
    }
    if (t->desk && instant_is_set(t->now)) {
        desk_expire(t->desk, instant_add(t->now, TAIL_S));
        drain(t);
    }
    if (t->log) {
        fclose(t->log);
    }
    desk_free(t->desk);
    centre_free(t->centres);
    free(t);
}

void transfers_event(struct transfers *t, const struct track_event *e, struct instant now)
{
    desk_input_track(t->desk, e, clock_of(t, now));
    drain(t);
}

void transfers_report(struct transfers *t, const struct report *r, struct instant now)
{
    if (r->kind == REPORT_PLAN) {
        desk_input_plan(t->desk, &r->plan, clock_of(t, now));
        drain(t);
    }
}
