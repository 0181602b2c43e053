/* settings: what the operator decides, out of a YAML text, checked against rows (settings/settings_rows.h) and handed over as one struct.
 *
 * Every mistake is reported, not only the first, as "file:line:column: key: expected …, found …". Units stand in the keys (period_s, lat_deg)
 * and are turned into SI here. The same rows print the commented default file, the table of the man page, and settings back as text that
 * parses to the same settings; sensor files (CSV, one site a line, columns named as the keys of `sites`) then stand inline. */
#ifndef SETTINGS_SETTINGS_H
#define SETTINGS_SETTINGS_H

#include "base/text.h"
#include "geo/frame.h"
#include "settings/settings_class.h"
#include "settings/settings_endpoint.h"
#include "settings/settings_peer.h"
#include "settings/settings_site.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SETTINGS_PATH 256
#define SETTINGS_FILES 16
#define SETTINGS_FEEDS 64
#define SETTINGS_OUTPUTS 32
#define SETTINGS_SITES 2048
#define SETTINGS_EDITIONS 16 /* per feed */
#define SETTINGS_SOURCES 256 /* per feed */
#define SETTINGS_FROM 16     /* per feed */
enum { SETTINGS_RELEASES = 64, SETTINGS_ACCOUNTS = 64 };

enum settings_clock { SETTINGS_WALL, SETTINGS_SCENARIO };
enum settings_format { SETTINGS_ASTERIX, SETTINGS_CSV, SETTINGS_PB, SETTINGS_FINAL, SETTINGS_CD2 };
enum settings_output_kind { SETTINGS_CAT062, SETTINGS_TRACK_STREAM };
enum settings_level { SETTINGS_ERROR, SETTINGS_WARNING, SETTINGS_INFO, SETTINGS_DEBUG };
/* A list of texts. */
struct settings_names {
    uint32_t count;
    char name[SETTINGS_FILES][SETTINGS_PATH];
};

struct settings_edition {
    uint16_t source; /* SAC << 8 | SIC; 0: every source of the feed */
    uint8_t category;
    char edition[8];
};

struct settings_feed {
    struct settings_place place;
    char name[SETTINGS_NAME];
    struct settings_endpoint listen, connect; /* one of them is used; transport NONE: the other */
    uint8_t format;                           /* enum settings_format */
    bool enabled;
    double clock_tolerance_s;
    struct { uint32_t count; struct settings_edition edition[SETTINGS_EDITIONS]; } editions;
    struct { uint32_t count; uint16_t source[SETTINGS_SOURCES]; } sources; /* none: any */
    struct settings_names from;               /* addresses that may send; none: any */
};

struct settings_output {
    struct settings_place place;
    char name[SETTINGS_NAME];
    uint8_t kind;                         /* enum settings_output_kind */
    struct settings_endpoint to, listen;  /* by kind: datagrams go to, streams listen */
    char nation[3];                       /* the viewer, for picture/release */
    bool own;                             /* only tracks that sensors of the node's own nation support */
    double period_s;                      /* 0: per plot */
    uint32_t sac, sic;                    /* the node's own identity in what it sends */
    double sensors_period_s, status_period_s; /* of CAT063 and CAT065; 0: none */
    uint32_t queue_bytes;                 /* a slower consumer loses its own frames */
};

/* An exception of what other nations may see (picture/release.h, with the same bits). */
struct settings_release {
    struct settings_place place;
    char name[SETTINGS_NAME];
    uint32_t to, classes, of, seen_by, withhold;
    bool sensors; double delay_s; char area[64]; /* "", "circle LAT LON NM", "box SOUTH WEST NORTH EAST" */
};

struct settings_account { /* somebody who may sign in at the web server */
    struct settings_place place;
    char name[SETTINGS_NAME], nation[3], token_sha256[65]; /* in hexadecimal */
    uint32_t may;          /* operate|handoff|time */
    char position[SETTINGS_NAME]; /* for which handoff commands are given; "": any */
};

struct settings {
    struct { char name[SETTINGS_NAME]; char nation[3]; } node;
    struct { uint8_t kind; struct settings_endpoint listen; } clock; /* enum settings_clock */
    struct {
        uint32_t tracks, plots, sensors, plans;
        double coast_max_s;
        bool identity, registration, sigma_maps, retro_merge, height_estimation;
    } tracker;
    struct { struct settings_endpoint listen; char nation[3], coverage[SETTINGS_PATH]; } http; /* transport NONE: no web server */
    struct { char socket[SETTINGS_PATH]; } control;                   /* "": none */
    struct { char directory[SETTINGS_PATH]; double snapshot_period_s, sync_period_s; uint32_t buffer_bytes; } tape; /* directory "": none */
    struct { uint8_t level; double notice_period_s; char user[SETTINGS_NAME]; } process; /* enum settings_level */
    struct { struct settings_names files; } sensors; /* CSV files, relative to the settings file */
    struct {
        struct settings_names centres; /* files, relative to the settings file; none: no handoffs */
        uint32_t here;                 /* US|CA|MX: nations whose centres this node has; none: all */
        char log[SETTINGS_PATH], journal[SETTINGS_PATH], certificate[SETTINGS_PATH], key[SETTINGS_PATH], authority[SETTINGS_PATH];
        struct settings_endpoint listen; /* for peers */
        double keepalive_s;
    } handoff;
    uint32_t peers, gateways;
    struct settings_peer peer[SETTINGS_PEERS];
    struct settings_gateway gateway[SETTINGS_GATEWAYS];
    uint32_t feeds, outputs, releases, accounts, classes, sites;
    struct settings_release release[SETTINGS_RELEASES];
    struct settings_account account[SETTINGS_ACCOUNTS];
    struct settings_feed feed[SETTINGS_FEEDS];
    struct settings_output output[SETTINGS_OUTPUTS];
    struct settings_site site[SETTINGS_SITES];
    struct settings_class class[SETTINGS_CLASSES]; /* none: the usual rules (track/classify.h) */
};

/* Every default, no feeds, outputs or sites. NULL when memory is short. */
struct settings *settings_new(void);
void settings_free(struct settings *s);

/* Reads a YAML text into s (which is as new before; `file` stands in the errors). Returns the number of errors; each is a line in *errors. s may be used
 * only when 0 came back. Sensor files are not opened here: the caller reads those that s->sensors.files names and hands each to settings_parse_sites. */
unsigned settings_parse(struct settings *s, const char *file, struct text yaml, struct text_out *errors);
/* Adds the sites of a CSV text; columns that are no keys of `sites` are passed over (they belong to other readers of the file). Errors as above,
 * but a row with an error is left out and the others may be used: who reads settings for an operator refuses them all, who lists sensors may go on. */
unsigned settings_parse_sites(struct settings *s, const char *file, struct text csv, struct text_out *errors);
/* What holds between rows: unique names and SAC/SIC, endpoints that fit. settings_parse calls it; call it again after settings_parse_sites. */
unsigned settings_check(const struct settings *s, const char *file, struct text_out *errors);

/* As YAML with everything inline; parses to equal settings. `sensors.files` is left out: its sites stand in `sites`. */
void settings_print(const struct settings *s, struct text_out *out);
/* The commented default file, and the rows as mdoc list items for the man page. */
void settings_print_default(struct text_out *out);
void settings_print_man(struct text_out *out);

#endif
