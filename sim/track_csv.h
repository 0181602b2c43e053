/* track_csv: the picture's confirmed tracks as rows of text, one per track at every grid instant:
 *
 *   time_s,track_id,lat,lon,alt_m,vn_mps,ve_mps,mode_s,mode_a,callsign
 *
 * Degrees, metres, metres per second; mode_s hexadecimal, mode_a octal; what is not known is empty. alt_m is the height when it is estimated, else the
 * pressure altitude. */
#ifndef SIM_TRACK_CSV_H
#define SIM_TRACK_CSV_H

#include "picture/picture.h"
#include "picture/release.h"
#include <stdio.h>

/* What stands in the column alt_m; NaN: nothing. */
double track_csv_alt_m(const struct track *k);

void track_csv_header(FILE *out);
/* Every track that the viewer may see, predicted to t. time_s is t - midnight. */
void track_csv_put(FILE *out, const struct picture *p, const struct release *r, struct release_nation viewer, struct instant t, struct instant midnight);

#endif
