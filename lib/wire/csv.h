/* csv: lines of plain plots, for people who feed synthetic streams without an encoder.
 *
 * The first line names the columns, in any order; a line that begins with a letter names them anew. Known: time_s, sensor_id (1..65535),
 * sensor_lat, sensor_lon (degrees), sensor_alt_m, range_m (slant), azimuth_rad, alt_m (pressure altitude), mode_a (octal), mode_s (hexadecimal),
 * sigma_r, sigma_az, arrival_s. Needed: time_s, sensor_id, range_m, azimuth_rad. Other columns are passed over. Empty fields are absent.
 * time_s and arrival_s are seconds since the midnight of the feed's date and may go beyond 86400. */
#ifndef WIRE_CSV_H
#define WIRE_CSV_H

#include "base/text.h"
#include <stdint.h>

/* X(name, needed) */
#define CSV_COLUMNS(X)                                                                                                                   \
    X(time_s, 1) X(sensor_id, 1) X(sensor_lat, 0) X(sensor_lon, 0) X(sensor_alt_m, 0) X(range_m, 1) X(azimuth_rad, 1) X(alt_m, 0) X(mode_a, 0) \
    X(mode_s, 0) X(sigma_r, 0) X(sigma_az, 0) X(arrival_s, 0)
enum csv_column {
#define X(name, needed) CSV_##name,
    CSV_COLUMNS(X)
#undef X
    CSV_KNOWN
};

#define CSV_FIELDS 32 /* most columns of a line */

/* Which column is what: from the header. Plain. */
struct csv {
    uint8_t fields; /* 0: no header yet */
    uint8_t known[CSV_FIELDS]; /* enum csv_column, CSV_KNOWN: passed over */
};

struct csv_row {
    uint32_t has; /* 1 << enum csv_column */
    double value[CSV_KNOWN]; /* mode_a and mode_s are whole numbers */
};

/* Is this line a header: does it begin with a letter? Takes off the mark of UTF-8 with which spreadsheets begin a file. */
bool csv_is_header(struct text *line);
/* Each 0, or ERR_FORMAT, ERR_RANGE, ERR_MISSING and *column: where in the line (octets from 1) the fault is. */
int csv_header(struct csv *c, struct text line, unsigned *column);
int csv_line(const struct csv *c, struct text line, struct csv_row *row, unsigned *column);

#endif
