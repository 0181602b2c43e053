/* One line per counter and label, from the same rows that status.c walks. Names: airseam_<group>_<counter>, labels feed, output, sensor. */
#include "daemon/metrics.h"

#include "base/unit.h"
#include "daemon/out_http.h"
#include "daemon/web/web.h"
#include <math.h>

static void metric(struct evbuffer *out, const char *name, const char *help, const char *type)
{
    evbuffer_add_printf(out, "# HELP airseam_%s %s\n# TYPE airseam_%s %s\n", name, help, name, type);
}

static void gauge(struct evbuffer *out, const char *name, const char *help, double value)
{
    metric(out, name, help, "gauge");
    evbuffer_add_printf(out, "airseam_%s %.9g\n", name, value);
}

static void counter(struct evbuffer *out, const char *name, const char *help, uint64_t value)
{
    metric(out, name, help, "counter");
    evbuffer_add_printf(out, "airseam_%s %llu\n", name, (unsigned long long)value);
}

static void picture_metrics(const struct loop *l, struct evbuffer *out)
{
    struct picture_counters c = picture_counters(engine_picture(l->engine));

#define X(row, help) counter(out, "picture_" #row "_total", help, c.row);
    PICTURE_COUNTERS(X)
#undef X
    gauge(out, "tracks_confirmed", "confirmed tracks now", c.tracks_confirmed);
    gauge(out, "tracks_tentative", "tentative tracks now", c.tracks_tentative);
    gauge(out, "plans_held", "flight plans now", c.plans_held);
}

