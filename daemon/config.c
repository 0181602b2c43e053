/* Reading settings from disk: the only place that knows that sensor files lie beside the settings file. */
#include "daemon/config.h"

#include "daemon/policy.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define TEXT_START ((size_t)256 * 1024)
#define TEXT_MAX ((size_t)64 * 1024 * 1024)

/* The whole file, NUL-ended; NULL with a line in *errors. */
static char *read_file(const char *path, size_t *size, struct text_out *errors)
{
    FILE *f = fopen(path, "rb");
    char *bytes = NULL;
    size_t room = 0, n = 1;

    if (!f) {
        text_put(errors, "%s: expected a file that opens, found: %s\n", path, strerror(errno));
        return NULL;
    }
    for (*size = 0; n > 0 && room < TEXT_MAX; *size += n) {
        if (room - *size < 65536) {
            char *more = realloc(bytes, room = room * 2 + 131072);

            if (!more) {
                break;
            }
            bytes = more;
        }
        n = fread(bytes + *size, 1, room - *size - 1, f);
    }
    if (ferror(f) || n != 0) {
        text_put(errors, "%s: expected a file that can be read, found: %s\n", path, ferror(f) ? strerror(errno) : "more than 64 MiB");
        free(bytes);
        bytes = NULL;
    } else {
        bytes[*size] = '\0';
    }
    fclose(f);
    return bytes;
}

static char *print(const struct settings *s)
{
    for (size_t room = TEXT_START; room <= TEXT_MAX; room *= 2) {
        char *text = malloc(room);
        if (!text) {
            return NULL;
        }
        struct text_out out = text_out_init(text, room);
        settings_print(s, &out);
        if (!out.cut) {
            return text;
        }
        free(text);
    }
    return NULL;
}

bool config_parse(struct config *c, const char *name, const char *text, size_t size, struct text_out *errors)
{
    *c = (struct config){.settings = settings_new(), .text = malloc(size + 1)};
    if (!c->settings || !c->text) {
        text_put(errors, "%s: expected memory for the settings, found none\n", name);
        config_close(c);
        return false;
    }
    memcpy(c->text, text, size);
    c->text[size] = '\0';
    if (settings_parse(c->settings, name, (struct text){text, size}, errors) != 0) {
        config_close(c);
        return false;
    }
    return true;
}

static unsigned read_site_file(struct settings *s, const char *path, struct text_out *errors)
{
    size_t size;
    char *bytes = read_file(path, &size, errors);
    unsigned wrong = bytes ? settings_parse_sites(s, path, (struct text){bytes, size}, errors) : 1;

    free(bytes);
    return wrong;
}

/* The sites of the files that the settings name, each beside the settings file. */
static unsigned read_sites(struct settings *s, const char *path, struct text_out *errors)
{
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash - path) + 1 : 0;
    unsigned wrong = 0;

    for (uint32_t i = 0; i < s->sensors.files.count; i++) {
        const char *name = s->sensors.files.name[i];
        char full[2 * SETTINGS_PATH + 8];

        snprintf(full, sizeof full, "%.*s%s", name[0] == '/' ? 0 : folder, path, name);
        wrong += read_site_file(s, full, errors);
    }
    for (uint32_t i = 0; i < s->handoff.centres.count; i++) { /* from here on as they are found */
        char *name = s->handoff.centres.name[i], full[2 * SETTINGS_PATH + 8];

        if (snprintf(full, sizeof full, "%.*s%s", name[0] == '/' ? 0 : folder, path, name) >= SETTINGS_PATH) {
            text_put(errors, "%s: handoff.centres: expected a path of at most %d characters, found \"%s\"\n", path, SETTINGS_PATH - 1, full);
            wrong++;
        } else {
            memcpy(name, full, strlen(full) + 1);
        }
    }
    wrong = wrong ? wrong : settings_check(s, path, errors);
    return wrong + !policy_check(s, path, errors);
}

/* What is used is the parse of the print. */
bool config_adopt(struct config *c, const char *name, const struct settings *s, struct text_out *errors)
{
    char *text = print(s);
    bool good = text && config_parse(c, name, text, strlen(text), errors);

    free(text);
    return good;
}

bool config_open(struct config *c, const char *path, struct text_out *errors)
{
    struct settings *s = settings_new();
    size_t size;
    char *bytes = read_file(path, &size, errors);
    bool good;

    *c = (struct config){0};
    good = s && bytes && settings_parse(s, path, (struct text){bytes, size}, errors) == 0 && read_sites(s, path, errors) == 0 &&
           config_adopt(c, path, s, errors);

    free(bytes);
    settings_free(s);
    return good;
}

void config_close(struct config *c)
{
    settings_free(c->settings);
    free(c->text);
    *c = (struct config){0};
}
