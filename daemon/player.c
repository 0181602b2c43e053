/* player: the file is mapped, and its frames are found by their headers alone, which touches a page in many: a tape of an hour opens in a moment. CRCs are
 * checked when a frame is played. */
#include "daemon/player.h"

#include "base/err.h"
#include "daemon/recorder.h"
#include "wire/tape.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define FRAMES_A_LOOK 16 /* between looks at the clock */

struct place {
    struct instant arrival;
    size_t offset;
};

struct player {
    uint8_t *bytes;
    size_t mapped, size; /* of the file; of its whole frames */
    size_t at;           /* next frame */
    struct instant first, last;
    struct place *snapshot;
    uint32_t snapshots, room;
    uint8_t *birth;
    size_t birth_size;
    uint64_t faults;
};

static double seconds(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static struct instant arrival_at(const struct player *p, size_t at)
{
    uint64_t ns = 0;

    for (unsigned i = 8; i-- > 0;) {
        ns = ns << 8 | p->bytes[at + 8 + i];
    }
    return (struct instant){(int64_t)ns};
}

static bool add_snapshot(struct player *p, size_t at)
{
    if (p->snapshots == p->room) {
        uint32_t room = p->room ? 2 * p->room : 64;
        struct place *more = realloc(p->snapshot, room * sizeof *more);

        if (!more) {
            return false;
        }
        p->snapshot = more;
        p->room = room;
    }
    p->snapshot[p->snapshots++] = (struct place){arrival_at(p, at), at};
    return true;
}

/* Octets of the frame that lies whole at `at`, 0: none. */
static size_t whole(const struct player *p, size_t at)
{
    size_t size = p->mapped - at >= TAPE_HEADER ? tape_size(p->bytes + at) : 0;

    return size <= p->mapped - at ? size : 0;
}

static bool look_through(struct player *p)
{
    size_t at = TAPE_MAGIC_SIZE, size;

    p->first = p->last = INSTANT_NONE;
    for (; (size = whole(p, at)) != 0; at += size) {
        struct instant arrival = arrival_at(p, at);
        uint8_t type = p->bytes[at];

        if (type == TAPE_SNAPSHOT && !add_snapshot(p, at)) {
            return false;
        }
        if (type != TAPE_INDEX && instant_is_set(arrival)) {
            p->first = instant_is_set(p->first) ? p->first : arrival;
            p->last = arrival;
        }
    }
    p->size = at;
    p->at = TAPE_MAGIC_SIZE;
    return true;
}

static bool map(struct player *p, const char *path, const char **why)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    void *bytes = MAP_FAILED;

    if (fd >= 0 && fstat(fd, &st) == 0 && st.st_size > TAPE_MAGIC_SIZE) {
        p->mapped = (size_t)st.st_size;
        bytes = mmap(NULL, p->mapped, PROT_READ, MAP_PRIVATE, fd, 0);
    }
    *why = fd < 0 || bytes == MAP_FAILED ? (errno ? strerror(errno) : "it is too short for a tape") : "it is no tape";
    if (fd >= 0) {
        close(fd);
    }
    p->bytes = bytes == MAP_FAILED ? NULL : bytes;
    return p->bytes && memcmp(p->bytes, TAPE_MAGIC, TAPE_MAGIC_SIZE) == 0;
}

struct player *player_open(const char *path, const char **why)
{
    struct player *p = calloc(1, sizeof *p);
    struct tape_frame f;

    *why = "memory is short";
    errno = 0;
    if (p && map(p, path, why)) {
        *why = "it does not begin with the settings in force";
        if (look_through(p) && p->size > TAPE_MAGIC_SIZE && tape_decode(p->bytes + p->at, p->size - p->at, &f) > 0 && f.type == TAPE_START) {
            return p;
        }
    }
    player_close(p);
    return NULL;
}

void player_close(struct player *p)
{
    if (!p) {
        return;
    }
    if (p->bytes) {
        munmap(p->bytes, p->mapped);
    }
    free(p->snapshot);
    free(p->birth);
    free(p);
}

const char *player_settings(const struct player *p, size_t *size)
{
    struct tape_frame f;

    tape_decode(p->bytes + TAPE_MAGIC_SIZE, p->size - TAPE_MAGIC_SIZE, &f);
    *size = f.size;
    return (const char *)f.payload;
}

struct instant player_first(const struct player *p)
{
    return p->first;
}

struct instant player_last(const struct player *p)
{
    return p->last;
}

bool player_begin(struct player *p, const struct engine *e)
{
    p->birth_size = engine_state_size(e);
    p->birth = malloc(p->birth_size);
    if (p->birth) {
        engine_save(e, p->birth);
    }
    return p->birth != NULL;
}

/* START is the engine's birth, SNAPSHOT what it knows already; END's digest is of a run without seeks. */
static void play(struct player *p, struct engine *e, const struct tape_frame *f)
{
    if (f->type != TAPE_START && f->type != TAPE_SNAPSHOT && f->type != TAPE_INDEX && f->type != TAPE_END && engine_frame(e, f) != 0) {
        p->faults++;
    }
}

bool player_run(struct player *p, struct engine *e, struct instant until, double budget_s)
{
    double end = seconds() + budget_s;
    bool there = false;

    for (unsigned n = 1; !there; n++) {
        struct tape_frame f;
        int used;

        there = p->at >= p->size || instant_before(until, arrival_at(p, p->at));
        if (there || (n % FRAMES_A_LOOK == 0 && seconds() > end)) {
            break;
        }
        used = tape_decode(p->bytes + p->at, p->size - p->at, &f);
        if (used > 0) {
            play(p, e, &f);
        }
        p->faults += used <= 0;
        p->at += whole(p, p->at);
        engine_drain(e);
    }
    return there;
}

static int load(const struct player *p, struct engine *e, size_t offset)
{
    struct tape_frame f;
    size_t size = 0;
    uint8_t *state = tape_decode(p->bytes + offset, p->size - offset, &f) > 0 ? recorder_unpack(&f, &size) : NULL;
    int code = state ? engine_load(e, state, size) : ERR_FORMAT;

    free(state);
    return code;
}

int player_seek(struct player *p, struct engine *e, struct instant to)
{
    for (uint32_t i = p->snapshots; i-- > 0;) {
        if (!instant_before(to, p->snapshot[i].arrival) && load(p, e, p->snapshot[i].offset) == 0) {
            p->at = p->snapshot[i].offset;
            return 0;
        }
    }
    if (!p->birth || engine_load(e, p->birth, p->birth_size) != 0) {
        return ERR_FORMAT;
    }
    p->at = TAPE_MAGIC_SIZE;
    return 0;
}

bool player_ended(const struct player *p)
{
    return p->at >= p->size;
}

uint32_t player_snapshots(const struct player *p)
{
    return p->snapshots;
}

uint64_t player_faults(const struct player *p)
{
    return p->faults;
}
