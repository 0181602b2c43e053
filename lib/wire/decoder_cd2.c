/* decoder_cd2: a datagram or a stream's message of a CD-2 line into plots and services of the one radar that the feed carries.
 *
 * A message says neither who nor when: the source is the feed's only one, the time is the arrival less the usual latency. What is damaged is passed
 * over to the next word that begins a message, and counted as one bad record. */
#include "base/err.h"
#include "wire/cd2.h"
#include "wire/decoder_state.h"

static void message(struct decoder *d, struct decoder_unit *u, const struct cd2_message *m)
{
    struct decoder_source *s = decoder_state_source(d, d->settings.source[0], u);
    struct report r;

    d->state.counters.records++;
    if (!s)
        return;
    if (cd2_report(m, &r) != ERR_NONE) {
        d->state.counters.no_position++;
        return;
    }
    struct instant time = decoder_state_unstated(d, u, s), arrival = decoder_state_arrival(d, u);
    if (r.kind == REPORT_PLOT) {
        r.plot.source = s->source;
        r.plot.time = time;
        r.plot.arrival = arrival;
        r.plot.flags |= PLOT_TIME_ESTIMATED;
    } else {
        r.service.source = s->source;
        r.service.time = time;
        r.service.arrival = arrival;
        r.service.flags |= SERVICE_TIME_ESTIMATED;
    }
    decoder_state_report(d, u, &r);
}

void decoder_cd2(struct decoder *d, struct decoder_unit *u)
{
    size_t at = 0;

    while (at < u->size) {
        struct cd2_message m;
        int octets = cd2_decode(u->bytes + at, u->size - at, &m);
        if (octets > 0) {
            message(d, u, &m);
            at += (size_t)octets;
            continue;
        }
        d->state.counters.records_bad++;
        decoder_state_notice(u, d->settings.source[0], NOTICE_RECORD_BAD, (double)(u->offset + at), octets);
        for (at += 2; at + 1 < u->size && cd2_size(u->bytes + at) == 0;)
            at += 2;
        if (at + 1 >= u->size)
            return;
    }
}
