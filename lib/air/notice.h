/* notice: what the library has to say to people; it never logs. One row per kind; the shell turns notices into log lines and counters,
 * rate-limited per source and kind; tests assert on them. */
#ifndef AIR_NOTICE_H
#define AIR_NOTICE_H

#include "base/instant.h"
#include <stdint.h>

/* X(name, severity, text): severity 0 info, 1 warning, 2 error; text is for people, the two numbers a and b are printed behind it. */
#define NOTICE_LIST(X)                                                                                   \
    X(RECORD_BAD, 1, "record refused (offset, fault)")                                                   \
    X(BLOCK_BAD, 1, "block refused (offset, fault)")                                                     \
    X(LINE_BAD, 1, "line refused (line, column)")                                                       \
    X(HEADER_BAD, 2, "CSV header refused: needs time_s, sensor_id, range_m, azimuth_rad, each column once (line, column)") \
    X(TRAILER, 0, "octets behind the last block (count, first category octet)")                          \
    X(SOURCE_UNKNOWN, 1, "source is not in the sensor table (SAC, SIC)")                                 \
    X(SOURCE_REFUSED, 1, "source came by a feed it is not bound to (SAC, SIC)")                          \
    X(PLOT_REFUSED, 1, "plot with impossible values (error, kind)")                                      \
    X(CLOCK_WRONG, 1, "sensor clock is wrong, corrected (offset s, spread s)")                           \
    X(CLOCK_RIGHT, 0, "sensor clock is right again (offset s, spread s)")                                \
    X(TIME_INVALID, 1, "sensor says its own time source is invalid (flag, 0)")                           \
    X(LATE, 1, "plot too late for its track, dropped (age s, 0)")                                        \
    X(SENSOR_SILENT, 1, "sensor fell silent (silence s, period s)")                                      \
    X(SENSOR_ALIVE, 0, "sensor is alive (period s, 0)")                                                  \
    X(SENSOR_ADDED, 0, "sensor announced by its feed (SAC, SIC)")                                        \
    X(PERIOD_CHANGED, 0, "antenna period differs from the site's (measured s, nominal s)")               \
    X(TRACKS_FULL, 2, "no room for another track; the least certain one was dropped (capacity, number)") \
    X(PLOTS_FULL, 2, "no room to hold another plot; the oldest was used at once (capacity, 0)")          \
    X(PLAN_REFUSED, 1, "flight plan with impossible values (number, 0)")                                 \
    X(PLANS_FULL, 2, "no room for another flight plan; one gave way (plans, number)")                    \
    X(TRANSPONDER_SILENT, 1, "transponder fell silent in flight (track, last reply s ago)")              \
    X(TRANSPONDER_BACK, 0, "transponder answers again (track, silence s)")                               \
    X(DUPLICATE_ADDRESS, 1, "one Mode S address in two places (address, distance m)")                    \
    X(ADSB_CONTRADICTED, 1, "ADS-B position is not where radar sees the aircraft (address, track)")      \
    X(ADSB_UNSEEN, 1, "ADS-B aircraft that radar should see and does not (address, track)")

enum notice_kind {
#define X(name, severity, text) NOTICE_##name,
    NOTICE_LIST(X)
#undef X
        NOTICE_KINDS
};

struct notice {
    struct instant time;
    uint16_t source; /* SAC << 8 | SIC, 0 none */
    uint16_t kind;   /* enum notice_kind */
    double a, b;     /* as the row's text says */
};

struct notice_sink {
    void (*notice)(void *context, const struct notice *n);
    void *context;
};

const char *notice_name(unsigned kind);  /* "CLOCK_WRONG" */
const char *notice_text(unsigned kind);
int notice_severity(unsigned kind);

#endif
