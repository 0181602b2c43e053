/* One group is gathered by the loop while the thread has another: group commit (DeWitt et al., Implementation Techniques for Main Memory Database Systems,
 * SIGMOD 1984). The thread tells by an eventfd; a record is durable when the fdatasync behind its write has come back. */
#include "daemon/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define HEAD 8

struct group {
    uint8_t *bytes;
    size_t size, room;
    uint64_t last; /* sequence of its last record */
    bool whole;    /* replaces the file */
};

struct journal {
    char path[512];
    int fd, told;
    struct journal_sink sink;
    struct event *event;
    struct group gathering;
    uint64_t sequence, durable, size;
    struct journal_counters counters; /* sync_*, syncs and errors under the lock */
    pthread_t thread;
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t wake;
    struct group writing;
    bool busy, ending, failed, news;
    uint64_t done;
    char error[768];
};

/* CRC-32C (Castagnoli, IEEE Trans. Comm. 41 (1993)), bit by bit reversed. */
static uint32_t crc32c(const uint8_t *bytes, size_t size)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int k = 0; k < 8; k++)
            crc = crc >> 1 ^ (crc & 1 ? 0x82f63b78u : 0);
    }
    return ~crc;
}

static void put_u32(uint8_t *out, uint32_t value)
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(value >> 8 * i);
}

static uint32_t get_u32(const uint8_t *in)
{
    return (uint32_t)in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
}

static double now_s(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* ---- the thread ---- */

static void fail(struct journal *j, const char *what)
{
    pthread_mutex_lock(&j->lock);
    if (!j->failed)
        snprintf(j->error, sizeof j->error, "%s: %s: %s", j->path, what, strerror(errno));
    j->news = !j->failed;
    j->failed = true;
    j->counters.errors++;
    pthread_mutex_unlock(&j->lock);
}

static bool write_all(int fd, const uint8_t *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t n = write(fd, bytes + done, size - done);
        if (n < 0 && errno != EINTR)
            return false;
        done += n > 0 ? (size_t)n : 0;
    }
    return true;
}

/* A rename is durable when the folder is. */
static bool sync_folder(const char *path)
{
    char folder[512];
    const char *slash = strrchr(path, '/');

    snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) + 1 : 1, slash ? path : ".");
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

static bool replace(struct journal *j, const struct group *g)
{
    char beside[sizeof j->path + 8];

    snprintf(beside, sizeof beside, "%s.new", j->path);
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0640);
    if (fd < 0 || !write_all(fd, g->bytes, g->size) || fdatasync(fd) != 0 || rename(beside, j->path) != 0 || !sync_folder(j->path)) {
        fail(j, "shorten");
        if (fd >= 0)
            close(fd);
        return false;
    }
    close(j->fd);
    j->fd = fd;
    return true;
}

static bool commit(struct journal *j, const struct group *g)
{
    if (g->whole)
        return replace(j, g);
    if (write_all(j->fd, g->bytes, g->size) && fdatasync(j->fd) == 0)
        return true;
    fail(j, "write");
    return false;
}

static void *run(void *context)
{
    struct journal *j = context;

    pthread_mutex_lock(&j->lock);
    for (;;) {
        while (!j->busy && !j->ending)
            pthread_cond_wait(&j->wake, &j->lock);
        if (!j->busy)
            break;
        struct group g = j->writing;
        bool good = !j->failed;
        pthread_mutex_unlock(&j->lock);
        double began = now_s();
        good = good && commit(j, &g);
        double took = now_s() - began;
        pthread_mutex_lock(&j->lock);
        j->counters.syncs += good;
        j->counters.sync_s = took;
        j->counters.sync_longest_s = took > j->counters.sync_longest_s ? took : j->counters.sync_longest_s;
        j->done = good ? g.last : j->done;
        j->busy = false;
        pthread_cond_broadcast(&j->wake);
        eventfd_write(j->told, 1);
    }
    pthread_mutex_unlock(&j->lock);
    return NULL;
}

/* ---- opening ---- */

/* Hands out the whole records; returns the octets they take. */
static uint64_t read_records(struct journal *j, const uint8_t *bytes, uint64_t size)
{
    uint64_t at = 0;

    while (size - at >= HEAD) {
        uint32_t length = get_u32(bytes + at);
        if (length > JOURNAL_RECORD || size - at - HEAD < length || crc32c(bytes + at + HEAD, length) != get_u32(bytes + at + 4))
            break;
        if (j->sink.record)
            j->sink.record(j->sink.context, bytes + at + HEAD, length);
        j->counters.read++;
        at += HEAD + length;
    }
    return at;
}

static bool read_file(struct journal *j, const char **why)
{
    struct stat st;
    uint8_t *bytes = fstat(j->fd, &st) == 0 ? malloc((size_t)st.st_size + 1) : NULL;
    uint64_t have = 0, size = bytes ? (uint64_t)st.st_size : 0;

    *why = bytes ? NULL : "memory is short";
    while (bytes && have < size) {
        ssize_t n = pread(j->fd, bytes + have, size - have, (off_t)have);
        if (n <= 0)
            break;
        have += (uint64_t)n;
    }
    if (bytes && have < size)
        *why = "could not be read";
    if (!*why) {
        j->size = read_records(j, bytes, size);
        j->counters.cut_octets = size - j->size;
        if (j->size < size && ftruncate(j->fd, (off_t)j->size) != 0)
            *why = strerror(errno);
    }
    free(bytes);
    return !*why;
}

