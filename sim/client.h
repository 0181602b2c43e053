/* client: questions to a running airseamd over its control socket (daemon/control.h): one line out, one line of JSON back. */
#ifndef SIM_CLIENT_H
#define SIM_CLIENT_H

#include <jansson.h>
#include <stdio.h>

struct client {
    FILE *stream; /* NULL: not connected */
};

/* 0, or -1 with errno set; tries again for patience_s seconds while nobody listens. */
int client_open(struct client *c, const char *path, double patience_s);
/* The answer to a command, without its line's end; the caller frees it. NULL when the connection broke. */
char *client_ask_line(struct client *c, const char *command);
/* The same as JSON (new reference), also where it says that the command went wrong; NULL when the connection broke or it is no JSON. */
json_t *client_ask(struct client *c, const char *command);
void client_close(struct client *c);

#endif
