// A WebSocket client for tests: what it reads are Frames of proto/web.proto, what it asks are Asks.
#ifndef DAEMON_WS_KIT_H
#define DAEMON_WS_KIT_H

#include "proto/web.pb-c.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ws_kit {
    int fd;
    uint8_t *in;
    size_t have, room;
    uint64_t octets; // read so far
    int status;      // of the upgrade: 101, or what it was refused with
    unsigned closed; // the status of a CLOSE that came, 1 when the connection just ended, 0 while it stands
};

// Connects to "127.0.0.1:1234" and upgrades; more: further header lines, each with its end, or "".
void ws_kit_open(struct ws_kit *k, const char *address, const char *more);
void ws_kit_close(struct ws_kit *k);
// The next frame within wait_s seconds; NULL: none came, or the connection ended (k->closed). Answers pings. The caller frees it by ws_kit_free.
Airseam__Web__Frame *ws_kit_next(struct ws_kit *k, double wait_s);
void ws_kit_free(Airseam__Web__Frame *f);
// Reads on until a frame for which `is` holds; NULL after wait_s.
Airseam__Web__Frame *ws_kit_until(struct ws_kit *k, bool (*is)(const Airseam__Web__Frame *f), double wait_s);
void ws_kit_ask(struct ws_kit *k, const Airseam__Web__Ask *a);
// A frame of any opcode and octets, masked.
void ws_kit_send(struct ws_kit *k, unsigned opcode, const void *bytes, size_t size);

#endif
