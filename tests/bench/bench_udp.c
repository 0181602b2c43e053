// Loopback UDP into the real daemon: how many plots a second it takes without losing a datagram.
//
// bench_udp [PLOTS_PER_S]  (50 000). The simulator makes the recording; it is sent in the scenario's order and proportions, that many times faster than it
// was made that the wanted rate comes out; then sent, received and dropped datagrams are compared.
#include "wire/decoder.h"
#include "wire/envelope.h"
#include "wire/tape.h"

#include <arpa/inet.h>
#include <errno.h>
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define AIRCRAFT 8000
#define SCENARIO_S 120
#define BATCH 64

struct run {
    char folder[64];
    uint8_t *tape;
    size_t size;
    uint64_t datagrams, plots;
    struct instant first, last;
    int feed_port, clock_port;
    pid_t daemon;
};

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_udp: %s\n", what);
    exit(1);
}

static void make_recording(struct run *r)
{
    const char *airseam = getenv("AIRSEAM");
    char command[400], path[96];
    snprintf(path, sizeof path, "%s/x.tape", r->folder);
    snprintf(command, sizeof command, "'%s' simulate --quiet --anywhere --aircraft %d --duration %d --out %s", airseam ? airseam : "build/release/airseam", AIRCRAFT, SCENARIO_S,
             path);
    if (system(command) != 0)
        fail("the simulator failed");
    FILE *f = fopen(path, "rb");
    if (!f)
        fail("no recording");
    fseek(f, 0, SEEK_END);
    r->size = (size_t)ftell(f);
    rewind(f);
    r->tape = malloc(r->size);
    if (!r->tape || fread(r->tape, 1, r->size, f) != r->size)
        fail("the recording cannot be read");
    fclose(f);
}

// Calls for each feed unit of the recording.
static void each_unit(struct run *r, void (*unit)(struct run *r, const struct tape_frame *f, void *context), void *context)
{
    struct tape_frame f;
    int n;
    for (size_t at = TAPE_MAGIC_SIZE; at < r->size && (n = tape_decode(r->tape + at, r->size - at, &f)) > 0; at += (size_t)n)
        if (f.type == TAPE_FEED)
            unit(r, &f, context);
}

static void no_report(void *context, const struct report *p)
{
    (void)context;
    (void)p;
}

static void no_notice(void *context, const struct notice *n)
{
    (void)context;
    (void)n;
}

static void count(struct run *r, const struct tape_frame *f, void *decoder)
{
    struct decoder_sink sink = {{no_report, NULL}, {no_notice, NULL}};
    decoder_input(decoder, f->payload, f->size, 0, f->arrival, &sink);
    if (r->datagrams++ == 0)
        r->first = f->arrival;
    r->last = f->arrival;
}

static int free_port(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0)
        fail("no port");
    getsockname(fd, (struct sockaddr *)&at, &size);
    close(fd);
    return ntohs(at.sin_port);
}

static void start_daemon(struct run *r)
{
    const char *airseamd = getenv("AIRSEAMD");
    char path[96], sensors[512];
    snprintf(path, sizeof path, "%s/a.yaml", r->folder);
    FILE *f = fopen(path, "w");
    if (!f || !getcwd(sensors, sizeof sensors))
        fail("no settings file");
    fprintf(f,
            "clock: {kind: scenario, listen: \"udp://127.0.0.1:%d\"}\nhttp: {listen: none}\ncontrol: {socket: %s/ctl}\n"
            "sensors: {files: [%s/config/sensors/us.csv, %s/config/sensors/ca.csv, %s/config/sensors/mx.csv]}\n"
            "tape: {directory: %s/tape}\nprocess: {log_level: error}\n"
            "feeds:\n  - {name: all, listen: \"udp://127.0.0.1:%d\", clock_tolerance_s: 1000}\n"
            "outputs:\n  - {name: centre, kind: cat062, to: \"udp://127.0.0.1:9\", nation: US}\n",
            r->clock_port, r->folder, sensors, sensors, sensors, r->folder, r->feed_port);
    fclose(f);
    r->daemon = fork();
    if (r->daemon == 0) {
        execl(airseamd ? airseamd : "build/release/airseamd", "airseamd", "--config", path, (char *)NULL);
        _exit(127);
    }
}

static json_t *ask(struct run *r, const char *command)
{
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    char *line = NULL;
    size_t room = 0;
    json_t *answer = NULL;
    snprintf(to.sun_path, sizeof to.sun_path, "%s/ctl", r->folder);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        close(fd);
        return NULL;
    }
    FILE *f = fdopen(fd, "r+");
    fprintf(f, "%s\n", command);
    fflush(f);
    if (getline(&line, &room, f) > 0)
        answer = json_loads(line, 0, NULL);
    free(line);
    fclose(f);
    return answer;
}

static void send_beacon(const struct run *r, int fd, int64_t wall_ns, double rate)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)r->clock_port)};
    struct envelope e = {.node = "bench", .nation = "US", .kind = ENVELOPE_CLOCK, .clock = {r->first, {wall_ns}, rate}};
    uint8_t bytes[ENVELOPE_SIZE];
    int size = envelope_encode(&e, bytes, sizeof bytes);
    if (size < 0 || sendto(fd, bytes, (size_t)size, 0, (struct sockaddr *)&to, sizeof to) != size)
        fail("the beacon was not sent");
}

