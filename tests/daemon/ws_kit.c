#include "ws_kit.h"

#include "daemon_kit.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <sys/socket.h>
#include <unistd.h>

#include "support/support.h"

static double clock_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

// More octets within wait_s; false: none, or the end
static bool more(struct ws_kit *k, double wait_s)
{
    struct pollfd p = {k->fd, POLLIN, 0};
    ssize_t n;
    if (k->closed || poll(&p, 1, wait_s > 0 ? (int)(wait_s * 1000) : 0) <= 0)
        return false;
    if (k->room - k->have < 65536) {
        k->room = k->room ? 2 * k->room : 1 << 20;
        k->in = realloc(k->in, k->room);
    }
    n = recv(k->fd, k->in + k->have, k->room - k->have, 0);
    if (n <= 0) {
        k->closed = 1;
        return false;
    }
    k->have += (size_t)n;
    k->octets += (uint64_t)n;
    return true;
}

static void drop(struct ws_kit *k, size_t n)
{
    memmove(k->in, k->in + n, k->have - n);
    k->have -= n;
}

void ws_kit_open(struct ws_kit *k, const char *address, const char *headers)
{
    char ask[1024], *end = NULL;
    double until = clock_s() + KIT_WAIT_S;
    memset(k, 0, sizeof *k);
    k->fd = kit_connect(address, SOCK_STREAM);
    int n = snprintf(ask, sizeof ask,
                     "GET /ws HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                     "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: airseam.1\r\n%s\r\n",
                     address, headers);
    ck_assert_int_eq(send(k->fd, ask, (size_t)n, MSG_NOSIGNAL), n);
    while (!end && clock_s() < until && more(k, until - clock_s()))
        end = memmem(k->in, k->have, "\r\n\r\n", 4);
    ck_assert_msg(end != NULL, "no answer to the upgrade");
    k->status = atoi((const char *)k->in + 9);
    if (k->status == 101)
        ck_assert_msg(memmem(k->in, k->have, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", 28) != NULL, "the key is not answered");
    drop(k, (size_t)(end + 4 - (char *)k->in));
}

void ws_kit_close(struct ws_kit *k)
{
    close(k->fd);
    free(k->in);
    memset(k, 0, sizeof *k);
}

void ws_kit_send(struct ws_kit *k, unsigned opcode, const void *bytes, size_t size)
{
    static const uint8_t mask[4] = {9, 200, 31, 7};
    uint8_t *out = malloc(size + 14);
    size_t at = 0, more_octets = size < 126 ? 0 : size < 65536 ? 2 : 8;
    out[at++] = (uint8_t)(0x80 | opcode);
    out[at++] = (uint8_t)(0x80 | (more_octets == 0 ? size : more_octets == 2 ? 126 : 127));
    for (size_t i = 0; i < more_octets; i++)
        out[at++] = (uint8_t)((uint64_t)size >> (8 * (more_octets - 1 - i)));
    memcpy(out + at, mask, 4);
    at += 4;
    for (size_t i = 0; i < size; i++)
        out[at++] = ((const uint8_t *)bytes)[i] ^ mask[i & 3];
    if (send(k->fd, out, at, MSG_NOSIGNAL) != (ssize_t)at)
        k->closed = k->closed ? k->closed : 1;
    free(out);
}

void ws_kit_ask(struct ws_kit *k, const Airseam__Web__Ask *a)
{
    uint8_t bytes[4096];
    ck_assert_uint_le(airseam__web__ask__get_packed_size(a), sizeof bytes);
    ws_kit_send(k, 2, bytes, airseam__web__ask__pack(a, bytes));
}

// Size of the whole message at the front, its payload at *at; 0: not all of it is there
static size_t whole(const struct ws_kit *k, size_t *at)
{
    size_t length = k->have >= 2 ? k->in[1] & 127u : 0, octets = length < 126 ? 0 : length == 126 ? 2 : 8;
    if (k->have < 2 + octets)
        return 0;
    for (size_t i = 0, n = octets ? 0 : length; i <= octets; i++) {
        length = n;
        n = i < octets ? n << 8 | k->in[2 + i] : n;
    }
    *at = 2 + octets;
    return k->have >= *at + length ? *at + length : 0;
}

Airseam__Web__Frame *ws_kit_next(struct ws_kit *k, double wait_s)
{
    double until = clock_s() + wait_s;
    for (;;) {
        size_t at, size = whole(k, &at);
        Airseam__Web__Frame *f = NULL;
        if (size == 0) {
            if (!more(k, until - clock_s()))
                return NULL;
            continue;
        }
        unsigned opcode = k->in[0] & 15u;
        ck_assert_msg((k->in[0] & 0xF0) == 0x80 && (k->in[1] & 0x80) == 0, "a server's frame is whole and unmasked");
        if (opcode == 2) {
            f = airseam__web__frame__unpack(NULL, size - at, k->in + at);
            ck_assert_msg(f != NULL, "a message is a Frame");
        } else if (opcode == 8) {
            k->closed = size - at >= 2 ? (unsigned)k->in[at] << 8 | k->in[at + 1] : 1;
        } else if (opcode == 9) {
            ws_kit_send(k, 10, k->in + at, size - at);
        }
        drop(k, size);
        if (f || k->closed)
            return f;
    }
}

void ws_kit_free(Airseam__Web__Frame *f)
{
    if (f)
        airseam__web__frame__free_unpacked(f, NULL);
}

Airseam__Web__Frame *ws_kit_until(struct ws_kit *k, bool (*is)(const Airseam__Web__Frame *f), double wait_s)
{
    double until = clock_s() + wait_s;
    for (;;) {
        Airseam__Web__Frame *f = ws_kit_next(k, until - clock_s());
        if (!f || is(f))
            return f;
        ws_kit_free(f);
        if (clock_s() > until)
            return NULL;
    }
}
