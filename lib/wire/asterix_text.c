/* asterix_text: see its header. A label list is read only to print, so it stays the one string that the table shows. */
#include "wire/asterix_text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Bits of one character of a coding. */
static unsigned character_bits(unsigned coding)
{
    return coding == ASTERIX_OCTAL ? 3 : coding == ASTERIX_ICAO ? 6 : 8;
}

static char character(unsigned coding, unsigned code)
{
    static const char icao[] = "?ABCDEFGHIJKLMNOPQRSTUVWXYZ????? ???????????????0123456789??????";

    if (coding == ASTERIX_OCTAL) return (char)('0' + code);
    if (coding == ASTERIX_ICAO) return icao[code];
    if (code == 0) return ' ';
    return code >= ' ' && code <= '~' ? (char)code : '?';
}

/* Code of a character, or -1. */
static int code_of(unsigned coding, char c)
{
    if (coding == ASTERIX_OCTAL) return c >= '0' && c <= '7' ? c - '0' : -1;
    if (coding == ASTERIX_ASCII) return c >= ' ' && c <= '~' ? c : -1;
    if (c >= 'A' && c <= 'Z') return c - 'A' + 1;
    return c == ' ' || (c >= '0' && c <= '9') ? c : -1;
}

static bool is_text(unsigned coding)
{
    return coding == ASTERIX_OCTAL || coding == ASTERIX_ICAO || coding == ASTERIX_ASCII;
}

size_t asterix_text_print(const struct asterix_field *field, uint64_t raw, char *text, size_t size)
{
    char all[ASTERIX_TEXT_SIZE];
    unsigned step = character_bits(field->coding), n = 0;

    if (is_text(field->coding)) {
        for (unsigned left = field->bits; left >= step; n++) {
            left -= step;
            all[n] = character(field->coding, (unsigned)(raw >> left) & ((1u << step) - 1));
        }
        while (n > 0 && all[n - 1] == ' ') n--;
    } else {
        n = (unsigned)snprintf(all, sizeof all, "%" PRIu64, raw);
    }
    if (size == 0) return 0;
    if (n >= size) n = (unsigned)size - 1;
    memcpy(text, all, n);
    text[n] = '\0';
    return n;
}

int asterix_text_parse(const struct asterix_field *field, const char *text, uint64_t *raw)
{
    unsigned step = character_bits(field->coding), places = field->bits / step;
    size_t n = strlen(text);
    uint64_t v = 0;

    if (!is_text(field->coding) || n > places || (field->coding == ASTERIX_OCTAL && n != places)) return ASTERIX_RANGE;
    for (unsigned i = 0; i < places; i++) {
        int code = code_of(field->coding, i < n ? text[i] : ' ');
        if (code < 0) return ASTERIX_RANGE;
        v = v << step | (unsigned)code;
    }
    *raw = v;
    return ASTERIX_OK;
}

size_t asterix_text_label(const struct asterix_field *field, uint64_t raw, char *text, size_t size)
{
    const char *at = field->labels;
    uint64_t value = 0;

    if (size > 0) *text = '\0';
    while (at && *at) {
        size_t n = strcspn(at, "|"), digits = strspn(at, "0123456789");
        if (digits > 0 && at[digits] == '=') {
            value = 0;
            for (size_t i = 0; i < digits; i++) value = value * 10 + (uint64_t)(at[i] - '0');
            at += digits + 1;
            n -= digits + 1;
        }
        if (value == raw) return (size_t)snprintf(text, size, "%.*s", (int)n, at) > 0 ? n : 0;
        value++;
        at += n + (at[n] == '|');
    }
    return 0;
}
