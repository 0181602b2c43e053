// Handoffs between two nodes: two processes, TLS between them, journals synced in groups.
//
// bench_nodes [HANDOFFS_PER_MINUTE [SECONDS]]  (100 000, 20). Aircraft cross the border one behind the other so densely that the wanted rate comes out,
// RATE times as fast as in life. Of the node that gives: processor, memory, syncs, and the time from the offer to its logical acknowledgement.
#include "support/crossing.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define RATE 60.0
#define LEAD_S 220.0 // offers are made 180 s before the border
#define LATENCIES 4000000

static struct crossing crossing;
static uint64_t given;
static int64_t *offered;     // per transfer, wall time
static float *latency_ms;
static size_t latencies;

static void on_west(void *context, const struct diary_entry *e)
{
    size_t i = (size_t)(e->transfer & UINT32_MAX) % LATENCIES; // transfers are counted

    (void)context;
    if (e->kind == DIARY_OWNER && strcmp(e->with, "EAST") == 0)
        given++;
    if (e->kind == DIARY_SAID && e->message == MESSAGE_RTI)
        offered[i] = crossing_wall_ns();
    if (e->kind == DIARY_HEARD && e->message == MESSAGE_RLA && offered[i] && latencies < LATENCIES) {
        latency_ms[latencies++] = (float)((double)(crossing_wall_ns() - offered[i]) / 1e6);
        offered[i] = 0;
    }
}

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;

    return (x > y) - (x < y);
}

static double percentile(double p)
{
    size_t i = (size_t)(p * (double)latencies);

    return latencies ? (double)latency_ms[i < latencies ? i : latencies - 1] : 0;
}

static double processor_s(void)
{
    struct rusage u;

    getrusage(RUSAGE_SELF, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) + 1e-6 * (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

int main(int argc, char **argv)
{
    double per_minute = argc > 1 ? atof(argv[1]) : 100000, run_s = argc > 2 ? atof(argv[2]) : 20, warm_s = LEAD_S / RATE + 2;
    char address[64] = "tcp://";
    struct crossing_node west = {.event = on_west};
    struct rusage u;

    crossing = (struct crossing){.rate = RATE, .behind_s = 60 * RATE / per_minute, .track_s = 20, .accept_s = 6, .keepalive_s = 3, .lead_s = LEAD_S};
    crossing.flights = (int)((run_s + warm_s + 5) * RATE / crossing.behind_s);
    offered = calloc(LATENCIES, sizeof *offered);
    latency_ms = malloc(LATENCIES * sizeof *latency_ms);
    if (!offered || !latency_ms)
        return 1;
    crossing_begin(&crossing);
    crossing_open(&west, &crossing, false, "tcp://127.0.0.1:0", NULL);
    handoff_address(west.handoff, address + 6, sizeof address - 6);
    pid_t child = fork();
    if (child == 0) {
        struct crossing_node east = {.event = NULL};
        crossing_open(&east, &crossing, true, NULL, address);
        event_base_dispatch(east.base);
        _exit(2);
    }
    crossing_run(&west, warm_s);
    uint64_t before = given;
    struct journal_counters j = handoff_state(west.handoff).journal;
    double began_s = processor_s();
    int64_t began_ns = crossing_wall_ns();
    latencies = 0;
    crossing_run(&west, run_s);
    double took_s = (double)(crossing_wall_ns() - began_ns) / 1e9, used_s = processor_s() - began_s;
    struct journal_counters k = handoff_state(west.handoff).journal;
    getrusage(RUSAGE_SELF, &u);
    qsort(latency_ms, latencies, sizeof *latency_ms, by_value);
    printf("handoffs a minute      %10.0f\n", (double)(given - before) / took_s * 60);
    printf("transfers open at once %10u\n", (unsigned)desk_transfers(handoff_desk(west.handoff)));
    printf("processor, %% of a core %10.1f   (tracks of %.0f aircraft fed to it included)\n", 100 * used_s / took_s, 2 * crossing.lead_s / crossing.behind_s);
    printf("memory, MiB            %10.1f\n", (double)u.ru_maxrss / 1024);
    printf("journal, records a s   %10.0f   syncs a s %.0f, longest %.1f ms\n", (double)(k.records - j.records) / took_s, (double)(k.syncs - j.syncs) / took_s, 1e3 * k.sync_longest_s);
    printf("offer to acknowledgement, wall ms: p50 %.1f, p99 %.1f, p99.8 %.1f, longest %.1f of %zu\n", percentile(0.5), percentile(0.99), percentile(0.998), percentile(1), latencies);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    crossing_close(&west);
    crossing_end(&crossing);
    return 0;
}
