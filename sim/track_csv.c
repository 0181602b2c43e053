/* Rows by slot, so that their order is the picture's own. */
#include "sim/track_csv.h"

#include "base/unit.h"
#include <math.h>

void track_csv_header(FILE *out)
{
    fputs("time_s,track_id,lat,lon,alt_m,vn_mps,ve_mps,mode_s,mode_a,callsign\n", out);
}

double track_csv_alt_m(const struct track *k)
{
    if (!(k->flags & TRACK_HEIGHT) && !(k->level.flags & LEVEL_PRESSURE))
        return (double)NAN;
    return k->flags & (TRACK_HEIGHT | TRACK_CLIMB) ? k->at.hae_m : k->level.pressure_m;
}

static void put_row(FILE *out, const struct track *k, double time_s)
{
    double alt_m = track_csv_alt_m(k);
    fprintf(out, "%.10g,%u,%.8f,%.8f,", time_s, k->number, k->at.lat_rad / UNIT_DEG, k->at.lon_rad / UNIT_DEG);
    if (!isnan(alt_m))
        fprintf(out, "%.1f", alt_m);
    fprintf(out, ",%.3f,%.3f,", k->north_mps, k->east_mps);
    if (ident_has(&k->ident, IDENT_MODE_S))
        fprintf(out, "%06x", (unsigned)k->ident.mode_s);
    fputc(',', out);
    if (ident_has(&k->ident, IDENT_MODE_A))
        fprintf(out, "%04o", (unsigned)k->ident.mode_a);
    fprintf(out, ",%s\n", ident_has(&k->ident, IDENT_CALLSIGN) ? k->ident.callsign : "");
}

void track_csv_put(FILE *out, const struct picture *p, const struct release *r, struct release_nation viewer, struct instant t, struct instant midnight)
{
    struct track whole, seen;
    for (uint32_t slot = 0; slot < picture_slots(p); slot++)
        if (picture_at(p, slot, t, &whole) && release_track(r, viewer, &whole, t, &seen))
            put_row(out, &seen, instant_diff(t, midnight));
}
