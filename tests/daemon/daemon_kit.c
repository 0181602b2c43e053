#include "daemon_kit.h"

#include "base/unit.h"
#include "wire/envelope.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/support.h"

#define PERIOD_S 4.0
#define SECTORS 32

static int64_t now_ns(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void rest(double seconds)
{
    struct timespec t = {(time_t)seconds, (long)((seconds - floor(seconds)) * 1e9)};
    nanosleep(&t, NULL);
}

void kit_init(struct kit *k)
{
    *k = (struct kit){.sender = socket(AF_INET, SOCK_DGRAM, 0), .radar = plot_out_new(48)};
    snprintf(k->folder, sizeof k->folder, "/tmp/airseam-test-XXXXXX");
    ck_assert_ptr_nonnull(mkdtemp(k->folder));
    snprintf(k->config, sizeof k->config, "%s/a.yaml", k->folder);
    snprintf(k->socket, sizeof k->socket, "%s/ctl", k->folder);
    snprintf(k->tape, sizeof k->tape, "%s/tape", k->folder);
    snprintf(k->log, sizeof k->log, "%s/log", k->folder);
    ck_assert_ptr_nonnull(k->radar);
}

static void remove_folder(const char *path)
{
    DIR *d = opendir(path);
    struct dirent *e;
    while (d && (e = readdir(d))) {
        char full[400];
        snprintf(full, sizeof full, "%s/%s", path, e->d_name);
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 && unlink(full) != 0)
            remove_folder(full);
    }
    if (d)
        closedir(d);
    rmdir(path);
}

void kit_fini(struct kit *k)
{
    if (k->pid)
        kit_stop(k, SIGKILL);
    close(k->sender);
    plot_out_free(k->radar);
    remove_folder(k->folder);
}

void kit_write(struct kit *k, int clock_port, const char *more)
{
    FILE *f = fopen(k->config, "w");
    ck_assert_ptr_nonnull(f);
    fprintf(f,
            "node: {name: test, nation: US}\n"
            "clock: {kind: scenario, listen: \"udp://127.0.0.1:%d\"}\n"
            "http: {listen: \"tcp://127.0.0.1:0\", nation: US,"
            " coverage: airseam coverage --serve --quiet --no-cache --cell 50 --within 100 --terrain none --sensors config/sensors/mx.csv}\n"
            "control: {socket: \"%s\"}\n"
            "tape: {directory: \"%s\", snapshot_period_s: 10, sync_period_s: 0.1}\n"
            "tracker: {tracks: 100, plots: 1000, sensors: 10}\n"
            "sites:\n  - {name: one, nation: US, sac: 10, sic: 1, kind: mode_s, lat_deg: 45, lon_deg: -75, hae_m: 100, period_s: %g}\n"
            "%s",
            clock_port, k->socket, k->tape, PERIOD_S, more);
    ck_assert_int_eq(fclose(f), 0);
}

void kit_start(struct kit *k)
{
    kit_start_with(k, (const char *const[]){"airseamd", "--config", k->config, NULL});
}

void kit_start_with(struct kit *k, const char *const *arguments)
{
    const char *program = getenv("AIRSEAMD");
    ck_assert_msg(program != NULL, "AIRSEAMD names the daemon to test");
    k->pid = fork();
    ck_assert_int_ge(k->pid, 0);
    if (k->pid == 0) {
        int log = open(k->log, O_WRONLY | O_CREAT | O_APPEND, 0600);
        dup2(log, 2);
        execv(program, (char *const *)(uintptr_t)arguments);
        _exit(127);
    }
    for (int64_t end = now_ns(CLOCK_MONOTONIC) + KIT_WAIT_S * INT64_C(1000000000); now_ns(CLOCK_MONOTONIC) < end; rest(0.02)) {
        struct stat st;
        int status;
        if (stat(k->socket, &st) == 0) {
            json_t *answer = kit_ask(k, "help");
            bool ok = json_is_true(json_object_get(answer, "ok"));
            json_decref(answer);
            if (ok)
                return;
        }
        if (waitpid(k->pid, &status, WNOHANG) == k->pid) {
            size_t size;
            char *log = kit_read_file(k->log, &size);
            k->pid = 0;
            ck_abort_msg("airseamd ended at once: %s", log);
        }
    }
    ck_abort_msg("airseamd does not answer");
}

