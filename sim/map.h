/* map: coverage as files for geographic programs.
 *
 * One feature for each kind, layer and number of sensors (0: unseen; 1, 2, 3: at least so many): the outline of its cells in longitude and latitude,
 * wound as RFC 7946 asks and cut at the antimeridian and the meridian of Greenwich along the sides of cells, whose corners are moved onto it.
 * GeoPackage and KML are made of it by GDAL's ogr2ogr; the raster (number of sensors, a band for each kind and layer, on the equal-area grid) by
 * gdal_translate. */
#ifndef SIM_MAP_H
#define SIM_MAP_H

#include "sim/study.h"

/* False after a line on standard error. */
bool map_geojson(const struct study *s, const char *path);
/* One feature for each kind, layer and change: what the volume does not see and than_count does ("gained"), and the other way round ("lost"). */
bool map_delta(const struct study *s, uint8_t *const than_count[SIGHT_KINDS], const char *path);
bool map_converted(const struct study *s, const char *format, const char *path); /* "GPKG", "KML" */
bool map_raster(const struct study *s, const char *path);

#endif
