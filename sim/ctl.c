/* airseam ctl: one command to a running airseamd over its control socket, the answer as a table for people or as JSON.
 *
 * Answers are printed by shape, whatever the command: a list of objects is a table with their keys as columns, an object a line per key. */
#include "settings/settings.h"
#include "sim/client.h"
#include "sim/verb.h"

#include "daemon/config.h"
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COLUMNS 32
#define CELL 48

enum { SOCKET, CONFIG, JSON };
static const struct verb_option options[] = {
    [SOCKET] = {"socket", "FILE", "the daemon's control socket [as the settings say, or airseamd.sock]"},
    [CONFIG] = {"config", "FILE", "the daemon's settings file, to find the socket"},
    [JSON] = {"json", NULL, "print the answer as it came"},
    {NULL, NULL, NULL},
};

struct request {
    char socket[SETTINGS_PATH];
    char command[256];
    bool json;
};

/* ---- printing ---- */

static void print_cell(const json_t *value, char *out, size_t size)
{
    if (json_is_string(value)) {
        snprintf(out, size, "%s", json_string_value(value));
    } else if (json_is_integer(value)) {
        snprintf(out, size, "%lld", (long long)json_integer_value(value));
    } else if (json_is_real(value)) {
        snprintf(out, size, "%.7g", json_real_value(value));
    } else {
        snprintf(out, size, "%s", json_is_true(value) ? "yes" : json_is_false(value) ? "no" : "-");
    }
}

static bool plain(const json_t *value)
{
    return !json_is_object(value) && !json_is_array(value);
}

struct columns {
    unsigned count;
    const char *key[COLUMNS];
    int width[COLUMNS];
};

static void measure(struct columns *c, json_t *row)
{
    const char *key;
    json_t *value;
    char cell[CELL];

    json_object_foreach(row, key, value) {
        unsigned i = 0;

        while (i < c->count && strcmp(c->key[i], key) != 0) {
            i++;
        }
        if (!plain(value) || i == COLUMNS) {
            continue;
        }
        if (i == c->count) {
            c->key[i] = key;
            c->width[i] = (int)strlen(key);
            c->count++;
        }
        print_cell(value, cell, sizeof cell);
        c->width[i] = (int)strlen(cell) > c->width[i] ? (int)strlen(cell) : c->width[i];
    }
}

static void print_table(const json_t *list)
{
    struct columns c = {0};
    char cell[CELL];

    for (size_t r = 0; r < json_array_size(list); r++) {
        measure(&c, json_array_get(list, r));
    }
    for (unsigned i = 0; i < c.count; i++) {
        printf("%-*s%s", c.width[i], c.key[i], i + 1 < c.count ? "  " : "\n");
    }
    for (size_t r = 0; r < json_array_size(list); r++) {
        for (unsigned i = 0; i < c.count; i++) {
            print_cell(json_object_get(json_array_get(list, r), c.key[i]), cell, sizeof cell);
            printf("%-*s%s", c.width[i], cell, i + 1 < c.count ? "  " : "\n");
        }
    }
    printf("%zu %s\n", json_array_size(list), json_array_size(list) == 1 ? "row" : "rows");
}

static void print_value(const char *path, json_t *value);

static void print_object(const char *path, json_t *object)
{
    const char *key;
    json_t *value;

    json_object_foreach(object, key, value) {
        char full[128];

        snprintf(full, sizeof full, "%s%s%s", path, *path ? "." : "", key);
        print_value(full, value);
    }
}

static void print_value(const char *path, json_t *value)
{
    char cell[512];

    if (json_is_object(value)) {
        print_object(path, value);
    } else if (json_is_array(value) && json_is_object(json_array_get(value, 0))) {
        printf("%s\n", path);
        print_table(value);
    } else if (json_is_array(value)) {
        for (size_t i = 0; i < json_array_size(value); i++) {
            print_cell(json_array_get(value, i), cell, sizeof cell);
            printf("%s: %s\n", path, cell);
        }
    } else {
        print_cell(value, cell, sizeof cell);
        printf("%s: %s\n", path, cell);
    }
}

