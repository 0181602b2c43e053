/* Structs of lib/air to and from protobuf-c's structs, member by member. */
#include "wire/envelope.h"

#include "base/err.h"
#include "proto/envelope.pb-c.h"
#include "wire/pb.h"
#include <math.h>
#include <string.h>

/* Everything a message of any kind needs while it is packed. */
struct parts {
    Airseam__Envelope envelope;
    Airseam__Clock clock;
    Airseam__Plot plot;
    Airseam__Service service;
    Airseam__Sensor sensor;
    Airseam__Track track;
    Airseam__Polar polar;
    Airseam__Position position;
    Airseam__Geodetic at, platform;
    Airseam__Level level;
    Airseam__Ident ident;
    Airseam__TrackSensor sensors[TRACK_SENSORS], *sensor_list[TRACK_SENSORS];
    Airseam__Plan plan;
    Airseam__PlanPoint points[PLAN_ROUTE_POINTS], *point_list[PLAN_ROUTE_POINTS];
    Airseam__Geodetic places[PLAN_ROUTE_POINTS];
    struct plan words; /* a copy: protobuf-c wants texts that may be written */
    Airseam__TrackFlight flight;
    struct track_flight flight_words;
    char callsign[IDENT_CALLSIGN_SIZE + 1], node[32], nation[3];
    double cov[TRACK_COVS], mode[3];
    int64_t age[TRACK_AGES];
};

static void put_polar(struct parts *p, const struct plot_polar *q, bool moving)
{
    airseam__polar__init(&p->polar);
    p->polar.range_m = q->range_m;
    p->polar.azimuth_rad = q->azimuth_rad;
    p->polar.sigma_range_m = q->sigma_range_m;
    p->polar.sigma_azimuth_rad = q->sigma_azimuth_rad;
    p->polar.doppler_mps = q->doppler_mps;
    if (moving) {
        pb_put_geodetic(&p->platform, &q->platform);
        p->polar.platform = &p->platform;
    }
    p->plot.polar = &p->polar;
}

static void put_position(struct parts *p, const struct plot_geodetic *g)
{
    airseam__position__init(&p->position);
    pb_put_geodetic(&p->at, &g->at);
    p->position.at = &p->at;
    p->position.cov_ee_m2 = g->cov_ee_m2;
    p->position.cov_en_m2 = g->cov_en_m2;
    p->position.cov_nn_m2 = g->cov_nn_m2;
    p->position.east_mps = g->east_mps;
    p->position.north_mps = g->north_mps;
    p->position.up_mps = g->up_mps;
    p->position.sigma_velocity_mps = g->sigma_velocity_mps;
    p->position.number = g->number;
    p->plot.position = &p->position;
}

static void put_plot(struct parts *p, const struct plot *q)
{
    airseam__plot__init(&p->plot);
    p->plot.time_ns = q->time.ns;
    p->plot.source = q->source;
    p->plot.kind = q->kind;
    p->plot.flags = q->flags;
    p->plot.local_number = q->local_number;
    if (q->kind == PLOT_GEODETIC || q->kind == PLOT_TRACK) {
        put_position(p, &q->geodetic);
    } else {
        put_polar(p, &q->polar, q->flags & PLOT_MOVING);
    }
    pb_put_level(&p->level, &q->level);
    pb_put_ident(&p->ident, p->callsign, &q->ident);
    p->plot.level = &p->level;
    p->plot.ident = &p->ident;
    p->envelope.body_case = AIRSEAM__ENVELOPE__BODY_PLOT;
    p->envelope.plot = &p->plot;
}

static int get_plot(const Airseam__Plot *q, struct plot *out)
{
    const Airseam__Polar *polar = q->polar;
    const Airseam__Position *g = q->position;

    if (q->source > UINT16_MAX || q->kind >= PLOT_KINDS || (q->kind >= PLOT_GEODETIC ? !g : !polar)) {
        return ERR_FORMAT;
    }
    *out = (struct plot){.time = {q->time_ns}, .source = (uint16_t)q->source, .kind = (uint8_t)q->kind, .flags = q->flags,
                         .local_number = (uint16_t)q->local_number, .level = pb_get_level(q->level), .ident = pb_get_ident(q->ident)};
    if (q->kind >= PLOT_GEODETIC) {
        out->geodetic = (struct plot_geodetic){pb_get_geodetic(g->at), g->cov_ee_m2, g->cov_en_m2, g->cov_nn_m2, g->east_mps, g->north_mps, g->up_mps,
                                               g->sigma_velocity_mps, g->number};
    } else {
        out->polar = (struct plot_polar){polar->range_m, polar->azimuth_rad, polar->sigma_range_m, polar->sigma_azimuth_rad, polar->doppler_mps,
                                         pb_get_geodetic(polar->platform)};
    }
    return 0;
}

