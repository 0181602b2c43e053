/* Three layers, from the line to the desk: a connection with the association of wire/fmtp; messages of wire/oldi; a peer of the desk. */
#include "daemon/gateway.h"

#include "daemon/gateway_words.h"
#include "daemon/net.h"
#include "handoff/peer.h"
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FLIGHTS 4096
#define WINDOW 4096
#define SEQUENCES 1000
#define RETRY_S 2
#define SERIALS 1024u /* ours towards a transfer that the desk began lie above its own times this, as a receiver's do */

/* A dialogue, as this side of it remembers. */
struct flight {
    uint64_t transfer;       /* 0: free */
    bool desk_gives;
    char callsign[IDENT_CALLSIGN_SIZE + 1];
    uint32_t serial;         /* our last one towards the desk */
    uint32_t offer, accept;  /* serials of the desk's RTI and of its RTA accept, 0 none */
    uint16_t heard[2];       /* sequence number + 1 of the message that the desk has not answered: estimate or offer */
    struct message_flight about;
};

/* What was said under a sequence number, to know what a LAM is about. */
struct said {
    uint64_t transfer;
    uint32_t serial;
    uint8_t answer; /* MESSAGE_LAM or MESSAGE_RLA is what the desk waits for; 0: nothing */
};

struct gateway {
    struct gateway_settings settings;
    unsigned peer;
    struct gateway_sink sink;
    struct log *log;
    struct event_base *base;
    struct evconnlistener *listener;
    struct event *retry, *timer;
    struct bufferevent *connection;
    struct fmtp fmtp;
    struct peer *mirror;     /* the other side, as the desk knows it */
    bool up;
    uint32_t count;          /* transfers that the other side began */
    uint16_t sequence;
    struct said said[SEQUENCES];
    struct flight flight[FLIGHTS];
    uint32_t next;           /* the oldest place */
    struct gateway_counters counters;
};

static struct instant wall(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (struct instant){(int64_t)t.tv_sec * 1000000000 + t.tv_nsec};
}

static bool clock_of(struct gateway *g, struct instant *now)
{
    return g->sink.now(g->sink.context, now);
}

/* ---- dialogues ---- */

static struct flight *find_transfer(struct gateway *g, uint64_t transfer)
{
    for (uint32_t i = 0; i < FLIGHTS; i++)
        if (g->flight[i].transfer == transfer)
            return &g->flight[i];
    return NULL;
}

/* The youngest dialogue about that aircraft in which the desk gives (or not). */
static struct flight *find_callsign(struct gateway *g, const char *callsign, bool desk_gives)
{
    for (uint32_t i = 1; i <= FLIGHTS; i++) {
        struct flight *f = &g->flight[(g->next + FLIGHTS - i) % FLIGHTS];
        if (f->transfer && f->desk_gives == desk_gives && strcmp(f->callsign, callsign) == 0)
            return f;
    }
    return NULL;
}

/* The oldest one makes room. */
static struct flight *add(struct gateway *g, uint64_t transfer, bool desk_gives, const char *callsign)
{
    struct flight *f = &g->flight[g->next];

    g->next = (g->next + 1) % FLIGHTS;
    *f = (struct flight){.transfer = transfer, .desk_gives = desk_gives};
    snprintf(f->callsign, sizeof f->callsign, "%s", callsign);
    return f;
}

/* ---- towards the desk ---- */

static void give_one(void *context, const struct message *m)
{
    struct gateway *g = context;

    g->sink.message(g->sink.context, g->peer, m);
}

static void drain(struct gateway *g, struct instant now)
{
    peer_drain(g->mirror, now, give_one, g);
}

/* Something that the other side says in a dialogue. */
static void tell_desk(struct gateway *g, struct flight *f, struct message m, struct instant now)
{
    m.from_sender = !f->desk_gives;
    m.transfer = f->transfer;
    m.serial = ++f->serial;
    m.sent = now;
    memcpy(m.from, g->settings.remote, sizeof m.from);
    memcpy(m.to, g->settings.local, sizeof m.to);
    for (int i = 0; i < MESSAGE_STAMPS; i++)
        m.stamp[i] = INSTANT_NONE;
    if (m.kind == MESSAGE_RLA || m.kind == MESSAGE_RTA)
        m.stamp[MESSAGE_DELIVERED] = now;
    if (m.act == MESSAGE_ACCEPT)
        m.stamp[MESSAGE_DISPLAYED] = m.stamp[MESSAGE_ACCEPTED] = now;
    if (peer_input(g->mirror, &m, now) == 0)
        log_put(g->log, LOG_WARNING, "gateway_full", "remote=%s", g->settings.remote);
}

