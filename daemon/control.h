/* control: a UNIX socket that takes one command a line and answers each with one line of JSON: {"ok": true, …} or {"ok": false, "error": "…"}. */
#ifndef DAEMON_CONTROL_H
#define DAEMON_CONTROL_H

#include "daemon/loop.h"

struct control;

/* Whoever may write to the socket's file may command: its mode is 0660. An old socket that nobody answers is replaced. NULL with *why. */
struct control *control_open(struct loop *l, const char *path, const char **why);
void control_close(struct control *c);

#endif
