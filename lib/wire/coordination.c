#include "wire/coordination.h"

#include "base/err.h"
#include "proto/handoff.pb-c.h"
#include "wire/pb.h"
#include <string.h>

/* Everything a message needs while it is packed. */
struct parts {
    Airseam__Handoff handoff;
    Airseam__HandoffFlight flight;
    Airseam__HandoffCrossing crossing;
    Airseam__Geodetic at, crosses;
    Airseam__Level level;
    Airseam__Ident ident;
    struct message words; /* a copy: protobuf-c wants texts that may be written */
    char callsign[IDENT_CALLSIGN_SIZE + 1];
    int64_t stamp[MESSAGE_STAMPS];
};

static bool has_flight(unsigned kind)
{
    return kind == MESSAGE_EST || kind == MESSAGE_CPL || kind == MESSAGE_CHG || kind == MESSAGE_RTI || kind == MESSAGE_RTU || kind == MESSAGE_POI;
}

static void put_flight(struct parts *p)
{
    struct message_flight *f = &p->words.flight;

    airseam__handoff_flight__init(&p->flight);
    pb_put_geodetic(&p->at, &f->at);
    pb_put_level(&p->level, &f->level);
    pb_put_ident(&p->ident, p->callsign, &f->ident);
    p->flight.track = f->track;
    p->flight.time_ns = f->time.ns;
    p->flight.at = &p->at;
    p->flight.east_mps = f->east_mps;
    p->flight.north_mps = f->north_mps;
    p->flight.climb_mps = f->climb_mps;
    p->flight.level = &p->level;
    p->flight.ident = &p->ident;
    p->flight.departure = f->departure;
    p->flight.destination = f->destination;
    p->flight.aircraft_type = f->aircraft_type;
    p->handoff.flight = &p->flight;
}

static void put_crossing(struct parts *p)
{
    const struct message_crossing *c = &p->words.crossing;

    airseam__handoff_crossing__init(&p->crossing);
    pb_put_geodetic(&p->crosses, &c->at);
    p->crossing.time_ns = c->time.ns;
    p->crossing.sigma_s = c->sigma_s;
    p->crossing.at = &p->crosses;
    p->crossing.pressure_m = c->pressure_m;
    p->handoff.crossing = &p->crossing;
}

static void put_stamps(struct parts *p)
{
    bool any = false;

    for (int i = 0; i < MESSAGE_STAMPS; i++) {
        p->stamp[i] = p->words.stamp[i].ns;
        any = any || instant_is_set(p->words.stamp[i]);
    }
    p->handoff.n_stamp_ns = any ? MESSAGE_STAMPS : 0;
    p->handoff.stamp_ns = p->stamp;
}

int coordination_encode(const struct message *m, uint8_t *out, size_t room)
{
    struct parts p;
    Airseam__Handoff *h = &p.handoff;

    p.words = *m;
    airseam__handoff__init(h);
    h->kind = m->kind;
    h->act = m->act;
    h->reason = m->reason;
    h->by_voice = m->by_voice;
    h->from_sender = m->from_sender;
    h->number = m->number;
    h->acknowledges = m->acknowledges;
    h->first = m->first;
    h->epoch = m->epoch;
    h->transfer = m->transfer;
    h->serial = m->serial;
    h->about = m->about;
    h->from = p.words.from;
    h->to = p.words.to;
    h->sent_ns = m->sent.ns;
    put_stamps(&p);
    if (has_flight(m->kind)) {
        put_flight(&p);
    }
    if (has_flight(m->kind) && m->kind != MESSAGE_POI) {
        put_crossing(&p);
    }
    size_t size = airseam__handoff__get_packed_size(h);
    if (size > room || size > COORDINATION_SIZE) {
        return ERR_FULL;
    }
    return (int)airseam__handoff__pack(h, out);
}

int coordination_encode_framed(const struct message *m, uint8_t *out, size_t room)
{
    uint8_t body[COORDINATION_SIZE];
    int size = coordination_encode(m, body, sizeof body);

    return pb_frame(body, size, out, room);
}

static struct message_flight get_flight(const Airseam__HandoffFlight *f)
{
    struct message_flight out = {.time = INSTANT_NONE};

    if (f) {
        out = (struct message_flight){.track = f->track, .time = {f->time_ns}, .at = pb_get_geodetic(f->at), .east_mps = f->east_mps, .north_mps = f->north_mps,
                                      .climb_mps = f->climb_mps, .level = pb_get_level(f->level), .ident = pb_get_ident(f->ident)};
        pb_get_text(f->departure, out.departure, sizeof out.departure);
        pb_get_text(f->destination, out.destination, sizeof out.destination);
        pb_get_text(f->aircraft_type, out.aircraft_type, sizeof out.aircraft_type);
    }
    return out;
}

static struct message_crossing get_crossing(const Airseam__HandoffCrossing *c)
{
    struct message_crossing out = {.time = INSTANT_NONE};

    if (c) {
        out = (struct message_crossing){{c->time_ns}, c->sigma_s, pb_get_geodetic(c->at), c->pressure_m};
    }
    return out;
}

int coordination_decode(const uint8_t *bytes, size_t size, struct message *out)
{
    struct pb_arena arena;
    ProtobufCAllocator allocator = pb_allocator(&arena);
    Airseam__Handoff *h = size <= COORDINATION_SIZE ? airseam__handoff__unpack(&allocator, size, bytes) : NULL;

    if (!h) {
        return size > COORDINATION_SIZE ? ERR_LENGTH : ERR_FORMAT;
    }
    if (h->kind > UINT8_MAX || h->act > UINT8_MAX || h->reason > UINT8_MAX || (h->n_stamp_ns != 0 && h->n_stamp_ns != MESSAGE_STAMPS)) {
        return ERR_FORMAT;
    }
    *out = (struct message){.kind = (uint8_t)h->kind, .act = (uint8_t)h->act, .reason = (uint8_t)h->reason, .by_voice = h->by_voice, .from_sender = h->from_sender,
                            .number = h->number, .acknowledges = h->acknowledges, .first = h->first, .epoch = h->epoch, .transfer = h->transfer, .serial = h->serial,
                            .about = h->about, .sent = {h->sent_ns}, .flight = get_flight(h->flight), .crossing = get_crossing(h->crossing)};
    pb_get_text(h->from, out->from, sizeof out->from);
    pb_get_text(h->to, out->to, sizeof out->to);
    for (size_t i = 0; i < MESSAGE_STAMPS; i++) {
        out->stamp[i] = INSTANT_NONE;
        if (h->n_stamp_ns) {
            out->stamp[i].ns = h->stamp_ns[i];
        }
    }
    return 0;
}
