/* The whole pipeline on one core: bytes of a tape in, tracks and CAT062 records out, with the default settings, at four numbers of aircraft.
 *
 * The tapes are `airseam simulate`'s: radars of three nations, CAT001/002/034/048 as they really come, one plot or mark a datagram; made once per build
 * folder. The tape lies in memory. What is timed is the processor time from its first datagram to its end: decoding, tracking, draining
 * events, a CAT062 record of every track every 4 s. Prints a table; with a file name as argument writes it there as Markdown too.
 *
 * malloc and its kin are counted by standing in front of glibc's own. Memory per track is what grew between the birth of the engine and the end. */
#include "daemon/config.h"
#include "daemon/engine.h"
#include "picture/release.h"
#include "sim/track_ast.h"
#include "wire/tape.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define RUNS 3
#define DURATION_S 60
#define CAT062_PERIOD_S 4.0

/* ---- counting allocations ---- */

static unsigned long allocations;

#if defined(__SANITIZE_ADDRESS__)
#define COUNTED "not counted under sanitizers"
#else
#define COUNTED ""
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
extern void *__libc_realloc(void *p, size_t size);

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}
void *calloc(size_t n, size_t size)
{
    allocations++;
    return __libc_calloc(n, size);
}
void *realloc(void *p, size_t size)
{
    allocations++;
    return __libc_realloc(p, size);
}
#endif

/* ---- one run ---- */

struct figures {
    int aircraft;
    uint64_t plots, tracks, records;
    double ns_per_plot, bytes_per_track;
    unsigned long allocations;
    uint64_t digest;
};

struct run {
    struct engine *engine;
    struct track_ast *ast;
    struct release *release;
    struct instant next; /* CAT062 */
    bool plans[SETTINGS_FEEDS]; /* feeds of flight plans, which come once for an aircraft and are no part of the cost of a plot */
};

static double processor_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double resident_bytes(void)
{
    unsigned long pages = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (!f || fscanf(f, "%lu %lu", &pages, &resident) != 2)
        resident = 0;
    if (f)
        fclose(f);
    return (double)resident * (double)sysconf(_SC_PAGESIZE);
}

static void on_event(void *context, const struct track_event *e)
{
    struct run *r = context;
    track_ast_event(r->ast, e);
}

static void frame(struct run *r, const struct tape_frame *f)
{
    static const struct release_nation viewer = {"US"};
    if (!instant_is_set(r->next))
        r->next = f->arrival;
    while (instant_before(r->next, f->arrival)) {
        engine_expire(r->engine, r->next);
        engine_drain(r->engine);
        track_ast_put(r->ast, engine_picture(r->engine), r->release, viewer, r->next);
        r->next = instant_add(r->next, CAT062_PERIOD_S);
    }
    engine_frame(r->engine, f);
    engine_drain(r->engine);
}

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static void play(struct figures *out, const uint8_t *tape, size_t size, FILE *null)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    struct run r = {.next = INSTANT_NONE, .release = release_new()};
    const struct engine_sink sink = {.event = on_event, .context = &r};
    struct config config;
    struct tape_frame f;
    size_t at = TAPE_MAGIC_SIZE;
    double started = -1, before = resident_bytes();
    unsigned long allocated = 0;
    r.ast = track_ast_new(null, 0, 1, false);
    for (int n; at < size && (n = tape_decode(tape + at, size - at, &f)) > 0; at += (size_t)n) {
        if (f.type == TAPE_START && !r.engine) {
            if (!config_parse(&config, "tape", (const char *)f.payload, f.size, &errors))
                die("the tape's settings");
            for (uint32_t i = 0; i < config.settings->feeds; i++)
                r.plans[i] = config.settings->feed[i].format == SETTINGS_PB;
            if (config.settings->tracker.tracks < 2 * (uint32_t)out->aircraft) /* the one setting that more aircraft need */
                config.settings->tracker.tracks = 2 * (uint32_t)out->aircraft;
            if (!(r.engine = engine_new(config.settings, &sink)))
                die("the engine");
            config_close(&config);
            continue;
        }
        if (f.type == TAPE_FEED && started < 0) {
            started = processor_s();
            allocated = allocations;
        }
        unsigned long so_far = allocations;
        if (f.type != TAPE_FEED || f.feed >= SETTINGS_FEEDS || !r.plans[f.feed])
            frame(&r, &f);
        if (f.type == TAPE_FEED_INFO) /* the birth of a feed's decoder */
            allocated += allocations - so_far;
    }
    double seconds = processor_s() - started;
    struct picture_counters c = picture_counters(engine_picture(r.engine));
    out->allocations = allocations - allocated;
    out->plots = c.plots;
    out->tracks = c.tracks_confirmed;
    out->records = track_ast_records(r.ast);
    out->ns_per_plot = 1e9 * seconds / (double)c.plots;
    out->bytes_per_track = (resident_bytes() - before) / (double)(c.tracks_confirmed + c.tracks_tentative);
    out->digest = picture_digest(engine_picture(r.engine));
    track_ast_free(r.ast);
    engine_free(r.engine);
    release_free(r.release);
}

/* ---- the tapes ---- */

static uint8_t *load(const char *path, size_t *size)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    fseek(f, 0, SEEK_END);
    *size = (size_t)ftell(f);
    rewind(f);
    uint8_t *bytes = malloc(*size);
    if (!bytes || fread(bytes, 1, *size, f) != *size)
        die(path);
    fclose(f);
    return bytes;
}

