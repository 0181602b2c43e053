/* fmtp: the Flight Message Transfer Protocol, which carries OLDI messages over TCP (port 8500).
 *
 * Followed: EUROCONTROL-SPEC-0100, edition 2.0 (2007): header, message types, identification, association, timers. Header: version 2, a zero octet, the length of the
 * whole message (16 bits, big-endian), the type. The association is the matrix of fmtp.c, sans-IO: octets and the instants are handed in, what is to be done
 * comes out through the sink. The timers' values are not fixed by the specification but agreed between centres: Ti 30 s, Ts 15 s, Tr 40 s are
 * usual. Unverified against the text of the specification: that a side without association answers STARTUP with STARTUP of its own at once. */
#ifndef WIRE_FMTP_H
#define WIRE_FMTP_H

#include "base/instant.h"
#include <stddef.h>
#include <stdint.h>

#define FMTP_PORT 8500
#define FMTP_HEADER 5
#define FMTP_DATA 10240 /* octets of data at most */
#define FMTP_NAME 32

enum fmtp_type { FMTP_OPERATIONAL = 1, FMTP_OPERATOR, FMTP_IDENTIFICATION, FMTP_SYSTEM };

/* X(name, text) */
#define FMTP_STATES_LIST(X)                                                                 \
    X(IDLE, "no connection")                                                               \
    X(CALLING, "we connected and said who we are; the other has not")                       \
    X(CALLED, "the other connected and has not said who it is")                             \
    X(NAMED, "it has, so have we; it has not accepted")                                     \
    X(READY, "connected, both identified; no association")                                  \
    X(STARTING, "we asked for an association")                                              \
    X(DATA_READY, "associated: messages pass")
enum fmtp_state {
#define X(name, text) FMTP_##name,
    FMTP_STATES_LIST(X)
#undef X
        FMTP_STATES
};

/* X(name, text): what can happen. */
#define FMTP_EVENTS_LIST(X)                                                                                                \
    X(CONNECTED_OUT, "our connection stands") X(CONNECTED_IN, "theirs does") X(BROKEN, "the connection broke")                   \
    X(NAME_GOOD, "identification as agreed") X(NAME_BAD, "another identification") X(ACCEPT, "ACCEPT") X(REJECT, "REJECT")       \
    X(STARTUP, "STARTUP") X(SHUTDOWN, "SHUTDOWN") X(HEARTBEAT, "HEARTBEAT") X(DATA, "an operational or operator message")        \
    X(NONSENSE, "no message of this protocol") X(ASSOCIATE, "the owner wants an association") X(STOP, "the owner wants none")    \
    X(TI, "identification took too long") X(TS, "nothing was sent for long") X(TR, "nothing was received for long")
enum fmtp_event {
#define X(name, text) FMTP_ON_##name,
    FMTP_EVENTS_LIST(X)
#undef X
        FMTP_EVENTS
};

struct fmtp_sink {
    void (*send)(void *context, const uint8_t *bytes, size_t size);
    void (*data)(void *context, enum fmtp_type type, const char *text, size_t size); /* lent */
    void (*state)(void *context, enum fmtp_state state, enum fmtp_event why);        /* IDLE after the connection was there: close it */
    void *context;
};

struct fmtp_settings {
    char local[FMTP_NAME + 1], remote[FMTP_NAME + 1]; /* as agreed, "KZAB" */
    double ti_s, ts_s, tr_s;
};
#define FMTP_SETTINGS_USUAL ((struct fmtp_settings){.ti_s = 30, .ts_s = 15, .tr_s = 40})

struct fmtp {
    struct fmtp_settings settings;
    struct fmtp_sink sink; /* what it lends is the caller's */
    uint8_t state;         /* enum fmtp_state */
    struct instant ti, ts, tr; /* deadlines; INSTANT_NONE: not running */
    size_t have;
    uint8_t in[FMTP_HEADER + FMTP_DATA];
};

/* Copies the settings. */
void fmtp_init(struct fmtp *f, const struct fmtp_settings *settings, const struct fmtp_sink *sink);
/* CONNECTED_OUT, CONNECTED_IN, BROKEN, ASSOCIATE, STOP: what the owner knows. */
void fmtp_tell(struct fmtp *f, enum fmtp_event event, struct instant now);
/* Octets as they come, cut anywhere. */
void fmtp_input(struct fmtp *f, const uint8_t *bytes, size_t size, struct instant now);
struct instant fmtp_deadline(const struct fmtp *f);
void fmtp_expire(struct fmtp *f, struct instant now);
/* Sends a message: 0, or ERR_STATE (no association), ERR_LENGTH. */
int fmtp_put(struct fmtp *f, enum fmtp_type type, const char *text, size_t size, struct instant now);

/* Octets of a message as it goes over the line; ERR_LENGTH, ERR_FULL, ERR_RANGE (type). */
int fmtp_encode(enum fmtp_type type, const void *data, size_t size, uint8_t *bytes, size_t room);
/* Octets of the first message, 0: more are needed; ERR_VERSION, ERR_LENGTH, ERR_UNKNOWN (type). Data lie behind the header. */
int fmtp_decode(const uint8_t *bytes, size_t size, enum fmtp_type *type);

/* The matrix, for tests and documents. next: FMTP_STATES stands for an event that cannot be there (our own mistake). */
struct fmtp_cell {
    uint8_t next, does;
};
struct fmtp_cell fmtp_cell(enum fmtp_state state, enum fmtp_event event);
const char *fmtp_state_name(enum fmtp_state state);
const char *fmtp_event_name(enum fmtp_event event);

#endif
