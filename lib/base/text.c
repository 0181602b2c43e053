/* text: numbers and fields out of bytes.
 *
 * A decimal of at most 19 digits whose digits fit 2^53 and whose power of ten is at most 22 is exact in one multiplication or division
 * (Clinger, "How to read floating point numbers accurately", PLDI 1990): that is every number a plots file holds. The rest goes to strtod,
 * after its grammar was checked here: no hexadecimal, no "inf", no leading blanks. */
#include "base/text.h"

#include "base/err.h"
#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 400 /* octets of the longest number we read */

static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* What stands in a decimal: sign, digits as an integer (19 at most), power of ten. */
struct decimal {
    bool negative;
    bool whole; /* all digits are in `mantissa` */
    uint64_t mantissa;
    int exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits from *i on into d; those behind the point lower the exponent. Returns how many there were. */
static size_t take_digits(struct text t, size_t *i, struct decimal *d, int step)
{
    size_t start = *i;
    for (; *i < t.size && is_digit(t.at[*i]); (*i)++) {
        if (d->mantissa > (UINT64_MAX - 9) / 10) {
            d->whole = false;
            continue;
        }
        d->mantissa = d->mantissa * 10 + (uint64_t)(t.at[*i] - '0');
        d->exponent -= step;
    }
    return *i - start;
}

static int take_exponent(struct text t, size_t *i, struct decimal *d)
{
    bool negative = *i < t.size && t.at[*i] == '-';
    if (*i < t.size && (t.at[*i] == '-' || t.at[*i] == '+'))
        (*i)++;
    if (*i >= t.size)
        return ERR_FORMAT;
    int e = 0;
    for (; *i < t.size && is_digit(t.at[*i]); (*i)++)
        e = e < 100000 ? e * 10 + (t.at[*i] - '0') : e;
    d->exponent += negative ? -e : e;
    return is_digit(t.at[*i - 1]) ? 0 : ERR_FORMAT;
}

static int scan_decimal(struct text t, struct decimal *d)
{
    *d = (struct decimal){.whole = true};
    size_t i = 0;
    if (i < t.size && (t.at[i] == '-' || t.at[i] == '+'))
        d->negative = t.at[i++] == '-';
    size_t count = take_digits(t, &i, d, 0);
    if (i < t.size && t.at[i] == '.') {
        i++;
        count += take_digits(t, &i, d, 1);
    }
    if (count == 0)
        return ERR_FORMAT;
    if (i < t.size && (t.at[i] == 'e' || t.at[i] == 'E')) {
        i++;
        if (take_exponent(t, &i, d))
            return ERR_FORMAT;
    }
    return i == t.size ? 0 : ERR_FORMAT;
}

int text_double(struct text t, double *out)
{
    struct decimal d;
    if (scan_decimal(t, &d))
        return ERR_FORMAT;
    if (d.whole && d.mantissa <= UINT64_C(1) << 53 && abs(d.exponent) <= 22) {
        double m = (double)d.mantissa;
        double value = d.exponent < 0 ? m / powers[-d.exponent] : m * powers[d.exponent];
        *out = d.negative ? -value : value;
        return 0;
    }
    char copy[NUMBER_MAX + 1];
    if (t.size > NUMBER_MAX)
        return ERR_RANGE;
    memcpy(copy, t.at, t.size);
    copy[t.size] = '\0';
    double value = strtod(copy, NULL);
    if (isinf(value))
        return ERR_RANGE;
    *out = value;
    return 0;
}

static int digit_value(char c)
{
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 16;
}

int text_int(struct text t, int base, int64_t *out)
{
    assert(base >= 2 && base <= 16);
    size_t i = 0;
    bool negative = t.size > 0 && t.at[0] == '-';
    if (t.size > 0 && (t.at[0] == '-' || t.at[0] == '+'))
        i++;
    if (i == t.size)
        return ERR_FORMAT;
    int64_t value = 0; /* counted downwards: INT64_MIN has no positive twin */
    bool overflow = false;
    for (; i < t.size; i++) {
        int digit = digit_value(t.at[i]);
        if (digit >= base)
            return ERR_FORMAT;
        overflow = overflow || __builtin_mul_overflow(value, (int64_t)base, &value) || __builtin_sub_overflow(value, (int64_t)digit, &value);
    }
    if (overflow || (!negative && value == INT64_MIN))
        return ERR_RANGE;
    *out = negative ? value : -value;
    return 0;
}

bool text_field(struct text *rest, char sep, struct text *field)
{
    if (rest->at == NULL)
        return false;
    const char *end = rest->size > 0 ? memchr(rest->at, sep, rest->size) : NULL;
    if (end == NULL) {
        *field = *rest;
        *rest = (struct text){NULL, 0};
        return true;
    }
    size_t size = (size_t)(end - rest->at);
    *field = (struct text){rest->at, size};
    *rest = (struct text){end + 1, rest->size - size - 1};
    return true;
}

bool text_line(struct text *rest, struct text *line)
{
    if (rest->size == 0 || !text_field(rest, '\n', line))
        return false;
    if (line->size > 0 && line->at[line->size - 1] == '\r')
        line->size--;
    return true;
}

bool text_equal(struct text t, const char *literal)
{
    return strlen(literal) == t.size && (t.size == 0 || memcmp(t.at, literal, t.size) == 0);
}

struct text_out text_out_init(char *buffer, size_t size)
{
    assert(size > 0);
    buffer[0] = '\0';
    return (struct text_out){.at = buffer, .size = size};
}

void text_put(struct text_out *o, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int wanted = vsnprintf(o->at + o->used, o->size - o->used, format, args);
    va_end(args);
    assert(wanted >= 0);
    if ((size_t)wanted >= o->size - o->used) {
        o->cut = 1;
        o->used = o->size - 1;
        return;
    }
    o->used += (size_t)wanted;
}
