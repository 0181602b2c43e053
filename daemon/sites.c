/* The words of settings and the kinds of sensor/site.h have the same order. */
#include "daemon/sites.h"

#include <stdio.h>
#include <string.h>

_Static_assert((int)SITE_PSR == (int)SETTINGS_PSR && (int)SITE_TRACKER == (int)SETTINGS_TRACKER, "kinds of sites are in one order");

static void set_where_given(double *member, double value)
{
    if (value > 0) {
        *member = value;
    }
}

static void channel(struct site_channel *c, const struct settings_site *s)
{
    set_where_given(&c->sigma_range_m, s->sigma_range_m);
    set_where_given(&c->sigma_azimuth_rad, s->sigma_azimuth_rad);
}

/* What the settings say of range and detection is meant of the replies where there are any; echoes do not carry farther. */
static void reach(struct site *site, const struct settings_site *s)
{
    struct site_channel *first = site->flags & SITE_SECONDARY ? &site->secondary : &site->primary;

    set_where_given(&first->range_max_m, s->range_max_m);
    set_where_given(&first->detection, s->detection);
    if (s->range_max_m > 0 && s->range_max_m < site->primary.range_max_m) {
        site->primary.range_max_m = s->range_max_m;
    }
}

struct site sites_from_settings(const struct settings_site *s)
{
    struct site site = site_usual((enum site_kind)s->kind, s->period_s);

    site.source = site_source(s->sac, s->sic);
    snprintf(site.name, sizeof site.name, "%s", s->name);
    memcpy(site.nation, s->nation, sizeof site.nation);
    set_where_given(&site.period_s, s->period_s);
    if (site.flags & SITE_SECONDARY) {
        channel(&site.secondary, s);
    }
    if (site.flags & SITE_PRIMARY) {
        channel(&site.primary, s);
    }
    reach(&site, s);
    site.bias.range_m = s->bias_range_m;
    site.bias.azimuth_rad = s->bias_azimuth_rad;
    site.bias.time_s = s->bias_time_s;
    site_place(&site, (struct geodetic){s->lat_rad, s->lon_rad, s->hae_m});
    return site;
}
