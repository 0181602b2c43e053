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

_Static_assert((int)SITE_STRAIGHT == (int)SETTINGS_STRAIGHT && (int)SITE_EXPONENTIAL == (int)SETTINGS_EXPONENTIAL, "so are the words of refraction");

static void channel(struct site_channel *c, const struct site_channel *given)
{
    set_where_given(&c->range_max_m, given->range_max_m);
    set_where_given(&c->sigma_range_m, given->sigma_range_m);
    set_where_given(&c->sigma_azimuth_rad, given->sigma_azimuth_rad);
    set_where_given(&c->detection, given->detection);
}

/* The first four members are meant of the replies where there are any; echoes do not carry farther. */
static void channels(struct site *site, const struct settings_site *s)
{
    struct site_channel first = {s->range_max_m, s->sigma_range_m, s->sigma_azimuth_rad, s->detection};
    struct site_channel echoes = {s->primary_range_m, s->sigma_primary_range_m, s->sigma_primary_azimuth_rad, s->detection_primary};

    if (!(site->flags & SITE_SECONDARY)) {
        channel(&site->primary, &first);
        return;
    }
    channel(&site->secondary, &first);
    if (site->flags & SITE_PRIMARY) {
        channel(&site->primary, &echoes);
        if (s->range_max_m > 0 && s->range_max_m < site->primary.range_max_m) {
            site->primary.range_max_m = s->range_max_m;
        }
    }
}

struct site sites_from_settings(const struct settings_site *s)
{
    struct site site = site_usual((enum site_kind)s->kind, s->period_s);

    site.source = site_source(s->sac, s->sic);
    snprintf(site.name, sizeof site.name, "%s", s->name);
    snprintf(site.type, sizeof site.type, "%s", s->type);
    memcpy(site.nation, s->nation, sizeof site.nation);
    set_where_given(&site.period_s, s->period_s);
    channels(&site, s);
    site.refraction = s->refraction;
    set_where_given(&site.sigma_height_m, s->sigma_height_m);
    set_where_given(&site.false_plots, s->false_plots);
    set_where_given(&site.latency_s, s->latency_s);
    site.bias.range_m = s->bias_range_m;
    site.bias.azimuth_rad = s->bias_azimuth_rad;
    site.bias.time_s = s->bias_time_s;
    site_place(&site, (struct geodetic){s->lat_rad, s->lon_rad, s->hae_m});
    return site;
}
