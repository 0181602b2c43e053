/* relay: a nation's own tracker over radars whose plots it keeps: what it sends is ASTERIX 062, as SIVA in Mexico City does; likewise the tracker aboard an
 * airborne radar, or of one over the horizon.
 *
 * The library's picture over those radars. Every RELAY_PERIOD_S all confirmed tracks go out, predicted to that instant, in datagrams that arrive a
 * line's latency later; a track's end goes with the next of them. */
#ifndef SIM_RELAY_H
#define SIM_RELAY_H

#include "sensor/site.h"
#include "sim/world/stream.h"
#include <stdbool.h>

#define RELAY_PERIOD_S 4.0 /* measured at a centre in Europe: 4 s and 5 s */

struct relay;

/* self: the centre itself: its SAC/SIC stands in what it sends, its latency is the line's. NULL when memory is short. */
struct relay *relay_new(const struct site *self, struct instant start);
void relay_free(struct relay *c);

/* A radar that reports to it: false when there is no room for more. */
bool relay_add_radar(struct relay *c, const struct site *radar);
/* The radar is aboard: of its datagrams the plots count as they were made (their platforms and covariances have no place on a line), and only the
 * messages about itself are decoded. */
void relay_set_aboard(struct relay *c, bool aboard);
/* A datagram of such a radar; times never go backwards, here and in relay_next. */
void relay_input(struct relay *c, const struct stream_datagram *d);
/* Works off the periods that are over at `now`, and tells when the next datagram arrives: INSTANT_NEVER, none waits. */
struct instant relay_deadline(struct relay *c, struct instant now);
/* The next datagram of its own that arrives at `now` or before: false when there is none. Its bytes are lent until the next relay_input. */
bool relay_next(struct relay *c, struct instant now, struct stream_datagram *out);

#endif
