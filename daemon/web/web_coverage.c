/* web_coverage: a socket pair is the program's standard input and output; messages behind their length (sim/serve.h). When it ends, whoever waits is told, and
 * the next question starts it again. */
#include "daemon/web/web_coverage.h"

#include "daemon/web/web_sensor.h"
#include <errno.h>
#include <event2/buffer.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define ANSWER_MAX (16u << 20)
#define ARGUMENTS 32
#define LIVE_TICKS 40
#define AGAIN_TICKS 50    /* at least between two starts */
#define NICE 10
#define COVERAGE_TAG 0x5A /* field 11, octets */

extern char **environ;

struct web_coverage {
    struct web *web;
    char command[SETTINGS_PATH];
    pid_t pid; /* 0: does not run */
    struct bufferevent *io;
    struct web_client *asked; /* whose question is out; NULL: nobody's, or they went */
    bool busy;
    uint64_t started; /* tick */
    unsigned next;    /* client to look at first */
};

/* ---- the program ---- */

static void stop(struct web_coverage *v)
{
    if (v->io) {
        bufferevent_free(v->io);
        v->io = NULL;
    }
    if (v->pid > 0) {
        kill(v->pid, SIGKILL);
        waitpid(v->pid, NULL, 0);
        v->pid = 0;
    }
    v->busy = false;
    v->asked = NULL;
}

/* Beside airseamd, or beside it in the folder bin, or as PATH finds it. */
static void find_program(const char *name, char *out, size_t size)
{
    static const char *const places[] = {"", "../bin/"};
    char self[512];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    char *slash;

    snprintf(out, size, "%s", name);
    self[n > 0 ? n : 0] = '\0';
    slash = strrchr(self, '/');
    for (unsigned i = 0; slash && !strchr(name, '/') && i < 2; i++) {
        char path[1024];

        snprintf(path, sizeof path, "%.*s%s%s", (int)(slash - self) + 1, self, places[i], name);
        if (access(path, X_OK) == 0) {
            snprintf(out, size, "%s", path);
            return;
        }
    }
}

static pid_t spawn(const char *command, int io)
{
    char words[SETTINGS_PATH], program[1024], *argument[ARGUMENTS + 1] = {NULL}, *rest = words;
    posix_spawn_file_actions_t actions;
    unsigned n = 0;
    pid_t pid = 0;

    snprintf(words, sizeof words, "%s", command);
    for (char *word; n < ARGUMENTS && (word = strsep(&rest, " ")) != NULL;) {
        if (word[0]) {
            argument[n++] = word;
        }
    }
    if (n == 0) {
        return 0;
    }
    find_program(argument[0], program, sizeof program);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, io, 0);
    posix_spawn_file_actions_adddup2(&actions, io, 1);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (posix_spawnp(&pid, program, &actions, NULL, argument, environ) != 0) {
        pid = 0;
    }
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static void on_data(struct bufferevent *io, void *context);
static void on_event(struct bufferevent *io, short what, void *context);

static bool start(struct web_coverage *v)
{
    int pair[2];

    v->started = v->web->tick;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0) {
        return false;
    }
    v->pid = spawn(v->command, pair[1]);
    close(pair[1]);
    fcntl(pair[0], F_SETFL, O_NONBLOCK);
    v->io = v->pid > 0 ? bufferevent_socket_new(v->web->context.base, pair[0], BEV_OPT_CLOSE_ON_FREE) : NULL;
    if (!v->io) {
        close(pair[0]);
        stop(v);
        log_put(v->web->context.log, LOG_ERROR, "coverage_failed", "command=\"%s\" why=\"%s\"", v->command, strerror(errno));
        return false;
    }
    setpriority(PRIO_PROCESS, (id_t)v->pid, NICE);
    bufferevent_setcb(v->io, on_data, NULL, on_event, v);
    bufferevent_enable(v->io, EV_READ | EV_WRITE);
    log_put(v->web->context.log, LOG_INFO, "coverage_started", "pid=%d command=\"%s\"", (int)v->pid, v->command);
    return true;
}