static void put_service(struct parts *p, const struct service *s)
{
    airseam__service__init(&p->service);
    p->service.time_ns = s->time.ns;
    p->service.source = s->source;
    p->service.kind = s->kind;
    p->service.flags = s->flags;
    p->service.azimuth_rad = s->azimuth_rad;
    p->service.period_s = s->period_s;
    p->service.bias_range_m = s->bias_range_m;
    p->service.bias_azimuth_rad = s->bias_azimuth_rad;
    pb_put_geodetic(&p->at, &s->site);
    p->service.site = &p->at;
    p->envelope.body_case = AIRSEAM__ENVELOPE__BODY_SERVICE;
    p->envelope.service = &p->service;
}

static int get_service(const Airseam__Service *s, struct service *out)
{
    if (s->source > UINT16_MAX || s->kind >= SERVICE_KINDS) {
        return ERR_FORMAT;
    }
    *out = (struct service){.time = {s->time_ns}, .source = (uint16_t)s->source, .kind = (uint8_t)s->kind, .flags = s->flags, .azimuth_rad = s->azimuth_rad,
                            .period_s = s->period_s, .bias_range_m = s->bias_range_m, .bias_azimuth_rad = s->bias_azimuth_rad, .site = pb_get_geodetic(s->site)};
    return 0;
}

static void put_sensor(struct parts *p, const struct report_sensor *s)
{
    airseam__sensor__init(&p->sensor);
    pb_put_geodetic(&p->at, &s->at);
    p->sensor.source = s->source;
    p->sensor.at = &p->at;
    p->sensor.period_s = s->period_s;
    p->envelope.body_case = AIRSEAM__ENVELOPE__BODY_SENSOR;
    p->envelope.sensor = &p->sensor;
}

static void put_plan(struct parts *p, const struct plan *plan)
{
    Airseam__Plan *out = &p->plan;
    struct plan *words = &p->words;

    airseam__plan__init(out);
    *words = *plan;
    out->number = plan->number;
    out->source = plan->source;
    out->action = plan->action;
    out->flight_rules = plan->flight_rules;
    out->wake = (uint8_t)plan->wake;
    out->flight_type = (uint8_t)plan->flight_type;
    out->revision = plan->revision;
    out->filed_ns = plan->filed.ns;
    out->departure = words->departure;
    out->destination = words->destination;
    out->aircraft_type = words->aircraft_type;
    pb_put_ident(&p->ident, p->callsign, &plan->ident);
    out->ident = &p->ident;
    out->cruise_mps = plan->cruise_mps;
    out->cruise_pressure_m = plan->cruise_pressure_m;
    for (size_t i = 0; i < plan->points; i++) {
        airseam__plan_point__init(&p->points[i]);
        pb_put_geodetic(&p->places[i], &plan->route[i].at);
        p->points[i].name = words->route[i].name;
        p->points[i].at = &p->places[i];
        p->points[i].over_ns = plan->route[i].over.ns;
        p->points[i].pressure_m = plan->route[i].pressure_m;
        p->point_list[i] = &p->points[i];
    }
    out->n_route = plan->points;
    out->route = p->point_list;
    p->envelope.body_case = AIRSEAM__ENVELOPE__BODY_PLAN;
    p->envelope.plan = out;
}

