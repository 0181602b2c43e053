/* adexp: flight data messages as text of hyphenated fields: "-TITLE LAM -REFDATA -SENDER -FAC MMFR ...".
 *
 * Followed: ATS Data Exchange Presentation (ADEXP), EUROCONTROL-SPEC-107, edition 3.3, as far as messages of the on-line data interchange (OLDI,
 * SPEC-106) use it. The fields, their forms and what lies in what are rows of adexp.c; those marked "unverified" there are written from use, not
 * from the text of the standard. Grammar: a message is a sequence of fields; a field is a hyphen, a keyword, and a value (basic) or fields (compound);
 * "-BEGIN keyword" ... "-END keyword" encloses a list. Hyphens do not occur in values, so that fields that are not known can be passed over: they are kept as
 * they stand, and counted. Spaces and line ends separate alike; letters are upper case. */
#ifndef WIRE_ADEXP_H
#define WIRE_ADEXP_H

#include "base/text.h"
#include <stdint.h>

#define ADEXP_FIELDS 96
#define ADEXP_DEPTH 6

struct adexp_field {
    struct text keyword, value; /* lent from the text; value empty for compounds and lists */
    int16_t row;                /* of the table of fields, -1: not known */
    uint8_t depth;              /* 0: of the message itself */
};

struct adexp {
    uint16_t fields, unknown;
    struct adexp_field field[ADEXP_FIELDS]; /* in the order of the text, a compound before its parts */
};

/* 0; or ERR_FORMAT (no field, a value out of its form, a keyword that does not belong there), ERR_MISSING (no title first), ERR_FULL, ERR_TRUNCATED (a list
 * without end): *offset and *expected (static) say where and what. */
int adexp_parse(struct text message, struct adexp *out, size_t *offset, const char **expected);

/* The value of the field of that name directly within field `in` (-1: of the message); its index, or -1. */
int adexp_find(const struct adexp *m, int in, const char *keyword);
/* Along a path as "REFDATA SENDER FAC"; {NULL, 0} where it is not there. */
struct text adexp_value(const struct adexp *m, const char *path);

/* ---- writing ---- */

/* One more field, checked against its row: 0, or ERR_UNKNOWN (keyword), ERR_FORMAT (the value's form), ERR_FULL. A compound has value "" and is followed by its
 * parts, whose belonging is not checked here: parse what was written to be sure. */
int adexp_put(struct text_out *out, const char *keyword, const char *value);

/* Whether a text is of a form: a letter, d digit, o octal digit, x letter or digit, t any character of values; {n} or {m,n} repeats; others stand for
 * themselves; | parts alternatives. */
int adexp_is(struct text t, const char *form);

#endif