struct sender {
    int fd;
    double rate;
    int64_t wall_ns;
    unsigned batched;
    struct mmsghdr message[BATCH];
    struct iovec io[BATCH];
    uint64_t refused;
};

static void flush_batch(struct sender *s)
{
    for (unsigned done = 0; done < s->batched;) {
        int n = sendmmsg(s->fd, s->message + done, s->batched - done, 0);
        if (n < 0) {
            s->refused++;
            done++;
        } else {
            done += (unsigned)n;
        }
    }
    s->batched = 0;
}

static void pace(struct run *r, const struct tape_frame *f, void *context)
{
    struct sender *s = context;
    int64_t due = s->wall_ns + (int64_t)((double)(f->arrival.ns - r->first.ns) / s->rate);
    if (due > now_ns()) {
        struct timespec until = {due / 1000000000, due % 1000000000};
        flush_batch(s);
        clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL);
    }
    s->io[s->batched] = (struct iovec){(void *)(uintptr_t)f->payload, f->size};
    s->message[s->batched] = (struct mmsghdr){.msg_hdr = {.msg_iov = &s->io[s->batched], .msg_iovlen = 1}};
    if (++s->batched == BATCH)
        flush_batch(s);
}

static void send_all(struct run *r, struct sender *s)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)r->feed_port)};
    s->fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (connect(s->fd, (struct sockaddr *)&to, sizeof to) != 0)
        fail("no socket");
    s->wall_ns = now_ns() + 500000000;
    for (int i = 0; i < 20; i++) {
        send_beacon(r, s->fd, s->wall_ns, s->rate);
        usleep(10000);
    }
    each_unit(r, pace, s);
    flush_batch(s);
    close(s->fd);
}

static long long received(struct run *r)
{
    json_t *answer = ask(r, "status");
    json_t *feed = json_array_get(json_object_get(json_object_get(answer, "status"), "feeds"), 0);
    long long got = json_integer_value(json_object_get(feed, "datagrams"));
    json_decref(answer);
    return got;
}

// What the socket still holds is late, not lost: waits until no more comes.
static void settle(struct run *r)
{
    for (long long before = -1, got; (got = received(r)) != before; before = got)
        usleep(500000);
}

static void report(struct run *r, const struct sender *s, double seconds)
{
    json_t *answer = ask(r, "status"), *status = json_object_get(answer, "status"), *feed = json_array_get(json_object_get(status, "feeds"), 0);
    json_t *tape = json_object_get(status, "tape");
    long long got = json_integer_value(json_object_get(feed, "datagrams")), drops = json_integer_value(json_object_get(feed, "kernel_drops"));
    long long plots = json_integer_value(json_object_get(json_object_get(feed, "decoder"), "plots"));
    printf("%.0f plots/s and %.0f datagrams/s for %.1f s: %llu datagrams sent, %lld received, %lld lost (%lld dropped by the kernel), %lld plots, %lld tracks begun, "
           "%lld tape frames lost\n",
           (double)r->plots / seconds, (double)r->datagrams / seconds, seconds, (unsigned long long)(r->datagrams - s->refused), got,
           (long long)(r->datagrams - s->refused) - got, drops, plots,
           (long long)json_integer_value(json_object_get(json_object_get(status, "picture"), "tracks_new")),
           (long long)json_integer_value(json_object_get(tape, "frames_lost")));
    json_decref(answer);
}

int main(int argc, char **argv)
{
    struct run r = {.feed_port = free_port(), .clock_port = free_port()};
    struct sender s = {.rate = 1};
    struct decoder_settings settings = decoder_settings_default();
    double wanted = argc > 1 ? strtod(argv[1], NULL) : 50000, seconds;
    char command[128];
    snprintf(r.folder, sizeof r.folder, "/tmp/airseam-bench-XXXXXX");
    if (!mkdtemp(r.folder))
        fail("no folder");
    make_recording(&r);
    settings.clock_tolerance_s = 1000;
    struct decoder *decoder = decoder_new(&settings, NULL);
    each_unit(&r, count, decoder);
    r.plots = decoder_counters(decoder).plots;
    decoder_free(decoder);
    s.rate = wanted * instant_diff(r.last, r.first) / (double)r.plots;
    start_daemon(&r);
    for (json_t *answer = NULL; !answer; json_decref(answer), usleep(20000))
        if (waitpid(r.daemon, NULL, WNOHANG) == r.daemon || (answer = ask(&r, "help")))
            break;
    send_all(&r, &s);
    seconds = (double)(now_ns() - s.wall_ns) * 1e-9;
    settle(&r);
    report(&r, &s, seconds);
    kill(r.daemon, SIGTERM);
    waitpid(r.daemon, NULL, 0);
    snprintf(command, sizeof command, "rm -rf %s", r.folder);
    free(r.tape);
    return system(command) == 0 ? 0 : 1;
}
