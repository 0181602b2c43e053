/* The runner shared by all test programs: make compiles it once per folder with SUITES, one X(test_<module>_suite) per test file. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define X(suite) Suite *suite(void);
SUITES
#undef X

int main(void)
{
    setvbuf(stdout, NULL, _IOLBF, 0); /* forked tests share this stream: nothing may wait in its buffer */
    SRunner *runner = srunner_create(NULL);
#define X(suite) srunner_add_suite(runner, suite());
    SUITES
#undef X
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
