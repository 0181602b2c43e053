/* What the page costs: a real airseamd on loopback with 10 000 aircraft that are heard 3 500 times a second, and viewers of every kind: octets a second to one
 * that sees all and to one that sees a viewport, processor time for 200, memory with 50 that do not read, and what these do to the others.
 *
 * Prints a table; with a file name as argument writes it there as Markdown too. AIRSEAMD names the daemon. */
#include "base/unit.h"
#include "proto/web.pb-c.h"
#include "wire/envelope.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define AIRCRAFT 10000
#define UPDATES 3500 /* a second */
#define VIEWERS 200
#define STALLED 50
#define MEASURE_S 15.0
#define SOURCE 0x0A01

static FILE *markdown;
static char folder[] = "/tmp/airseam-bench-web-XXXXXX";
static int http_port, feed_port;
static pid_t daemon_pid, sender_pid;

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void rest(double s)
{
    struct timespec t = {(time_t)s, (long)((s - floor(s)) * 1e9)};
    nanosleep(&t, NULL);
}

static void fail(const char *what)
{
    fprintf(stderr, "bench_web: %s\n", what);
    exit(1);
}

static int free_port(int type)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, type, 0);
    if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0)
        fail("no port");
    getsockname(fd, (struct sockaddr *)&at, &size);
    close(fd);
    return ntohs(at.sin_port);
}

/* ---- aircraft ---- */

/* Straight ones, at 230 m/s, over the continent and its seas: each on a line of its own, turned about at the edges by the modulo. */
static void aircraft_at(unsigned i, double t, struct report *r)
{
    double north = i % 2 ? 0.5 : -0.3, way = 230 * t / 6371000, lat0 = 15 + 55 * fmod(i * 0.6180339887, 1), lon0 = -165 + 110 * fmod(i * 0.7548776662, 1);
    double lat = lat0 * UNIT_DEG + way * north, lon = lon0 * UNIT_DEG + way * sqrt(1 - north * north) / cos(lat0 * UNIT_DEG);
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    *r = (struct report){.kind = REPORT_PLOT};
    r->plot = (struct plot){.time = {(int64_t)wall.tv_sec * 1000000000 + wall.tv_nsec}, .source = SOURCE, .kind = PLOT_GEODETIC, .flags = PLOT_ADSB | PLOT_VELOCITY};
    r->plot.geodetic = (struct plot_geodetic){.at = {lat, lon, 0}, .cov_ee_m2 = 900, .cov_nn_m2 = 900, .north_mps = 230 * north,
                                              .east_mps = 230 * sqrt(1 - north * north), .sigma_velocity_mps = 2};
    r->plot.level = (struct level){.flags = LEVEL_PRESSURE, .pressure_m = 3000 + (i % 80) * 100};
    r->plot.ident = (struct ident){.flags = IDENT_MODE_S | IDENT_MODE_A | IDENT_CALLSIGN, .mode_s = 0xA00001 + i * 7, .mode_a = (uint16_t)(i % 4096)};
    snprintf(r->plot.ident.callsign, sizeof r->plot.ident.callsign, "BEN%u", i % 100000);
}

static void send_aircraft(void)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)feed_port)};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct envelope e = {.node = "bench", .nation = "US", .kind = ENVELOPE_REPORT};
    double began = now_s();
    for (uint64_t n = 0;; n++) {
        uint8_t bytes[ENVELOPE_SIZE];
        double due = began + (double)n / UPDATES;
        if (n % 35 == 0 && due > now_s())
            rest(due - now_s());
        aircraft_at((unsigned)(n % AIRCRAFT), now_s() - began, &e.report);
        e.sequence = n + 1;
        int size = envelope_encode(&e, bytes, sizeof bytes);
        if (size > 0)
            sendto(fd, bytes, (size_t)size, 0, (struct sockaddr *)&to, sizeof to);
    }
}

