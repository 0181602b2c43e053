/* asterix_json: a visitor that hangs each row where its item, sub-item, repetition and group are. See the header for the form. */
#include "wire/asterix_json.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "wire/asterix_path.h"
#include "wire/asterix_walk.h"

#define WIDEST_NUMBER 23 /* bits: RAW rows beyond it (addresses, Mode S registers) are hexadecimal text */

/* The object under key, made when missing; borrowed. */
static json_t *object_in(json_t *object, const char *key)
{
    json_t *in = json_object_get(object, key);

    if (in) return in;
    return json_object_set_new(object, key, json_object()) < 0 ? NULL : json_object_get(object, key);
}

/* Element i of the array under key, both made when missing; borrowed. */
static json_t *element_in(json_t *object, const char *key, size_t i)
{
    json_t *array = json_object_get(object, key);

    if (!array && json_object_set_new(object, key, array = json_array()) < 0) return NULL;
    while (json_array_size(array) <= i)
        if (json_array_append_new(array, json_object()) < 0) return NULL;
    return json_array_get(array, i);
}

static json_t *hexadecimal(const uint8_t *bytes, size_t octets)
{
    char text[2 * 255 + 1] = "";

    for (size_t i = 0; i < octets && i < 255; i++) snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    return json_string(text);
}

static json_t *value_of(const struct asterix_visit *visit)
{
    const struct asterix_field *f = visit->field;
    char text[ASTERIX_TEXT_SIZE];

    if (!f) return hexadecimal(visit->bytes, visit->octets);
    switch ((enum asterix_coding)f->coding) {
    case ASTERIX_UNSIGNED:
    case ASTERIX_SIGNED: return f->den == 1 ? json_integer(asterix_path_signed(f, visit->raw) * f->num) : json_real(asterix_path_unit(f, visit->raw));
    case ASTERIX_OCTAL:
    case ASTERIX_ICAO:
    case ASTERIX_ASCII: asterix_text_print(f, visit->raw, text, sizeof text); return json_string(text);
    case ASTERIX_RAW:
        if (f->bits <= WIDEST_NUMBER) break;
        snprintf(text, sizeof text, "%0*" PRIx64, (f->bits + 3) / 4, visit->raw);
        return json_string(text);
    case ASTERIX_ENUM:
    case ASTERIX_SPARE:
    case ASTERIX_FX: break;
    }
    return json_integer((json_int_t)visit->raw);
}

static bool hang(void *context, const struct asterix_visit *visit)
{
    json_t *in = context;
    const struct asterix_item *leaf = visit->sub ? visit->sub : visit->item;
    const char *key = leaf->id, *member = visit->field ? visit->field->name : "", *slash = strchr(member, '/');
    char group[16];

    if (visit->sub) in = object_in(in, visit->item->id);
    if (leaf->shape == ASTERIX_REPETITIVE || leaf->shape == ASTERIX_REPETITIVE_FX) {
        if (*member == '\0') {
            json_t *array = json_object_get(in, key);
            if (!array && json_object_set_new(in, key, array = json_array()) < 0) return false;
            return json_array_append_new(array, value_of(visit)) == 0;
        }
        in = element_in(in, key, visit->repetition);
        key = member;
    } else if (*member) {
        in = object_in(in, key);
        key = member;
    }
    if (slash) {
        snprintf(group, sizeof group, "%.*s", (int)(slash - member), member);
        in = object_in(in, group);
        key = slash + 1;
    }
    return json_object_set_new(in, key, value_of(visit)) == 0;
}

json_t *asterix_json_items(const struct asterix_record *record)
{
    json_t *items = json_object();

    if (items && asterix_walk(record, hang, items)) return items;
    json_decref(items);
    return NULL;
}

json_t *asterix_json_record(const struct asterix_record *record, size_t offset)
{
    json_t *items = asterix_json_items(record);

    if (!items) return NULL;
    return json_pack("{s:i,s:s,s:I,s:o}", "cat", (int)record->category->number, "edition", record->category->edition, "offset", (json_int_t)offset, "items",
                     items);
}
