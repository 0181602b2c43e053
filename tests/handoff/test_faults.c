// Random fault schedules: links that break, nodes that die and come back from their journals, messages late, lost, twice and out of order, controllers
// who change their minds, aircraft that turn. After every step nobody is responsible twice; when all is mended every aircraft has exactly one owner,
// and no dialogue is left over.
#include "stage.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>

#define SCHEDULES 10000
#define FLIGHTS 3
#define STEPS 24

static uint64_t seed_now;

static void check(struct stage *s)
{
    for (int f = 0; f < FLIGHTS; f++) {
        int centre;
        int owners = stage_owners(s, f, &centre);
        ck_assert_msg(owners <= 1, "seed %llu: flight %d has %d owners at %.1f s", (unsigned long long)seed_now, f, owners, (double)s->now.ns / 1e9);
    }
}

static bool alive(const struct stage *s, int node)
{
    return s->node[node].desk != NULL;
}

static void one_fault(struct stage *s, struct rng *r)
{
    static const enum desk_command_kind commands[] = {DESK_INITIATE, DESK_ACCEPT, DESK_REJECT, DESK_RETRACT, DESK_RECALL, DESK_FORCE, DESK_VOICE, DESK_POINT_OUT};
    int node = (int)rng_below(r, (uint32_t)s->nodes), other = (node + 1) % s->nodes, flight = (int)rng_below(r, FLIGHTS);
    switch (rng_below(r, 8)) {
    case 0: stage_link(s, node, other, false); break;
    case 1:
    case 2:
        if (alive(s, node) && alive(s, other) && !s->link[node][other])
            stage_link(s, node, other, true);
        break;
    case 3:
        if (alive(s, node) && rng_below(r, 2))
            stage_kill(s, node);
        break;
    case 4:
        if (!alive(s, node))
            stage_restart(s, node);
        break;
    case 5: s->flight[flight].east_mps = -s->flight[flight].east_mps; break;
    default:
        if (alive(s, node))
            stage_command(s, node, commands[rng_below(r, sizeof commands / sizeof commands[0])], flight);
    }
}

// Everything mended, and straight on until all is over.
static void mend(struct stage *s)
{
    s->jitter_s = s->repeat = s->lose = 0;
    for (int n = 0; n < s->nodes; n++)
        if (!alive(s, n))
            stage_restart(s, n);
    for (int n = 0; n < s->nodes; n++)
        for (int m = 0; m < n; m++)
            if (!s->link[n][m])
                stage_link(s, n, m, true);
    for (int f = 0; f < FLIGHTS; f++)
        s->flight[f].east_mps = s->flight[f].at.lon_rad > 0.17453 ? 250 : -250; // away from the border
    stage_run(s, 600);
}

static void run_schedule(uint64_t seed)
{
    struct centre_agreement a = stage_agreement();
    struct stage *s = stage_new(rng_below(&(struct rng){{seed, 1, 2, 3}}, 4) ? 2 : 3, &a, CONTROLLER_SIMULATED);
    struct rng r = rng_init(seed);
    seed_now = seed;
    s->rng = rng_stream(seed, 1);
    s->quiet = s->says = true;
    s->track_period_s = 8;
    s->watch = check;
    s->jitter_s = rng_below(&r, 3) ? 4 * rng_uniform(&r) : 0;
    s->repeat = rng_below(&r, 3) ? 0.4 * rng_uniform(&r) : 0;
    s->lose = rng_below(&r, 3) ? 0.4 * rng_uniform(&r) : 0;
    for (int f = 0; f < FLIGHTS; f++) {
        char callsign[8];
        snprintf(callsign, sizeof callsign, "ABC%d", f);
        stage_fly(s, f, callsign, rng_below(&r, 2) ? -25 - 40 * rng_uniform(&r) : 25 + 40 * rng_uniform(&r), 250);
        s->flight[f].east_mps = s->flight[f].at.lon_rad > 0.17453 ? -250 : 250;
    }
    stage_run(s, 20); // first seen with everything in order
    for (int i = 0; i < STEPS; i++) {
        stage_run(s, 12 * rng_uniform(&r));
        one_fault(s, &r);
        check(s);
    }
    mend(s);
    for (int f = 0; f < FLIGHTS; f++) {
        int centre;
        int owners = stage_owners(s, f, &centre);
        ck_assert_msg(owners == 1, "seed %llu: flight %d has %d owners in the end", (unsigned long long)seed, f, owners);
        ck_assert_msg(centre == centre_at(s->centres, s->flight[f].at.lat_rad, s->flight[f].at.lon_rad), "seed %llu: flight %d is in %s, but %s has it",
                      (unsigned long long)seed, f, centre_row(s->centres, centre_at(s->centres, s->flight[f].at.lat_rad, s->flight[f].at.lon_rad))->code,
                      centre_row(s->centres, centre)->code);
    }
    for (int n = 0; n < s->nodes; n++)
        for (uint32_t i = 0; i < desk_transfers(s->node[n].desk); i++) {
            struct desk_transfer t;
            ck_assert_msg(!desk_transfer(s->node[n].desk, i, &t), "seed %llu: a dialogue is left over in state %s", (unsigned long long)seed,
                          machine_state_name(t.side, t.state));
        }
    stage_free(s);
}

// SEED=n runs one schedule; FAULTS=n so many of them.
START_TEST(no_transfer_is_lost_or_doubled_in_random_fault_schedules)
{
    const char *one = getenv("SEED"), *many = getenv("FAULTS");
    if (one) {
        run_schedule(strtoull(one, NULL, 10));
        return;
    }
    for (uint64_t seed = 1, end = many ? strtoull(many, NULL, 10) : SCHEDULES; seed <= end; seed++)
        run_schedule(seed);
}
END_TEST

Suite *test_faults_suite(void)
{
    Suite *s = suite_create("faults");
    TCase *t = tcase_create("property");
    tcase_add_test(t, no_transfer_is_lost_or_doubled_in_random_fault_schedules);
    tcase_set_timeout(t, 300);
    suite_add_tcase(s, t);
    return s;
}
