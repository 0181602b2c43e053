/* Options by rows: one loop over argv, "--name value" and "--name=value" alike. getopt_long was rejected: it keeps its place in globals and knows nothing
 * of the help text. */
#include "sim/verb.h"

#include "base/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct verb_args verb_args_init(const struct verb *verb, int argc, char **argv)
{
    return (struct verb_args){.verb = verb, .argc = argc, .at = 1, .argv = argv};
}

int verb_error(const struct verb *verb, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    fprintf(stderr, "airseam %s: ", verb->name);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    return VERB_USAGE;
}

static int find_option(const struct verb *verb, const char *name, size_t size)
{
    for (int i = 0; verb->options && verb->options[i].name; i++)
        if (strlen(verb->options[i].name) == size && memcmp(verb->options[i].name, name, size) == 0)
            return i;
    return VERB_BAD;
}

int verb_args_next(struct verb_args *a)
{
    if (a->at >= a->argc)
        return VERB_END;
    const char *word = a->argv[a->at++];
    a->value = word;
    if (a->operands_only || word[0] != '-' || word[1] == 0)
        return VERB_OPERAND;
    if (strcmp(word, "--") == 0) {
        a->operands_only = true;
        return verb_args_next(a);
    }
    const char *name = word + (word[1] == '-' ? 2 : 1);
    size_t size = strcspn(name, "=");
    int option = word[1] == '-' ? find_option(a->verb, name, size) : VERB_BAD;
    if (option < 0) {
        verb_error(a->verb, "unknown option %s; 'airseam %s --help' lists them", word, a->verb->name);
        return VERB_BAD;
    }
    bool takes = a->verb->options[option].argument != NULL;
    a->value = name[size] == '=' ? name + size + 1 : NULL;
    if (takes && !a->value && a->at < a->argc)
        a->value = a->argv[a->at++];
    if (takes == (a->value != NULL))
        return option;
    verb_error(a->verb, takes ? "--%.*s needs a value: %s" : "--%.*s takes no value", (int)size, name,
               takes ? a->verb->options[option].argument : "");
    return VERB_BAD;
}

bool verb_number(const struct verb_args *args, const char *name, double least, double most, double *out)
{
    if (text_double((struct text){args->value, strlen(args->value)}, out) == 0 && *out >= least && *out <= most)
        return true;
    verb_error(args->verb, "--%s: expected a number from %g to %g, found '%s'", name, least, most, args->value);
    return false;
}

void verb_print_help(const struct verb *verb)
{
    printf("usage: airseam %s%s%s%s\n%s\n", verb->name, verb->options ? " [OPTION]..." : "", verb->operands[0] ? " " : "", verb->operands, verb->line);
    if (verb->options)
        printf("\n");
    for (const struct verb_option *o = verb->options; o && o->name; o++) {
        char head[64];
        snprintf(head, sizeof head, "--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
        printf("  %-28s %s\n", head, o->help);
    }
    printf("\nExit status: 0 it worked; 1 it ran and what it looked at is bad or differs; 2 it could not run.\n");
}
