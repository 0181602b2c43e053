/* Octets of a WebSocket client in chunks that the first octet decides: what is read is within bounds, and cutting elsewhere reads the same messages. */
#include "daemon/web/ws.h"
#include "proto/web.pb-c.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* A sum over all messages, and how it ended. */
static uint64_t read_in(const uint8_t *bytes, size_t size, size_t chunk)
{
    static struct ws_reader r;
    uint64_t sum = 0;
    ws_init(&r);
    for (size_t at = 0; at < size;) {
        struct ws_message m;
        size_t used, n = size - at < chunk ? size - at : chunk;
        int code = ws_read(&r, bytes + at, n, &used, &m);
        assert(used <= n);
        if (code < 0)
            return sum * 31 + (uint64_t)-code;
        at += used;
        if (code == 0)
            continue;
        assert(m.size <= WS_MESSAGE_MAX);
        for (size_t i = 0; i < m.size; i++)
            sum = sum * 31 + m.bytes[i];
        sum = sum * 31 + m.opcode;
        if (m.opcode == WS_CLOSE)
            sum += ws_close_status(&m);
        if (m.opcode == WS_BINARY) {
            Airseam__Web__Ask *a = airseam__web__ask__unpack(NULL, m.size, m.bytes);
            if (a)
                airseam__web__ask__free_unpacked(a, NULL);
        }
    }
    return sum;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    uint64_t whole = read_in(data + 1, size - 1, size), cut = read_in(data + 1, size - 1, 1 + data[0] % 7u);
    assert(whole == cut);
    return 0;
}