static int get_plan(const Airseam__Plan *m, struct plan *out)
{
    if (m->source > UINT16_MAX || m->action >= PLAN_ACTIONS || m->n_route > PLAN_ROUTE_POINTS || m->flight_rules > 127 || m->wake > 127 || m->flight_type > 127) {
        return ERR_FORMAT;
    }
    *out = (struct plan){.number = m->number, .source = (uint16_t)m->source, .action = (uint8_t)m->action, .flight_rules = (uint8_t)m->flight_rules,
                         .wake = (char)m->wake, .flight_type = (char)m->flight_type, .revision = (uint16_t)m->revision, .filed = {m->filed_ns}, .ident = pb_get_ident(m->ident), .cruise_mps = m->cruise_mps, .cruise_pressure_m = m->cruise_pressure_m,
                         .points = (uint8_t)m->n_route};
    pb_get_text(m->departure, out->departure, sizeof out->departure);
    pb_get_text(m->destination, out->destination, sizeof out->destination);
    pb_get_text(m->aircraft_type, out->aircraft_type, sizeof out->aircraft_type);
    for (size_t i = 0; i < m->n_route; i++) {
        pb_get_text(m->route[i]->name, out->route[i].name, sizeof out->route[i].name);
        out->route[i].at = pb_get_geodetic(m->route[i]->at);
        out->route[i].over = (struct instant){m->route[i]->over_ns};
        out->route[i].pressure_m = m->route[i]->pressure_m;
    }
    return 0;
}

static void put_flight(struct parts *p, const struct track_flight *f)
{
    struct track_flight *words = &p->flight_words;

    airseam__track_flight__init(&p->flight);
    *words = *f;
    p->flight.source = f->source;
    p->flight.flight_rules = f->flight_rules;
    p->flight.flight_type = (uint8_t)f->flight_type;
    p->flight.wake = (uint8_t)f->wake;
    p->flight.callsign = words->callsign;
    p->flight.departure = words->departure;
    p->flight.destination = words->destination;
    p->flight.aircraft_type = words->aircraft_type;
    p->flight.cruise_pressure_m = f->cruise_pressure_m;
    p->track.flight = &p->flight;
}

static struct track_flight get_flight(const Airseam__TrackFlight *f)
{
    struct track_flight out = {0};

    if (f) {
        out = (struct track_flight){.source = (uint16_t)f->source, .flight_rules = (uint8_t)(f->flight_rules & 127), .flight_type = (char)(f->flight_type & 127),
                                    .wake = (char)(f->wake & 127), .cruise_pressure_m = f->cruise_pressure_m};
        pb_get_text(f->callsign, out.callsign, sizeof out.callsign);
        pb_get_text(f->departure, out.departure, sizeof out.departure);
        pb_get_text(f->destination, out.destination, sizeof out.destination);
        pb_get_text(f->aircraft_type, out.aircraft_type, sizeof out.aircraft_type);
    }
    return out;
}

static void put_track_lists(struct parts *p, const struct track *t)
{
    memcpy(p->cov, t->cov, sizeof p->cov);
    memcpy(p->mode, t->mode, sizeof p->mode);
    p->track.n_cov = TRACK_COVS;
    p->track.cov = p->cov;
    p->track.n_mode = 3;
    p->track.mode = p->mode;
    for (size_t i = 0; i < TRACK_AGES; i++) {
        p->age[i] = t->age[i].ns;
    }
    p->track.n_age_ns = TRACK_AGES;
    p->track.age_ns = p->age;
    for (size_t i = 0; i < t->sensors; i++) {
        airseam__track_sensor__init(&p->sensors[i]);
        p->sensors[i].source = t->sensor[i].source;
        p->sensors[i].last_ns = t->sensor[i].last.ns;
        p->sensor_list[i] = &p->sensors[i];
    }
    p->track.n_sensor = t->sensors;
    p->track.sensor = p->sensor_list;
}

