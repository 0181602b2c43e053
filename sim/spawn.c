#include "sim/spawn.h"
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

bool spawn_run(const char *const *words)
{
    return spawn_into("/dev/null", words);
}

bool spawn_into(const char *file, const char *const *words)
{
    char *argv[SPAWN_WORDS + 1] = {NULL};
    posix_spawn_file_actions_t quiet;
    pid_t child;
    int status = 1, count = 0;

    for (; count < SPAWN_WORDS && words[count]; count++)
        argv[count] = strdup(words[count]);
    posix_spawn_file_actions_init(&quiet);
    posix_spawn_file_actions_addopen(&quiet, STDOUT_FILENO, file, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    /* all count words are freed below; the analyzer gives up counting. NOLINTNEXTLINE(clang-analyzer-unix.Malloc) */
    bool good = argv[0] && posix_spawnp(&child, argv[0], &quiet, NULL, argv, environ) == 0 && waitpid(child, &status, 0) == child && status == 0;
    posix_spawn_file_actions_destroy(&quiet);
    while (count > 0)
        free(argv[--count]);
    return good;
}
