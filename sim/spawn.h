/* spawn: another program, run to its end, its output thrown away or put into a file. */
#ifndef SIM_SPAWN_H
#define SIM_SPAWN_H

#include <stdbool.h>

#define SPAWN_WORDS 32

/* words: the program (found along PATH) and its arguments, NULL-ended, at most SPAWN_WORDS. True when it ran and ended with 0. */
bool spawn_run(const char *const *words);
/* The same with its output in a file. */
bool spawn_into(const char *file, const char *const *words);

#endif
