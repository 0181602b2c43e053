/* The index is the last frame of a closed tape and has 16 octets a snapshot: it is found from the end by trying lengths until a frame fits. */
#include "sim/tape_seek.h"

#include "base/err.h"
#include "daemon/recorder.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ROW 16
#define ROWS_MAX 65536
#define FRAME (TAPE_HEADER + TAPE_TRAILER)

static uint64_t le64(const uint8_t *p)
{
    uint64_t value = 0;
    for (int i = 8; i-- > 0;)
        value = value << 8 | p[i];
    return value;
}

/* The whole frame at an offset: malloc'ed, or NULL. */
static uint8_t *read_frame(FILE *f, uint64_t offset, size_t *size)
{
    uint8_t head[TAPE_HEADER], *bytes;
    if (fseeko(f, (off_t)offset, SEEK_SET) != 0 || fread(head, 1, sizeof head, f) != sizeof head || (*size = tape_size(head)) == 0)
        return NULL;
    bytes = malloc(*size);
    if (bytes) {
        memcpy(bytes, head, sizeof head);
        if (fread(bytes + sizeof head, 1, *size - sizeof head, f) == *size - sizeof head)
            return bytes;
    }
    free(bytes);
    return NULL;
}

/* False: the tape has no index. */
static bool by_index(FILE *f, uint64_t end, struct instant from, uint64_t *found)
{
    for (uint64_t rows = 0; rows <= ROWS_MAX && FRAME + rows * ROW <= end; rows++) {
        struct tape_frame frame;
        size_t size = 0;
        uint8_t head[TAPE_HEADER];
        uint64_t at = end - FRAME - rows * ROW;
        if (fseeko(f, (off_t)at, SEEK_SET) != 0 || fread(head, 1, sizeof head, f) != sizeof head || head[0] != TAPE_INDEX ||
            tape_size(head) != FRAME + rows * ROW)
            continue;
        uint8_t *bytes = read_frame(f, at, &size);
        bool good = bytes && tape_decode(bytes, size, &frame) > 0;
        for (uint64_t i = 0; good && i < rows; i++)
            if ((int64_t)le64(frame.payload + i * ROW) <= from.ns)
                *found = le64(frame.payload + i * ROW + 8);
        free(bytes);
        if (good)
            return true;
    }
    return false;
}

static uint64_t by_frames(FILE *f, struct instant from)
{
    uint8_t head[TAPE_HEADER];
    uint64_t at = TAPE_MAGIC_SIZE, found = 0;
    size_t size;
    while (fseeko(f, (off_t)at, SEEK_SET) == 0 && fread(head, 1, sizeof head, f) == sizeof head && (size = tape_size(head)) != 0) {
        if ((int64_t)le64(head + 8) > from.ns)
            break;
        found = head[0] == TAPE_SNAPSHOT ? at : found;
        at += size;
    }
    return found;
}

uint64_t tape_seek_find(const char *path, struct instant from)
{
    FILE *f = fopen(path, "rb");
    uint64_t found = 0;
    if (!f)
        return 0;
    if (fseeko(f, 0, SEEK_END) == 0 && !by_index(f, (uint64_t)ftello(f), from, &found))
        found = by_frames(f, from);
    fclose(f);
    return found;
}

int tape_seek_load(const char *path, uint64_t offset, struct engine *e)
{
    struct tape_frame frame;
    size_t size, state_size;
    FILE *f = fopen(path, "rb");
    uint8_t *bytes = f ? read_frame(f, offset, &size) : NULL;
    bool good = bytes && tape_decode(bytes, size, &frame) > 0 && frame.type == TAPE_SNAPSHOT;
    uint8_t *state = good ? recorder_unpack(&frame, &state_size) : NULL;
    int code = state ? engine_load(e, state, state_size) : ERR_FORMAT;
    free(state);
    free(bytes);
    if (f)
        fclose(f);
    return code;
}
