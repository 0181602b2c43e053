/* priv: rights. Nothing here needs root; who starts as root becomes the user that the settings name, after the sockets are open. */
#ifndef DAEMON_PRIV_H
#define DAEMON_PRIV_H

#include <stdbool.h>

/* True when done or not needed; false with *why. */
bool priv_drop(const char *user, const char **why);

#endif