/* The answer without its "ok" and, where it holds one thing, without that thing's name. */
static void print_answer(json_t *answer)
{
    json_object_del(answer, "ok");
    if (json_object_size(answer) == 0) {
        printf("done\n");
        return;
    }
    if (json_object_size(answer) == 1) {
        json_t *only = json_object_iter_value(json_object_iter(answer));

        if (json_is_object(only)) {
            print_object("", only);
            return;
        }
        if (json_is_array(only)) {
            print_table(only);
            return;
        }
    }
    print_object("", answer);
}

/* ---- the verb ---- */

static bool take_config(const struct verb *verb, const char *path, struct request *r)
{
    char room[4096];
    struct text_out errors = text_out_init(room, sizeof room);
    struct config config;

    if (!config_open(&config, path, &errors)) {
        fputs(room, stderr);
        verb_error(verb, "%s: the settings have mistakes", path);
        return false;
    }
    memcpy(r->socket, config.settings->control.socket, sizeof r->socket);
    config_close(&config);
    return true;
}

static bool take_word(const struct verb *verb, const char *word, struct request *r)
{
    size_t used = strlen(r->command);
    int n = snprintf(r->command + used, sizeof r->command - used, "%s%s", used ? " " : "", word);

    if (n < 0 || (size_t)n >= sizeof r->command - used || strpbrk(word, "\r\n")) {
        verb_error(verb, "the command is too long, or of more than one line");
        return false;
    }
    return true;
}

static bool take_arguments(const struct verb *verb, int argc, char **argv, struct request *r)
{
    struct verb_args args = verb_args_init(verb, argc, argv);
    bool good = true;
    int option;

    snprintf(r->socket, sizeof r->socket, "airseamd.sock");
    while (good && (option = verb_args_next(&args)) != VERB_END) {
        switch (option) {
        case SOCKET: good = snprintf(r->socket, sizeof r->socket, "%s", args.value) < (int)sizeof r->socket; break;
        case CONFIG: good = take_config(verb, args.value, r); break;
        case JSON: r->json = true; break;
        case VERB_OPERAND: good = take_word(verb, args.value, r); break;
        default: good = false;
        }
    }
    if (good && !r->command[0]) {
        verb_error(verb, "a command is missing; 'airseam ctl help' lists them");
        good = false;
    }
    return good;
}

static int run(const struct verb *verb, int argc, char **argv)
{
    struct request r = {0};
    struct client client;
    json_t *answer;
    char *line;
    int status = VERB_DONE;

    if (!take_arguments(verb, argc, argv, &r)) {
        return VERB_USAGE;
    }
    if (client_open(&client, r.socket, 0) != 0) {
        return verb_error(verb, "%s: %s (is airseamd running?)", r.socket, strerror(errno));
    }
    line = client_ask_line(&client, r.command);
    client_close(&client);
    answer = line ? json_loads(line, 0, NULL) : NULL;
    if (!json_is_object(answer)) {
        verb_error(verb, "the daemon gave no answer");
        status = VERB_FAILED;
    } else if (!json_is_true(json_object_get(answer, "ok"))) {
        verb_error(verb, "%s", json_string_value(json_object_get(answer, "error")));
        status = VERB_FAILED;
    }
    if (r.json && line) {
        puts(line);
    } else if (status == VERB_DONE) {
        print_answer(answer);
    }
    json_decref(answer);
    free(line);
    return status;
}

extern const struct verb ctl_verb;
const struct verb ctl_verb = {"ctl", "COMMAND [ARGUMENT]...", "ask or command a running airseamd: status, sources, tracks, clock, reload, feed, handoffs, handoff, snapshot, quit", options, run};