/* ---- towards the other centre ---- */

static struct oldi titled(const struct gateway *g, enum oldi_title title, const struct flight *f)
{
    struct oldi o = gateway_words_about(title, f->callsign, &f->about);

    memcpy(o.reference.sender, g->settings.local, sizeof g->settings.local);
    memcpy(o.reference.receiver, g->settings.remote, sizeof g->settings.remote);
    return o;
}

/* serial, answer: what of the desk's it says, and which answer that waits for. */
static void say(struct gateway *g, struct oldi *o, const struct flight *f, uint32_t serial, enum message_kind answer)
{
    char text[OLDI_TEXT];

    g->sequence = (uint16_t)((g->sequence + 1) % SEQUENCES);
    o->reference.sequence = g->sequence;
    g->said[g->sequence] = (struct said){f->transfer, serial, (uint8_t)answer};
    int size = oldi_encode(o, text, sizeof text);
    if (size < 0 || fmtp_put(&g->fmtp, FMTP_OPERATIONAL, text, (size_t)size, wall()) != 0) {
        g->counters.untold++;
        return;
    }
    g->counters.said++;
}

static void say_titled(struct gateway *g, enum oldi_title title, const struct flight *f, const struct message *m, enum message_kind answer)
{
    struct oldi o = titled(g, title, f);

    gateway_words_cross(&o, &m->crossing);
    if (title == OLDI_HOP)
        o.cleared_level_fl = gateway_words_level(f->about.level.pressure_m);
    say(g, &o, f, m->serial, answer);
}

/* LAM of a message that came under that sequence number. */
static void acknowledge(struct gateway *g, const struct flight *f, unsigned sequence)
{
    struct oldi o = titled(g, OLDI_LAM, f);

    memcpy(o.about.sender, g->settings.remote, sizeof g->settings.remote);
    memcpy(o.about.receiver, g->settings.local, sizeof g->settings.local);
    o.about.sequence = (uint16_t)sequence;
    say(g, &o, f, 0, MESSAGE_SYNC);
}

/* The desk's answer to an estimate (0) or an offer (1). */
static void acknowledge_heard(struct gateway *g, struct flight *f, int which)
{
    if (f->heard[which]) {
        acknowledge(g, f, f->heard[which] - 1u);
        f->heard[which] = 0;
    }
}

/* What the desk says as the one that gives. */
static void desk_gives(struct gateway *g, struct flight *f, const struct message *m, struct instant now)
{
    switch ((enum message_kind)m->kind) {
    case MESSAGE_EST: case MESSAGE_CHG: say_titled(g, OLDI_ABI, f, m, MESSAGE_LAM); return;
    case MESSAGE_CPL: say_titled(g, OLDI_ACT, f, m, MESSAGE_LAM); return;
    case MESSAGE_CNL: say_titled(g, OLDI_MAC, f, m, MESSAGE_LAM); return;
    case MESSAGE_RTI:
        f->offer = m->serial;
        say_titled(g, OLDI_HOP, f, m, MESSAGE_RLA);
        return;
    case MESSAGE_RLA: say_titled(g, OLDI_COF, f, m, MESSAGE_SYNC); return; /* accepted and given */
    case MESSAGE_RTA:
        if (m->act == MESSAGE_RECALL)
            tell_desk(g, f, (struct message){.kind = MESSAGE_LRM, .reason = MESSAGE_REASON_STATE, .about = m->serial}, now);
        else
            say_titled(g, m->act == MESSAGE_FORCE ? OLDI_COF : OLDI_MAC, f, m, MESSAGE_RLA);
        return;
    case MESSAGE_SYNC: case MESSAGE_LAM: case MESSAGE_LRM: case MESSAGE_RTU: case MESSAGE_POI: case MESSAGE_POA: case MESSAGE_POJ: case MESSAGE_KINDS: break;
    }
    g->counters.untold++;
}

