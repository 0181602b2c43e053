#include "vector.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "wire/asterix_build.h"

size_t vector_octets(const char *hex, uint8_t *octets)
{
    size_t n = 0;

    for (unsigned v; *hex; hex += 2) {
        while (*hex == ' ') hex++;
        if (!*hex) break;
        ck_assert_int_eq(sscanf(hex, "%2x", &v), 1);
        octets[n++] = (uint8_t)v;
    }
    return n;
}

static void check_row(const struct asterix_record *record, const struct vector_row *row)
{
    struct asterix_place place;
    char text[ASTERIX_TEXT_SIZE];
    double number;
    uint64_t raw;

    ck_assert_msg(asterix_path_find(record->category, row->path, &place) == 0, "%s: no such row", row->path);
    ck_assert_msg(asterix_path_raw(record, &place, &raw), "%s: absent", row->path);
    if (!row->text) {
        ck_assert(asterix_path_number(record, &place, &number));
        ck_assert_msg(number == row->number, "%s: %.17g, not %.17g", row->path, number, row->number);
    } else if (strncmp(row->text, "0x", 2) == 0) {
        ck_assert_msg(raw == strtoull(row->text, NULL, 16), "%s: %llx", row->path, (unsigned long long)raw);
    } else {
        asterix_path_text(record, &place, text, sizeof text);
        ck_assert_msg(strcmp(text, row->text) == 0, "%s: \"%s\"", row->path, text);
    }
}

void vector_check(const struct asterix_category *category, const char *hex, const struct vector_row *rows, size_t count)
{
    static uint8_t octets[4096], again[4096], content[4096];
    struct asterix_record record;
    struct asterix_fault fault;
    struct asterix_build build;
    size_t n = vector_octets(hex, octets);
    int taken = asterix_decode(category, octets, n, &record, &fault);
    char line[200] = "";

    if (taken < 0) asterix_fault_print(&fault, line, sizeof line);
    ck_assert_msg(taken == (int)n, "%d of %zu octets; %s", taken, n, line);
    ck_assert_uint_eq(record.foreign, 0);
    for (size_t i = 0; i < count; i++) check_row(&record, &rows[i]);
    asterix_build_init(&build, category, content, sizeof content);
    ck_assert_int_eq(asterix_build_copy(&build, &record), 0);
    ck_assert_int_eq(asterix_build_encode(&build, again, sizeof again), (int)n);
    ck_assert_mem_eq(again, octets, n);
}

void vector_label(const struct asterix_category *category, const char *path, unsigned value, const char *label)
{
    struct asterix_place place;
    char text[64];

    ck_assert_msg(asterix_path_find(category, path, &place) == 0, "%s", path);
    asterix_text_label(place.field, value, text, sizeof text);
    ck_assert_msg(strcmp(text, label) == 0, "%s %u: \"%s\"", path, value, text);
}
