/* watch: what a running airseamd does, every few seconds, and at the end whether it was what one wants of it.
 *
 * One line a look, which a log file can take; on a terminal the last line is redrawn with every source below it. The verdict at the end:
 * tracks are there, every source is alive, and the daemon says of itself that it is healthy. */
#include "base/text.h"
#include "sim/client.h"
#include "sim/verb.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#define NATIONS 16
#define PATIENCE_S 5.0
#define COLUMN 22 /* of a source's name and mark */

enum option { SOCKET, EVERY, FOR, OPTIONS };
static const struct verb_option options[] = {
    [SOCKET] = {"socket", "PATH", "control socket of the daemon [airseamd.sock]"},
    [EVERY] = {"every", "SECONDS", "between two looks [2]"},
    [FOR] = {"for", "SECONDS", "end after so long; 0: when interrupted [0]"},
    [OPTIONS] = {NULL, NULL, NULL},
};

struct nation {
    char code[4];
    unsigned alive, sources;
};

/* One look. Rates are of the time since the look before. */
struct look {
    char clock[40], node[40];
    double rate, instant_s, wall_s;
    double plots, plots_per_s, plots_per_wall_s, lag_s;
    double tracks, tentative;
    bool known, healthy;
    double latency_s; /* mean over the sources that are alive */
    unsigned alive, sources, nations;
    struct nation nation[NATIONS];
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

static double number(const json_t *object, const char *key)
{
    return json_number_value(json_object_get(object, key));
}

static const char *text(const json_t *object, const char *key)
{
    const char *t = json_string_value(json_object_get(object, key));

    return t ? t : "";
}

/* "2026-06-01T12:01:57.092Z" to seconds of its day. */
static double time_of_day(const char *clock)
{
    const char *time = strchr(clock, 'T');
    struct text rest = {time ? time + 1 : "", time ? strcspn(time + 1, "Z") : 0}, field;
    double seconds = 0, value;

    while (text_field(&rest, ':', &field) && text_double(field, &value) == 0)
        seconds = 60 * seconds + value;
    return seconds;
}

static void count_source(struct look *l, const json_t *source)
{
    const char *code = text(source, "nation");
    bool alive = json_is_true(json_object_get(source, "alive"));
    unsigned i = 0;

    while (i < l->nations && strcmp(l->nation[i].code, code) != 0)
        i++;
    if (i == NATIONS)
        i--;
    if (i == l->nations)
        snprintf(l->nation[l->nations++].code, sizeof l->nation[0].code, "%.3s", code);
    l->nation[i].sources++;
    l->nation[i].alive += alive;
    l->sources++;
    l->alive += alive;
    l->latency_s += alive ? number(source, "latency_s") : 0;
}

/* Asks; false when the daemon does not answer. *sources is lent out of *answer, which the caller frees. */
static bool take_look(struct client *c, const struct look *before, struct look *l, json_t **answer)
{
    json_t *whole = client_ask(c, "status"), *status = json_object_get(whole, "status"), *clock = json_object_get(status, "clock");
    json_t *picture = json_object_get(status, "picture"), *source;
    size_t i;

    *answer = client_ask(c, "sources");
    memset(l, 0, sizeof *l);
    bool good = json_is_object(picture) && json_is_array(json_object_get(*answer, "sources"));
    l->wall_s = wall_s();
    l->known = json_is_true(json_object_get(clock, "known"));
    l->healthy = json_is_true(json_object_get(json_object_get(status, "health"), "healthy"));
    l->rate = number(clock, "rate");
    l->plots = number(picture, "plots");
    l->tracks = number(picture, "tracks_confirmed");
    l->tentative = number(picture, "tracks_tentative");
    l->lag_s = number(status, "lag_max_s");
    snprintf(l->clock, sizeof l->clock, "%s", l->known ? text(clock, "now") : "no clock yet");
    snprintf(l->node, sizeof l->node, "%s", text(status, "node"));
    l->instant_s = time_of_day(l->clock);
    json_array_foreach(json_object_get(*answer, "sources"), i, source)
        count_source(l, source);
    l->latency_s /= l->alive > 0 ? l->alive : 1;
    double passed = fmod(l->instant_s - before->instant_s + 86400, 86400);
    if (before->known && passed > 0) {
        l->plots_per_s = (l->plots - before->plots) / passed;
        l->plots_per_wall_s = (l->plots - before->plots) / (l->wall_s - before->wall_s);
    }
    json_decref(whole);
    return good;
}

/* Prints it without its end; returns how many characters that were. */
static int print_line(const struct look *l)
{
    int n = printf("%.19s  sources %u/%u", l->clock, l->alive, l->sources);

    for (unsigned i = 0; i < l->nations; i++)
        n += printf("%s%s %u/%u", i ? ", " : " (", l->nation[i].code, l->nation[i].alive, l->nation[i].sources);
    n += printf("%s  tracks %.0f  plots/s %.1f", l->nations ? ")" : "", l->tracks, l->plots_per_s);
    if (l->rate > 0 && l->rate != 1)
        n += printf(" (%.0f on the wall clock, x%g)", l->plots_per_wall_s, l->rate);
    return n + printf("  lag %.1f ms  latency %.2f s  %s", 1e3 * l->lag_s, l->latency_s, l->healthy ? "healthy" : "NOT HEALTHY");
}

static int columns(void)
{
    struct winsize size;

    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= COLUMN ? size.ws_col : 80;
}

/* On a terminal: the line, then each source with a mark; returns the lines it took. */
static int draw(const struct look *l, const json_t *sources, int last)
{
    int wide = columns(), across = wide / COLUMN, lines, at = 0;
    const json_t *source;
    size_t i;

    printf(last > 0 ? "\033[%dA\r\033[J" : "\r", last);
    lines = (print_line(l) - 1) / wide + 1; /* a long one is folded */
    putchar('\n');
    json_array_foreach(sources, i, source) {
        bool alive = json_is_true(json_object_get(source, "alive"));
        printf("\033[%sm%s\033[0m %-2.2s %-*.*s", alive ? "32" : "31", alive ? "+" : "-", text(source, "nation"), COLUMN - 6, COLUMN - 6, text(source, "name"));
        putchar(++at % across == 0 ? '\n' : ' ');
        lines += at % across == 0;
    }
    if (at % across != 0) {
        putchar('\n');
        lines++;
    }
    return lines;
}

static bool pause_until(double due_s)
{
    while (!stopped && wall_s() < due_s) {
        double left = fmin(due_s - wall_s(), 0.2);
        struct timespec t = {0, (long)(fmax(left, 0) * 1e9)};
        nanosleep(&t, NULL);
    }
    return !stopped;
}

/* Looks until the time is over; the last look that was good is in *l. */
static bool watch(struct client *c, double every_s, double for_s, struct look *l)
{
    bool terminal = isatty(STDOUT_FILENO), good = true;
    double begun = wall_s(), due = begun;
    struct look before = {.known = false};
    int lines = 0;

    while (pause_until(due) && good) {
        json_t *answer;
        good = take_look(c, &before, l, &answer);
        if (!good && stopped) { /* the same interrupt may have ended the daemon: the look before counts */
            json_decref(answer);
            *l = before;
            return true;
        }
        if (good && terminal)
            lines = draw(l, json_object_get(answer, "sources"), lines);
        else if (good) {
            print_line(l);
            putchar('\n');
        }
        fflush(stdout);
        json_decref(answer);
        before = *l;
        if (for_s > 0 && wall_s() >= begun + for_s)
            break;
        due += every_s;
        if (for_s > 0)
            due = fmin(due, begun + for_s);
    }
    return good;
}

static int run_watch(const struct verb *verb, int argc, char **argv)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    const char *path = "airseamd.sock";
    double every_s = 2, for_s = 0;
    struct client client;
    struct look last = {.known = false};
    int option;

