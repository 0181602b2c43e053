/* Two lists of blocks under one lock: those gathered by the loop and those that the thread writes. A block holds whole frames, so that cutting
 * the file back to a block's start leaves a good tape. Sync is grouped: one fdatasync for all that was written since the last. */
#include "daemon/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <zstd.h>

#define RECORDER_BLOCK ((size_t)256 * 1024)
#define RECORDER_INDEX 65536 /* snapshots that the index holds */
#define RECORDER_LEVEL 1     /* of zstd: speed matters more than size */
#define RECORDER_STATE_MAX ((unsigned long long)4 << 30)
#define FRAME_EXTRA (TAPE_HEADER + TAPE_TRAILER)

struct block {
    struct block *next;
    bool snapshot; /* bytes are a state to be compressed */
    struct instant arrival;
    size_t size, room;
    uint32_t frames;
    uint8_t *bytes;
};

struct recorder {
    char path[512];
    int fd;
    double sync_period_s;
    size_t buffer_bytes;
    struct block *gathering; /* the loop's own */
    pthread_t thread;
    pthread_mutex_t lock; /* of everything below */
    pthread_cond_t wake;
    struct block *first, *last;
    bool ending, news;
    char error[256];
    struct recorder_counters counters;
    /* the thread's own */
    uint64_t offset, unsynced;
    uint32_t indexed;
    uint8_t index[RECORDER_INDEX][16];
};

static void free_block(struct block *b)
{
    if (b) {
        free(b->bytes);
        free(b);
    }
}

static struct block *new_block(size_t room)
{
    struct block *b = calloc(1, sizeof *b);

    if (b && !(b->bytes = malloc(room))) {
        free(b);
        return NULL;
    }
    if (b) {
        b->room = room;
    }
    return b;
}

/* ---- the thread ---- */

static void note_error(struct recorder *r, const char *what, uint32_t frames)
{
    pthread_mutex_lock(&r->lock);
    snprintf(r->error, sizeof r->error, "%s: %s", what, strerror(errno));
    r->counters.write_errors++;
    r->counters.frames_lost += frames;
    r->news = true;
    pthread_mutex_unlock(&r->lock);
}

/* All of it, or nothing of it: the file is cut back. */
static bool write_all(struct recorder *r, const uint8_t *bytes, size_t size, uint32_t frames)
{
    size_t done = 0;

    while (done < size) {
        ssize_t n = write(r->fd, bytes + done, size - done);

        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            note_error(r, "write", frames);
            if (ftruncate(r->fd, (off_t)r->offset) != 0 || lseek(r->fd, (off_t)r->offset, SEEK_SET) < 0) {
                note_error(r, "cut back", 0);
            }
            return false;
        }
        done += (size_t)n;
    }
    r->offset += size;
    r->unsynced += size;
    return true;
}

static void put_le64(uint8_t *out, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        out[i] = (uint8_t)(value >> 8 * i);
    }
}

static void write_snapshot(struct recorder *r, const struct block *b)
{
    size_t bound = ZSTD_compressBound(b->size);
    uint8_t *packed = malloc(bound);
    uint8_t *frame = malloc(bound + FRAME_EXTRA);
    size_t size = packed ? ZSTD_compress(packed, bound, b->bytes, b->size, RECORDER_LEVEL) : 0;
    struct tape_frame f = {.type = TAPE_SNAPSHOT, .arrival = b->arrival, .payload = packed, .size = size};
    uint64_t at = r->offset;
    int n = -1;

    if (packed && frame && !ZSTD_isError(size)) {
        n = tape_encode(&f, frame, bound + FRAME_EXTRA);
    }
    if (n > 0 && write_all(r, frame, (size_t)n, 1) && r->indexed < RECORDER_INDEX) {
        put_le64(r->index[r->indexed], (uint64_t)b->arrival.ns);
        put_le64(r->index[r->indexed] + 8, at);
        r->indexed++;
    } else if (n <= 0) {
        errno = ENOMEM;
        note_error(r, "snapshot", 1);
    }
    free(packed);
    free(frame);
}

static void sync_file(struct recorder *r)
{
    if (r->unsynced > 0) {
        if (fdatasync(r->fd) != 0) {
            note_error(r, "sync", 0);
        }
        r->unsynced = 0;
        pthread_mutex_lock(&r->lock);
        r->counters.syncs++;
        pthread_mutex_unlock(&r->lock);
    }
}

