/* ws_key: the answer to a WebSocket's opening key (RFC 6455, 4.2.2, 5.4): base64 of SHA-1 of the key and a fixed text. */
#ifndef DAEMON_WEB_WS_KEY_H
#define DAEMON_WEB_WS_KEY_H

#include <stdbool.h>

#define WS_KEY_SIZE 29 /* 28 characters and NUL */

/* False: the key is not base64 of 16 octets. */
bool ws_key_accept(const char *key, char out[WS_KEY_SIZE]);

#endif
