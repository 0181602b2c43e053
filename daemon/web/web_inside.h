/* web_inside: what the files of web share: web.c (who is there, the tick), web_client.c (a connection), web_ask.c (what viewers ask), web_say.c (what frames say). */
#ifndef DAEMON_WEB_WEB_INSIDE_H
#define DAEMON_WEB_WEB_INSIDE_H

#include "daemon/web/account.h"
#include "daemon/web/window.h"
#include "daemon/web/web.h"
#include "daemon/web/ws.h"
#include <event2/bufferevent.h>
#include <event2/http.h>
#include <sys/types.h>

#define WEB_TICK_MS 100
#define WEB_PERIOD_TICKS 10 /* of a view that says nothing else */
#define WEB_SCENES 16
#define WEB_EVENTS 512      /* kept for the time line */
#define WEB_EVENTS_FIRST 100
#define WEB_UNREAD 3        /* frames that a viewer which counts may leave unread */

struct web_event {
    int64_t instant_ms;
    int severity;
    uint16_t source;
    uint32_t track;
    char kind[24], text[160];
};

/* Plots of a sensor at the last look, and what came since the one before. */
struct web_rate {
    uint64_t plots;
    double per_s;
};

struct web_coverage;
struct web_handoffs;

struct web_view {
    struct window *view;
    unsigned holds, phase;
    uint64_t said;        /* events said so far */
    struct blob *key;     /* the keyframe of tick key_tick, for all who want one then */
    uint64_t key_tick;
    uint64_t handoffs;    /* the web's handoffs_now when they were said last */
    uint64_t sites, stated; /* the web's sites, and the tick, when sensors and their states were said last */
};

struct web_client {
    struct web *web;
    struct evhttp_connection *http; /* NULL: adopted */
    struct evhttp_request *request;
    struct bufferevent *io;
    struct ws_reader reader;
    struct account account;
    unsigned failures; /* to sign in */
    struct window_want want;
    struct web_view *view; /* NULL: nobody is signed in */
    bool behind, paused;
    struct instant leaves; /* for the past, to that instant; INSTANT_NONE: stays */
    uint32_t leaves_ask;
    bool live_again; /* is to connect anew, to the live picture */
    uint32_t sent, seen, selected;
    bool counts; /* says what it has seen */
    uint8_t *question; /* of coverage, packed; NULL none */
    size_t question_size;
    bool question_due, question_live; /* to be sent; to be sent again when a sensor comes or goes */
    uint64_t heard, wrote, pinged, keyed; /* ticks */
};

struct web {
    struct loop *loop;
    struct publish_context context;
    struct event *timer;
    uint64_t tick;
    struct scene *scene[WEB_SCENES];
    unsigned scenes;
    struct web_view **view;
    unsigned views, view_room;
    struct web_client *client[WEB_VIEWERS];
    unsigned clients, next; /* next: who was given a keyframe last */
    struct window_room *room;
    struct web_event event[WEB_EVENTS];
    uint64_t events; /* ever; the latest WEB_EVENTS are kept, by number modulo WEB_EVENTS */
    uint64_t sites;  /* differs when the sensors are others than before */
    uint32_t rates;
    struct web_rate *rate; /* by sensor index */
    uint64_t plots;  /* at the last second */
    uint32_t plots_per_s;
    double tick_s, tick_before_s; /* longest of this and of the last ten seconds */
    struct web_coverage *coverage;
    struct handoff *handoff; /* NULL: none */
    struct web_handoffs *handoffs;
    uint64_t handoffs_now;   /* differs when their list does */
    pid_t past[8]; /* processes of viewers in the past; 0 none */
    bool adopted;  /* this is one */
    uint64_t out_now, out_before; /* stand for the set of sensors that are red or off */
    struct web_counters counters;
};

/* ---- web.c ---- */

/* On the time line, of a track. */
void web_say_of(struct web *w, int severity, const char *kind, const char *text, uint32_t track);

/* Puts the client into the view that it wants; its next frame is a keyframe; nobody's connection into none. False when memory is short or nations are too many. */
bool web_join(struct web_client *c);
void web_leave(struct web_client *c);

/* ---- web_client.c ---- */

/* Takes the connection over: 0 or an HTTP status. */
int web_client_open(struct web *w, struct evhttp_request *request);
/* A client over a connection that was upgraded elsewhere; takes fd. NULL when memory is short. */
struct web_client *web_client_adopt(struct web *w, int fd);
/* Says goodbye with the status (0: says nothing) and ends it. */
void web_client_close(struct web_client *c, unsigned status);
/* Sends a frame of this client's own. */
void web_client_send(struct web_client *c, const Airseam__Web__Frame *frame);
void web_client_send_with(struct web_client *c, const Airseam__Web__Frame *frame, const void *more, size_t size);
/* Has it not yet taken what was sent? */
bool web_client_is_blocked(const struct web_client *c);
/* Its turn: a delta, or nothing when it holds, is behind, or has not taken the frame before. */
void web_client_turn(struct web_client *c, struct blob *delta);
/* Once a tick: pings, and looks whether it still lives; false: it was closed. */
bool web_client_watch(struct web_client *c);
/* A keyframe, when it is behind and can take one. */
void web_client_catch_up(struct web_client *c);

/* ---- web_ask.c ---- */

/* False: it is no Ask. */
bool web_ask(struct web_client *c, const uint8_t *bytes, size_t size);

/* ---- web_say.c ---- */

/* New references, NULL when memory is short. */
struct blob *web_say_delta(struct web *w, struct web_view *v);
struct blob *web_say_keyframe(struct web *w, struct web_view *v);
void web_say_welcome(struct web_client *c);
void web_say_answer(struct web_client *c, uint32_t id, const char *why_not);
/* A frame with these octets of further fields. */
void web_say_with(struct web_client *c, const void *more, size_t size);
void web_say_detail(struct web_client *c);

#endif