static void put_track(struct parts *p, const struct track_event *e)
{
    const struct track *t = &e->track;
    Airseam__Track *out = &p->track;

    airseam__track__init(out);
    out->event = e->kind;
    out->number = t->number;
    out->flags = t->flags;
    out->time_ns = t->time.ns;
    out->born_ns = t->born.ns;
    out->last_ns = t->last.ns;
    pb_put_geodetic(&p->at, &t->at);
    out->at = &p->at;
    out->east_mps = t->east_mps;
    out->north_mps = t->north_mps;
    out->climb_mps = t->climb_mps;
    out->turn_rad_s = t->turn_rad_s;
    out->sigma_height_m = t->sigma_height_m;
    out->sigma_climb_mps = t->sigma_climb_mps;
    out->existence = t->existence;
    pb_put_level(&p->level, &t->level);
    out->level = &p->level;
    out->level_time_ns = t->level_time.ns;
    pb_put_ident(&p->ident, p->callsign, &t->ident);
    out->ident = &p->ident;
    out->identity_confidence = t->identity_confidence;
    out->plots = t->plots;
    out->other_number = t->other_number;
    out->plan = t->plan;
    out->class_ = t->class;
    out->silent_ns = t->silent.ns;
    if (t->plan) {
        put_flight(p, &t->flight);
    }
    put_track_lists(p, t);
    p->envelope.body_case = AIRSEAM__ENVELOPE__BODY_TRACK;
    p->envelope.track = out;
}

static int get_track(const Airseam__Track *t, struct track_event *out)
{
    if (t->event >= TRACK_EVENTS || t->n_cov != TRACK_COVS || t->n_mode != 3 || t->n_age_ns != TRACK_AGES || t->n_sensor > TRACK_SENSORS || !t->at) {
        return ERR_FORMAT;
    }
    *out = (struct track_event){.kind = (uint8_t)t->event,
                                .track = {.number = t->number, .flags = t->flags, .time = {t->time_ns}, .born = {t->born_ns}, .last = {t->last_ns},
                                          .at = pb_get_geodetic(t->at), .east_mps = t->east_mps, .north_mps = t->north_mps, .climb_mps = t->climb_mps,
                                          .turn_rad_s = t->turn_rad_s, .sigma_height_m = t->sigma_height_m, .sigma_climb_mps = t->sigma_climb_mps,
                                          .existence = t->existence, .level = pb_get_level(t->level), .level_time = {t->level_time_ns},
                                          .ident = pb_get_ident(t->ident), .identity_confidence = t->identity_confidence, .plots = t->plots,
                                          .other_number = t->other_number, .plan = t->plan, .sensors = (uint8_t)t->n_sensor}};
    out->track.class = (uint8_t)(t->class_ < TRACK_CLASSES ? t->class_ : TRACK_UNKNOWN);
    out->track.silent = (struct instant){t->silent_ns};
    out->track.flight = get_flight(t->flight);
    memcpy(out->track.cov, t->cov, sizeof out->track.cov);
    memcpy(out->track.mode, t->mode, sizeof out->track.mode);
    for (size_t i = 0; i < TRACK_AGES; i++) {
        out->track.age[i] = (struct instant){t->age_ns[i]};
    }
    for (size_t i = 0; i < t->n_sensor; i++) {
        out->track.sensor[i] = (struct track_sensor){(uint16_t)t->sensor[i]->source, {t->sensor[i]->last_ns}};
    }
    return 0;
}

static void put_clock(struct parts *p, const struct envelope_clock *c)
{
    airseam__clock__init(&p->clock);
    p->clock.epoch_ns = c->epoch.ns;
    p->clock.wall_ns = c->wall.ns;
    p->clock.rate = c->rate;
    p->envelope.body_case = AIRSEAM__ENVELOPE__BODY_CLOCK;
    p->envelope.clock = &p->clock;
}

static int put_report(struct parts *p, const struct report *r)
{
    switch ((enum report_kind)r->kind) {
    case REPORT_PLOT: put_plot(p, &r->plot); return 0;
    case REPORT_SERVICE: put_service(p, &r->service); return 0;
    case REPORT_SENSOR: put_sensor(p, &r->sensor); return 0;
    case REPORT_PLAN: put_plan(p, &r->plan); return 0;
    case REPORT_KINDS: break;
    }
    return ERR_UNKNOWN;
}

static int put_body(struct parts *p, const struct envelope *e)
{
    switch ((enum envelope_kind)e->kind) {
    case ENVELOPE_CLOCK: put_clock(p, &e->clock); return 0;
    case ENVELOPE_REPORT: return put_report(p, &e->report);
    case ENVELOPE_TRACK: put_track(p, &e->track); return 0;
    case ENVELOPE_OTHER: break;
    }
    return ERR_UNKNOWN;
}

