/* geodesic: PROJ's geodesic.h (Karney 2013) behind our units. */
#include "geo/geodesic.h"

#include "base/unit.h"
#include <geodesic.h>
#include <stddef.h>

double geodesic_inverse(struct geodetic from, struct geodetic to, double *azimuth_from_rad, double *azimuth_to_rad)
{
    struct geod_geodesic earth;
    double distance_m = 0, azimuth_from_deg = 0, azimuth_to_deg = 0;
    geod_init(&earth, FRAME_A, FRAME_F);
    geod_inverse(&earth, from.lat_rad / UNIT_DEG, from.lon_rad / UNIT_DEG, to.lat_rad / UNIT_DEG, to.lon_rad / UNIT_DEG, &distance_m,
                 &azimuth_from_deg, &azimuth_to_deg);
    if (azimuth_from_rad != NULL)
        *azimuth_from_rad = frame_azimuth(azimuth_from_deg * UNIT_DEG);
    if (azimuth_to_rad != NULL)
        *azimuth_to_rad = frame_azimuth(azimuth_to_deg * UNIT_DEG);
    return distance_m;
}

struct geodetic geodesic_direct(struct geodetic from, double azimuth_rad, double distance_m, double *arrival_azimuth_rad)
{
    struct geod_geodesic earth;
    double lat_deg = 0, lon_deg = 0, azimuth_deg = 0;
    geod_init(&earth, FRAME_A, FRAME_F);
    geod_direct(&earth, from.lat_rad / UNIT_DEG, from.lon_rad / UNIT_DEG, azimuth_rad / UNIT_DEG, distance_m, &lat_deg, &lon_deg, &azimuth_deg);
    if (arrival_azimuth_rad != NULL)
        *arrival_azimuth_rad = frame_azimuth(azimuth_deg * UNIT_DEG);
    return (struct geodetic){lat_deg * UNIT_DEG, frame_angle(lon_deg * UNIT_DEG), from.hae_m};
}
