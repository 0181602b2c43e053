/* track_ast: the picture's tracks as raw blocks of ASTERIX category 062, as the daemon sends them: each track's first and last message when it
 * happens, between them every period or, with a period of 0, at every update. */
#ifndef SIM_TRACK_AST_H
#define SIM_TRACK_AST_H

#include "picture/picture.h"
#include "picture/release.h"
#include <stdio.h>

struct track_ast;

/* out is the caller's and stays open; NULL when memory is short. */
struct track_ast *track_ast_new(FILE *out, uint8_t sac, uint8_t sic, bool every_update);
void track_ast_event(struct track_ast *w, const struct track_event *e);
/* All tracks, predicted to t; what is gathered is then written. */
void track_ast_put(struct track_ast *w, const struct picture *p, const struct release *r, struct release_nation viewer, struct instant t);
/* Records written so far. */
uint64_t track_ast_records(const struct track_ast *w);
/* Writes what is gathered. */
void track_ast_free(struct track_ast *w);

#endif