static void start_daemon(void)
{
    const char *program = getenv("AIRSEAMD");
    char path[128], log[128];
    if (!program || !mkdtemp(folder))
        fail("AIRSEAMD names the daemon");
    http_port = free_port(SOCK_STREAM);
    feed_port = free_port(SOCK_DGRAM);
    snprintf(path, sizeof path, "%s/bench.yaml", folder);
    snprintf(log, sizeof log, "%s/log", folder);
    FILE *f = fopen(path, "w");
    fprintf(f,
            "node: {name: bench, nation: US}\nhttp: {listen: \"tcp://127.0.0.1:%d\", nation: US}\ncontrol: {socket: \"\"}\ntape: {directory: \"%s\", snapshot_period_s: 30}\ntracker: {tracks: 16384}\n"
            "feeds:\n  - {name: adsb, listen: \"udp://127.0.0.1:%d\", format: pb}\n"
            "sites:\n  - {name: net, nation: US, sac: 10, sic: 1, kind: adsb, lat_deg: 40, lon_deg: -100, hae_m: 100}\n",
            http_port, folder, feed_port);
    fclose(f);
    daemon_pid = fork();
    if (daemon_pid == 0) {
        int out = open(log, O_WRONLY | O_CREAT, 0600);
        dup2(out, 2);
        execl(program, program, "--config", path, (char *)NULL);
        _exit(127);
    }
    rest(1);
    sender_pid = fork();
    if (sender_pid == 0)
        send_aircraft();
}

static void stop_daemon(void)
{
    char command[128];
    kill(sender_pid, SIGKILL);
    kill(daemon_pid, SIGTERM);
    waitpid(sender_pid, NULL, 0);
    waitpid(daemon_pid, NULL, 0);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    if (system(command) != 0)
        fprintf(stderr, "bench_web: %s stays\n", folder);
}

/* ---- the daemon's own figures ---- */

static double cpu_s(void)
{
    char path[64], text[1024] = "", *at;
    unsigned long user = 0, system_time = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)daemon_pid);
    FILE *f = fopen(path, "r");
    if (f && fgets(text, sizeof text, f) && (at = strrchr(text, ')')) != NULL)
        sscanf(at + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system_time);
    if (f)
        fclose(f);
    return (double)(user + system_time) / (double)sysconf(_SC_CLK_TCK);
}

static double memory_mb(void)
{
    char path[64];
    unsigned long pages = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", (int)daemon_pid);
    FILE *f = fopen(path, "r");
    if (!f || fscanf(f, "%*u %lu", &pages) != 1)
        pages = 0;
    if (f)
        fclose(f);
    return (double)pages * (double)sysconf(_SC_PAGESIZE) / 1e6;
}

static int connect_http(int receive_buffer)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)http_port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (receive_buffer)
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0)
        fail("the web server does not answer");
    return fd;
}

