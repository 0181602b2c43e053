/* A table of commands. Answers are written through bufferevents; a client that does not read is cut off when its queue is full. */
#include "daemon/control.h"

#include "base/err.h"
#include "daemon/loop_handoff.h"
#include "daemon/status.h"
#include <errno.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/listener.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define CONTROL_CLIENTS 16
#define CONTROL_LINE 256
#define CONTROL_QUEUE (64 << 20)

struct client {
    struct control *control;
    struct bufferevent *connection; /* NULL: free */
};

struct control {
    struct loop *loop;
    struct evconnlistener *listener;
    char path[108];
    struct client client[CONTROL_CLIENTS];
};

/* ---- commands: each returns its answer (a new reference) ---- */

static json_t *failure(const char *why)
{
    return json_pack("{s:b, s:s}", "ok", 0, "error", why);
}

static json_t *with(const char *key, json_t *value)
{
    return json_pack("{s:b, s:o}", "ok", 1, key, value);
}

static json_t *do_status(struct loop *l, const char *line)
{
    (void)line;
    return with("status", status_all(l));
}

static json_t *do_sources(struct loop *l, const char *line)
{
    (void)line;
    return with("sources", status_sources(l));
}

static json_t *do_registration(struct loop *l, const char *line)
{
    (void)line;
    return with("registration", status_registration(l));
}

static json_t *do_tracks(struct loop *l, const char *line)
{
    (void)line;
    return with("tracks", status_tracks(l));
}

static json_t *do_clock(struct loop *l, const char *line)
{
    (void)line;
    return with("clock", status_clock(l));
}

static json_t *do_reload(struct loop *l, const char *line)
{
    char *room = malloc(CONFIG_ERRORS_SIZE);
    json_t *answer;

    (void)line;
    if (!room) {
        return failure("memory is short");
    }
    struct text_out errors = text_out_init(room, CONFIG_ERRORS_SIZE);
    answer = loop_reload(l, &errors) ? json_pack("{s:b}", "ok", 1) : failure(room);
    free(room);
    return answer ? answer : failure("the settings have mistakes that are not printable");
}

static json_t *do_feed(struct loop *l, const char *line)
{
    int code = loop_command(l, line);

    return code == 0 ? json_pack("{s:b}", "ok", 1)
                     : failure(code == ERR_UNKNOWN ? "no feed of that name"
                     : code == ERR_STATE ? "there is no clock yet" : "expected: feed enable|disable NAME, sensor enable|disable SAC/SIC");
}

static json_t *do_handoffs(struct loop *l, const char *line)
{
    json_t *list = loop_handoff_list(l);

    (void)line;
    return list ? with("handoffs", list) : failure("no centres in the settings");
}

static json_t *do_handoff(struct loop *l, const char *line)
{
    int code = loop_handoff_command(l, line + strcspn(line, " "));

    return code == 0             ? json_pack("{s:b}", "ok", 1)
           : code == ERR_MISSING ? failure("no centres in the settings")
           : code == ERR_FORMAT  ? failure("expected: handoff WORD TRACK|TRANSFER [CENTRE]")
           : code == ERR_UNKNOWN ? failure("no such aircraft, transfer or centre")
           : code == ERR_DENIED  ? failure("that centre is not responsible for it, or not here")
                                 : failure("not in this state of the dialogue");
}

static json_t *do_snapshot(struct loop *l, const char *line)
{
    (void)line;
    return loop_snapshot(l) ? json_pack("{s:b}", "ok", 1) : failure("no tape is written");
}

static json_t *do_quit(struct loop *l, const char *line)
{
    (void)line;
    loop_quit(l);
    return json_pack("{s:b}", "ok", 1);
}

static json_t *do_help(struct loop *l, const char *line);

static const struct command {
    const char *word, *arguments, *help;
    json_t *(*run)(struct loop *l, const char *line);
} commands[] = {
    {"status", "", "the daemon's state: clock, feeds, outputs, tape, counters", do_status},
    {"sources", "", "every sensor as the picture sees it", do_sources},
    {"registration", "", "the bias found of every sensor, with its sigma and quality", do_registration},
    {"tracks", "", "every confirmed track, now", do_tracks},
    {"clock", "", "the picture's clock", do_clock},
    {"reload", "", "read the settings file again", do_reload},
    {"feed", "enable|disable NAME", "take a feed's data, or pass it over", do_feed},
    {"sensor", "enable|disable SAC/SIC", "hear a sensor, or pass over what it says", do_feed},
    {"handoffs", "", "every dialogue under way", do_handoffs},
    {"handoff", "initiate|accept|reject|retract|recall|force|voice|point-out|approve|unable|assume|end TRACK|TRANSFER [CENTRE]",
     "what a controller can do", do_handoff},
    {"snapshot", "", "write a snapshot to the tape now", do_snapshot},
    {"quit", "", "close the tape and leave", do_quit},
    {"help", "", "this list", do_help},
};
#define COMMANDS (sizeof commands / sizeof commands[0])

