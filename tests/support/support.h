/* What every test may use: recorded data from outside, skipping aloud, and tests of assertions. */
#ifndef SUPPORT_SUPPORT_H
#define SUPPORT_SUPPORT_H

#include <check.h>
#include <signal.h>
#include <stdbool.h>

/* Path of a file below the folder that AIRSEAM_DATA names, in a buffer that the next call overwrites; NULL where the variable is not set
 * or the file is not there. Use: const char *path = support_data("recordings/..."); if (!path) { support_skip("..."); return; } */
const char *support_data(const char *name);

/* Says on standard output that the running test skips something and why; the tally counts it. Return from the test afterwards. */
void support_skip(const char *why, ...) __attribute__((format(printf, 1, 2)));

/* False under sanitizers and debuggers (CK_FORK=no), where a test cannot survive an abort. */
bool support_forks(void);

/* Adds a test that must end in a failed assertion; leaves it out where tests do not run in processes of their own. */
#define support_add_abort_test(tcase, test)                        \
    do {                                                           \
        if (support_forks())                                       \
            tcase_add_test_raise_signal((tcase), (test), SIGABRT); \
    } while (0)

#endif
