/* publish: the outputs. Each kind is a row of functions in one table (publish.c); each output asks picture/release, for the nation of its
 * consumers, what of a track may leave. All periods run in the picture's clock. */
#ifndef DAEMON_PUBLISH_H
#define DAEMON_PUBLISH_H

#include "daemon/engine.h"
#include "daemon/log.h"
#include "picture/release.h"
#include "settings/settings.h"
#include <event2/event.h>

/* What outputs are given; lent for their life. */
struct publish_context {
    struct event_base *base;
    const struct engine *engine;
    const struct release *release;
    struct log *log;
    char node[SETTINGS_NAME], nation[3];
    const uint8_t *own; /* a bit per source: a sensor of the node's own nation */
};

#define PUBLISH_COUNTERS(X)                                                                                              \
    X(tracks, "track messages made") X(withheld, "tracks that release did not let through") X(frames, "datagrams or frames sent") \
    X(octets, "octets sent") X(lost, "frames lost: slow consumers, failed sends")
struct publish_counters {
#define X(name, help) uint64_t name;
    PUBLISH_COUNTERS(X)
#undef X
    uint32_t consumers; /* connected now */
};

struct output;

/* A kind of output. */
struct publish_kind {
    const char *name;
    /* NULL with *why. The settings are lent for the output's life. */
    void *(*open)(const struct publish_context *c, const struct settings_output *s, const char **why);
    void (*close)(void *output);
    void (*event)(void *output, const struct track_event *e); /* something happened to a track */
    void (*period)(void *output, struct instant now);         /* a period has passed: the whole picture is due */
    void (*sensors)(void *output, struct instant now);        /* sensors' states are due */
    void (*status)(void *output, struct instant now);         /* the node's state is due */
    void (*flush)(void *output);                              /* the wake-up ends: what was gathered goes out */
    struct publish_counters (*counters)(const void *output);
    void (*address)(const void *output, char *out, size_t size); /* where it listens */
};

struct publish;

/* NULL when memory is short. */
struct publish *publish_new(const struct publish_context *c);
void publish_free(struct publish *p);

/* Opens, closes and reopens outputs so that they are those of the settings; those that did not change go on. Returns how many could not be opened
 * (each is logged). */
unsigned publish_settings(struct publish *p, const struct settings *s);

void publish_event(struct publish *p, const struct track_event *e);
/* Works off what is due; the next instant at which something is. */
void publish_expire(struct publish *p, struct instant now);
struct instant publish_deadline(const struct publish *p);
void publish_flush(struct publish *p);

/* Outputs by index. False: no such index. */
struct publish_state {
    const struct settings_output *settings;
    const char *kind;
    bool open;
    char address[80];
    struct publish_counters counters;
};
bool publish_state(const struct publish *p, unsigned index, struct publish_state *out);

/* What may leave of a track for a nation, with the count of what may not. */
bool publish_release(const struct publish_context *c, const char nation[3], struct publish_counters *counters, const struct track *in, struct instant now,
                     struct track *out);
/* Whether a sensor of the node's own nation supports the track: saw it within PUBLISH_OWN_S. What is known from other nodes alone is never sent on to nodes, or
 * two of them would keep a ghost alive between them. */
#define PUBLISH_OWN_S 30.0
bool publish_own(const struct publish_context *c, const struct track *t, struct instant now);
/* May the nation know of the sensor? */
bool publish_site(const struct publish_context *c, const char nation[3], const struct site *site);

extern const struct publish_kind out_cat062_kind, out_stream_kind;

#endif