/* Younger than the program that made it. */
static bool fresh(const char *path, const char *program)
{
    struct stat made, maker;
    return stat(path, &made) == 0 && stat(program, &maker) == 0 && made.st_mtime >= maker.st_mtime;
}

static uint8_t *make_tape(int aircraft, size_t *size)
{
    const char *airseam = getenv("AIRSEAM") ? getenv("AIRSEAM") : "build/release/airseam", *o = getenv("O") ? getenv("O") : "build/release";
    char path[512], command[2048];
    snprintf(path, sizeof path, "%s/tests/bench/pipeline-%d.tape", o, aircraft);
    uint8_t *bytes = fresh(path, airseam) ? load(path, size) : NULL;
    if (bytes)
        return bytes;
    snprintf(command, sizeof command, "'%s' simulate --rate 0 --seed 1 --duration %d --aircraft %d --quiet --out '%s'", airseam, DURATION_S, aircraft, path);
    if (system(command) != 0 || !(bytes = load(path, size)))
        die(command);
    return bytes;
}

static int by_cost(const void *a, const void *b)
{
    double x = ((const struct figures *)a)->ns_per_plot, y = ((const struct figures *)b)->ns_per_plot;
    return (x > y) - (x < y);
}

static struct figures measure(int aircraft, FILE *null)
{
    size_t size;
    struct figures runs[RUNS];
    uint8_t *tape = make_tape(aircraft, &size);
    double bytes_per_track = 0;
    for (int i = 0; i < RUNS; i++) {
        runs[i] = (struct figures){.aircraft = aircraft};
        play(&runs[i], tape, size, null);
        bytes_per_track = i ? bytes_per_track : runs[i].bytes_per_track; /* later runs find the first one's pages */
        if (runs[i].digest != runs[0].digest) {
            fprintf(stderr, "not the same digest twice\n");
            exit(EXIT_FAILURE);
        }
    }
    free(tape);
    qsort(runs, RUNS, sizeof *runs, by_cost);
    runs[RUNS / 2].bytes_per_track = bytes_per_track;
    return runs[RUNS / 2];
}

/* In a process of its own, so that memory is counted from the same beginning each time. */
static struct figures measure_apart(int aircraft, FILE *null)
{
    struct figures f;
    int ends[2];
    fflush(NULL);
    if (pipe(ends) != 0)
        die("pipe");
    pid_t child = fork();
    if (child == 0) {
        f = measure(aircraft, null);
        _exit(write(ends[1], &f, sizeof f) == (ssize_t)sizeof f ? EXIT_SUCCESS : EXIT_FAILURE);
    }
    close(ends[1]);
    if (child < 0 || read(ends[0], &f, sizeof f) != (ssize_t)sizeof f || waitpid(child, NULL, 0) < 0)
        die("the run");
    close(ends[0]);
    return f;
}

static void put_table(FILE *out, const struct figures *rows, int n)
{
    fprintf(out, "| aircraft | plots | tracks | CAT062 records | ns per plot | plots per second | KB per track | allocations after start |\n");
    fprintf(out, "|---|---|---|---|---|---|---|---|\n");
    for (int i = 0; i < n; i++)
        fprintf(out, "| %d | %llu | %llu | %llu | %.0f | %.0f | %.1f | %lu%s |\n", rows[i].aircraft, (unsigned long long)rows[i].plots,
                (unsigned long long)rows[i].tracks, (unsigned long long)rows[i].records, rows[i].ns_per_plot, 1e9 / rows[i].ns_per_plot,
                rows[i].bytes_per_track / 1024, rows[i].allocations, COUNTED);
    fprintf(out, "\nCost per plot at %d aircraft: %.2f times that at %d.\n", rows[n - 1].aircraft, rows[n - 1].ns_per_plot / rows[0].ns_per_plot, rows[0].aircraft);
}

static void put_machine(FILE *out)
{
    char line[256], model[256] = "unknown";
    FILE *f = fopen("/proc/cpuinfo", "r");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "model name : %255[^\n]", model) == 1)
            break;
    if (f)
        fclose(f);
    double load = 0;
    getloadavg(&load, 1);
    fprintf(out, "Processor: %s, %ld of them; load of the machine while measuring: %.1f. Compiler: gcc %s, the flags of the release build.\n", model,
            sysconf(_SC_NPROCESSORS_ONLN), load, __VERSION__);
}

int main(int argc, char **argv)
{
    static const int aircraft[] = {1000, 8000, 20000, 50000};
    enum { ROWS = sizeof aircraft / sizeof aircraft[0] };
    static char buffer[1 << 16];
    struct figures rows[ROWS];
    FILE *null = fopen("/dev/null", "wb");
    if (!null || setvbuf(null, buffer, _IOFBF, sizeof buffer) != 0)
        die("/dev/null");
    for (int i = 0; i < ROWS; i++)
        rows[i] = measure_apart(aircraft[i], null);
    put_table(stdout, rows, ROWS);
    put_machine(stdout);
    if (argc > 1) {
        FILE *out = fopen(argv[1], "w");
        if (!out)
            die(argv[1]);
        fprintf(out, "# Speed\n\nBytes in, tracks and CAT062 out, one core, default settings: %d s of `airseam simulate`, median of %d runs. Made by\n"
                     "`make bench-figures`.\n\n", DURATION_S, RUNS);
        put_table(out, rows, ROWS);
        fprintf(out, "\n");
        put_machine(out);
        fclose(out);
    }
    fclose(null);
    return EXIT_SUCCESS;
}
