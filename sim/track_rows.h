/* track_rows: tracks to be judged, as rows of states, from whatever holds them:
 *
 * - a CSV as `airseam replay --tracks` writes it (time_s, track_id, lat, lon and, if there, alt_m, vn_mps, ve_mps);
 * - recordings of tracks, in any container of sim/input.h: ASTERIX 062 or protobuf envelopes, by the project's own decoders;
 * - a tape: it is run through the engine, and the picture is asked at every instant of the grid. */
#ifndef SIM_TRACK_ROWS_H
#define SIM_TRACK_ROWS_H

#include "sim/states.h"
#include "wire/decoder.h"

struct track_rows {
    const char *path;                 /* "-": a CSV on standard input */
    struct decoder_settings decoder;  /* date and editions of recordings */
    const double *grid_s;             /* instants at which a tape's picture is asked, in order */
    size_t instants;
    bool sampled; /* out: rows stand for instants of their own, so they need not be looked for long (CSV, tape) */
    bool differs; /* out: the tape ended in another digest */
};

/* Fills `out` (sorted). False: *error says what is wrong. Recordings without any track are an error. */
bool track_rows_read(struct track_rows *r, struct states *out, char *error, size_t error_size);

#endif
