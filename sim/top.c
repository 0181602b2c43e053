/* top: the essentials of the page in a terminal, for those without a browser: is it live, how much is there, who is silent, what is emergent, who looks on.
 *
 * Plain text, redrawn; --once prints one look and ends. What matters most stands first, and the list ends where the screen does. */
#include "base/text.h"
#include "sim/client.h"
#include "sim/verb.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define LATE_S 3.0
#define PATIENCE_S 5.0
#define LINES_WITHOUT_TERMINAL 1000
#define TRACKS_SHOWN 10

enum option { SOCKET, EVERY, ONCE, OPTIONS };
static const struct verb_option options[] = {
    [SOCKET] = {"socket", "PATH", "control socket of the daemon [airseamd.sock]"},
    [EVERY] = {"every", "SECONDS", "between two looks [2]"},
    [ONCE] = {"once", NULL, "look once and end"},
    [OPTIONS] = {NULL, NULL, NULL},
};

/* Answers of the daemon at one look; those of the look before for rates. */
struct look {
    json_t *status, *sources, *tracks;
    double wall_s;
};

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

static double wall_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static const char *text(const json_t *o, const char *key)
{
    const char *t = json_string_value(json_object_get(o, key));

    return t ? t : "";
}

static double number(const json_t *o, const char *key)
{
    return json_number_value(json_object_get(o, key));
}

static bool flag(const json_t *o, const char *key)
{
    return json_is_true(json_object_get(o, key));
}

/* ---- looking ---- */

static json_t *ask(struct client *c, const char *command)
{
    json_t *whole = client_ask(c, command), *part = json_incref(json_object_get(whole, command));

    json_decref(whole);
    return part;
}

static void forget(struct look *l)
{
    json_decref(l->status);
    json_decref(l->sources);
    json_decref(l->tracks);
    *l = (struct look){NULL, NULL, NULL, 0};
}

static bool take_look(struct client *c, struct look *l)
{
    *l = (struct look){ask(c, "status"), ask(c, "sources"), ask(c, "tracks"), wall_s()};
    return l->status && l->sources && l->tracks;
}

/* ---- printing: each part prints whole lines and takes them from *room ---- */