static void on_told(evutil_socket_t fd, short what, void *context)
{
    struct journal *j = context;
    eventfd_t count;

    (void)what;
    eventfd_read(fd, &count);
    pthread_mutex_lock(&j->lock);
    uint64_t done = j->done;
    pthread_mutex_unlock(&j->lock);
    journal_flush(j);
    if (done > j->durable) {
        j->durable = done;
        if (j->sink.durable)
            j->sink.durable(j->sink.context, done);
    }
}

static void free_all(struct journal *j)
{
    if (j->event)
        event_free(j->event);
    if (j->told >= 0)
        close(j->told);
    if (j->fd >= 0)
        close(j->fd);
    free(j->gathering.bytes);
    free(j->writing.bytes);
    free(j);
}

struct journal *journal_open(struct event_base *base, const char *path, const struct journal_sink *sink, const char **why)
{
    struct journal *j = calloc(1, sizeof *j);

    *why = "memory is short";
    if (!j)
        return NULL;
    snprintf(j->path, sizeof j->path, "%s", path);
    j->sink = *sink;
    j->told = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    j->fd = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    if (j->fd < 0 || j->told < 0) {
        *why = strerror(errno);
        free_all(j);
        return NULL;
    }
    bool good = read_file(j, why);
    j->event = good ? event_new(base, j->told, EV_READ | EV_PERSIST, on_told, j) : NULL;
    if (!j->event || event_add(j->event, NULL) != 0) {
        free_all(j);
        return NULL;
    }
    pthread_mutex_init(&j->lock, NULL);
    pthread_cond_init(&j->wake, NULL);
    if (pthread_create(&j->thread, NULL, run, j) != 0) {
        *why = "no thread";
        free_all(j);
        return NULL;
    }
    return j;
}

bool journal_close(struct journal *j)
{
    if (!j)
        return true;
    pthread_mutex_lock(&j->lock);
    while (j->busy)
        pthread_cond_wait(&j->wake, &j->lock);
    pthread_mutex_unlock(&j->lock);
    journal_flush(j);
    pthread_mutex_lock(&j->lock);
    while (j->busy)
        pthread_cond_wait(&j->wake, &j->lock);
    j->ending = true;
    pthread_cond_broadcast(&j->wake);
    bool good = !j->failed;
    pthread_mutex_unlock(&j->lock);
    pthread_join(j->thread, NULL);
    pthread_mutex_destroy(&j->lock);
    pthread_cond_destroy(&j->wake);
    free_all(j);
    return good;
}

/* ---- the loop's side ---- */

static bool has_room(struct group *g, size_t more)
{
    if (g->size + more <= g->room)
        return true;
    size_t room = 2 * (g->size + more) + 65536;
    uint8_t *bytes = realloc(g->bytes, room);
    if (!bytes)
        return false;
    g->bytes = bytes;
    g->room = room;
    return true;
}

uint64_t journal_put(struct journal *j, const uint8_t *bytes, size_t size)
{
    struct group *g = &j->gathering;

    if (size > JOURNAL_RECORD || !has_room(g, size + HEAD)) {
        errno = ENOMEM;
        fail(j, "gather"); /* then nothing more becomes durable: what depends on it is withheld, and people are told */
        return ++j->sequence;
    }
    put_u32(g->bytes + g->size, (uint32_t)size);
    put_u32(g->bytes + g->size + 4, crc32c(bytes, size));
    memcpy(g->bytes + g->size + HEAD, bytes, size);
    g->size += size + HEAD;
    g->last = ++j->sequence;
    j->size += size + HEAD;
    j->counters.records++;
    j->counters.octets += size;
    return j->sequence;
}

void journal_flush(struct journal *j)
{
    if (j->gathering.size == 0)
        return;
    pthread_mutex_lock(&j->lock);
    if (!j->busy) {
        struct group empty = j->writing;
        j->writing = j->gathering;
        j->gathering = (struct group){.bytes = empty.bytes, .room = empty.room};
        j->busy = true;
        pthread_cond_broadcast(&j->wake);
    }
    pthread_mutex_unlock(&j->lock);
}

void journal_shorten(struct journal *j)
{
    j->gathering.size = 0; /* what waits is part of the state that follows */
    j->gathering.whole = true;
    j->size = 0;
}

uint64_t journal_durable(const struct journal *j)
{
    return j->durable;
}

uint64_t journal_size(const struct journal *j)
{
    return j->size;
}

struct journal_counters journal_counters(struct journal *j)
{
    pthread_mutex_lock(&j->lock);
    struct journal_counters c = j->counters;
    pthread_mutex_unlock(&j->lock);
    return c;
}

bool journal_error(struct journal *j, char *out, size_t size)
{
    pthread_mutex_lock(&j->lock);
    bool news = j->news;
    j->news = false;
    snprintf(out, size, "%s", news ? j->error : "");
    pthread_mutex_unlock(&j->lock);
    return news;
}
