/* stream: one radar's line to the centre: its plots and marks of a turn as datagrams, each with the instant at which it arrives.
 *
 * The plots of a sector go out when the beam leaves it, several in a datagram, followed by the mark of the next sector (at north by the north
 * mark) in one of its own. An ADS-B station has no beam: four times a second it sends what it heard, and no marks. Datagrams need the line's latency
 * and its jitter, and never overtake each other. Categories: 048 with 034, 001 with 002, 021; or a CD-2 line, with a south mark, and with its status and quality
 * controls behind the north mark. Of the radar's quirks this is the place of those of its time and of its line: what it stamps, by which clock, what it
 * says of itself while it is out of order, and the trailer behind each datagram. */
#ifndef SIM_WORLD_STREAM_H
#define SIM_WORLD_STREAM_H

#include "sim/world/radar.h"
#include <stddef.h>

struct stream;

struct stream_datagram {
    struct instant time;    /* of arrival at the centre */
    uint16_t source;        /* SAC << 8 | SIC */
    uint32_t radar;         /* index in its world; set by world_next */
    const uint8_t *bytes;   /* these two are lent until the next stream_input */
    const struct radar_plot *plots; /* in the order of the records; test targets of a line are not among them */
    size_t size;
    unsigned trailer;       /* of these octets, that many at the end are no blocks: not for streams of blocks */
    unsigned count;         /* of plots */
    unsigned category;      /* as in radar_site */
};

/* category: of the plots, as in radar_site. NULL when memory is short. */
struct stream *stream_new(unsigned category);
void stream_free(struct stream *s);

/* One turn of the radar: its plots, sorted by when they were measured; nothing later than until_s is sent. 0 or ERR_MEMORY. */
int stream_input(struct stream *s, const struct radar *r, const struct radar_plot *plots, unsigned count, double until_s);
/* Arrival of the first datagram that waits; INSTANT_NEVER when there is none. */
struct instant stream_deadline(const struct stream *s);
/* Takes it out; false when there is none. */
bool stream_next(struct stream *s, struct stream_datagram *out);

#endif
