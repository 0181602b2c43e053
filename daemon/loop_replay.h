/* loop_replay: the loop over a tape instead of feeds: the same engine, web server and control socket; the clock is the tape's, and can be stopped, turned and
 * set. Outputs and feeds stay closed: what is past is not sent out again. */
#ifndef DAEMON_LOOP_REPLAY_H
#define DAEMON_LOOP_REPLAY_H

#include "daemon/loop.h"

#define REPLAY_RATE_LEAST 0.1
#define REPLAY_RATE_MOST 100.0

/* Settings for a replay: the tape's, with the web server at `listen` ("": none) and the control socket at `socket` ("": none). False after lines in *errors. */
bool loop_replay_config(struct config *c, const char *tape, const char *listen, const char *socket, struct text_out *errors);
/* Opens the tape for a loop whose engine is new: false with a log line. */
bool loop_replay_open(struct loop *l, const char *tape);
void loop_replay_close(struct loop *l);
/* The wake-up's part: plays up to now, or as far as a slice of time allows; then now is where it came to. */
void loop_replay_run(struct loop *l);

/* NULL, or why not (static text). */
const char *loop_replay_pause(struct loop *l, bool paused);
const char *loop_replay_rate(struct loop *l, double rate);
const char *loop_replay_step(struct loop *l);
const char *loop_replay_seek(struct loop *l, struct instant to);

struct loop_replay_state {
    struct instant first, last;
    double rate;
    bool paused, ended;
    double seek_s; /* how long the last seek took; 0 none yet */
    char *name; /* of the tape, without its folders; lent */
};
/* False: this is no replay. */
bool loop_replay_state(const struct loop *l, struct loop_replay_state *out);

#endif
