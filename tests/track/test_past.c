#include "track/past.h"

#include <math.h>

#include "base/rng.h"
#include "kit.h"
#include "support/support.h"

#define PLOTS 60

static struct past_plot plots[PLOTS];

static void setup(void)
{
    struct rng r = rng_init(6);
    for (int i = 0; i < PLOTS; i++)
        plots[i] = (struct past_plot){.time = kit_at(3.0 * i), .z = {.east_m = 600.0 * i + 100.0 * rng_normal(&r), .north_m = 100.0 * rng_normal(&r),
                                                                     .r = {10000, 0, 10000}}, .violent = i % 17 == 5};
}

static void correct(struct imm *m, const struct measure *z)
{
    struct imm_look look;
    ck_assert(imm_look(m, z, &look));
    imm_update(m, &look);
}

/* Feeds plots in the given order; what is too late is left out. Returns how many were. */
static int feed(const int *order, int count, struct imm *m)
{
    struct past past = {0};
    int late = 0;
    imm_start(m, plots[0].time, &plots[0].z, &(struct imm_start){.states = 5, .sigma_speed_mps = 250.0});
    past_reset(&past, m);
    for (int i = 0; i < count; i++) {
        const struct past_plot *q = &plots[order[i]];
        if (!instant_before(q->time, m->time)) {
            past_add(&past, m, q);
            if (q->violent)
                imm_predict_violent(m, q->time);
            else
                imm_predict(m, q->time);
            correct(m, &q->z);
        } else if (past_reaches(&past, q->time)) {
            past_insert(&past, q, m);
        } else {
            late++;
        }
    }
    return late;
}

static void check_same(const struct imm *a, const struct imm *b)
{
    ck_assert_int_eq(instant_cmp(a->time, b->time), 0);
    for (unsigned j = 0; j < MOTION_MODELS; j++)
        for (unsigned c = 0; c < 15; c++) {
            ck_assert_double_eq_tol(a->model[j].x[c % 5], b->model[j].x[c % 5], 1e-6);
            ck_assert_double_eq_tol(a->model[j].p[c], b->model[j].p[c], 1e-6 * (1.0 + fabs(b->model[j].p[c])));
        }
}

START_TEST(plots_out_of_order_end_where_plots_in_order_end)
{
    struct rng r = rng_init(20);
    int sorted[PLOTS], order[PLOTS];
    for (int i = 0; i + 1 < PLOTS; i++)
        sorted[i] = i + 1;
    struct imm expected, m;
    ck_assert_int_eq(feed(sorted, PLOTS - 1, &expected), 0);
    for (int round = 0; round < 100; round++) {
        double key[PLOTS];
        for (int i = 0; i + 1 < PLOTS; i++) { /* each plot up to five places late */
            double k = i + 5.0 * rng_uniform(&r);
            int at = i;
            for (; at > 0 && key[at - 1] > k; at--) {
                key[at] = key[at - 1];
                order[at] = order[at - 1];
            }
            key[at] = k;
            order[at] = i + 1;
        }
        ck_assert_int_eq(feed(order, PLOTS - 1, &m), 0);
        check_same(&m, &expected);
    }
}
END_TEST

START_TEST(what_is_older_than_the_past_is_refused)
{
    int order[PLOTS];
    for (int i = 0; i + 2 < PLOTS; i++)
        order[i] = i + 2;
    order[PLOTS - 2] = 1;
    struct imm m;
    ck_assert_int_eq(feed(order, PLOTS - 1, &m), 1);
}
END_TEST

START_TEST(the_state_of_any_kept_instant_is_found_again)
{
    struct past past = {0};
    struct imm m, then, states[PLOTS];
    imm_start(&m, plots[0].time, &plots[0].z, &(struct imm_start){.states = 5, .sigma_speed_mps = 250.0});
    past_reset(&past, &m);
    for (int i = 1; i < 30; i++) {
        past_add(&past, &m, &plots[i]);
        if (plots[i].violent)
            imm_predict_violent(&m, plots[i].time);
        else
            imm_predict(&m, plots[i].time);
        correct(&m, &plots[i].z);
        states[i] = m;
    }
    for (int i = 29; i >= 0 && past_reaches(&past, instant_add(plots[i].time, 1.0)); i--) {
        struct imm expected = states[i];
        imm_predict(&expected, instant_add(plots[i].time, 1.0));
        past_at(&past, instant_add(plots[i].time, 1.0), &then);
        check_same(&then, &expected);
    }
}
END_TEST

START_TEST(a_restart_forgets_what_was_before)
{
    struct past past = {0};
    struct imm m;
    imm_start(&m, plots[0].time, &plots[0].z, &(struct imm_start){.states = 5, .sigma_speed_mps = 250.0});
    past_reset(&past, &m);
    ck_assert(!past_restart(&past, plots[0].time, &(struct imm_start){.states = 5, .sigma_speed_mps = 250.0}, &m));
    for (int i = 1; i < 12; i++) {
        past_add(&past, &m, &plots[i]);
        imm_predict(&m, plots[i].time);
        correct(&m, &plots[i].z);
    }
    ck_assert(past_restart(&past, plots[8].time, &(struct imm_start){.states = 5, .sigma_speed_mps = 250.0}, &m));
    ck_assert_uint_eq(past.count, 3);
    ck_assert_int_eq(instant_cmp(past.base.time, plots[8].time), 0);
    ck_assert_int_eq(instant_cmp(m.time, plots[11].time), 0);
}
END_TEST

Suite *test_past_suite(void)
{
    Suite *suite = suite_create("past");
    TCase *property = tcase_create("property");
    tcase_add_checked_fixture(property, setup, NULL);
    tcase_add_test(property, plots_out_of_order_end_where_plots_in_order_end);
    tcase_add_test(property, what_is_older_than_the_past_is_refused);
    tcase_add_test(property, the_state_of_any_kept_instant_is_found_again);
    tcase_add_test(property, a_restart_forgets_what_was_before);
    suite_add_tcase(suite, property);
    return suite;
}