/* And as the one that receives. */
static void desk_receives(struct gateway *g, struct flight *f, const struct message *m)
{
    if (m->kind == MESSAGE_LAM)
        acknowledge_heard(g, f, 0);
    else if (m->kind == MESSAGE_RLA)
        acknowledge_heard(g, f, 1);
    else if (m->kind == MESSAGE_RTA && m->act == MESSAGE_ACCEPT) {
        f->accept = m->serial;
        say_titled(g, OLDI_ROF, f, m, MESSAGE_SYNC);
    } else
        g->counters.untold++;
}

static void translate(struct gateway *g, const struct message *m, struct instant now)
{
    struct flight *f = find_transfer(g, m->transfer);

    if (!f && m->from_sender && (m->kind == MESSAGE_EST || m->kind == MESSAGE_CPL || m->kind == MESSAGE_RTI) && m->flight.ident.callsign[0]) {
        f = add(g, m->transfer, true, m->flight.ident.callsign);
        f->serial = m->serial * SERIALS;
    }
    if (!f || m->kind >= MESSAGE_POI) {
        g->counters.untold++;
        if (m->kind == MESSAGE_POI || m->kind == MESSAGE_RTI || m->kind == MESSAGE_EST || m->kind == MESSAGE_CPL)
            log_put(g->log, LOG_INFO, "gateway_untold", "message=%s callsign=%s", message_kind_name(m->kind), m->flight.ident.callsign);
        return;
    }
    if (m->flight.ident.callsign[0])
        f->about = m->flight;
    if (f->desk_gives)
        desk_gives(g, f, m, now);
    else
        desk_receives(g, f, m);
}

void gateway_send(struct gateway *g, const struct message *m)
{
    struct instant now;

    if (!g->up || !clock_of(g, &now))
        return;
    if (peer_receive(g->mirror, m, now))
        translate(g, m, now);
    drain(g, now);
}

/* ---- what the other centre says ---- */

/* ABI, ACT, HOP: the other centre gives. */
static void hear_offer(struct gateway *g, const struct oldi *o, struct instant now)
{
    struct flight *f = find_callsign(g, o->callsign, false);
    struct message m = {.kind = o->title == OLDI_HOP ? MESSAGE_RTI : f ? MESSAGE_CHG : o->title == OLDI_ACT ? MESSAGE_CPL : MESSAGE_EST};

    if (!f)
        f = add(g, message_transfer(g->settings.remote, ++g->count), false, o->callsign);
    if (o->title != OLDI_HOP)
        gateway_words_learn(&f->about, o, now);
    f->heard[o->title == OLDI_HOP] = (uint16_t)(o->reference.sequence + 1);
    m.flight = f->about;
    m.crossing = gateway_words_crossing(o, now);
    tell_desk(g, f, m, now);
}

/* ROF: it accepts. COF: it has given. MAC: it will not come. */
static void hear_step(struct gateway *g, const struct oldi *o, struct instant now)
{
    bool gives = o->title == OLDI_ROF || o->title == OLDI_MAS;
    struct flight *f = find_callsign(g, o->callsign, gives);

    if (!f) {
        g->counters.unknown++;
        return;
    }
    acknowledge(g, f, o->reference.sequence);
    if (o->title == OLDI_ROF && f->offer)
        tell_desk(g, f, (struct message){.kind = MESSAGE_RTA, .act = MESSAGE_ACCEPT, .about = f->offer}, now);
    else if (o->title == OLDI_COF && f->accept) {
        struct oldi mine = titled(g, OLDI_MAS, f);
        tell_desk(g, f, (struct message){.kind = MESSAGE_RLA, .about = f->accept}, now);
        say(g, &mine, f, 0, MESSAGE_SYNC);
    } else if (o->title == OLDI_COF)
        tell_desk(g, f, (struct message){.kind = MESSAGE_RTA, .act = MESSAGE_FORCE, .flight = f->about}, now);
    else if (o->title == OLDI_MAC)
        tell_desk(g, f, (struct message){.kind = f->heard[1] || f->accept ? MESSAGE_RTA : MESSAGE_CNL,
                                         .act = f->heard[1] || f->accept ? MESSAGE_RETRACT : MESSAGE_NO_ACT}, now);
}

