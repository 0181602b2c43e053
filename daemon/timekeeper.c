/* CLOCK_REALTIME and not CLOCK_MONOTONIC, since arrival is compared with the sensors' time of day, and simulator and daemon must agree. */
#include "daemon/timekeeper.h"

#include <math.h>
#include <string.h>
#include <time.h>

void timekeeper_init(struct timekeeper *c, bool scenario)
{
    *c = (struct timekeeper){.scenario = scenario, .known = !scenario, .last = INSTANT_NONE, .map = {{0}, {0}, 1.0}};
}

/* The wall clock at epoch is subtracted in integers: a double of today's nanoseconds is only good to 256 ns. */
static struct instant map_wall(const struct timekeeper *c, int64_t wall_ns)
{
    int64_t since = wall_ns - c->map.wall.ns;
    double scaled = (double)since * c->map.rate;

    if (!c->scenario) {
        return (struct instant){wall_ns};
    }
    return (struct instant){c->map.epoch.ns + (c->map.rate == 1.0 ? since : (int64_t)llround(scaled))};
}

bool timekeeper_read(struct timekeeper *c, struct instant *now)
{
    struct timespec wall;
    struct instant read;

    if (!c->known) {
        return false;
    }
    clock_gettime(CLOCK_REALTIME, &wall);
    read = map_wall(c, (int64_t)wall.tv_sec * 1000000000 + wall.tv_nsec);
    if (instant_is_set(c->last) && instant_before(read, c->last)) {
        c->backwards++;
        read = c->last;
    }
    c->last = read;
    *now = read;
    return true;
}

bool timekeeper_beacon(struct timekeeper *c, const struct envelope_clock *map)
{
    bool news = !c->known || memcmp(&map->rate, &c->map.rate, sizeof map->rate) != 0 || map->epoch.ns != c->map.epoch.ns || map->wall.ns != c->map.wall.ns;

    c->beacons++;
    if (!c->scenario || !news) {
        return false;
    }
    c->changes++;
    c->map = *map;
    c->known = true;
    return true;
}

void timekeeper_set(struct timekeeper *c, const struct envelope_clock *map)
{
    c->scenario = c->known = true;
    c->map = *map;
    c->last = INSTANT_NONE;
}

double timekeeper_wait_s(const struct timekeeper *c, struct instant due)
{
    double wait = instant_is_set(due) && instant_is_set(c->last) ? instant_diff(due, c->last) / c->map.rate : 0; /* rate 0: for ever */

    return wait > 0 ? wait : 0;
}
