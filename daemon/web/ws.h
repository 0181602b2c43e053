/* ws: WebSocket frames (RFC 6455, 5), as a server reads and writes them: octets in, messages out, however the octets were cut. No socket. */
#ifndef DAEMON_WEB_WS_H
#define DAEMON_WEB_WS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WS_MESSAGE_MAX 16384 /* octets of a message that a client may send */
#define WS_CONTROL_MAX 125
#define WS_HEADER_MAX 10     /* of a server's frame */

enum ws_opcode { WS_CONTINUATION = 0, WS_TEXT = 1, WS_BINARY = 2, WS_CLOSE = 8, WS_PING = 9, WS_PONG = 10 };
/* Why a connection ends (RFC 6455, 7.4.1). */
enum ws_status { WS_NORMAL = 1000, WS_GOING = 1001, WS_PROTOCOL = 1002, WS_UNSUPPORTED = 1003, WS_NONE = 1005, WS_POLICY = 1008, WS_TOO_BIG = 1009, WS_INTERNAL = 1011 };

struct ws_reader {
    uint8_t header[14];
    unsigned headed;           /* octets of the header that are there */
    bool inside;               /* of a frame's payload */
    uint8_t opcode;            /* of the frame */
    bool last;                 /* FIN */
    uint64_t size, at;         /* of the payload; read so far */
    uint8_t message_opcode;    /* of the message under way; 0 none */
    size_t message_size;
    uint8_t message[WS_MESSAGE_MAX];
    uint8_t control[WS_CONTROL_MAX];
};

/* One message or control frame; the octets are lent until the next call. */
struct ws_message {
    uint8_t opcode; /* TEXT, BINARY, CLOSE, PING, PONG */
    const uint8_t *bytes;
    size_t size;
};

void ws_init(struct ws_reader *r);
/* Reads on: 1 and a message; 0: all was used, more is needed; -status: the client has broken the rules, close with that status. *used: octets taken. */
int ws_read(struct ws_reader *r, const uint8_t *bytes, size_t size, size_t *used, struct ws_message *out);
/* The status that a CLOSE says; WS_NONE when none, WS_PROTOCOL when it is no status a client may send. */
unsigned ws_close_status(const struct ws_message *m);

/* A server's frame's header (whole message, unmasked): its size. */
size_t ws_put_header(uint8_t out[WS_HEADER_MAX], enum ws_opcode opcode, uint64_t payload);

#endif
