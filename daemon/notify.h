/* notify: what systemd is told (sd_notify(3)); nothing happens where no service manager listens. */
#ifndef DAEMON_NOTIFY_H
#define DAEMON_NOTIFY_H

#include <stdint.h>

void notify_ready(void);
void notify_reloading(void);
void notify_stopping(void);
void notify_status(const char *format, ...) __attribute__((format(printf, 1, 2)));
void notify_watchdog(void);
/* Seconds between signs of life: half of what the manager waits; 0: it does not watch. */
double notify_watchdog_period_s(void);

#endif