/* Packs at most ENVELOPE_SIZE octets into out. */
static int pack(const struct envelope *e, uint8_t *out, size_t room)
{
    struct parts p;
    size_t size;

    airseam__envelope__init(&p.envelope);
    pb_get_text(e->node, p.node, sizeof p.node);
    pb_get_text(e->nation, p.nation, sizeof p.nation);
    p.envelope.version = ENVELOPE_VERSION;
    p.envelope.node = p.node;
    p.envelope.nation = p.nation;
    p.envelope.sequence = e->sequence;
    p.envelope.instant_ns = e->instant.ns;
    if (put_body(&p, e) != 0) {
        return ERR_UNKNOWN;
    }
    size = airseam__envelope__get_packed_size(&p.envelope);
    if (size > room || size > ENVELOPE_SIZE) {
        return ERR_FULL;
    }
    return (int)airseam__envelope__pack(&p.envelope, out);
}

int envelope_encode(const struct envelope *e, uint8_t *out, size_t room)
{
    return pack(e, out, room);
}

int envelope_encode_framed(const struct envelope *e, uint8_t *out, size_t room)
{
    uint8_t body[ENVELOPE_SIZE];
    int size = pack(e, body, sizeof body);

    return pb_frame(body, size, out, room);
}

static int get_body(const Airseam__Envelope *m, struct envelope *out)
{
    int code = 0;

    switch (m->body_case) {
    case AIRSEAM__ENVELOPE__BODY_CLOCK:
        out->kind = ENVELOPE_CLOCK;
        out->clock = (struct envelope_clock){{m->clock->epoch_ns}, {m->clock->wall_ns}, m->clock->rate};
        code = isfinite(m->clock->rate) && m->clock->rate > 0 ? 0 : ERR_RANGE;
        break;
    case AIRSEAM__ENVELOPE__BODY_PLOT:
        out->kind = ENVELOPE_REPORT;
        out->report.kind = REPORT_PLOT;
        code = get_plot(m->plot, &out->report.plot);
        break;
    case AIRSEAM__ENVELOPE__BODY_SERVICE:
        out->kind = ENVELOPE_REPORT;
        out->report.kind = REPORT_SERVICE;
        code = get_service(m->service, &out->report.service);
        break;
    case AIRSEAM__ENVELOPE__BODY_SENSOR:
        out->kind = ENVELOPE_REPORT;
        out->report.kind = REPORT_SENSOR;
        out->report.sensor = (struct report_sensor){(uint16_t)m->sensor->source, pb_get_geodetic(m->sensor->at), m->sensor->period_s};
        code = m->sensor->source <= UINT16_MAX && m->sensor->at ? 0 : ERR_FORMAT;
        break;
    case AIRSEAM__ENVELOPE__BODY_PLAN:
        out->kind = ENVELOPE_REPORT;
        out->report.kind = REPORT_PLAN;
        code = get_plan(m->plan, &out->report.plan);
        break;
    case AIRSEAM__ENVELOPE__BODY_TRACK:
        out->kind = ENVELOPE_TRACK;
        code = get_track(m->track, &out->track);
        break;
    case AIRSEAM__ENVELOPE__BODY__NOT_SET:
    case _AIRSEAM__ENVELOPE__BODY__CASE_IS_INT_SIZE: break;
    }
    return code;
}

int envelope_decode(const uint8_t *bytes, size_t size, struct envelope *out)
{
    struct pb_arena arena;
    ProtobufCAllocator allocator = pb_allocator(&arena);
    Airseam__Envelope *m;

    memset(out, 0, sizeof *out);
    if (size > ENVELOPE_SIZE) {
        return ERR_LENGTH;
    }
    m = airseam__envelope__unpack(&allocator, size, bytes);
    if (!m) {
        return ERR_FORMAT;
    }
    if (m->version == 0 || m->version > ENVELOPE_VERSION) {
        return ERR_VERSION;
    }
    pb_get_text(m->node, out->node, sizeof out->node);
    pb_get_text(m->nation, out->nation, sizeof out->nation);
    out->sequence = m->sequence;
    out->instant = (struct instant){m->instant_ns};
    return get_body(m, out);
}
