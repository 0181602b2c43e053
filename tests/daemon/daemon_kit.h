// A real airseamd on loopback in a folder of its own, with a radar and an aircraft to feed it, and clients to ask it.
#ifndef DAEMON_DAEMON_KIT_H
#define DAEMON_DAEMON_KIT_H

#include "air/report.h"
#include "wire/plot_out.h"
#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

#define KIT_WAIT_S 60 // generous: tests share the machine with others

struct kit {
    char folder[64];   // everything of this run lies there
    char config[96], socket[96], tape[96], log[96];
    pid_t pid;         // 0: not running
    int sender;        // datagram socket
    struct plot_out *radar;
    struct instant epoch; // of the scenario
    int64_t wall_ns;
    double rate;
};

// A folder and nothing running.
void kit_init(struct kit *k);
// Stops what runs and removes the folder.
void kit_fini(struct kit *k);

// Writes the settings: node, scenario clock on `clock_port`, control socket, tape, HTTP on any port, one radar 10/1 at 45 N 75 W, then `more`.
void kit_write(struct kit *k, int clock_port, const char *more);
// Starts airseamd and waits until it answers on its control socket.
void kit_start(struct kit *k);
// The same with other arguments (NULL-ended, the program's name first), among them a control socket at k->socket.
void kit_start_with(struct kit *k, const char *const *arguments);
// Sends the signal (0: none) and waits for the end; the exit status, or minus the signal that ended it.
int kit_stop(struct kit *k, int signal);

// One command over the control socket; the caller's reference.
json_t *kit_ask(struct kit *k, const char *command);
// Asks "status" and walks to a number by keys and indices, as in "picture.tracks_confirmed" or "feeds.0.datagrams"; -1 where there is none.
double kit_number(struct kit *k, const char *path);
const char *kit_text(struct kit *k, const char *path); // as above; valid until the next call
// Asks again and again until the number is at least `least`; false after KIT_WAIT_S.
bool kit_until(struct kit *k, const char *path, double least);

// GET; the status code and the body (the caller frees it).
int kit_get(struct kit *k, const char *path, char **body);
// The same with further header lines, each with its end.
int kit_get_with(struct kit *k, const char *path, const char *headers, char **body);

// Announces a scenario that begins now, so many times faster than the wall clock; port 0: begins it and tells nobody.
void kit_announce(struct kit *k, int clock_port, double rate);
// Flies one aircraft past the radar for so many seconds of the scenario, in real time of that: plots as 048 and marks as 034 to feed number `feed`.
void kit_fly(struct kit *k, int feed, double seconds);

// A port of 127.0.0.1 that was free a moment ago.
int kit_free_port(int type);
// Connects to "127.0.0.1:1234".
int kit_connect(const char *address, int type);
char *kit_read_file(const char *path, size_t *size); // NUL-ended; the caller frees it
// The first tape in the folder of tapes, read whole.
uint8_t *kit_read_tape(struct kit *k, size_t *size);

#endif