int kit_stop(struct kit *k, int number)
{
    int status = 0;
    if (number)
        kill(k->pid, number);
    ck_assert_int_eq(waitpid(k->pid, &status, 0), k->pid);
    k->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

json_t *kit_ask(struct kit *k, const char *command)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    json_t *answer = NULL;
    char *line = NULL;
    size_t room = 0;
    snprintf(address.sun_path, sizeof address.sun_path, "%s", k->socket);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
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

static const json_t *walk(const json_t *at, const char *path)
{
    char copy[128], *save = NULL;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *word = strtok_r(copy, ".", &save); word; word = strtok_r(NULL, ".", &save))
        at = json_is_array(at) ? json_array_get(at, (size_t)atoi(word)) : json_object_get(at, word);
    return at;
}

double kit_number(struct kit *k, const char *path)
{
    json_t *answer = kit_ask(k, "status");
    const json_t *value = walk(json_object_get(answer, "status"), path);
    double number = json_is_number(value) ? json_number_value(value) : json_is_boolean(value) ? json_is_true(value) : -1;
    json_decref(answer);
    return number;
}

const char *kit_text(struct kit *k, const char *path)
{
    static char text[256];
    json_t *answer = kit_ask(k, "status");
    const char *value = json_string_value(walk(json_object_get(answer, "status"), path));
    snprintf(text, sizeof text, "%s", value ? value : "");
    json_decref(answer);
    return text;
}

bool kit_until(struct kit *k, const char *path, double least)
{
    for (int64_t end = now_ns(CLOCK_MONOTONIC) + KIT_WAIT_S * INT64_C(1000000000); now_ns(CLOCK_MONOTONIC) < end; rest(0.02))
        if (kit_number(k, path) >= least)
            return true;
    return false;
}

int kit_connect(const char *address, int type)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const char *colon = strrchr(address, ':');
    int fd = socket(AF_INET, type, 0);
    ck_assert_msg(colon != NULL, "no address: '%s'", address);
    to.sin_port = htons((uint16_t)atoi(colon + 1));
    ck_assert_msg(connect(fd, (struct sockaddr *)&to, sizeof to) == 0, "%s: %s", address, strerror(errno));
    return fd;
}

int kit_free_port(int type)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, type, 0);
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    getsockname(fd, (struct sockaddr *)&at, &size);
    close(fd);
    return ntohs(at.sin_port);
}

int kit_get(struct kit *k, const char *path, char **body)
{
    return kit_get_with(k, path, "", body);
}

int kit_get_with(struct kit *k, const char *path, const char *headers, char **body)
{
    int fd = kit_connect(kit_text(k, "http"), SOCK_STREAM);
    FILE *f = fdopen(fd, "r+");
    size_t room = 1 << 20, used, n;
    char *answer = malloc(room), *end;
    int code = 0;
    fprintf(f, "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s\r\n", path, headers);
    fflush(f);
    for (used = 0; used < room - 1 && (n = fread(answer + used, 1, room - 1 - used, f)) > 0; used += n)
        ;
    answer[used] = '\0';
    fclose(f);
    ck_assert_int_eq(sscanf(answer, "HTTP/1.1 %d", &code), 1);
    end = strstr(answer, "\r\n\r\n");
    ck_assert_ptr_nonnull(end);
    memmove(answer, end + 4, strlen(end + 4) + 1);
    *body = answer;
    return code;
}

static void send_to(struct kit *k, int port, const uint8_t *bytes, size_t size)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
    sendto(k->sender, bytes, size, 0, (struct sockaddr *)&to, sizeof to);
}

void kit_announce(struct kit *k, int clock_port, double rate)
{
    struct envelope e = {.node = "test", .nation = "US", .sequence = 1, .kind = ENVELOPE_CLOCK};
    uint8_t bytes[ENVELOPE_SIZE];
    k->epoch = (struct instant){INT64_C(1780300800000000000)};
    k->wall_ns = now_ns(CLOCK_REALTIME);
    k->rate = rate;
    if (clock_port == 0)
        return;
    e.instant = k->epoch;
    e.clock = (struct envelope_clock){k->epoch, {k->wall_ns}, rate};
    int size = envelope_encode(&e, bytes, sizeof bytes);
    ck_assert_int_gt(size, 0);
    for (int64_t end = now_ns(CLOCK_MONOTONIC) + KIT_WAIT_S * INT64_C(1000000000); kit_number(k, "clock.known") < 1; rest(0.05)) {
        ck_assert_msg(now_ns(CLOCK_MONOTONIC) < end, "the beacon is not heard");
        send_to(k, clock_port, bytes, (size_t)size);
    }
}

