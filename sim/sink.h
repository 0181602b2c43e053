/* sink: where the simulator's datagrams go: an address, or a file whose form its name says.
 *
 *   udp://HOST:PORT[?interface=NAME&ttl=N]   datagrams (settings/settings_endpoint.h)
 *   tcp://HOST:PORT                          the blocks back to back over one connection
 *   NAME.pcap                                for other people's tools: UDP to port 8600, each radar from an address of its own
 *   NAME.tape                                a tape (wire/tape.h) with the sensors' settings in front: a replay needs nothing else
 *   any other name                           the blocks back to back
 * What some radars append to their datagrams (stream.h: trailer) is left out where blocks stand back to back.
 * "NATION=" in front of any of them takes the radars of that nation alone, "SENSOR=" one radar by its name. A CD-2 line says no address and is never
 * mixed with others, nor are flight plans (protobuf envelopes; "plans=" names them; in streams each stands behind its length): it goes to an address or a raw file that names its radar, into a tape as a feed of its own, into a pcap file to port 8620. */
#ifndef SIM_SINK_H
#define SIM_SINK_H

#include "sim/world/stream.h"
#include <stdbool.h>
#include <stddef.h>

struct sink;

/* settings: the text that stands at the front of a tape (lent). NULL and a line in error when it does not open. */
struct sink *sink_new(const char *where, const char *settings, struct instant start, char *error, size_t error_size);
/* Whether a datagram of a radar of that nation and name is for this sink. */
bool sink_takes(const struct sink *s, const char *nation, const char *name, const struct stream_datagram *d);
/* Sends or writes it. A UDP receiver that is not there is counted, not an error.
 * False: writing failed. */
bool sink_put(struct sink *s, const struct stream_datagram *d);
/* UDP datagrams that nobody took. */
unsigned long sink_refused(const struct sink *s);
/* Ends the file; false and a line in error when something could not be written. */
bool sink_free(struct sink *s, char *error, size_t error_size);

#endif
