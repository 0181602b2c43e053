/* oldi: messages of the on-line data interchange between centres, as ADEXP text (wire/adexp.h), to be carried by FMTP (wire/fmtp.h).
 *
 * Followed: EUROCONTROL-SPEC-0106 (OLDI), edition 4.2, in the ADEXP form of edition 3.3 of SPEC-107, as shown by published examples. Which fields a message has
 * are rows of oldi.c; what stands there as unverified was not read in the specification. A boundary point without a name is given as GEO01
 * with its coordinates, as ADEXP does. In OLDI, unlike in the NAM ICD, "RTI" does not mean radar transfer: the mapping is in doc/handoff.md. */
#ifndef WIRE_OLDI_H
#define WIRE_OLDI_H

#include "base/text.h"
#include <stdbool.h>
#include <stdint.h>

/* X(name, text) */
#define OLDI_TITLES_LIST(X)                                                          \
    X(ABI, "advance boundary information: it will come")                              \
    X(ACT, "activate: it comes; coordination")                                        \
    X(LAM, "logical acknowledgement: received, processed, presented")                  \
    X(TIM, "transfer initiation: data for the transfer of control")                   \
    X(HOP, "hand-over proposal: take it")                                             \
    X(ROF, "request on frequency: send it to me")                                     \
    X(COF, "change of frequency: it has been told to call you")                       \
    X(MAS, "manual assumption of communications: it is mine")                         \
    X(MAC, "abrogation of coordination: it will not come")
enum oldi_title {
#define X(name, text) OLDI_##name,
    OLDI_TITLES_LIST(X)
#undef X
        OLDI_TITLES
};

#define OLDI_TEXT 512 /* octets of a message at most, NUL included */
#define OLDI_NO_LEVEL (-1000)

struct oldi_reference {
    char sender[9], receiver[9];
    uint16_t sequence; /* 0 .. 999 */
};

struct oldi {
    uint8_t title;                  /* enum oldi_title */
    struct oldi_reference reference, about; /* about: LAM */
    char callsign[8];
    bool has_code;
    uint16_t code;                  /* Mode 3/A */
    char departure[5], destination[5], type[5]; /* "" not said */
    char point[9];                  /* where the boundary is crossed; "" not said; "GEO01": at lat, lon */
    double lat_rad, lon_rad;        /* to a second of arc */
    int16_t minute;                 /* of the day, over the point; -1 not said */
    int16_t transfer_level_fl, cleared_level_fl; /* OLDI_NO_LEVEL: not said */
    char frequency[9];              /* "132.450"; "" not said */
};

/* Octets written (NUL-ended); ERR_MISSING (a field that the title needs), ERR_FORMAT (a value out of its form), ERR_FULL. */
int oldi_encode(const struct oldi *m, char *out, size_t room);
/* 0, or what adexp_parse says, or ERR_UNKNOWN (title), ERR_MISSING: *offset and *expected (static) say where and what. */
int oldi_decode(struct text message, struct oldi *out, size_t *offset, const char **expected);
const char *oldi_title_name(unsigned title); /* "ACT" */

#endif
