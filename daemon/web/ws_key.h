/* ws_key: the answer to a WebSocket's opening key (RFC 6455, 4.2.2, 5.4): base64 of SHA-1 of the key and a fixed text. */
#ifndef DAEMON_WEB_WS_KEY_H
#define DAEMON_WEB_WS_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WS_KEY_SIZE 29 /* 28 characters and NUL */

/* False: the key is not base64 of 16 octets. */
bool ws_key_accept(const char *key, char out[WS_KEY_SIZE]);

/* SHA-1 (FIPS 180-4, 6.1). Good enough for a handshake and for nothing else. */
void ws_key_sha1(const void *bytes, size_t size, uint8_t out[20]);

#endif
