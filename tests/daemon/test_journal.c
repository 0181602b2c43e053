#include "daemon/journal.h"

#include "support/support.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64], path[96];
static struct event_base *base;
static char read_back[1 << 20];
static unsigned records;
static uint64_t durable;

static void on_record(void *context, const uint8_t *bytes, size_t size)
{
    (void)context;
    records++;
    snprintf(read_back + strlen(read_back), sizeof read_back - strlen(read_back), "%.*s,", (int)size, (const char *)bytes);
}

static void on_durable(void *context, uint64_t sequence)
{
    (void)context;
    ck_assert_uint_gt(sequence, durable);
    durable = sequence;
}

static const struct journal_sink sink = {on_record, on_durable, NULL};

static void open_folder(void)
{
    strcpy(folder, "/tmp/airseam-journal-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/journal", folder);
    base = event_base_new();
}

static void close_folder(void)
{
    unlink(path);
    rmdir(folder);
    event_base_free(base);
}

static struct journal *opened(void)
{
    const char *why = NULL;

    read_back[0] = '\0';
    records = 0;
    durable = 0;
    struct journal *j = journal_open(base, path, &sink, &why);
    ck_assert_msg(j, "%s", why);
    return j;
}

static uint64_t put(struct journal *j, const char *text)
{
    return journal_put(j, (const uint8_t *)text, strlen(text));
}

static void until_durable(struct journal *j, uint64_t sequence)
{
    journal_flush(j);
    while (journal_durable(j) < sequence)
        event_base_loop(base, EVLOOP_ONCE);
}

START_TEST(what_became_durable_is_read_back)
{
    struct journal *j = opened();
    put(j, "one");
    until_durable(j, put(j, "two"));
    put(j, "three");
    ck_assert_uint_eq(durable, 2);
    ck_assert(journal_close(j));
    j = opened();
    ck_assert_str_eq(read_back, "one,two,three,");
    ck_assert_uint_eq(journal_counters(j).cut_octets, 0);
    ck_assert(journal_close(j));
}
END_TEST

START_TEST(a_torn_end_is_cut_and_writing_goes_on)
{
    struct journal *j = opened();
    put(j, "whole");
    put(j, "torn");
    ck_assert(journal_close(j));
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_int_eq(truncate(path, st.st_size - 1 - _i), 0);
    j = opened();
    ck_assert_str_eq(read_back, "whole,");
    ck_assert_uint_eq(journal_counters(j).cut_octets, 11u - (unsigned)_i);
    put(j, "next");
    ck_assert(journal_close(j));
    j = opened();
    ck_assert_str_eq(read_back, "whole,next,");
    ck_assert(journal_close(j));
}
END_TEST

START_TEST(damage_ends_what_is_believed)
{
    struct journal *j = opened();
    put(j, "first");
    put(j, "second");
    put(j, "third");
    ck_assert(journal_close(j));
    int fd = open(path, O_WRONLY);
    ck_assert_int_eq(pwrite(fd, "X", 1, 8 + 5 + 8 + 2), 1);
    close(fd);
    j = opened();
    ck_assert_str_eq(read_back, "first,");
    ck_assert(journal_close(j));
}
END_TEST

START_TEST(shortened_it_holds_the_state_alone)
{
    struct journal *j = opened();
    for (int i = 0; i < 1000; i++)
        until_durable(j, put(j, "x"));
    put(j, "waits");
    journal_shorten(j);
    until_durable(j, put(j, "state"));
    until_durable(j, put(j, "after"));
    ck_assert(journal_close(j));
    j = opened();
    ck_assert_str_eq(read_back, "state,after,");
    ck_assert(journal_close(j));
}
END_TEST

START_TEST(groups_are_synced_together)
{
    struct journal *j = opened();
    uint64_t last = 0;
    for (int i = 0; i < 20000; i++) {
        last = put(j, "a record of a transfer between two centres");
        if (i % 10 == 0)
            journal_flush(j);
    }
    until_durable(j, last);
    ck_assert_uint_eq(journal_counters(j).records, 20000);
    ck_assert_uint_lt(journal_counters(j).syncs, 2000);
    ck_assert(journal_close(j));
}
END_TEST

/* A child says which record it knows to be durable, and is killed: that record must be there. */
START_TEST(kill_9_loses_nothing_that_was_durable)
{
    int pipe_fd[2];
    ck_assert_int_eq(pipe(pipe_fd), 0);
    pid_t child = fork();
    if (child == 0) {
        struct event_base *own = event_base_new();
        const char *why;
        struct journal_sink none = {NULL, NULL, NULL};
        struct journal *j = journal_open(own, path, &none, &why);
        for (uint32_t i = 1;; i++) {
            char text[16];
            snprintf(text, sizeof text, "%u", i);
            uint64_t sequence = put(j, text);
            journal_flush(j);
            while (journal_durable(j) < sequence)
                event_base_loop(own, EVLOOP_ONCE);
            if (write(pipe_fd[1], &i, sizeof i) != sizeof i)
                _exit(1);
        }
    }
    uint32_t known = 0, next;
    close(pipe_fd[1]);
    while (known < 20u + 7u * (unsigned)_i && read(pipe_fd[0], &next, sizeof next) == sizeof next)
        known = next;
    kill(child, SIGKILL);
    while (read(pipe_fd[0], &next, sizeof next) == sizeof next)
        known = next;
    waitpid(child, NULL, 0);
    close(pipe_fd[0]);
    ck_assert_uint_ge(known, 20);
    struct journal *j = opened();
    ck_assert_uint_ge(records, known);
    ck_assert(journal_close(j));
}
END_TEST

START_TEST(a_disk_that_fails_is_told_and_nothing_is_durable)
{
    const char *why = NULL;
    char error[256];
    struct journal *j = journal_open(base, "/dev/full", &sink, &why);
    if (!j)
        return; /* not on this system */
    durable = 0;
    put(j, "lost");
    journal_flush(j);
    while (!journal_error(j, error, sizeof error))
        event_base_loop(base, EVLOOP_ONCE);
    ck_assert_ptr_nonnull(strstr(error, "/dev/full"));
    ck_assert_uint_eq(durable, 0);
    ck_assert(!journal_close(j));
}
END_TEST

Suite *test_journal_suite(void);
Suite *test_journal_suite(void)
{
    Suite *s = suite_create("journal");
    TCase *t = tcase_create("journal");
    tcase_add_checked_fixture(t, open_folder, close_folder);
    tcase_set_timeout(t, 120);
    tcase_add_test(t, what_became_durable_is_read_back);
    tcase_add_loop_test(t, a_torn_end_is_cut_and_writing_goes_on, 0, 11);
    tcase_add_test(t, damage_ends_what_is_believed);
    tcase_add_test(t, shortened_it_holds_the_state_alone);
    tcase_add_test(t, groups_are_synced_together);
    tcase_add_loop_test(t, kill_9_loses_nothing_that_was_durable, 0, 4);
    tcase_add_test(t, a_disk_that_fails_is_told_and_nothing_is_durable);
    suite_add_tcase(s, t);
    return s;
}
