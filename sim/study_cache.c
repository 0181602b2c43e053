/* A file of the cache is named by kind and key; reaches of one region and terrain lie in one file, records of (key of the sensor, size, reach). A file
 * that is damaged is one that is not there. */
#include "sim/study.h"
#include "base/digest.h"
#include "base/unit.h"
#include <stdlib.h>
#include <string.h>
#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH 4096
#define LARGEST ((size_t)1 << 30)

struct record {
    uint64_t key, digest; /* of the sensor's place and range; of the reach */
    uint64_t size;
};

static bool path_of(const struct study *s, const char *kind, uint64_t key, char *path)
{
    if (!s->settings.cache || !s->settings.cache[0])
        return false;
    snprintf(path, PATH, "%s/%s-%016llx", s->settings.cache, kind, (unsigned long long)key);
    return true;
}

void *study_cache_read(const struct study *s, const char *kind, uint64_t key, size_t *size)
{
    char path[PATH];
    struct stat about;
    FILE *f = path_of(s, kind, key, path) ? fopen(path, "rb") : NULL;
    void *bytes = f && fstat(fileno(f), &about) == 0 && (size_t)about.st_size < LARGEST ? malloc((size_t)about.st_size + 1) : NULL;

    if (bytes) {
        *size = fread(bytes, 1, (size_t)about.st_size, f);
        if (*size != (size_t)about.st_size) {
            free(bytes);
            bytes = NULL;
        }
    }
    if (f)
        fclose(f);
    return bytes;
}

/* Folders above the last name, as far as they are missing. */
static void make_folders(char *path)
{
    for (char *p = path + 1; *p; p++)
        if (*p == '/') {
            *p = '\0';
            mkdir(path, 0777);
            *p = '/';
        }
}

void study_cache_write(const struct study *s, const char *kind, uint64_t key, const void *bytes, size_t size)
{
    char path[PATH], temporary[PATH + 16];

    if (!path_of(s, kind, key, path))
        return;
    make_folders(path);
    snprintf(temporary, sizeof temporary, "%s.%ld", path, (long)getpid());
    FILE *f = fopen(temporary, "wb");
    if (!f)
        return;
    bool good = fwrite(bytes, 1, size, f) == size;
    good = fclose(f) == 0 && good;
    if (!good || rename(temporary, path) != 0)
        unlink(temporary);
}

/* ---- reaches ---- */

static uint64_t sensor_key(const struct study_sensor *x)
{
    uint64_t key = digest_add_double(digest_add_double(DIGEST_START, x->site.at.lat_rad), x->site.at.lon_rad);

    return digest_add_double(digest_add_double(key, x->site.at.hae_m), sight_reach_m(&x->sight));
}

static uint64_t reaches_key(const struct study *s)
{
    uint64_t key = digest_add_u64(digest_add_u64(DIGEST_START, s->region->digest), terrain_digest(s->ground));

    return digest_add_double(digest_add_u64(key, 1), s->settings.k); /* 1: version of the sweep */
}

static bool sound(const struct study *s, const struct record *r, const void *bytes)
{
    const struct view_reach *reach = bytes;

    if (r->size < sizeof *reach || r->size != view_reach_size(reach->cells) || digest_add(DIGEST_START, bytes, r->size) != r->digest)
        return false;
    for (uint32_t i = 0; i < reach->cells; i++)
        if (reach->cell[i].cell >= s->region->cells)
            return false;
    return true;
}

/* One record to the first sensor without a reach that it fits. Sensors of one place and range share a key. */
static bool give(struct study *s, const struct record *r, const void *bytes)
{
    for (uint32_t i = 0; i < s->sensors; i++) {
        struct study_sensor *x = &s->sensor[i];
        if (x->reach || sensor_key(x) != r->key)
            continue;
        if (!(x->reach = malloc(r->size)))
            return false;
        memcpy(x->reach, bytes, r->size);
    }
    return true;
}

static bool take_kept(struct study *s, const char *bytes, size_t size)
{
    size_t at = 0;
    struct record r;

    while (size - at >= sizeof r) {
        memcpy(&r, bytes + at, sizeof r);
        at += sizeof r;
        if (r.size > size - at)
            break;
        struct view_reach *copy = malloc(r.size + 1); /* aligned */
        if (!copy)
            return false;
        memcpy(copy, bytes + at, r.size);
        bool good = !sound(s, &r, copy) || give(s, &r, copy);
        free(copy);
        if (!good)
            return false;
        at += r.size;
    }
    return true;
}

static void keep(const struct study *s)
{
    size_t size = 0, at = 0;

    for (uint32_t i = 0; i < s->sensors; i++)
        size += s->sensor[i].reach ? sizeof(struct record) + view_reach_size(s->sensor[i].reach->cells) : 0;
    char *bytes = malloc(size + 1);
    for (uint32_t i = 0; bytes && i < s->sensors; i++) {
        const struct view_reach *reach = s->sensor[i].reach;
        if (!reach)
            continue;
        struct record r = {sensor_key(&s->sensor[i]), 0, view_reach_size(reach->cells)};
        r.digest = digest_add(DIGEST_START, reach, r.size);
        memcpy(bytes + at, &r, sizeof r);
        memcpy(bytes + at + sizeof r, reach, r.size);
        at += sizeof r + r.size;
    }
    if (bytes)
        study_cache_write(s, "reach", reaches_key(s), bytes, size);
    free(bytes);
}

static void show(const struct study *s, uint32_t done)
{
    if (s->settings.progress && (done % 10 == 0 || done == s->sensors))
        fprintf(stderr, "\rterrain around sensors: %u of %u%s", done, s->sensors, done == s->sensors ? "\n" : "");
}

static bool sweep(struct study *s)
{
    double farthest = 1e3;

    for (uint32_t i = 0; i < s->sensors; i++)
        farthest = s->sensor[i].reach ? farthest : fmax(farthest, sight_reach_m(&s->sensor[i].sight));
    struct horizon *h = horizon_new(farthest);
    bool good = h != NULL;
    for (uint32_t i = 0; i < s->sensors && good; i++) {
        struct study_sensor *x = &s->sensor[i];
        if (!x->reach && sight_reach_m(&x->sight) > 0) {
            x->reach = view_reach_new(s->region, s->ground, h, &x->site.frame, s->settings.k, sight_reach_m(&x->sight));
            good = x->reach != NULL;
            s->took.swept++;
        }
        show(s, i + 1);
    }
    horizon_free(h);
    return good;
}

bool study_cache_reaches(struct study *s)
{
    size_t size = 0;
    char *kept = study_cache_read(s, "reach", reaches_key(s), &size);
    bool good = !kept || take_kept(s, kept, size), missing = false;

    free(kept);
    for (uint32_t i = 0; i < s->sensors; i++)
        missing = missing || (!s->sensor[i].reach && sight_reach_m(&s->sensor[i].sight) > 0);
    good = good && (!missing || sweep(s));
    if (good && missing)
        keep(s);
    return good;
}
