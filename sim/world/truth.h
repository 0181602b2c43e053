/* truth: what really was, beside what the radars said, as files in a folder.
 *
 *   truth.csv         time_s,target_id,lat,lon,alt_m,vn_mps,ve_mps,vz_mps    every period, of every aircraft in the air
 *   targets.csv       target_id,class,transponder,mode_s,mode_a,callsign,rcs_m2,silenced_s
 *   plots.csv         time_s,sensor_id,sensor_lat,sensor_lon,sensor_alt_m,range_m,azimuth_rad,alt_m,mode_a,mode_s,sigma_r,sigma_az,arrival_s
 *                     in the order of arrival; sensor_id is SAC * 256 + SIC
 *                     times as the radar stamps them, but for the error of a wrong clock (sensors.csv)
 *   plots_truth.csv   target_id of each row of plots.csv, -1 for a false plot and for an aircraft's image
 *   plots_kind.csv    kind,origin_id    of each row of plots.csv: TARGET SPLIT WRONG_CODE GARBLED SWAPPED REFLECTED NOISE GROUND SEA WEATHER
 *                     (sim/world/radar.h), and the aircraft whose echo or reply it is, also where that was reflected
 *   adsb.csv          time_s,sensor_id,target_id,mode_s,lat,lon,alt_m,vn_mps,ve_mps,sigma_m,arrival_s    what stations of ADS-B say
 *   misses.csv        time_s,sensor_id,target_id,cause    looks within range that brought no plot: NEAR HORIZON TERRAIN CONE BLANKED MUTE OUTAGE CHANCE (sim/world/radar.h)
 *   sensors.csv       sensor_id,name,nation,lat,lon,alt_m,scan_s,range_max_m,bias_r_m,bias_az_rad,bias_t_s,clutter_per_scan,clock_error_s
 *   platforms.csv     time_s,sensor_id,lat,lon,alt_m    every period, of every flying radar
 *   outages.csv       sensor_id,from_s,to_s    to_s empty: for good
 * Times are seconds since midnight (UTC) of the scenario's first day, and go on beyond 86400; latitudes and longitudes are degrees. */
#ifndef SIM_WORLD_TRUTH_H
#define SIM_WORLD_TRUTH_H

#include "sim/world/aircraft.h"
#include "sim/world/radar.h"
#include "sim/world/stream.h"
#include <stddef.h>

struct truth;

/* Makes the folder if it is not there, and the files anew. NULL and a line in error when that fails. */
struct truth *truth_new(const char *folder, struct instant start, char *error, size_t error_size);
/* Once each; in any order. */
void truth_put_radar(struct truth *t, const struct radar *r);
/* An aircraft at a time (seconds since the start) at which it flies; of aircraft of one number the first call also describes it. */
void truth_put_aircraft(struct truth *t, double time_s, const struct aircraft *a);
/* A look and what became of it; those that brought a plot, or were out of range, say nothing. */
void truth_put_look(struct truth *t, const struct radar *r, const struct aircraft *a, double time_s, enum radar_outcome outcome);
/* A flying radar: where it is. */
void truth_put_platform(struct truth *t, double time_s, const struct radar *r);
void truth_put_datagram(struct truth *t, const struct radar *r, const struct stream_datagram *d);
/* Closes all files; false and a line in error when something could not be written. */
bool truth_free(struct truth *t, char *error, size_t error_size);

#endif
