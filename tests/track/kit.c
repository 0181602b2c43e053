#include "kit.h"

#include "base/unit.h"

struct site kit_site(uint16_t source, double lat_rad, double lon_rad)
{
    struct site s = site_usual(SITE_MODE_S_COMBINED, 12.0);
    s.source = source;
    site_place(&s, (struct geodetic){lat_rad, lon_rad, 200.0});
    return s;
}

struct instant kit_at(double s)
{
    return instant_from_s(1700000000.0 + s);
}

struct geodetic kit_place(double east_m, double north_m, double height_m)
{
    struct frame f = frame_at((struct geodetic){40.0 * UNIT_DEG, -90.0 * UNIT_DEG, 0.0});
    struct geodetic g = frame_geodetic(frame_from_enu(&f, frame_on_height(&f, east_m, north_m, height_m)));
    g.hae_m = height_m;
    return g;
}

struct filter_plot kit_plot(const struct site *site, double time_s, struct geodetic target, bool level)
{
    struct slant_look look = slant_look(site, frame_to_enu(&site->frame, frame_ecef(target)));
    struct filter_plot p = {.site = site, .sensor = (uint16_t)(site->source - 1)};
    p.plot = (struct plot){.time = kit_at(time_s), .arrival = kit_at(time_s), .source = site->source};
    p.plot.kind = level ? PLOT_POLAR_LEVEL : PLOT_POLAR;
    p.plot.flags = level ? PLOT_SECONDARY : PLOT_PRIMARY;
    p.plot.polar = (struct plot_polar){.range_m = look.range_m, .azimuth_rad = look.azimuth_rad};
    if (level)
        p.plot.level = (struct level){.pressure_m = target.hae_m, .flags = LEVEL_PRESSURE};
    site_fill(site, &p.plot);
    filter_prepare(&p);
    return p;
}
