/* airseam: one command, a verb per file. A verb is a row here and `const struct verb <verb>_verb` in sim/<verb>.c. */
#include "sim/verb.h"

#include <stdio.h>
#include <string.h>

#define VERBS(X) X(choose) X(convert) X(coverage) X(ctl) X(dump) X(evaluate) X(handoffs) X(record) X(replay) X(report) X(scenario) X(scenarios) X(sensors) X(simulate) X(top) X(watch)

#define X(name) extern const struct verb name##_verb;
VERBS(X)
#undef X

#define X(name) &name##_verb,
static const struct verb *const verbs[] = {VERBS(X) NULL};
#undef X

static const struct verb *find(const char *name)
{
    for (const struct verb *const *v = verbs; *v; v++)
        if (strcmp((*v)->name, name) == 0)
            return *v;
    return NULL;
}

static void print_verbs(FILE *out)
{
    fprintf(out, "usage: airseam VERB [OPTION]... [ARGUMENT]...\n\n");
    for (const struct verb *const *v = verbs; *v; v++)
        fprintf(out, "  %-10s %s\n", (*v)->name, (*v)->line);
    fprintf(out, "  %-10s %s\n\n'airseam VERB --help' lists a verb's options; 'airseam --version' prints the version.\n", "help",
            "this list, or what a verb takes: airseam help VERB");
}

static int help(const char *name)
{
    const struct verb *verb = name ? find(name) : NULL;
    if (verb)
        verb_print_help(verb);
    else if (name)
        fprintf(stderr, "airseam: no verb '%s'; 'airseam help' lists them\n", name);
    else
        print_verbs(stdout);
    return name && !verb ? VERB_USAGE : VERB_DONE;
}

static bool asks_for_help(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
        if (strcmp(argv[i], "--help") == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    const char *word = argc > 1 ? argv[1] : NULL;
    if (!word) {
        print_verbs(stderr);
        return VERB_USAGE;
    }
    if (strcmp(word, "--version") == 0) {
        printf("airseam %s\n", AIRSEAM_VERSION);
        return VERB_DONE;
    }
    if (strcmp(word, "help") == 0 || strcmp(word, "--help") == 0)
        return help(argc > 2 ? argv[2] : NULL);
    const struct verb *verb = find(word);
    if (!verb || asks_for_help(argc - 1, argv + 1))
        return help(word);
    int status = verb->run(verb, argc - 1, argv + 1);
    if (fflush(stdout) != 0 && status == VERB_DONE) {
        perror("airseam: standard output");
        status = VERB_FAILED;
    }
    return status;
}