/* ---- answers ---- */

/* The octets of a Coverage as field 11 behind the frame's own. */
static void hand_on(struct web_client *c, const uint8_t *bytes, size_t size)
{
    uint8_t *field = malloc(size + 16);
    size_t head = 0;

    if (!field) {
        return;
    }
    field[head++] = COVERAGE_TAG;
    for (size_t rest = size; head == 1 || rest > 0; rest >>= 7) {
        field[head++] = (uint8_t)((rest & 127) | (rest > 127 ? 128 : 0));
    }
    memcpy(field + head, bytes, size);
    web_say_with(c, field, head + size);
    free(field);
}

static void say_error(struct web_client *c, const char *why)
{
    Airseam__Web__Coverage answer;
    char text[160];
    uint8_t bytes[256];

    airseam__web__coverage__init(&answer);
    snprintf(text, sizeof text, "%s", why);
    answer.error = text;
    hand_on(c, bytes, airseam__web__coverage__pack(&answer, bytes));
}

static void on_data(struct bufferevent *io, void *context)
{
    struct web_coverage *v = context;
    struct evbuffer *in = bufferevent_get_input(io);
    uint8_t head[4];

    while (evbuffer_copyout(in, head, 4) == 4) {
        uint32_t size = head[0] | (uint32_t)head[1] << 8 | (uint32_t)head[2] << 16 | (uint32_t)head[3] << 24;

        if (size > ANSWER_MAX) {
            stop(v);
            return;
        }
        if (evbuffer_get_length(in) < 4 + (size_t)size) {
            return;
        }
        if (v->asked) {
            const uint8_t *bytes = evbuffer_pullup(in, 4 + (ev_ssize_t)size);

            hand_on(v->asked, bytes + 4, size);
        }
        evbuffer_drain(in, 4 + (size_t)size);
        v->asked = NULL;
        v->busy = false;
    }
}

static void on_event(struct bufferevent *io, short what, void *context)
{
    struct web_coverage *v = context;
    struct web_client *asked = v->asked;

    (void)io;
    if (what & (BEV_EVENT_EOF | BEV_EVENT_ERROR)) {
        log_put(v->web->context.log, LOG_WARNING, "coverage_ended", "command=\"%s\"", v->command);
        stop(v);
        if (asked) {
            say_error(asked, "coverage could not be worked out: airseamd's log and standard error say why");
        }
    }
}

/* ---- questions ---- */

const char *web_coverage_ask(struct web_client *c, const Airseam__Web__Ask *a)
{
    Airseam__Web__Ask one;
    struct web_coverage *v = c->web->coverage;

    web_coverage_forget(c);
    if (a->coverage->none) {
        return NULL;
    }
    if (!v->command[0]) {
        return "no coverage here: http.coverage is none";
    }
    airseam__web__ask__init(&one);
    one.id = a->id;
    one.coverage = a->coverage;
    c->question_size = airseam__web__ask__get_packed_size(&one);
    c->question = malloc(c->question_size + 1);
    if (!c->question) {
        return "memory is short";
    }
    airseam__web__ask__pack(&one, c->question);
    c->question_due = true;
    c->question_live = a->coverage->live;
    return NULL;
}

void web_coverage_forget(struct web_client *c)
{
    if (c->web->coverage->asked == c) {
        c->web->coverage->asked = NULL;
    }
    free(c->question);
    c->question = NULL;
    c->question_due = c->question_live = false;
}

/* A list with room for more behind it, all of which live until `more` is freed. */
struct more {
    uint32_t *out;
    char *without[16], words[3][16];
};

