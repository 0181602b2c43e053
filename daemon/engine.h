/* engine: units in → decoders → picture → events and notices out. The daemon's live run and `airseam replay` are this same code.
 *
 * Feeds are numbered in the order in which they became known and keep their number for the run (also on the tape). One engine holds the
 * decoders of its feeds and one picture. No socket, no clock, no file: like the picture it is a function of what it is given, so that a tape
 * of (feed, unit, arrival), settings and commands ends in the digest of the run that wrote it. */
#ifndef DAEMON_ENGINE_H
#define DAEMON_ENGINE_H

#include "air/notice.h"
#include "air/report.h"
#include "picture/picture.h"
#include "wire/decoder.h"
#include "wire/tape.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ENGINE_FEEDS 64
#define ENGINE_NAME 32
#define ENGINE_SOURCES 65536

struct engine;
struct settings; /* settings/settings.h */

/* Members may be NULL. What is handed over is lent for the call; no engine_* may be called from inside. */
struct engine_sink {
    void (*event)(void *context, const struct track_event *e);
    void (*notice)(void *context, int feed, const struct notice *n); /* feed -1: the picture's own */
    void (*report)(void *context, int feed, const struct report *r); /* each report just before the picture takes it */
    void *context;
};

/* What settings alone cannot see, because formats are not theirs: NULL, or what is wrong (static text) and *feed, the feed it is wrong with (lent from s). */
const char *engine_check(const struct settings *s, const char **feed);

/* An engine with the picture, sensors and feeds of the settings (copied); *sink is copied. NULL when memory is short. */
struct engine *engine_new(const struct settings *s, const struct engine_sink *sink);
void engine_free(struct engine *e);

/* Adds a feed: its number, or ERR_FULL, or ERR_UNKNOWN (no such edition; *error, may be NULL, gets a static text). The name is unique or found anew:
 * a known name keeps its number and, when its decoder settings are others than before, gets a new decoder. */
int engine_add_feed(struct engine *e, const char *name, const struct decoder_settings *d, const char **error);
/* The number of a feed, or ERR_UNKNOWN; the number of feeds; a feed's name. */
int engine_find_feed(const struct engine *e, const char *name);
int engine_feeds(const struct engine *e);
const char *engine_feed_name(const struct engine *e, int feed);

/* One unit of a feed. arrival INSTANT_NONE: the unit has none (raw files), its records' own times drive the picture. An arrival before the
 * engine's now counts as now (the picture's time does not run backwards). Returns the number of reports it held. */
int engine_input(struct engine *e, int feed, const uint8_t *bytes, size_t size, uint64_t offset, struct instant arrival);
/* New settings at instant now: sensors are added or changed, feeds added, changed, or closed when they are gone. The picture's capacities stay. */
void engine_settings(struct engine *e, const struct settings *s, struct instant now);
/* A command that changes the picture: "feed disable NAME", "feed enable NAME" (a disabled feed's units are counted and passed over);
 * "sensor disable SAC/SIC", "sensor enable SAC/SIC" (of a disabled sensor the picture hears nothing, by whatever feed it comes).
 * 0, ERR_FORMAT or ERR_UNKNOWN. */
int engine_command(struct engine *e, const char *text, struct instant now);

/* One frame of a tape, as the run that wrote it did it: feed units, commands, settings, the end. 0; ERR_FORMAT (settings that do not parse, unknown
 * type); ERR_STATE at TAPE_END when the digests differ. START is for engine_new's caller (daemon/config.h makes settings of its text). */
int engine_frame(struct engine *e, const struct tape_frame *f);

/* Time passes. The latest instant the engine was told; when expire must next be called. */
struct instant engine_now(const struct engine *e);
struct instant engine_deadline(const struct engine *e);
void engine_expire(struct engine *e, struct instant now);
/* Hands out what happened to the sink. Decoders' notices went out at once, inside engine_input. */
void engine_drain(struct engine *e);

/* The picture, lent, to read tracks, sensors, counters and the digest from. */
const struct picture *engine_picture(const struct engine *e);

struct engine_feed_state {
    bool enabled;
    struct instant last;            /* arrival of its latest unit; INSTANT_NONE: none yet */
    uint64_t units, bytes, reports; /* that reached the decoder */
    uint64_t passed_over;           /* units while disabled */
    uint64_t notices[NOTICE_KINDS];
    struct decoder_counters decoder;
};
bool engine_feed_state(const struct engine *e, int feed, struct engine_feed_state *out);
/* Octets that reached a feed's decoder: the offset of its next unit in a live run, and in the replay of one. */
uint64_t engine_feed_bytes(const struct engine *e, int feed);
/* Records of an ASTERIX category that a feed held. */
uint64_t engine_records(const struct engine *e, int feed, uint8_t category);
/* Is the sensor switched off by command? */
bool engine_sensor_off(const struct engine *e, uint16_t source);
/* What is known of a source's clock at any feed: the feed that hears it, or ERR_UNKNOWN. */
int engine_clock(const struct engine *e, uint16_t source, struct decoder_clock *out);

/* The whole state as bytes. load: 0, or ERR_FORMAT when the bytes are another build's, other settings' or damaged; the engine
 * must then be freed. It has the feeds that the engine had which saved. */
size_t engine_state_size(const struct engine *e);
void engine_save(const struct engine *e, void *out);
int engine_load(struct engine *e, const void *in, size_t size);

#endif