static double metric(const char *name)
{
    static char text[1 << 20];
    size_t used = 0;
    char line[80];
    int fd = connect_http(0);
    dprintf(fd, "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    for (ssize_t n; used < sizeof text - 1 && (n = read(fd, text + used, sizeof text - 1 - used)) > 0;)
        used += (size_t)n;
    text[used] = '\0';
    close(fd);
    snprintf(line, sizeof line, "\nairseam_%s ", name);
    const char *at = strstr(text, line);
    return at ? atof(at + strlen(line)) : NAN;
}

/* ---- viewers ---- */

struct viewer {
    int fd;
    uint64_t octets, frames, keyframes; /* those of everything: beyond 100 kB */
    uint8_t head[10];
    unsigned headed;
    uint64_t left; /* of the frame under way */
};

static void open_viewer(struct viewer *v, int receive_buffer)
{
    char answer[1024];
    *v = (struct viewer){.fd = connect_http(receive_buffer)};
    dprintf(v->fd, "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                   "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: airseam.1\r\n\r\n");
    for (size_t n = 0; n < 4 || memcmp(answer + n - 4, "\r\n\r\n", 4) != 0; n++)
        if (n == sizeof answer || read(v->fd, answer + n, 1) != 1)
            fail("the upgrade is refused");
}

static void ask_viewport(struct viewer *v, double lat, double lon)
{
    Airseam__Web__Ask ask;
    Airseam__Web__Viewport port;
    uint8_t bytes[64] = {0x82, 0x80, 0, 0, 0, 0};
    airseam__web__ask__init(&ask);
    airseam__web__viewport__init(&port);
    port.south_e5 = (int32_t)((lat - 6) * 1e5), port.north_e5 = (int32_t)((lat + 6) * 1e5);
    port.west_e5 = (int32_t)((lon - 12.5) * 1e5), port.east_e5 = (int32_t)((lon + 12.5) * 1e5);
    ask.viewport = &port;
    size_t size = airseam__web__ask__pack(&ask, bytes + 6); /* a mask of zero is a mask */
    bytes[1] = (uint8_t)(0x80 | size);
    if (write(v->fd, bytes, 6 + size) != (ssize_t)(6 + size))
        fail("a viewer was let go");
}

/* Counts frames as they go by. */
static void count(struct viewer *v, const uint8_t *bytes, size_t size)
{
    v->octets += size;
    for (size_t at = 0; at < size;) {
        if (v->left > 0) {
            size_t n = size - at < v->left ? size - at : (size_t)v->left;
            v->left -= n;
            at += n;
            continue;
        }
        v->head[v->headed++] = bytes[at++];
        unsigned code = v->headed > 1 ? v->head[1] & 127u : 0, whole = v->headed < 2 ? 2 : code < 126 ? 2 : code == 126 ? 4 : 10;
        if (v->headed < whole || v->headed < 2)
            continue;
        v->left = code < 126 ? code : 0;
        for (unsigned i = 2; i < whole; i++)
            v->left = v->left << 8 | v->head[i];
        v->frames += (v->head[0] & 15) == 2;
        v->keyframes += v->left > 100000;
        v->headed = 0;
    }
}

/* All of them read for so long. */
static void watch(struct viewer *v, unsigned viewers, double seconds)
{
    static uint8_t bytes[1 << 18];
    struct pollfd *p = calloc(viewers, sizeof *p);
    double end = now_s() + seconds;
    for (unsigned i = 0; i < viewers; i++)
        p[i] = (struct pollfd){v[i].fd, POLLIN, 0};
    while (now_s() < end) {
        poll(p, viewers, 100);
        for (unsigned i = 0; i < viewers; i++) {
            ssize_t n = p[i].revents ? recv(v[i].fd, bytes, sizeof bytes, MSG_DONTWAIT) : 0;
            if (n > 0)
                count(&v[i], bytes, (size_t)n);
        }
    }
    free(p);
}

static void close_viewers(struct viewer *v, unsigned viewers)
{
    for (unsigned i = 0; i < viewers; i++)
        close(v[i].fd);
    rest(1.5);
}

/* ---- the table ---- */

static void row(const char *what, const char *figure, const char *most)
{
    printf("%-64s %14s  %s\n", what, figure, most);
    if (markdown)
        fprintf(markdown, "| %s | %s | %s |\n", what, figure, most);
}

static const char *say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static const char *say(const char *format, ...)
{
    static char room[4][64];
    static unsigned next;
    char *out = room[next++ % 4];
    va_list list;
    va_start(list, format);
    vsnprintf(out, 64, format, list);
    va_end(list);
    return out;
}

static double rate_of(struct viewer *v, unsigned viewers, double seconds)
{
    uint64_t before = 0, after = 0;
    for (unsigned i = 0; i < viewers; i++)
        before += v[i].octets;
    watch(v, viewers, seconds);
    for (unsigned i = 0; i < viewers; i++)
        after += v[i].octets;
    return (double)(after - before) / seconds / viewers;
}

static void one_viewer(void)
{
    struct viewer v;
    open_viewer(&v, 0);
    watch(&v, 1, 2);
    uint64_t key = v.octets;
    row("all aircraft, one viewer: octets a second", say("%.1f kB/s", rate_of(&v, 1, MEASURE_S) / 1e3), "150 kB/s");
    row("its first frames, with a keyframe of everything", say("%.0f kB", (double)key / 1e3), "");
    close_viewers(&v, 1);
    open_viewer(&v, 0);
    ask_viewport(&v, 40, -95);
    watch(&v, 1, 2);
    row("a viewport of 12 by 25 degrees: octets a second", say("%.1f kB/s", rate_of(&v, 1, MEASURE_S) / 1e3), "10 kB/s");
    close_viewers(&v, 1);
}

/* Processor time of the daemon over the measuring time, in percent of a core. */
static double percent(struct viewer *v, unsigned viewers)
{
    double began = now_s(), before = cpu_s();
    if (viewers)
        watch(v, viewers, MEASURE_S);
    else
        rest(MEASURE_S);
    return 100 * (cpu_s() - before) / (now_s() - began);
}

static void many_viewers(double without)
{
    static struct viewer v[VIEWERS];
    for (unsigned i = 0; i < VIEWERS; i++)
        open_viewer(&v[i], 0);
    watch(v, VIEWERS, 3);
    double all = percent(v, VIEWERS);
    row("200 viewers of everything: of a core, beyond the picture's own work", say("%.1f %%", all - without), "2 %");
    for (unsigned i = 0; i < VIEWERS; i++)
        ask_viewport(&v[i], 20 + (i % 20) * 2.1, -150 + (i / 20) * 9.3);
    watch(v, VIEWERS, 3);
    double ports = percent(v, VIEWERS);
    row("200 viewers of 200 viewports: likewise", say("%.1f %%", ports - without), "");
    row("the longest that the page's work held the loop (200 viewports)", say("%.1f ms", 1e3 * metric("web_tick_max_seconds")), "5 ms");
    close_viewers(v, VIEWERS);
}

static void stalled_viewers(void)
{
    static struct viewer v[STALLED];
    struct viewer healthy;
    double before, most = 0;
    open_viewer(&healthy, 0);
    watch(&healthy, 1, 3);
    before = memory_mb();
    for (unsigned i = 0; i < STALLED; i++)
        open_viewer(&v[i], 4096);
    uint64_t frames = healthy.frames;
    for (int i = 0; i < 9; i++) {
        watch(&healthy, 1, 1);
        most = fmax(most, memory_mb());
    }
    row("50 viewers that do not read: memory, each", say("%.2f MB", (most - before) / STALLED), "2 MB");
    row("frames in 9 s to a healthy viewer beside them", say("%u", (unsigned)(healthy.frames - frames)), "9");
    watch(&healthy, 1, 8);
    row("of them let go after 17 s", say("%.0f", metric("web_stalled_total")), "50");
    close_viewers(v, STALLED);
    close_viewers(&healthy, 1);
}

/* ---- the tape ---- */

static void ask_time(struct viewer *v, uint32_t what, int64_t instant_ms)
{
    Airseam__Web__Ask ask;
    Airseam__Web__TimeControl control;
    uint8_t bytes[64] = {0x82, 0x80, 0, 0, 0, 0};
    airseam__web__ask__init(&ask);
    airseam__web__time_control__init(&control);
    control.what = what;
    control.instant_ms = instant_ms;
    ask.time = &control;
    size_t size = airseam__web__ask__pack(&ask, bytes + 6);
    bytes[1] = (uint8_t)(0x80 | size);
    if (write(v->fd, bytes, 6 + size) != (ssize_t)(6 + size))
        fail("the viewer was let go");
}

/* Ends the live run and plays its tape: seconds from a seek to the keyframe of where it went. */
static void seek(int64_t first_ms)
{
    const char *program = getenv("AIRSEAMD");
    char command[256], tape[256] = "", listen[64];
    double most = 0, sum = 0;
    struct viewer v;
    int64_t last_ms = (int64_t)time(NULL) * 1000;
    kill(sender_pid, SIGKILL);
    kill(daemon_pid, SIGTERM);
    waitpid(sender_pid, NULL, 0);
    waitpid(daemon_pid, NULL, 0);
    snprintf(command, sizeof command, "ls %s/*.tape", folder);
    FILE *f = popen(command, "r");
    if (!f || !fgets(tape, sizeof tape, f))
        fail("there is no tape");
    pclose(f);
    tape[strcspn(tape, "\n")] = '\0';
    http_port = free_port(SOCK_STREAM);
    snprintf(listen, sizeof listen, "tcp://127.0.0.1:%d", http_port);
    daemon_pid = fork();
    if (daemon_pid == 0) {
        execl(program, program, "--replay", tape, "--listen", listen, (char *)NULL);
        _exit(127);
    }
    sender_pid = fork();
    if (sender_pid == 0)
        for (;;)
            pause();
    rest(4);
    open_viewer(&v, 0);
    ask_time(&v, 1, 0);
    watch(&v, 1, 2);
    for (int i = 0; i < 10; i++) { /* here and there */
        double began = now_s();
        uint64_t before = v.keyframes;
        ask_time(&v, 5, first_ms + (last_ms - first_ms) * ((i * 7 + 3) % 10) / 10 + 14000);
        while (v.keyframes == before && now_s() < began + 20)
            watch(&v, 1, 0.02);
        sum += now_s() - began;
        most = fmax(most, now_s() - began);
        watch(&v, 1, 1.5);
    }
    row("a seek on a tape of it with a snapshot each 30 s: mean of ten", say("%.2f s", sum / 10), "1 s");
    row("and the longest", say("%.2f s", most), "1 s");
    close(v.fd);
}

/* What the page's own bench has written behind this table stays. */
static char *browser_part(const char *path)
{
    static char text[1 << 16];
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    text[n] = '\0';
    if (f)
        fclose(f);
    char *part = strstr(text, "\n## ");
    return part ? part : text + n;
}

int main(int argc, char **argv)
{
    const char *kept = argc > 1 ? browser_part(argv[1]) : "";
    signal(SIGPIPE, SIG_IGN);
    markdown = argc > 1 ? fopen(argv[1], "w") : NULL;
    start_daemon();
    double tracks = 0;
    for (int i = 0; i < 60 && tracks < 0.99 * AIRCRAFT; i++) {
        rest(1);
        tracks = metric("tracks_confirmed");
    }
    if (markdown)
        fprintf(markdown, "# The page's cost\n\n`make bench-web` made this: a release build of airseamd on loopback, %.0f tracks, %d updates a second, %ld processors that other work "
                          "shares. The figures to hold stand in the last column.\n\n| | measured | at most |\n|---|---|---|\n", tracks, UPDATES, sysconf(_SC_NPROCESSORS_ONLN));
    row("tracks", say("%.0f", tracks), "");
    int64_t begun_ms = (int64_t)time(NULL) * 1000;
    double without = percent(NULL, 0);
    row("the picture's own work without viewers, of a core", say("%.1f %%", without), "");
    one_viewer();
    many_viewers(without);
    stalled_viewers();
    seek(begun_ms);
    stop_daemon();
    if (markdown) {
        fprintf(markdown, "\nOctets are those of the WebSocket, whatever is in it (tracks, health of sensors, time). Processor time is the daemon's, user and system, over 15 s. The\n"
                          "longest hold is processor time of one wake-up: a keyframe of 10 000 tracks is most of it. A viewer that does not read costs no copy: frames are shared, and\n"
                          "none waits for it beyond the one that is half sent.\n%s", kept);
        fclose(markdown);
    }
    return 0;
}
