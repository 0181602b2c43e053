/* err: the codes that say what was wrong with data from outside.
 *
 * A function that can refuse its input returns ERR_NONE (0) or a count, or one of these negative codes. They are for *their* data; our own
 * mistakes are assertions. Counters and notices are kept per code, so a code names a kind of mistake, not a place.
 * One row is one code: X(code, name, text). New rows go to the end, because counters and tapes keep the numbers. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#define ERR_LIST(X)                                                         \
    X(TRUNCATED, "truncated", "ends before the item that it announces")     \
    X(LENGTH, "length", "length field disagrees with the content")          \
    X(RANGE, "range", "value outside what its definition allows")           \
    X(FORMAT, "format", "not in the form that is expected")                 \
    X(UNKNOWN, "unknown", "names something that is not known here")         \
    X(MISSING, "missing", "lacks something mandatory")                      \
    X(DUPLICATE, "duplicate", "says the same thing twice")                  \
    X(CHECKSUM, "checksum", "checksum does not match")                      \
    X(FULL, "full", "no room left")                                         \
    X(STATE, "state", "not allowed in this state")                          \
    X(LATE, "late", "comes too late to be used")                            \
    X(FUTURE, "future", "comes from the future")                            \
    X(VERSION, "version", "of a version or edition that is not supported")  \
    X(DENIED, "denied", "not permitted")                                    \
    X(NUMERIC, "numeric", "calculation did not converge or is not defined") \
    X(MEMORY, "memory", "memory could not be allocated")

#define ERR_ORDINAL(code, name, text) ERR_ORDINAL_##code,
enum err_ordinal { ERR_ORDINAL_NONE, ERR_LIST(ERR_ORDINAL) ERR_COUNT };
#undef ERR_ORDINAL

#define ERR_CODE(code, name, text) ERR_##code = -(int)ERR_ORDINAL_##code,
enum err { ERR_NONE = 0, ERR_LIST(ERR_CODE) };
#undef ERR_CODE

/* The name of a code in lower case, as counters and log lines carry it ("truncated"); "none" for 0 and above, "unlisted" for what is no code. */
const char *err_name(int code);

/* What the code means, in words that complete the sentence "The record …". */
const char *err_text(int code);

/* Index of a code's counter: 0 for ERR_NONE and above, then 1, 2, … < ERR_COUNT in the order of the list. `code` must be a code. */
int err_index(int code);

#endif
