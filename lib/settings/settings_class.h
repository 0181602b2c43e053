/* settings_class: what the operator's rules of identification say (section classes; track/classify.h judges by them). */
#ifndef SETTINGS_SETTINGS_CLASS_H
#define SETTINGS_SETTINGS_CLASS_H

#include <stdint.h>

#define SETTINGS_CLASSES 32

/* Where an item of a list stands in its file, from 1; the first member of each. */
struct settings_place {
    uint32_t line, column;
};

/* From first to last, both included; last 0: any. */
struct settings_span {
    uint32_t first, last;
};

/* A rule of identification: the first whose conditions all hold gives the class. */
struct settings_class {
    struct settings_place place;
    uint8_t class;                        /* as in `choices` of its row: pending, unknown, assumed, friendly, neutral, suspect, hostile */
    uint8_t plan;                         /* any, with, without */
    uint8_t transponder;                  /* any, answers, silent, never */
    char flight_type[2];                  /* "": any */
    char callsign[9];                     /* what it begins with; "": any */
    struct settings_span codes, addresses;
    double age_below_s;                   /* 0: any */
};

#endif