static void hear_acknowledgement(struct gateway *g, const struct oldi *o, struct instant now)
{
    struct said *s = &g->said[o->about.sequence % SEQUENCES];
    struct flight *f = s->transfer ? find_transfer(g, s->transfer) : NULL;

    if (f && s->answer)
        tell_desk(g, f, (struct message){.kind = s->answer, .about = s->serial}, now);
    s->answer = 0;
}

static void on_data(void *context, enum fmtp_type type, const char *text, size_t size)
{
    struct gateway *g = context;
    struct instant now;
    struct oldi o;
    size_t offset;
    const char *expected;

    if (type != FMTP_OPERATIONAL || !clock_of(g, &now))
        return;
    if (oldi_decode((struct text){text, size}, &o, &offset, &expected) != 0) {
        g->counters.unreadable++;
        log_put(g->log, LOG_WARNING, "gateway_unreadable", "remote=%s octet=%zu expected=\"%s\"", g->settings.remote, offset, expected);
        return;
    }
    g->counters.heard++;
    if (o.title == OLDI_LAM)
        hear_acknowledgement(g, &o, now);
    else if (o.title == OLDI_ABI || o.title == OLDI_ACT || o.title == OLDI_HOP)
        hear_offer(g, &o, now);
    else if (o.title != OLDI_TIM)
        hear_step(g, &o, now);
    drain(g, now);
}

/* ---- the association ---- */

static void arm(struct gateway *g)
{
    struct instant due = fmtp_deadline(&g->fmtp);
    double left_s = instant_is_set(due) ? fmax(0.001, instant_diff(due, wall())) : 0;
    struct timeval t = {(time_t)left_s, (suseconds_t)((left_s - (double)(time_t)left_s) * 1e6)};

    if (instant_is_set(due))
        event_add(g->timer, &t);
    else
        event_del(g->timer);
}

static void on_send(void *context, const uint8_t *bytes, size_t size)
{
    struct gateway *g = context;

    if (g->connection)
        bufferevent_write(g->connection, bytes, size);
}

static void retry_later(struct gateway *g)
{
    if (g->retry)
        event_add(g->retry, &(struct timeval){RETRY_S, 0});
}

static void set_up(struct gateway *g, bool up)
{
    struct instant now;

    if (up == g->up)
        return;
    g->up = up;
    g->counters.associations += up;
    if (clock_of(g, &now))
        peer_link(g->mirror, up, now);
    g->sink.link(g->sink.context, g->peer, up);
    if (up && clock_of(g, &now))
        drain(g, now);
}

static void on_state(void *context, enum fmtp_state state, enum fmtp_event why)
{
    struct gateway *g = context;

    log_put(g->log, LOG_INFO, "gateway_state", "remote=%s state=%s by=%s", g->settings.remote, fmtp_state_name(state), fmtp_event_name(why));
    set_up(g, state == FMTP_DATA_READY);
    if (state == FMTP_READY && g->settings.connect.transport != SETTINGS_NONE && why != FMTP_ON_STOP)
        fmtp_tell(&g->fmtp, FMTP_ON_ASSOCIATE, wall()); /* who connects begins */
    if (state == FMTP_IDLE && g->connection) {
        bufferevent_free(g->connection);
        g->connection = NULL;
        retry_later(g);
    }
}

static void on_read(struct bufferevent *connection, void *context)
{
    struct gateway *g = context;
    uint8_t bytes[4096];
    size_t size;

    while (g->connection == connection && (size = bufferevent_read(connection, bytes, sizeof bytes)) > 0)
        fmtp_input(&g->fmtp, bytes, size, wall());
    arm(g);
}

static void on_event(struct bufferevent *connection, short what, void *context)
{
    struct gateway *g = context;

    (void)connection;
    if (what & BEV_EVENT_CONNECTED)
        fmtp_tell(&g->fmtp, FMTP_ON_CONNECTED_OUT, wall());
    else if (g->fmtp.state != FMTP_IDLE)
        fmtp_tell(&g->fmtp, FMTP_ON_BROKEN, wall());
    else if (g->connection) { /* it never came up */
        bufferevent_free(g->connection);
        g->connection = NULL;
        retry_later(g);
    }
    arm(g);
}

