/* verb: what one word behind `airseam` does, as a row: its line of help, its options, its function.
 *
 * A verb is a file sim/<verb>.c that exports `const struct verb <verb>_verb` and a row in sim/main.c. The option rows are read by the parser and
 * printed by `--help`, so that the two cannot differ. */
#ifndef SIM_VERB_H
#define SIM_VERB_H

#include <stdbool.h>
#include <stdint.h>

/* Exit codes: it worked; it ran, and what it looked at is bad (or differs); it could not run: wrong options, files that do not open. */
enum verb_status { VERB_DONE = 0, VERB_FAILED = 1, VERB_USAGE = 2 };

struct verb_option {
    const char *name;     /* without the dashes */
    const char *argument; /* what its value is called; NULL: it has none */
    const char *help;
};

struct verb {
    const char *name;
    const char *operands; /* "INPUT..." as the usage line shows them; "" none */
    const char *line;     /* one line of help */
    const struct verb_option *options; /* the last one has no name; NULL: none */
    int (*run)(const struct verb *verb, int argc, char **argv); /* argv[0] is the verb; returns enum verb_status */
};

/* Walks the arguments. Options may stand anywhere, as "--name value" or "--name=value"; "--" ends them. */
struct verb_args {
    const struct verb *verb;
    int argc, at;
    char **argv;
    bool operands_only;
    const char *value; /* of the option, or the operand (lent from argv) */
};
enum { VERB_OPERAND = -1, VERB_END = -2, VERB_BAD = -3 };

struct verb_args verb_args_init(const struct verb *verb, int argc, char **argv);
/* The index of the option's row with args->value, or VERB_OPERAND, VERB_END, or VERB_BAD (standard error says why: return VERB_USAGE). */
int verb_args_next(struct verb_args *args);

/* Prints "airseam VERB: …" on standard error; returns VERB_USAGE. */
int verb_error(const struct verb *verb, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The value as a number within [least, most]: true, or false after verb_error. */
bool verb_number(const struct verb_args *args, const char *name, double least, double most, double *out);
void verb_print_help(const struct verb *verb);

#endif