struct line {
    struct kit *kit;
    int port;
};

static void on_datagram(void *context, const uint8_t *bytes, size_t size)
{
    struct line *l = context;
    send_to(l->kit, l->port, bytes, size);
}

static struct instant scenario_now(const struct kit *k)
{
    return (struct instant){k->epoch.ns + (int64_t)((double)(now_ns(CLOCK_REALTIME) - k->wall_ns) * k->rate)};
}

// The aircraft flies north at 200 m/s, 50 km east of the radar, in 10 km.
static struct report plot_at(struct instant t, double since_s)
{
    double north = -30000 + 200 * since_s, east = 50000, up = 9900;
    struct report r = {.kind = REPORT_PLOT, .plot = {.time = t, .source = 10 << 8 | 1, .kind = PLOT_POLAR_LEVEL, .flags = PLOT_SECONDARY | PLOT_MODE_S}};
    double azimuth = atan2(east, north);
    r.plot.polar.range_m = sqrt(north * north + east * east + up * up);
    r.plot.polar.azimuth_rad = azimuth < 0 ? azimuth + 2 * UNIT_PI : azimuth;
    r.plot.level = (struct level){.pressure_m = 10000, .flags = LEVEL_PRESSURE};
    r.plot.ident = (struct ident){.mode_s = 0xc0ffee, .mode_a = 04321, .flags = IDENT_MODE_S | IDENT_MODE_A};
    return r;
}

void kit_fly(struct kit *k, int feed, double seconds)
{
    char path[32];
    snprintf(path, sizeof path, "feeds.%d.address", feed);
    const char *address = kit_text(k, path);
    ck_assert_msg(strchr(address, ':') != NULL, "feed %d has no address", feed);
    struct line line = {k, atoi(strrchr(address, ':') + 1)};
    struct out_sink sink = {on_datagram, &line};
    struct instant t = scenario_now(k), end = instant_add(t, seconds);
    for (unsigned sector = 0; instant_before(t, end); sector = (sector + 1) % SECTORS, t = instant_add(t, PERIOD_S / SECTORS)) {
        struct report mark = {.kind = REPORT_SERVICE, .service = {.time = t, .source = 10 << 8 | 1, .kind = sector ? SERVICE_SECTOR : SERVICE_NORTH,
                                                                  .flags = SERVICE_PERIOD, .period_s = PERIOD_S, .azimuth_rad = sector * 2 * UNIT_PI / SECTORS}};
        struct report plot = plot_at(t, instant_diff(t, k->epoch));
        while (instant_before(scenario_now(k), t))
            rest(0.002);
        if ((unsigned)(plot.plot.polar.azimuth_rad / (2 * UNIT_PI) * SECTORS) == sector)
            ck_assert_int_eq(plot_out_input(k->radar, &plot, &sink), 0);
        plot_out_drain(k->radar, &sink);
        ck_assert_int_eq(plot_out_input(k->radar, &mark, &sink), 0);
        plot_out_drain(k->radar, &sink);
    }
}

char *kit_read_file(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    ck_assert_msg(f != NULL, "%s: %s", path, strerror(errno));
    fseek(f, 0, SEEK_END);
    *size = (size_t)ftell(f);
    rewind(f);
    char *bytes = malloc(*size + 1);
    ck_assert_uint_eq(fread(bytes, 1, *size, f), *size);
    bytes[*size] = '\0';
    fclose(f);
    return bytes;
}

uint8_t *kit_read_tape(struct kit *k, size_t *size)
{
    DIR *d = opendir(k->tape);
    struct dirent *e;
    char path[400] = "";
    ck_assert_ptr_nonnull(d);
    while ((e = readdir(d)))
        if (strstr(e->d_name, ".tape"))
            snprintf(path, sizeof path, "%s/%s", k->tape, e->d_name);
    closedir(d);
    return (uint8_t *)kit_read_file(path, size);
}