    while ((option = verb_args_next(&args)) != VERB_END) {
        if (option == SOCKET)
            path = args.value;
        else if (option == EVERY ? !verb_number(&args, "every", 0.1, 3600, &every_s) : option == FOR && !verb_number(&args, "for", 0, 1e7, &for_s))
            return VERB_USAGE;
        else if (option < 0)
            return option == VERB_OPERAND ? verb_error(verb, "unexpected argument \"%s\"", args.value) : VERB_USAGE;
    }
    if (client_open(&client, path, for_s > 0 ? fmin(for_s, PATIENCE_S) : PATIENCE_S) != 0)
        return verb_error(verb, "%s: %s", path, strerror(errno));
    struct sigaction action = {.sa_handler = stop};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    bool good = watch(&client, every_s, for_s, &last);
    client_close(&client);
    if (!good)
        verb_error(verb, "%s: the daemon does not answer any more", path);
    else if (last.tracks < 1 || last.alive < last.sources || !last.healthy)
        verb_error(verb, "at the end: %.0f tracks, %u of %u sources alive, %s", last.tracks, last.alive, last.sources, last.healthy ? "healthy" : "not healthy");
    else
        return VERB_DONE;
    return VERB_FAILED;
}

const struct verb watch_verb = {"watch", "", "look at a running airseamd: sources, tracks, plots a second", options, run_watch};
