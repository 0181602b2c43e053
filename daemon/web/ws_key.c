/* SHA-1 by FIPS 180-4, base64 by RFC 4648; a library for one hash of sixty octets would be the larger part of the handshake. */
#include "daemon/web/ws_key.h"

#include <string.h>

#define GUID "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"

static uint32_t turn(uint32_t x, unsigned n)
{
    return x << n | x >> (32 - n);
}

static void block(uint32_t h[5], const uint8_t *in)
{
    static const uint32_t k[4] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
    uint32_t w[80], v[5];

    for (unsigned i = 0; i < 16; i++) {
        w[i] = (uint32_t)in[4 * i] << 24 | (uint32_t)in[4 * i + 1] << 16 | (uint32_t)in[4 * i + 2] << 8 | in[4 * i + 3];
    }
    for (unsigned i = 16; i < 80; i++) {
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    }
    memcpy(v, h, sizeof v);
    for (unsigned i = 0; i < 80; i++) {
        uint32_t choice = (v[1] & v[2]) | (~v[1] & v[3]), parity = v[1] ^ v[2] ^ v[3], majority = (v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3]);
        uint32_t f = i < 20 ? choice : i >= 40 && i < 60 ? majority : parity;
        uint32_t next = turn(v[0], 5) + f + v[4] + k[i / 20] + w[i];

        v[4] = v[3];
        v[3] = v[2];
        v[2] = turn(v[1], 30);
        v[1] = v[0];
        v[0] = next;
    }
    for (unsigned i = 0; i < 5; i++) {
        h[i] += v[i];
    }
}

void ws_key_sha1(const void *bytes, size_t size, uint8_t out[20])
{
    uint32_t h[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    const uint8_t *in = bytes;
    uint8_t last[128] = {0};
    size_t left = size, tail;
    uint64_t bits = (uint64_t)size * 8;

    for (; left >= 64; in += 64, left -= 64) {
        block(h, in);
    }
    if (left > 0) {
        memcpy(last, in, left);
    }
    last[left] = 0x80;
    tail = left < 56 ? 64 : 128;
    for (unsigned i = 0; i < 8; i++) {
        last[tail - 1 - i] = (uint8_t)(bits >> (8 * i));
    }
    for (size_t at = 0; at < tail; at += 64) {
        block(h, last + at);
    }
    for (unsigned i = 0; i < 20; i++) {
        out[i] = (uint8_t)(h[i / 4] >> (24 - 8 * (i % 4)));
    }
}

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

bool ws_key_accept(const char *key, char out[WS_KEY_SIZE])
{
    char text[24 + sizeof GUID];
    uint8_t sum[21] = {0};

    if (strlen(key) != 24 || strspn(key, digits) != 22 || strcmp(key + 22, "==") != 0) {
        return false;
    }
    memcpy(text, key, 24);
    memcpy(text + 24, GUID, sizeof GUID);
    ws_key_sha1(text, 24 + sizeof GUID - 1, sum);
    for (unsigned i = 0; i < 7; i++) { /* twenty octets and one of zero are seven groups; the last digit is padding */
        uint32_t group = (uint32_t)sum[3 * i] << 16 | (uint32_t)sum[3 * i + 1] << 8 | sum[3 * i + 2];

        for (unsigned k = 0; k < 4; k++) {
            out[4 * i + k] = digits[group >> (18 - 6 * k) & 63];
        }
    }
    out[27] = '=';
    out[28] = '\0';
    return true;
}
