/* Blocking: a command line tool has nothing else to do meanwhile. stdio reads, the descriptor writes: a stream would have to be told of each change. */
#include "sim/client.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define RETRY_S 0.05

static int connect_once(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};

    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (const struct sockaddr *)&address, sizeof address) != 0) {
        int why = errno;
        close(fd);
        errno = why;
        fd = -1;
    }
    return fd;
}

int client_open(struct client *c, const char *path, double patience_s)
{
    int fd = connect_once(path);

    for (double waited = 0; fd < 0 && (errno == ENOENT || errno == ECONNREFUSED) && waited < patience_s; waited += RETRY_S) {
        struct timespec pause = {0, (long)(RETRY_S * 1e9)};
        nanosleep(&pause, NULL);
        fd = connect_once(path);
    }
    c->stream = fd >= 0 ? fdopen(fd, "r") : NULL;
    return c->stream ? 0 : -1;
}

char *client_ask_line(struct client *c, const char *command)
{
    char *line = NULL;
    size_t room = 0;

    if (dprintf(fileno(c->stream), "%s\n", command) > 0 && getline(&line, &room, c->stream) > 0) {
        line[strcspn(line, "\n")] = '\0';
        return line;
    }
    free(line);
    return NULL;
}

json_t *client_ask(struct client *c, const char *command)
{
    char *line = client_ask_line(c, command);
    json_t *answer = line ? json_loads(line, 0, NULL) : NULL;

    free(line);
    return answer;
}

void client_close(struct client *c)
{
    if (c->stream)
        fclose(c->stream);
    c->stream = NULL;
}