static void feed_metrics(const struct loop *l, struct evbuffer *out)
{
#define X(row, help)                                                                                                                           \
    metric(out, "feed_" #row "_total", help, "counter");                                                                                      \
    for (unsigned i = 0; i < l->feeds; i++) {                                                                                                   \
        evbuffer_add_printf(out, "airseam_feed_" #row "_total{feed=\"%s\"} %llu\n", feed_settings(l->feed[i])->name,                            \
                            (unsigned long long)feed_counters(l->feed[i]).row);                                                                \
    }
    FEED_COUNTERS(X)
#undef X
}

static void decoder_metrics(const struct loop *l, struct evbuffer *out)
{
    struct engine_feed_state s;

#define X(row, help)                                                                                                                           \
    metric(out, "decoder_" #row "_total", help, "counter");                                                                                   \
    for (int i = 0; engine_feed_state(l->engine, i, &s); i++) {                                                                                 \
        evbuffer_add_printf(out, "airseam_decoder_" #row "_total{feed=\"%s\"} %llu\n", engine_feed_name(l->engine, i),                         \
                            (unsigned long long)s.decoder.row);                                                                                \
    }
    DECODER_COUNTERS(X)
#undef X
}

static void output_metrics(const struct loop *l, struct evbuffer *out)
{
    struct publish_state s;

#define X(row, help)                                                                                                                           \
    metric(out, "output_" #row "_total", help, "counter");                                                                                    \
    for (unsigned i = 0; publish_state(l->publish, i, &s); i++) {                                                                               \
        evbuffer_add_printf(out, "airseam_output_" #row "_total{output=\"%s\"} %llu\n", s.settings->name, (unsigned long long)s.counters.row); \
    }
    PUBLISH_COUNTERS(X)
#undef X
}

/* One gauge or counter per sensor: X(name, type, help, value of s). */
#define SENSOR_METRICS(X)                                                                                                                       \
    X("sensor_alive", "gauge", "1 while the sensor is heard", s.alive ? 1.0 : 0.0)                                                              \
    X("sensor_period_seconds", "gauge", "measured antenna period", s.period_s)                                                                 \
    X("sensor_latency_seconds", "gauge", "measurement to arrival, smoothed", s.latency_s)                                                      \
    X("sensor_residual_range_meters", "gauge", "range innovation, smoothed", s.residual_range_m)                                               \
    X("sensor_residual_azimuth_degrees", "gauge", "azimuth innovation, smoothed", s.residual_azimuth_rad / UNIT_DEG)                           \
    X("sensor_bias_range_meters", "gauge", "range bias found", s.registration.bias.range_m)                                                     \
    X("sensor_bias_gain_ratio", "gauge", "range gain error found", s.registration.bias.gain)                                                    \
    X("sensor_bias_azimuth_degrees", "gauge", "azimuth bias found", s.registration.bias.azimuth_rad / UNIT_DEG)                                 \
    X("sensor_bias_time_seconds", "gauge", "time bias found", s.registration.bias.time_s)                                                       \
    X("sensor_bias_range_sigma_meters", "gauge", "1 sigma of the range bias", sqrt(s.registration.bias.var_range_m2))                           \
    X("sensor_bias_gain_sigma_ratio", "gauge", "1 sigma of the range gain error", sqrt(s.registration.bias.var_gain))                           \
    X("sensor_bias_azimuth_sigma_degrees", "gauge", "1 sigma of the azimuth bias", sqrt(s.registration.bias.var_azimuth_rad2) / UNIT_DEG)       \
    X("sensor_bias_time_sigma_seconds", "gauge", "1 sigma of the time bias", sqrt(s.registration.bias.var_time_s2))                             \
    X("sensor_noise_range_ratio", "gauge", "range noise seen, as a multiple of what is stated", s.noise.range)                                   \
    X("sensor_noise_azimuth_ratio", "gauge", "azimuth noise seen, as a multiple of what is stated", s.noise.azimuth)                            \
    X("sensor_registration_nis", "gauge", "of its registration equations, 1 when all is well", s.registration.nis)                              \
    X("sensor_registration_inconsistent", "gauge", "1 while no bias explains the sensor", s.registration.state == REGISTRATION_INCONSISTENT ? 1.0 : 0.0) \
    X("sensor_plots_total", "counter", "plots", (double)s.plots)                                                                               \
    X("sensor_used_total", "counter", "plots that updated a track", (double)s.used)

static void sensor_metrics(const struct loop *l, struct evbuffer *out)
{
    const struct picture *p = engine_picture(l->engine);
    struct picture_sensor s;

#define X(row, type, help, value)                                                                                                              \
    metric(out, row, help, type);                                                                                                               \
    for (uint32_t i = 0; picture_sensor(p, i, &s); i++) {                                                                                       \
        evbuffer_add_printf(out, "airseam_" row "{sensor=\"%s\",nation=\"%s\",source=\"%u/%u\"} %.9g\n", s.site.name, s.site.nation, s.site.source >> 8,   \
                            s.site.source & 255U, value);                                                                                       \
    }
    SENSOR_METRICS(X)
#undef X
}

static void notice_metrics(const struct loop *l, struct evbuffer *out)
{
    metric(out, "notices_total", "notices by kind", "counter");
    for (unsigned kind = 0; kind < NOTICE_KINDS; kind++) {
        evbuffer_add_printf(out, "airseam_notices_total{kind=\"%s\"} %llu\n", notice_name(kind), (unsigned long long)log_notices(l->log, kind));
    }
}

static void web_metrics(const struct loop *l, struct evbuffer *out)
{
    struct web_counters c = web_counters(out_http_web(l->http));

#define X(row, help) counter(out, "web_" #row "_total", help, c.row);
    WEB_COUNTERS(X)
#undef X
    gauge(out, "web_viewers", "connected now", c.viewers);
    gauge(out, "web_views", "classes of viewers now, who share their frames", c.views);
    gauge(out, "web_tick_max_seconds", "longest processor time of the page's work in one wake-up, of the last twenty seconds", c.tick_max_s);
}

void metrics_print(struct loop *l, struct evbuffer *out)
{
    struct recorder_counters tape = {0};

    metric(out, "build_info", "version of the daemon", "gauge");
    evbuffer_add_printf(out, "airseam_build_info{version=\"%s\",node=\"%s\",nation=\"%s\"} 1\n", AIRSEAM_VERSION, l->config.settings->node.name,
                        l->config.settings->node.nation);
    picture_metrics(l, out);
    feed_metrics(l, out);
    decoder_metrics(l, out);
    sensor_metrics(l, out);
    output_metrics(l, out);
    notice_metrics(l, out);
    web_metrics(l, out);
    if (l->recorder) {
        tape = recorder_counters(l->recorder);
    }
    counter(out, "tape_frames_total", "frames given to the tape", tape.frames);
    counter(out, "tape_frames_lost_total", "frames that are not on the tape", tape.frames_lost);
    gauge(out, "tape_waiting_octets", "octets that wait for the disk", (double)tape.waiting_octets);
    counter(out, "units_before_clock_total", "units that came before the clock was known", l->counters.before_clock);
    counter(out, "wakeups_total", "wake-ups of the loop", l->counters.wakeups);
    gauge(out, "lag_seconds", "work of the last wake-up", l->counters.lag_s);
    gauge(out, "lag_max_seconds", "longest work of a wake-up since the last heartbeat", l->counters.lag_max_s);
}
