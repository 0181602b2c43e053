/* error: see the header. Offsets are taken on the sphere of score/match.h, in the local north and east at the aircraft. */
#include "score/error.h"

#include <math.h>
#include <string.h>

void error_init(struct error *e, double gate_m)
{
    memset(e, 0, sizeof *e);
    e->gate_m = gate_m;
}

static void input_motion(struct error *e, const struct match_state *truth, const struct match_state *track)
{
    double north_m = (track->lat_rad - truth->lat_rad) * MATCH_RADIUS_M;
    double east_m = (track->lon_rad - truth->lon_rad) * MATCH_RADIUS_M * cos(truth->lat_rad);
    double speed = hypot(truth->north_mps, truth->east_mps) + 1e-9; /* of one that stands still both parts are 0 */
    double along_m = (north_m * truth->north_mps + east_m * truth->east_mps) / speed;
    double across_m = (east_m * truth->north_mps - north_m * truth->east_mps) / speed;
    e->along_m2 += along_m * along_m;
    e->across_m2 += across_m * across_m;
    e->motions++;
}

static void input_velocity(struct error *e, const struct match_state *truth, const struct match_state *track)
{
    double error = hypot(track->north_mps - truth->north_mps, track->east_mps - truth->east_mps);
    double faster = hypot(track->north_mps, track->east_mps) - hypot(truth->north_mps, truth->east_mps);
    double turned = atan2(track->east_mps * truth->north_mps - track->north_mps * truth->east_mps,
                          track->north_mps * truth->north_mps + track->east_mps * truth->east_mps);
    e->velocity_mps += error;
    e->velocity_m2_s2 += error * error;
    e->speed_m2_s2 += faster * faster;
    e->heading_rad2 += turned * turned;
    e->velocities++;
}

void error_input(struct error *e, const struct match_state *truth, const struct match_state *track, double distance_m)
{
    double bin = floor(distance_m / e->gate_m * ERROR_BINS);
    e->bin[bin >= ERROR_BINS ? ERROR_BINS - 1 : (uint32_t)bin]++;
    e->count++;
    e->sum_m += distance_m;
    e->sum_m2 += distance_m * distance_m;
    e->large += distance_m > ERROR_LARGE_M;
    e->gross += distance_m > ERROR_GROSS_M;
    if (!isnan(truth->north_mps) && !isnan(truth->east_mps)) {
        input_motion(e, truth, track);
        if (!isnan(track->north_mps) && !isnan(track->east_mps))
            input_velocity(e, truth, track);
    }
    double height_m = fabs(track->alt_m - truth->alt_m);
    if (isfinite(height_m)) {
        e->height_m += height_m;
        e->heights_wrong += height_m > ERROR_LEVEL_M;
        e->heights++;
    }
}

/* The error of a rank (0 first): its place within its bin as if the bin's errors were evenly spread. */
static double error_at(const struct error *e, uint64_t rank)
{
    double width_m = e->gate_m / ERROR_BINS;
    uint64_t before = 0;
    for (uint32_t b = 0; b < ERROR_BINS; b++) {
        if (rank < before + e->bin[b])
            return width_m * (b + ((double)(rank - before) + 0.5) / e->bin[b]);
        before += e->bin[b];
    }
    return (double)NAN;
}

double error_percentile_m(const struct error *e, double share)
{
    if (e->count == 0)
        return (double)NAN;
    double rank = share * (double)(e->count - 1);
    uint64_t below = (uint64_t)rank, above = below + 1 < e->count ? below + 1 : below;
    double a = error_at(e, below), b = error_at(e, above);
    return a + (rank - (double)below) * (b - a);
}

double error_mean(double sum, uint64_t count)
{
    return count ? sum / (double)count : (double)NAN;
}

double error_rms(double sum_of_squares, uint64_t count)
{
    return sqrt(error_mean(sum_of_squares, count));
}
