/* text: numbers and fields out of text, and text into a bounded buffer; no locale, no allocation. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of somebody's bytes (lent), not ended by NUL. */
struct text {
    const char *at;
    size_t size;
};

/* Whole piece as a number: 0, or ERR_FORMAT (empty, other characters behind it) or ERR_RANGE. Decimal point only; base 2..16. */
int text_double(struct text t, double *out);
int text_int(struct text t, int base, int64_t *out);

/* Next field of *rest up to sep (taken off *rest together with sep); false when *rest is used up, which a NULL `at` says: so "a," has
 * two fields, the second empty. No quoting. */
bool text_field(struct text *rest, char sep, struct text *field);
/* Next line without its "\n" or "\r\n"; false when no octet is left: "a\n" has one line. */
bool text_line(struct text *rest, struct text *line);
bool text_equal(struct text t, const char *literal);

/* A writer into a fixed buffer: always NUL-ended; what does not fit is cut and `cut` says so. */
struct text_out {
    char *at;
    size_t size, used;
    int cut;
};
struct text_out text_out_init(char *buffer, size_t size);
void text_put(struct text_out *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
