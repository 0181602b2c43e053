/* decoder_envelope: one protobuf envelope (proto/envelope.proto) into a report. A peer's track becomes a plot of the track kind: it comes under the one
 * source that the feed is bound to, because a peer's name is no SAC/SIC. The scenario's clock is the shell's business and passed over. */
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "wire/decoder_state.h"
#include "wire/envelope.h"

static void from_track(const struct track_event *e, uint16_t source, struct plot *p)
{
    const struct track *t = &e->track;
    memset(p, 0, sizeof *p);
    p->time = t->time;
    p->source = source;
    p->kind = PLOT_TRACK;
    p->flags = PLOT_VELOCITY | (e->kind == TRACK_DROP ? PLOT_END : 0u) | (t->flags & TRACK_SIMULATED ? PLOT_SIMULATED : 0u);
    p->geodetic = (struct plot_geodetic){.at = t->at,
                                         .cov_ee_m2 = t->cov[TRACK_EE],
                                         .cov_en_m2 = t->cov[TRACK_EN],
                                         .cov_nn_m2 = t->cov[TRACK_NN],
                                         .east_mps = t->east_mps,
                                         .north_mps = t->north_mps,
                                         .up_mps = t->flags & TRACK_CLIMB ? t->climb_mps : 0.0,
                                         .sigma_velocity_mps = 0.0,
                                         .number = t->number};
    double variance = (t->cov[TRACK_VEVE] + t->cov[TRACK_VNVN]) / 2.0;
    p->geodetic.sigma_velocity_mps = variance > 0.0 ? sqrt(variance) : 0.0;
    p->level = t->level;
    if (t->flags & TRACK_HEIGHT) {
        p->level.hae_m = t->at.hae_m;
        p->level.sigma_height_m = t->sigma_height_m;
        p->level.flags |= LEVEL_HEIGHT;
    }
    p->ident = t->ident;
}

static uint16_t source_of(const struct report *r)
{
    switch ((enum report_kind)r->kind) {
    case REPORT_PLOT:
        return r->plot.source;
    case REPORT_SERVICE:
        return r->service.source;
    case REPORT_PLAN:
        return r->plan.source;
    case REPORT_SENSOR:
        return r->sensor.source;
    case REPORT_KINDS:
        break;
    }
    return 0;
}

static void stamp(struct report *r, struct instant arrival)
{
    if (r->kind == REPORT_PLOT)
        r->plot.arrival = arrival;
    else if (r->kind == REPORT_SERVICE)
        r->service.arrival = arrival;
    else if (r->kind == REPORT_PLAN)
        r->plan.arrival = arrival;
}

void decoder_envelope(struct decoder *d, struct decoder_unit *u)
{
    struct envelope e;
    int code = envelope_decode(u->bytes, u->size, &e);
    if (code != ERR_NONE) {
        d->state.counters.records_bad++;
        decoder_state_notice(u, 0, NOTICE_RECORD_BAD, (double)u->offset, code);
        return;
    }
    d->state.counters.records++;
    if (e.kind != ENVELOPE_REPORT && e.kind != ENVELOPE_TRACK)
        return;
    struct report r;
    if (e.kind == ENVELOPE_TRACK) {
        r.kind = REPORT_PLOT;
        from_track(&e.track, d->settings.sources == 1 ? d->settings.source[0] : 0, &r.plot);
    } else {
        r = e.report;
    }
    if (r.kind >= REPORT_KINDS || !decoder_state_source(d, source_of(&r), u))
        return;
    stamp(&r, instant_is_set(u->arrival) ? u->arrival : e.instant);
    decoder_state_report(d, u, &r);
}
