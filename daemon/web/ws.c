/* RFC 6455, 5.2: octet 0 FIN, RSV1-3, opcode; octet 1 MASK, length; 2 or 8 octets more of length; 4 of mask; payload. What a server must refuse
 * is refused as soon as it is seen: reserved bits (no extension is agreed), unknown opcodes, clients that do not mask, lengths not in their shortest
 * form, control frames that are long or in pieces, continuations of nothing, messages begun within a message, and more than WS_MESSAGE_MAX. */
#include "daemon/web/ws.h"

#include <string.h>

void ws_init(struct ws_reader *r)
{
    memset(r, 0, sizeof *r);
}

static bool is_control(unsigned opcode)
{
    return (opcode & 8) != 0;
}

/* Octets that the header has, as far as it is known. */
static unsigned header_size(const struct ws_reader *r)
{
    unsigned length;

    if (r->headed < 2) {
        return 2;
    }
    length = r->header[1] & 127u;
    return 2 + (length == 126 ? 2u : length == 127 ? 8u : 0u) + 4;
}

static int check_first(const struct ws_reader *r)
{
    unsigned opcode = r->header[0] & 15u, length = r->header[1] & 127u;
    bool fin = r->header[0] & 128u;
    bool known = opcode <= WS_BINARY || (opcode >= WS_CLOSE && opcode <= WS_PONG);
    bool masked = r->header[1] & 128u;
    bool whole = !is_control(opcode) || (fin && length <= WS_CONTROL_MAX);
    bool fits = is_control(opcode) || (opcode == WS_CONTINUATION) == (r->message_opcode != 0);

    return (r->header[0] & 0x70u) == 0 && known && masked && whole && fits ? 0 : -WS_PROTOCOL;
}

static int begin_frame(struct ws_reader *r)
{
    unsigned length = r->header[1] & 127u, more = length == 126 ? 2 : length == 127 ? 8 : 0;
    uint64_t size = more ? 0 : length;

    for (unsigned i = 0; i < more; i++) {
        size = size << 8 | r->header[2 + i];
    }
    if ((more == 2 && size < 126) || (more == 8 && size < 65536)) {
        return -WS_PROTOCOL;
    }
    r->opcode = r->header[0] & 15u;
    if (!is_control(r->opcode) && size > WS_MESSAGE_MAX - r->message_size) {
        return -WS_TOO_BIG;
    }
    r->last = r->header[0] & 128u;
    r->size = size;
    r->at = 0;
    r->inside = true;
    if (r->opcode == WS_TEXT || r->opcode == WS_BINARY) {
        r->message_opcode = r->opcode;
    }
    return 0;
}

static int take_header(struct ws_reader *r, const uint8_t *bytes, size_t size, size_t *used)
{
    while (r->headed < header_size(r) && *used < size) {
        r->header[r->headed++] = bytes[(*used)++];
        if (r->headed == 2 && check_first(r) != 0) {
            return -WS_PROTOCOL;
        }
    }
    return r->headed == header_size(r) ? begin_frame(r) : 0;
}

static void take_payload(struct ws_reader *r, const uint8_t *bytes, size_t size, size_t *used)
{
    const uint8_t *mask = r->header + r->headed - 4;
    uint8_t *to = is_control(r->opcode) ? r->control : r->message + r->message_size;

    for (; r->at < r->size && *used < size; r->at++) {
        to[r->at] = bytes[(*used)++] ^ mask[r->at & 3];
    }
}

/* The frame is whole: 1 when with it a message is. */
static int end_frame(struct ws_reader *r, struct ws_message *out)
{
    r->inside = false;
    r->headed = 0;
    if (is_control(r->opcode)) {
        *out = (struct ws_message){r->opcode, r->control, (size_t)r->size};
        return 1;
    }
    r->message_size += (size_t)r->size;
    if (!r->last) {
        return 0;
    }
    *out = (struct ws_message){r->message_opcode, r->message, r->message_size};
    r->message_opcode = 0;
    r->message_size = 0;
    return 1;
}

int ws_read(struct ws_reader *r, const uint8_t *bytes, size_t size, size_t *used, struct ws_message *out)
{
    *used = 0;
    for (;;) {
        if (!r->inside) {
            int code = take_header(r, bytes, size, used);

            if (code != 0 || !r->inside) {
                return code;
            }
        }
        take_payload(r, bytes, size, used);
        if (r->at < r->size) {
            return 0;
        }
        if (end_frame(r, out) == 1) {
            return 1;
        }
    }
}

unsigned ws_close_status(const struct ws_message *m)
{
    unsigned status = m->size >= 2 ? (unsigned)m->bytes[0] << 8 | m->bytes[1] : 0;
    bool allowed = (status >= 1000 && status <= 1011 && status != 1004 && status != 1005 && status != 1006) || (status >= 3000 && status <= 4999);

    return m->size == 0 ? WS_NONE : allowed ? status : WS_PROTOCOL;
}

size_t ws_put_header(uint8_t out[WS_HEADER_MAX], enum ws_opcode opcode, uint64_t payload)
{
    unsigned more = payload < 126 ? 0 : payload < 65536 ? 2 : 8;

    out[0] = (uint8_t)(0x80u | (unsigned)opcode);
    out[1] = (uint8_t)(more == 0 ? payload : more == 2 ? 126 : 127);
    for (unsigned i = 0; i < more; i++) {
        out[2 + i] = (uint8_t)(payload >> (8 * (more - 1 - i)));
    }
    return 2 + more;
}