/* What is red or off now is out, too. */
static void add_silent(struct web_client *c, Airseam__Web__CoverageAsk *a, struct more *m)
{
    struct picture_sensor s;
    const struct picture *p = engine_picture(c->web->context.engine);
    struct instant now;

    m->out = malloc((a->n_out + picture_sensors(p) + 1) * sizeof *m->out);
    if (!m->out || !loop_now(c->web->loop, &now)) {
        return;
    }
    if (a->n_out > 0) {
        memcpy(m->out, a->out, a->n_out * sizeof *m->out);
    }
    a->out = m->out;
    for (uint32_t i = 0; picture_sensor(p, i, &s); i++) {
        if (web_sensors_is_out(c->web, &s, now)) {
            a->out[a->n_out++] = s.site.source;
        }
    }
}

/* Sensors of which release does not tell this nation must not be seen by what they see. */
static void add_withheld(const struct web_client *c, Airseam__Web__CoverageAsk *a, struct more *m)
{
    size_t n = 0;

    for (; n < a->n_without && n < 13; n++) {
        m->without[n] = a->without[n];
    }
    for (int i = 0; i < 3; i++) {
        struct site site = {.source = 0};

        memcpy(site.nation, (const char *const[]){"US", "CA", "MX"}[i], 3);
        if (!publish_site(&c->web->context, c->account.nation, &site)) {
            snprintf(m->words[i], sizeof m->words[i], "nation=%s", site.nation);
            m->without[n++] = m->words[i];
        }
    }
    a->without = m->without;
    a->n_without = n;
}

static void send_question(struct web_coverage *v, struct web_client *c)
{
    Airseam__Web__Ask *ask = airseam__web__ask__unpack(NULL, c->question_size, c->question);
    Airseam__Web__CoverageAsk whole;
    struct more more = {NULL, {NULL}, {""}};
    struct evbuffer *out = bufferevent_get_output(v->io);
    uint8_t *bytes;
    size_t size;

    c->question_due = false;
    if (!ask) {
        return;
    }
    whole = *ask->coverage; /* its lists stay the message's to free */
    if (whole.live) {
        add_silent(c, &whole, &more);
    }
    add_withheld(c, &whole, &more);
    Airseam__Web__Ask sent = *ask;
    sent.coverage = &whole;
    size = airseam__web__ask__get_packed_size(&sent);
    bytes = malloc(size + 4);
    if (bytes) {
        for (unsigned i = 0; i < 4; i++) {
            bytes[i] = (uint8_t)(size >> (8 * i));
        }
        airseam__web__ask__pack(&sent, bytes + 4);
        evbuffer_add(out, bytes, size + 4);
        v->busy = true;
        v->asked = c;
    }
    free(bytes);
    free(more.out);
    airseam__web__ask__free_unpacked(ask, NULL);
}

void web_coverage_tick(struct web_coverage *v)
{
    struct web *w = v->web;
    bool look = w->tick % LIVE_TICKS == 0 && w->out_now != w->out_before;

    for (unsigned i = 0; look && i < w->clients; i++) {
        w->client[i]->question_due = w->client[i]->question_due || w->client[i]->question_live;
    }
    w->out_before = look ? w->out_now : w->out_before;
    for (unsigned i = 0; !v->busy && i < w->clients; i++) {
        struct web_client *c = w->client[(v->next + i) % w->clients];

        if (!c->question_due || web_client_is_blocked(c)) {
            continue;
        }
        if (!v->io && (w->tick - v->started < AGAIN_TICKS || !start(v))) {
            return;
        }
        v->next = (v->next + i + 1) % w->clients;
        send_question(v, c);
    }
}

/* ---- birth and death ---- */

struct web_coverage *web_coverage_new(struct web *w)
{
    struct web_coverage *v = calloc(1, sizeof *v);

    if (v) {
        v->web = w;
        v->started = (uint64_t)0 - AGAIN_TICKS;
    }
    return v;
}

void web_coverage_free(struct web_coverage *v)
{
    if (v) {
        stop(v);
        free(v);
    }
}

void web_coverage_settings(struct web_coverage *v, const char *command)
{
    if (strcmp(v->command, command) != 0) {
        stop(v);
        snprintf(v->command, sizeof v->command, "%s", strcmp(command, "none") == 0 ? "" : command);
    }
}