static void write_block(struct recorder *r, const struct block *b)
{
    if (b->snapshot) {
        write_snapshot(r, b);
    } else {
        write_all(r, b->bytes, b->size, b->frames);
    }
    pthread_mutex_lock(&r->lock);
    r->counters.waiting_octets -= b->size;
    r->counters.written_octets = r->offset;
    pthread_mutex_unlock(&r->lock);
}

static struct timespec after(double seconds)
{
    struct timespec t;
    long ns;

    clock_gettime(CLOCK_MONOTONIC, &t);
    ns = t.tv_nsec + (long)((seconds - (double)(time_t)seconds) * 1e9);
    t.tv_sec += (time_t)seconds + ns / 1000000000;
    t.tv_nsec = ns % 1000000000;
    return t;
}

static bool past(struct timespec t)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec > t.tv_sec || (now.tv_sec == t.tv_sec && now.tv_nsec >= t.tv_nsec);
}

/* Waits for a block until the next sync is due; *over when no more will come. */
static struct block *take_block(struct recorder *r, struct timespec due, bool *over)
{
    struct block *b;

    pthread_mutex_lock(&r->lock);
    while (!r->first && !r->ending && pthread_cond_timedwait(&r->wake, &r->lock, &due) != ETIMEDOUT) {
    }
    b = r->first;
    if (b) {
        r->first = b->next;
        r->last = r->first ? r->last : NULL;
    }
    *over = !b && r->ending;
    pthread_mutex_unlock(&r->lock);
    return b;
}

static void *run(void *context)
{
    struct recorder *r = context;
    struct timespec due = after(r->sync_period_s);
    bool over = false;

    while (!over) {
        struct block *b = take_block(r, due, &over);

        if (b) {
            write_block(r, b);
            free_block(b);
        }
        if (over || past(due)) {
            sync_file(r);
            due = after(r->sync_period_s);
        }
    }
    return NULL;
}

/* ---- the loop's side ---- */

