/* web_sensor: sensors and their health, as a nation may see them, for frames. */
#ifndef DAEMON_WEB_WEB_SENSOR_H
#define DAEMON_WEB_WEB_SENSOR_H

#include "daemon/web/web_inside.h"

struct web_sensors;

/* What holds now. NULL when memory is short. */
struct web_sensors *web_sensors_new(struct web *w, const char nation[3]);
void web_sensors_free(struct web_sensors *s);
/* Puts the list, the states, or both into a frame: lends s to it. s NULL: nothing. */
void web_sensors_say(struct web_sensors *s, bool list, bool states, Airseam__Web__Frame *frame);

/* Is it red or off: does the picture have nothing of it now? */
bool web_sensors_is_out(const struct web *w, const struct picture_sensor *s, struct instant now);
/* Measures rates, once a second; a number that differs when the list would. */
uint64_t web_sensors_look(struct web *w);

#endif