static bool line(int *room, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool line(int *room, const char *format, ...)
{
    va_list list;

    if ((*room)-- <= 0)
        return false;
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    putchar('\n');
    return true;
}

static const char *state_of(const json_t *status)
{
    const json_t *clock = json_object_get(status, "clock");

    if (flag(clock, "replay"))
        return "REPLAY";
    return !flag(clock, "known") ? "WAITING" : number(status, "lag_max_s") > LATE_S ? "LATE" : "LIVE";
}

static void print_head(const struct look *l, const struct look *before, int *room)
{
    const json_t *s = l->status, *clock = json_object_get(s, "clock"), *picture = json_object_get(s, "picture"), *web = json_object_get(s, "web");
    const json_t *health = json_object_get(s, "health"), *problem;
    double plots = number(picture, "plots") - number(json_object_get(before->status, "picture"), "plots"), passed = l->wall_s - before->wall_s;
    size_t i;

    line(room, "%-7s %s  %.23s  x%g  lag %.1f ms  page %.1f ms", state_of(s), text(s, "node"), text(clock, "now"), number(clock, "rate"), 1e3 * number(s, "lag_max_s"),
         1e3 * number(web, "tick_max_s"));
    line(room, "tracks %.0f (%.0f tentative, %.0f merged)   plots %.0f%s   viewers %.0f in %.0f views, %.0f let go", number(picture, "tracks_confirmed"),
         number(picture, "tracks_tentative"), number(picture, "tracks_merged"), number(picture, "plots"), before->status ? "" : " so far", number(web, "viewers"),
         number(web, "views"), number(web, "stalled"));
    if (before->status && passed > 0)
        line(room, "plots a second %.1f", plots / passed);
    json_array_foreach(json_object_get(health, "problems"), i, problem)
        line(room, "NOT HEALTHY: %s", json_string_value(problem));
}

static void print_nations(const struct look *l, int *room)
{
    static const char *const nations[] = {"US", "CA", "MX", ""};
    unsigned alive[4] = {0}, all[4] = {0};
    const json_t *source;
    size_t i;

    json_array_foreach(l->sources, i, source) {
        unsigned n = 0;
        while (n < 3 && strcmp(nations[n], text(source, "nation")) != 0)
            n++;
        all[n]++;
        alive[n] += flag(source, "alive");
    }
    line(room, "sources alive: US %u/%u  CA %u/%u  MX %u/%u  others %u/%u", alive[0], all[0], alive[1], all[1], alive[2], all[2], alive[3], all[3]);
}

/* Those that say nothing, then those that are off by most. */
static double concern(const json_t *source)
{
    return flag(source, "alive") ? number(source, "latency_s") + fabs(number(source, "residual_range_m")) / 1000 + fabs(number(source, "residual_azimuth_deg"))
                                 : 1e9 + number(source, "plots");
}

static int by_concern(const void *a, const void *b)
{
    double x = concern(*(json_t *const *)a), y = concern(*(json_t *const *)b);

    return (x < y) - (x > y);
}

static void print_sources(const struct look *l, int *room)
{
    size_t n = json_array_size(l->sources), i;
    json_t **list = calloc(n + 1, sizeof *list), *source;

    json_array_foreach(l->sources, i, source)
        list[i] = source;
    if (n > 0)
        qsort(list, n, sizeof *list, by_concern);
    line(room, "\n%-22s %-2s %-9s %-6s %9s %9s %9s %9s %-20s", "SOURCE", "", "SAC/SIC", "", "plots", "latency s", "range m", "azimuth d", "last heard");
    for (i = 0; i < n; i++) {
        char identity[16];
        snprintf(identity, sizeof identity, "%.0f/%.0f", number(list[i], "sac"), number(list[i], "sic"));
        if (!line(room, "%-22.22s %-2.2s %-9s %-6s %9.0f %9.2f %9.1f %9.3f %-20.19s", text(list[i], "name"), text(list[i], "nation"), identity,
                  flag(list[i], "alive") ? "alive" : "SILENT", number(list[i], "plots"), number(list[i], "latency_s"), number(list[i], "residual_range_m"),
                  number(list[i], "residual_azimuth_deg"), text(list[i], "last")))
            break;
    }
    free(list);
}

static bool emergent(const json_t *track)
{
    const char *code = text(track, "mode_a");

    return strcmp(code, "7500") == 0 || strcmp(code, "7600") == 0 || strcmp(code, "7700") == 0;
}

/* Emergencies first, then those that coast. */
static void print_tracks(const struct look *l, int *room)
{
    const json_t *track;
    unsigned shown = 0;
    size_t i;

    for (int round = 0; round < 2; round++)
        json_array_foreach(l->tracks, i, track) {
            bool wanted = round == 0 ? emergent(track) : !emergent(track) && flag(track, "coasting");
            if (!wanted || shown == TRACKS_SHOWN)
                continue;
            if (shown++ == 0)
                line(room, "\n%-9s %8s %-8s %-4s %9s %9s %7s %7s", "TRACK", "number", "callsign", "code", "lat", "lon", "FL", "kt");
            line(room, "%-9s %8.0f %-8s %-4s %9.3f %9.3f %7.0f %7.0f", round == 0 ? "EMERGENCY" : "coasting", number(track, "number"), text(track, "callsign"),
                 text(track, "mode_a"), number(track, "lat_deg"), number(track, "lon_deg"), number(track, "pressure_m") / 30.48, number(track, "speed_mps") / 0.514444);
        }
}

static void print_look(const struct look *l, const struct look *before, int room)
{
    print_head(l, before, &room);
    print_nations(l, &room);
    print_tracks(l, &room);
    print_sources(l, &room);
}

/* ---- the verb ---- */

static int lines_of_screen(void)
{
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 4 ? size.ws_row - 4 : LINES_WITHOUT_TERMINAL;
}

static void rest(double seconds)
{
    for (double end = wall_s() + seconds; !stopped && wall_s() < end;) {
        struct timespec t = {0, 100000000};
        nanosleep(&t, NULL);
    }
}

static bool watch(struct client *c, double every_s, bool once)
{
    bool terminal = isatty(STDOUT_FILENO) && !once, good = true;
    struct look now = {NULL, NULL, NULL, 0}, before = {NULL, NULL, NULL, 0};

    while (!stopped && (good = take_look(c, &now))) {
        if (terminal)
            fputs("\033[H\033[J", stdout);
        print_look(&now, &before, terminal ? lines_of_screen() : LINES_WITHOUT_TERMINAL);
        fflush(stdout);
        forget(&before);
        before = now;
        now = (struct look){NULL, NULL, NULL, 0};
        if (once)
            break;
        rest(every_s);
    }
    forget(&now);
    forget(&before);
    return good || stopped;
}

static int run_top(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    const char *path = "airseamd.sock";
    double every_s = 2;
    bool once = false;
    struct client client;
    int option;

    while ((option = verb_args_next(&args)) != VERB_END) {
        if (option == SOCKET)
            path = args.value;
        else if (option == ONCE)
            once = true;
        else if (option == VERB_OPERAND)
            return verb_error(verb, "unexpected argument \"%s\"", args.value);
        else if (option != EVERY || !verb_number(&args, "every", 0.1, 3600, &every_s))
            return VERB_USAGE;
    }
    if (client_open(&client, path, PATIENCE_S) != 0)
        return verb_error(verb, "%s: %s", path, strerror(errno));
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    bool good = watch(&client, every_s, once);
    client_close(&client);
    if (!good)
        verb_error(verb, "%s: the daemon does not answer any more", path);
    return good ? VERB_DONE : VERB_FAILED;
}

const struct verb top_verb = {"top", "", "the essentials of a running airseamd in a terminal", options, run_top};
