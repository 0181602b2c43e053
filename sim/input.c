/* Reading: one block after the other into a buffer that framing looks at. */
#include "sim/input.h"

#include "base/err.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK 65536

struct input {
    const char *path;
    int fd;
    enum framing_kind kind;
    struct framing *framing;
    uint64_t done, size;
    struct instant date;   /* midnight of the first unit's day */
    int64_t shift_ns;      /* from the container's own date */
    struct instant latest;
    bool shifted, ended;
    uint8_t block[BLOCK];
};

/* As many octets as fit or there are; negative on error. */
static ssize_t fill(struct input *in)
{
    size_t n = 0;
    while (n < BLOCK) {
        ssize_t got = read(in->fd, in->block + n, BLOCK - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        n += (size_t)got;
    }
    in->done += n;
    return (ssize_t)n;
}

static const char *unknown(const uint8_t *bytes, size_t size)
{
    static const uint8_t pcapng[4] = {0x0a, 0x0d, 0x0d, 0x0a}, gzip[2] = {0x1f, 0x8b};
    if (size == 0)
        return "the file is empty";
    if (size >= 4 && memcmp(bytes, pcapng, 4) == 0)
        return "pcapng is not read: make it pcap (tshark -F pcap -r IN -w OUT)";
    if (size >= 2 && memcmp(bytes, gzip, 2) == 0)
        return "it is compressed: pipe it (gzip -dc FILE | airseam ... -)";
    return "expected pcap, FINAL, raw ASTERIX blocks, GPS, a tape, CSV with a comma in its first line, or NAME.pb";
}

struct input *input_open(const char *path, struct instant date, char *why, size_t size)
{
    struct input *in = calloc(1, sizeof *in);
    ssize_t n = -1;
    if (in) {
        in->path = path;
        in->date = instant_is_set(date) ? date : (struct instant){0};
        in->latest = INSTANT_NONE;
        in->fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
        n = in->fd < 0 ? -1 : fill(in);
    }
    if (n < 0) {
        snprintf(why, size, "%s: %s", path, strerror(errno));
        input_close(in);
        return NULL;
    }
    struct stat st;
    in->size = fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode) ? (uint64_t)st.st_size : 0;
    int kind = framing_sniff(in->block, (size_t)n, path);
    in->framing = kind < 0 ? NULL : framing_new((enum framing_kind)kind, INPUT_UNIT_MAX);
    if (!in->framing) {
        snprintf(why, size, "%s: %s", path, kind < 0 ? unknown(in->block, (size_t)n) : "no memory");
        input_close(in);
        return NULL;
    }
    in->kind = (enum framing_kind)kind;
    framing_put(in->framing, in->block, (size_t)n);
    return in;
}

void input_close(struct input *in)
{
    if (!in)
        return;
    if (in->fd > STDIN_FILENO)
        close(in->fd);
    framing_free(in->framing);
    free(in);
}

/* The container's time of day on the right day: behind a step back of half a day lies midnight. */
static void date_unit(struct input *in, struct framing_unit *unit)
{
    if (in->kind != FRAMING_FINAL && in->kind != FRAMING_GPS)
        return;
    if (!in->shifted)
        in->shift_ns = in->date.ns - instant_midnight(unit->arrival).ns;
    in->shifted = true;
    unit->arrival.ns += in->shift_ns;
    while (instant_is_set(in->latest) && unit->arrival.ns < in->latest.ns - INSTANT_DAY_NS / 2) {
        unit->arrival.ns += INSTANT_DAY_NS;
        in->shift_ns += INSTANT_DAY_NS;
    }
    in->latest = unit->arrival;
}

int input_next(struct input *in, struct framing_unit *unit, struct framing_fault *fault)
{
    for (;;) {
        int code = framing_next(in->framing, unit, fault);
        if (code > 0)
            date_unit(in, unit);
        if (code != 0 || in->ended)
            return code;
        ssize_t n = fill(in);
        if (n > 0) {
            framing_put(in->framing, in->block, (size_t)n);
            continue;
        }
        in->ended = true;
        framing_end(in->framing);
        if (n < 0) {
            *fault = (struct framing_fault){in->done, 0, strerror(errno)};
            return ERR_TRUNCATED;
        }
    }
}

const char *input_path(const struct input *in)
{
    return in->path;
}

enum framing_kind input_kind(const struct input *in)
{
    return in->kind;
}

uint64_t input_done(const struct input *in)
{
    return in->done;
}

uint64_t input_size(const struct input *in)
{
    return in->size;
}
