/* airseam record: live feeds onto a tape. It is the daemon's loop without outputs, web server and control socket, so that the tape is one of the daemon's own
 * and its replay ends in the same digest. */
#include "daemon/config.h"
#include "daemon/log.h"
#include "daemon/loop.h"
#include "sim/verb.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONFIG, OUT, DURATION, FORMAT };
static const struct verb_option options[] = {
    [CONFIG] = {"config", "FILE", "sensors, clock and feeds of a settings file of airseamd"},
    [OUT] = {"out", "FOLDER", "write the tape there [.]"},
    [DURATION] = {"duration", "SECONDS", "end after so long [until interrupted]"},
    [FORMAT] = {"format", "NAME", "of the feeds that follow: asterix, csv, pb, final [asterix]"},
    {NULL, NULL, NULL},
};

struct request {
    struct settings *settings;
    const char *config, *out;
    double duration_s;
    uint8_t format;
    unsigned addresses;
};

static bool take_config(const struct verb *verb, struct request *r)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config;

    if (!config_open(&config, r->config, &errors)) {
        fputs(room, stderr);
        verb_error(verb, "%s: the settings have mistakes", r->config);
        return false;
    }
    *r->settings = *config.settings;
    config_close(&config);
    return true;
}

static bool take_format(const struct verb *verb, const char *name, struct request *r)
{
    static const char *const formats[] = {[SETTINGS_ASTERIX] = "asterix", [SETTINGS_CSV] = "csv", [SETTINGS_PB] = "pb", [SETTINGS_FINAL] = "final"};

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        if (strcmp(formats[i], name) == 0) {
            r->format = (uint8_t)i;
            return true;
        }
    }
    verb_error(verb, "--format: expected asterix, csv, pb or final, found '%s'", name);
    return false;
}

/* "udp://HOST:PORT" or "NAME=udp://HOST:PORT"; streams are connected to. Addresses take the place of the settings' feeds. */
static bool take_address(const struct verb *verb, const char *word, struct request *r)
{
    const char *equals = strchr(word, '='), *scheme = strstr(word, "://"), *expected;
    bool named = equals && scheme && equals < scheme;
    const char *address = named ? equals + 1 : word;
    struct settings_feed *f = &r->settings->feed[r->addresses];
    struct settings_endpoint e;

    if (r->addresses == SETTINGS_FEEDS || settings_endpoint_parse((struct text){address, strlen(address)}, &e, &expected) != 0) {
        verb_error(verb, "expected %s, found '%s'", r->addresses == SETTINGS_FEEDS ? "fewer addresses" : expected, address);
        return false;
    }
    *f = (struct settings_feed){.format = r->format, .enabled = true, .clock_tolerance_s = 10};
    *(e.transport == SETTINGS_TCP ? &f->connect : &f->listen) = e;
    if (named) {
        snprintf(f->name, sizeof f->name, "%.*s", (int)(equals - word), word);
    } else {
        snprintf(f->name, sizeof f->name, "feed-%u", r->addresses + 1);
    }
    r->settings->feeds = ++r->addresses;
    return true;
}

/* Options first, since addresses take the place of feeds that --config names. */
static bool take_arguments(const struct verb *verb, int argc, char **argv, struct request *r, bool addresses)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    bool good = true;
    int option;

    while (good && (option = verb_args_next(&args)) != VERB_END) {
        switch (option) {
        case CONFIG: r->config = args.value; break;
        case OUT: r->out = args.value; break;
        case DURATION: good = verb_number(&args, "duration", 0.001, 1e9, &r->duration_s); break;
        case FORMAT: good = take_format(verb, args.value, r); break;
        case VERB_OPERAND: good = !addresses || take_address(verb, args.value, r); break;
        default: good = false;
        }
    }
    return good;
}

static bool prepare(const struct verb *verb, int argc, char **argv, struct request *r, struct config *config)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct settings *s = r->settings;

    if (!take_arguments(verb, argc, argv, r, false) || (r->config && !take_config(verb, r)) || !take_arguments(verb, argc, argv, r, true)) {
        return false;
    }
    if (s->feeds == 0) {
        verb_error(verb, "nothing to record: name an address, or --config with feeds");
        return false;
    }
    s->outputs = 0;
    s->http.listen.transport = SETTINGS_NONE;
    s->control.socket[0] = '\0';
    if (snprintf(s->tape.directory, sizeof s->tape.directory, "%s", r->out) >= (int)sizeof s->tape.directory) {
        verb_error(verb, "--out: the name is too long");
        return false;
    }
    if (!config_adopt(config, "record", s, &errors)) {
        fputs(room, stderr);
        return false;
    }
    return true;
}

static void on_over(evutil_socket_t fd, short what, void *context)
{
    (void)fd;
    (void)what;
    loop_quit(context);
}

static int record(struct request *r, struct config *config)
{
    struct log *log = log_new();
    struct loop *loop = log ? loop_new("", config, log, NULL) : NULL;
    struct timeval wait = {(time_t)r->duration_s, (suseconds_t)((r->duration_s - (double)(time_t)r->duration_s) * 1e6)};
    struct event *over = loop ? evtimer_new(loop->base, on_over, loop) : NULL;
    int status = VERB_FAILED;

    signal(SIGPIPE, SIG_IGN);
    if (over && (r->duration_s <= 0 || event_add(over, &wait) == 0)) {
        printf("%s\n", recorder_path(loop->recorder));
        fflush(stdout);
        status = loop_run(loop) == 0 ? VERB_DONE : VERB_FAILED;
    }
    if (over) {
        event_free(over);
    }
    loop_free(loop);
    log_free(log);
    return status;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    struct request r = {.settings = settings_new(), .out = "."};
    struct config config = {0};
    int status = VERB_USAGE;

    if (r.settings && prepare(verb, argc, argv, &r, &config)) {
        status = record(&r, &config);
    }
    config_close(&config);
    settings_free(r.settings);
    return status;
}

extern const struct verb record_verb;
const struct verb record_verb = {"record", "[[NAME=]ADDRESS]...", "write live feeds onto a tape, until interrupted", options, run};