static void adopt(struct gateway *g, int fd)
{
    g->connection = bufferevent_socket_new(g->base, fd, BEV_OPT_CLOSE_ON_FREE | BEV_OPT_DEFER_CALLBACKS);
    if (g->connection) {
        bufferevent_setcb(g->connection, on_read, NULL, on_event, g);
        bufferevent_enable(g->connection, EV_READ | EV_WRITE);
    }
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from, int size, void *context)
{
    struct gateway *g = context;

    (void)listener;
    (void)from;
    (void)size;
    if (g->connection) { /* the new one is the one that lives */
        fmtp_tell(&g->fmtp, FMTP_ON_BROKEN, wall());
    }
    adopt(g, fd);
    if (g->connection)
        fmtp_tell(&g->fmtp, FMTP_ON_CONNECTED_IN, wall());
    else
        close(fd);
    arm(g);
}

static void on_retry(evutil_socket_t fd, short what, void *context)
{
    struct gateway *g = context;
    struct net_address to;
    const char *why;

    (void)fd;
    (void)what;
    if (g->connection)
        return;
    if (net_resolve(&g->settings.connect, &to, &why))
        adopt(g, -1);
    if (!g->connection || bufferevent_socket_connect(g->connection, (struct sockaddr *)&to.at, (int)to.size) != 0)
        retry_later(g);
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    struct gateway *g = context;

    (void)fd;
    (void)what;
    fmtp_expire(&g->fmtp, wall());
    arm(g);
}

/* ---- life ---- */

static bool open_line(struct gateway *g, const char **why)
{
    g->timer = event_new(g->base, -1, 0, on_timer, g);
    if (!g->timer)
        return false;
    if (g->settings.connect.transport != SETTINGS_NONE) {
        g->retry = event_new(g->base, -1, 0, on_retry, g);
        return g->retry && event_add(g->retry, &(struct timeval){0, 0}) == 0;
    }
    int fd = net_listen(&g->settings.listen, why);
    g->listener = fd < 0 ? NULL : evconnlistener_new(g->base, on_accept, g, LEV_OPT_CLOSE_ON_FREE, 0, fd);
    if (fd >= 0 && !g->listener)
        close(fd);
    return g->listener != NULL;
}

struct gateway *gateway_open(struct event_base *base, const struct gateway_settings *s, unsigned peer, const struct gateway_sink *sink, struct log *log, const char **why)
{
    struct gateway *g = calloc(1, sizeof *g);
    struct fmtp_settings f = {.ti_s = s->ti_s, .ts_s = s->ts_s, .tr_s = s->tr_s};
    struct fmtp_sink line = {on_send, on_data, on_state, g};

    *why = "memory is short";
    if (!g)
        return NULL;
    g->settings = *s;
    g->peer = peer;
    g->sink = *sink;
    g->log = log;
    g->base = base;
    g->mirror = peer_new(WINDOW, (uint64_t)wall().ns);
    snprintf(f.local, sizeof f.local, "%s", s->local);
    snprintf(f.remote, sizeof f.remote, "%s", s->remote);
    fmtp_init(&g->fmtp, &f, &line);
    if (!g->mirror || !open_line(g, why)) {
        gateway_close(g);
        return NULL;
    }
    return g;
}

void gateway_close(struct gateway *g)
{
    if (!g)
        return;
    if (g->connection)
        bufferevent_free(g->connection);
    if (g->listener)
        evconnlistener_free(g->listener);
    if (g->retry)
        event_free(g->retry);
    if (g->timer)
        event_free(g->timer);
    peer_free(g->mirror);
    free(g);
}

bool gateway_is_up(const struct gateway *g)
{
    return g->up;
}

struct gateway_counters gateway_counters(const struct gateway *g)
{
    return g->counters;
}

void gateway_address(const struct gateway *g, char *out, size_t size)
{
    out[0] = '\0';
    if (g->listener)
        net_print_local(evconnlistener_get_fd(g->listener), out, size);
}
