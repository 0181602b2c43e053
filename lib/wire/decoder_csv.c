/* decoder_csv: one line of plain plots into a plot, and the sensor of its row into an announcement when it is new or has moved.
 *
 * A row has no flags: a Mode S address means a Mode S reply, a code or a level alone Mode A/C, neither a primary echo. Where the feed has an arrival and
 * no date, time_s is a time of day. Lines are counted from 1; their faults are noticed with line and column. */
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "base/unit.h"
#include "wire/decoder_state.h"

static bool has(const struct csv_row *row, enum csv_column column)
{
    return row->has >> column & 1;
}

static double or_zero(const struct csv_row *row, enum csv_column column)
{
    return has(row, column) ? row->value[column] : 0.0;
}

static void announce(struct decoder *d, struct decoder_unit *u, struct decoder_source *s, const struct csv_row *row)
{
    if (!has(row, CSV_sensor_lat) || !has(row, CSV_sensor_lon))
        return;
    struct geodetic at = {row->value[CSV_sensor_lat] * UNIT_DEG, row->value[CSV_sensor_lon] * UNIT_DEG, or_zero(row, CSV_sensor_alt_m)};
    if (s->site_known && s->site.lat_rad == at.lat_rad && s->site.lon_rad == at.lon_rad && s->site.hae_m == at.hae_m)
        return;
    if (!(fabs(at.lat_rad) <= UNIT_PI / 2.0) || !(fabs(at.lon_rad) <= 2.0 * UNIT_PI))
        return; /* a place that cannot be: the plots come to nobody's site and are counted there */
    s->site = at;
    s->site_known = true;
    struct report r;
    r.kind = REPORT_SENSOR;
    r.sensor = (struct report_sensor){.source = s->source, .at = at};
    decoder_state_report(d, u, &r);
}

static void times(const struct decoder *d, const struct decoder_unit *u, const struct csv_row *row, struct plot *p)
{
    bool by_arrival = instant_is_set(u->arrival) && !instant_is_set(d->settings.date);
    struct instant date = decoder_state_date(d);
    double time_s = row->value[CSV_time_s];
    p->time = by_arrival ? instant_nearest(time_s, u->arrival) : instant_add(date, time_s);
    if (instant_is_set(u->arrival))
        p->arrival = u->arrival;
    else
        p->arrival = instant_add(date, has(row, CSV_arrival_s) ? row->value[CSV_arrival_s] : time_s);
}

static void measure(const struct csv_row *row, struct plot *p)
{
    p->polar.range_m = row->value[CSV_range_m];
    p->polar.azimuth_rad = frame_azimuth(row->value[CSV_azimuth_rad]);
    p->polar.sigma_range_m = or_zero(row, CSV_sigma_r);
    p->polar.sigma_azimuth_rad = or_zero(row, CSV_sigma_az);
    p->kind = PLOT_POLAR;
    if (has(row, CSV_alt_m)) {
        p->kind = PLOT_POLAR_LEVEL;
        p->level = (struct level){.pressure_m = row->value[CSV_alt_m], .flags = LEVEL_PRESSURE};
    }
    if (has(row, CSV_mode_a)) {
        p->ident.mode_a = (uint16_t)row->value[CSV_mode_a];
        p->ident.flags |= IDENT_MODE_A;
    }
    if (has(row, CSV_mode_s)) {
        p->ident.mode_s = (uint32_t)row->value[CSV_mode_s];
        p->ident.flags |= IDENT_MODE_S;
    }
    bool secondary = has(row, CSV_mode_a) || has(row, CSV_alt_m);
    p->flags = has(row, CSV_mode_s) ? PLOT_MODE_S : secondary ? PLOT_SECONDARY : PLOT_PRIMARY;
}

static void refuse(struct decoder *d, struct decoder_unit *u, enum notice_kind kind, unsigned column)
{
    d->state.counters.records_bad++;
    decoder_state_notice(u, 0, kind, (double)d->state.counters.units, column);
}

/* Finite: instant_add asserts that no NaN comes, and frame_azimuth folds. */
static bool possible(const struct csv_row *row)
{
    for (unsigned k = 0; k < CSV_KNOWN; k++)
        if (row->has >> k & 1 && !(fabs(row->value[k]) < 1e9))
            return false;
    return row->value[CSV_sensor_id] >= 1.0 && row->value[CSV_sensor_id] <= 65535.0 && row->value[CSV_sensor_id] == floor(row->value[CSV_sensor_id]);
}

void decoder_csv(struct decoder *d, struct decoder_unit *u)
{
    struct text line = {(const char *)u->bytes, u->size};
    while (line.size > 0 && (line.at[line.size - 1] == '\n' || line.at[line.size - 1] == '\r'))
        line.size--;
    if (line.size == 0)
        return;
    unsigned column = 1;
    if (csv_is_header(&line)) {
        if (csv_header(&d->state.csv, line, &column) != ERR_NONE)
            refuse(d, u, NOTICE_HEADER_BAD, column);
        return;
    }
    struct csv_row row;
    if (d->state.csv.fields == 0 || csv_line(&d->state.csv, line, &row, &column) != ERR_NONE || !possible(&row)) {
        refuse(d, u, NOTICE_LINE_BAD, column);
        return;
    }
    d->state.counters.records++;
    struct decoder_source *s = decoder_state_source(d, (uint16_t)row.value[CSV_sensor_id], u);
    if (!s)
        return;
    announce(d, u, s, &row);
    struct report r;
    r.kind = REPORT_PLOT;
    memset(&r.plot, 0, sizeof r.plot);
    r.plot.source = s->source;
    times(d, u, &row, &r.plot);
    measure(&row, &r.plot);
    decoder_state_report(d, u, &r);
}