/* A name that sorts by time; a second tape in the same second gets a number. */
static int create(struct recorder *r, const char *directory)
{
    time_t now = time(NULL);
    struct tm utc;
    char stamp[32];
    int fd = -1;

    gmtime_r(&now, &utc);
    strftime(stamp, sizeof stamp, "%Y%m%dT%H%M%SZ", &utc);
    for (int i = 0; fd < 0 && i < 100; i++) {
        char suffix[16] = "";

        if (i) {
            snprintf(suffix, sizeof suffix, "-%d", i);
        }
        snprintf(r->path, sizeof r->path, "%s/%s%s.tape", directory, stamp, suffix);
        fd = open(r->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
        if (fd < 0 && errno != EEXIST) {
            break;
        }
    }
    return fd;
}

static bool start_thread(struct recorder *r)
{
    pthread_condattr_t attributes;
    bool good;

    pthread_mutex_init(&r->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&r->wake, &attributes);
    pthread_condattr_destroy(&attributes);
    good = pthread_create(&r->thread, NULL, run, r) == 0;
    return good;
}

struct recorder *recorder_open(const char *directory, double sync_period_s, size_t buffer_bytes, const char **why)
{
    struct recorder *r = calloc(1, sizeof *r);

    *why = "memory is short";
    if (!r) {
        return NULL;
    }
    r->sync_period_s = sync_period_s;
    r->buffer_bytes = buffer_bytes;
    if (mkdir(directory, 0750) != 0 && errno != EEXIST) {
        *why = strerror(errno);
        free(r);
        return NULL;
    }
    r->fd = create(r, directory);
    if (r->fd < 0 || write(r->fd, TAPE_MAGIC, TAPE_MAGIC_SIZE) != TAPE_MAGIC_SIZE || !start_thread(r)) {
        *why = strerror(errno);
        if (r->fd >= 0) {
            close(r->fd);
        }
        free(r);
        return NULL;
    }
    r->offset = TAPE_MAGIC_SIZE;
    return r;
}

static void lose(struct recorder *r, uint32_t frames)
{
    pthread_mutex_lock(&r->lock);
    snprintf(r->error, sizeof r->error, "the disk is too slow, or memory is short: frames are lost");
    r->counters.frames_lost += frames;
    r->news = true;
    pthread_mutex_unlock(&r->lock);
}

static void hand_over(struct recorder *r, struct block *b)
{
    pthread_mutex_lock(&r->lock);
    if (r->last) {
        r->last->next = b;
    } else {
        r->first = b;
    }
    r->last = b;
    r->counters.waiting_octets += b->size;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
}

static bool has_room(struct recorder *r, size_t size)
{
    bool good;

    pthread_mutex_lock(&r->lock);
    good = r->counters.waiting_octets + size <= r->buffer_bytes;
    pthread_mutex_unlock(&r->lock);
    return good;
}

void recorder_flush(struct recorder *r)
{
    struct block *b = r->gathering;

    if (!b || b->size == 0) {
        return;
    }
    r->gathering = NULL;
    if (has_room(r, b->size)) {
        hand_over(r, b);
    } else {
        lose(r, b->frames);
        free_block(b);
    }
}

void recorder_put(struct recorder *r, enum tape_type type, uint16_t feed, struct instant arrival, const void *payload, size_t size)
{
    struct tape_frame f = {.type = (uint8_t)type, .feed = feed, .arrival = arrival, .payload = payload, .size = size};
    size_t need = size + FRAME_EXTRA;
    int n;

    if (r->gathering && r->gathering->room - r->gathering->size < need) {
        recorder_flush(r);
    }
    if (!r->gathering) {
        r->gathering = new_block(need > RECORDER_BLOCK ? need : RECORDER_BLOCK);
    }
    if (!r->gathering) {
        lose(r, 1);
        return;
    }
    n = tape_encode(&f, r->gathering->bytes + r->gathering->size, r->gathering->room - r->gathering->size);
    if (n < 0) {
        lose(r, 1);
        return;
    }
    r->gathering->size += (size_t)n;
    r->gathering->frames++;
    pthread_mutex_lock(&r->lock);
    r->counters.frames++;
    r->counters.octets += (size_t)n;
    pthread_mutex_unlock(&r->lock);
}

void recorder_snapshot(struct recorder *r, struct instant arrival, uint8_t *state, size_t size)
{
    struct block *b = calloc(1, sizeof *b);

    recorder_flush(r);
    if (!b || !has_room(r, size)) {
        free(b);
        free(state);
        lose(r, 1);
        return;
    }
    *b = (struct block){.snapshot = true, .arrival = arrival, .size = size, .frames = 1, .bytes = state};
    hand_over(r, b);
    pthread_mutex_lock(&r->lock);
    r->counters.snapshots++;
    pthread_mutex_unlock(&r->lock);
}

/* The index lies with the thread until that has ended. */
static bool write_index(struct recorder *r, struct instant last)
{
    size_t size = (size_t)r->indexed * sizeof r->index[0];
    struct tape_frame f = {.type = TAPE_INDEX, .arrival = last, .payload = r->index[0], .size = size};
    uint8_t *frame = malloc(size + FRAME_EXTRA);
    int n = frame ? tape_encode(&f, frame, size + FRAME_EXTRA) : -1;
    bool good = n > 0 && write_all(r, frame, (size_t)n, 1);

    free(frame);
    sync_file(r);
    return good;
}

bool recorder_close(struct recorder *r, struct instant last, uint64_t digest)
{
    uint8_t payload[8];
    bool good;

    put_le64(payload, digest);
    recorder_put(r, TAPE_END, 0, last, payload, sizeof payload);
    recorder_flush(r);
    pthread_mutex_lock(&r->lock);
    r->ending = true;
    pthread_cond_signal(&r->wake);
    pthread_mutex_unlock(&r->lock);
    pthread_join(r->thread, NULL);
    good = write_index(r, last) && r->counters.write_errors == 0 && r->counters.frames_lost == 0;
    good = close(r->fd) == 0 && good;
    free_block(r->gathering);
    pthread_cond_destroy(&r->wake);
    pthread_mutex_destroy(&r->lock);
    free(r);
    return good;
}

uint8_t *recorder_unpack(const struct tape_frame *f, size_t *size)
{
    unsigned long long whole = ZSTD_getFrameContentSize(f->payload, f->size);
    uint8_t *state = whole <= RECORDER_STATE_MAX ? malloc(whole) : NULL; /* errors are huge numbers */

    if (!state || ZSTD_decompress(state, whole, f->payload, f->size) != whole) {
        free(state);
        return NULL;
    }
    *size = whole;
    return state;
}

struct recorder_counters recorder_counters(struct recorder *r)
{
    struct recorder_counters c;

    pthread_mutex_lock(&r->lock);
    c = r->counters;
    pthread_mutex_unlock(&r->lock);
    return c;
}

const char *recorder_path(const struct recorder *r)
{
    return r->path;
}

bool recorder_error(struct recorder *r, char *out, size_t size)
{
    bool news;

    pthread_mutex_lock(&r->lock);
    news = r->news;
    r->news = false;
    snprintf(out, size, "%s", r->error);
    pthread_mutex_unlock(&r->lock);
    return news;
}
