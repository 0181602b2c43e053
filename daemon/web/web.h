/* web: the viewers: WebSocket connections that get the picture as proto/web.proto says. Each nation has one scene, each class of viewers one view of it; each
 * frame is made once for all who share the view. A viewer that does not keep up is passed over and gets a keyframe when it does again; after WEB_STALLED_S
 * it is let go. Nothing waits for anybody. */
#ifndef DAEMON_WEB_WEB_H
#define DAEMON_WEB_WEB_H

#include "daemon/loop.h"
#include "daemon/publish.h"

struct diary_entry;
struct evhttp_request;
struct handoff;
struct web;

#define WEB_VIEWERS 1024
#define WEB_STALLED_S 10
#define WEB_SILENT_S 60 /* without even the answer to a ping */

#define WEB_COUNTERS(X)                                                                                                        \
    X(frames, "frames sent") X(octets, "octets of frames sent") X(keyframes, "keyframes sent") X(passed_over, "frames not sent to slow viewers") \
    X(stalled, "viewers let go because they did not read") X(refused, "upgrades refused") X(broken, "connections ended for breaking the protocol")  \
    X(asks, "messages of viewers")
struct web_counters {
#define X(name, help) uint64_t name;
    WEB_COUNTERS(X)
#undef X
    uint32_t viewers, views, scenes; /* now */
    double tick_max_s;               /* the longest tick of the last twenty seconds, processor time */
};

/* Both are lent. NULL when memory is short. */
struct web *web_new(struct loop *l, const struct publish_context *c);
/* Ends every connection: before the HTTP server that it came by is freed. */
void web_close(struct web *w);
void web_free(struct web *w);
/* Accounts, and the program for coverage; who has no account any more is let go. */
void web_settings(struct web *w, const struct settings *s);

/* Takes a request for /ws over: 0, or the HTTP status with which it must be refused (and the request is still the caller's). */
int web_upgrade(struct web *w, struct evhttp_request *request);

/* The picture is another one than before (a replay that was set to another time): everybody begins anew. */
void web_restart(struct web *w);

/* In a process that serves one viewer in the past (web_past.h): takes it from the socket `input`; the loop ends with it. False: nobody came. */
bool web_adopt(struct web *w, int input);

/* The node's handoffs (lent; NULL none), and what their desk says. */
void web_handoffs(struct web *w, struct handoff *h);
void web_diary(struct web *w, const struct diary_entry *e);

/* Something to be said on the time line. */
void web_notice(struct web *w, const struct notice *n);
void web_say(struct web *w, int severity, const char *kind, const char *text);

struct web_counters web_counters(const struct web *w);

#endif