static json_t *do_help(struct loop *l, const char *line)
{
    json_t *list = json_array();

    (void)l;
    (void)line;
    for (size_t i = 0; i < COMMANDS; i++) {
        json_array_append_new(list, json_pack("{s:s, s:s, s:s}", "command", commands[i].word, "arguments", commands[i].arguments, "help", commands[i].help));
    }
    return with("commands", list);
}

static json_t *answer_to(struct loop *l, const char *line)
{
    size_t word = strcspn(line, " ");

    for (size_t i = 0; i < COMMANDS; i++) {
        bool arguments = commands[i].arguments[0] != '\0';

        if (strlen(commands[i].word) == word && memcmp(commands[i].word, line, word) == 0) {
            return line[word] != '\0' && !arguments ? failure("this command takes no arguments") : commands[i].run(l, line);
        }
    }
    return failure("unknown command; help lists them");
}

/* ---- clients ---- */

static void end_client(struct client *c)
{
    if (c->connection) {
        bufferevent_free(c->connection);
        c->connection = NULL;
    }
}

static void answer_line(struct client *c, const char *line)
{
    json_t *answer = answer_to(c->control->loop, line);
    char *text = answer ? json_dumps(answer, JSON_COMPACT | JSON_REAL_PRECISION(13)) : NULL;
    struct evbuffer *out = bufferevent_get_output(c->connection);

    if (text && evbuffer_get_length(out) < CONTROL_QUEUE) {
        evbuffer_add_printf(out, "%s\n", text);
    } else {
        end_client(c);
    }
    free(text);
    json_decref(answer);
}

static void on_data(struct bufferevent *connection, void *context)
{
    struct client *c = context;
    struct evbuffer *in = bufferevent_get_input(connection);
    char *line;

    while (c->connection && (line = evbuffer_readln(in, NULL, EVBUFFER_EOL_CRLF)) != NULL) {
        if (line[0]) {
            answer_line(c, line);
        }
        free(line);
    }
    if (c->connection && evbuffer_get_length(in) > CONTROL_LINE) {
        end_client(c);
    }
}

static void on_event(struct bufferevent *connection, short what, void *context)
{
    (void)connection;
    if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        end_client(context);
    }
}

static void on_accept(struct evconnlistener *listener, evutil_socket_t fd, struct sockaddr *from, int size, void *context)
{
    struct control *control = context;
    struct client *c = control->client;

    (void)listener;
    (void)from;
    (void)size;
    while (c < control->client + CONTROL_CLIENTS && c->connection) {
        c++;
    }
    if (c == control->client + CONTROL_CLIENTS || !(c->connection = bufferevent_socket_new(control->loop->base, fd, BEV_OPT_CLOSE_ON_FREE))) {
        close(fd);
        return;
    }
    c->control = control;
    bufferevent_setcb(c->connection, on_data, NULL, on_event, c);
    bufferevent_enable(c->connection, EV_READ | EV_WRITE);
}

/* ---- the socket ---- */

/* A socket whose daemon has died stays in the file system; one that answers belongs to another daemon. */
static bool make_room(const struct sockaddr_un *address)
{
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool taken = probe >= 0 && connect(probe, (const struct sockaddr *)address, sizeof *address) == 0;
    struct stat st;

    if (probe >= 0) {
        close(probe);
    }
    if (taken) {
        errno = EADDRINUSE;
        return false;
    }
    if (lstat(address->sun_path, &st) == 0 && S_ISSOCK(st.st_mode)) {
        unlink(address->sun_path);
    }
    return true;
}

static int listen_at(const struct sockaddr_un *address)
{
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    mode_t mask;
    int code;

    if (fd < 0 || !make_room(address)) {
        if (fd >= 0) {
            close(fd);
        }
        return -1;
    }
    mask = umask(0117);
    code = bind(fd, (const struct sockaddr *)address, sizeof *address);
    umask(mask);
    if (code != 0 || listen(fd, 16) != 0) {
        close(fd);
        return -1;
    }
    return fd;
}

struct control *control_open(struct loop *l, const char *path, const char **why)
{
    struct control *c = calloc(1, sizeof *c);
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd;

    *why = "memory is short";
    if (!c) {
        return NULL;
    }
    if (strlen(path) >= sizeof address.sun_path) {
        *why = "a socket's name has at most 107 characters";
        free(c);
        return NULL;
    }
    memcpy(address.sun_path, path, strlen(path) + 1);
    memcpy(c->path, path, strlen(path) + 1);
    c->loop = l;
    fd = listen_at(&address);
    c->listener = fd >= 0 ? evconnlistener_new(l->base, on_accept, c, LEV_OPT_CLOSE_ON_FREE, 0, fd) : NULL;
    if (!c->listener) {
        *why = strerror(errno);
        free(c);
        return NULL;
    }
    return c;
}

void control_close(struct control *c)
{
    if (!c) {
        return;
    }
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        if (c->client[i].connection) { /* the last answer (to "quit") still goes out */
            struct evbuffer *out = bufferevent_get_output(c->client[i].connection);

            evbuffer_unfreeze(out, 1);
            evbuffer_write(out, bufferevent_getfd(c->client[i].connection));
        }
        end_client(&c->client[i]);
    }
    evconnlistener_free(c->listener);
    unlink(c->path);
    free(c);
}
