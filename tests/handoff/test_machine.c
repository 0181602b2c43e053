// The matrices are closed: every cell decided or refused on purpose, every state reached, every state left.
#include "handoff/machine.h"

#include <check.h>
#include <string.h>

// What can always happen must have a cell in every state in which the side is alive: the sky and the clock ask nobody.
START_TEST(what_the_sky_does_is_decided_in_every_state)
{
    static const unsigned sky[MACHINE_SIDES][3] = {{MACHINE_SEE_CROSSED, MACHINE_SEE_LOST, MACHINE_SEE_TURNBACK},
                                                   {MACHINE_SEE_ENTERED, MACHINE_SEE_GONE, MACHINE_DUE_OVER}};
    for (unsigned side = 0; side < MACHINE_SIDES; side++)
        for (unsigned s = 0; s < machine_states(side); s++)
            for (unsigned i = 0; i < 3; i++) {
                bool silent = machine_is_over(side, s) || (side == MACHINE_RECEIVER && s == MACHINE_UNHEARD);
                ck_assert_msg(machine_cell(side, s, sky[side][i])->decided == !silent, "%s %s", machine_state_name(side, s), machine_event_name(side, sky[side][i]));
            }
}
END_TEST

START_TEST(every_state_is_reached_and_every_event_has_a_use)
{
    for (unsigned side = 0; side < MACHINE_SIDES; side++) {
        bool reached[32] = {true}, used[64] = {false};
        for (unsigned round = 0; round < machine_states(side); round++)
            for (unsigned s = 0; s < machine_states(side); s++)
                for (unsigned e = 0; e < machine_events(side) && reached[s]; e++) {
                    const struct machine_cell *c = machine_cell(side, s, e);
                    used[e] |= c->decided;
                    if (c->decided)
                        reached[c->to] = true;
                }
        for (unsigned s = 0; s < machine_states(side); s++)
            ck_assert_msg(reached[s], "%s is never reached", machine_state_name(side, s));
        for (unsigned e = 0; e < machine_events(side); e++)
            ck_assert_msg(used[e], "%s is never expected", machine_event_name(side, e));
    }
}
END_TEST

START_TEST(from_every_state_a_dialogue_can_end)
{
    for (unsigned side = 0; side < MACHINE_SIDES; side++) {
        bool ends[32] = {false};
        for (unsigned round = 0; round < machine_states(side); round++)
            for (unsigned s = 0; s < machine_states(side); s++) {
                ends[s] |= machine_is_over(side, s);
                for (unsigned e = 0; e < machine_events(side); e++)
                    ends[s] |= machine_cell(side, s, e)->decided && ends[machine_cell(side, s, e)->to];
            }
        for (unsigned s = 0; s < machine_states(side); s++)
            ck_assert_msg(ends[s], "%s is a trap", machine_state_name(side, s));
    }
}
END_TEST

START_TEST(nothing_follows_the_end)
{
    for (unsigned side = 0; side < MACHINE_SIDES; side++)
        for (unsigned s = 0; s < machine_states(side); s++)
            for (unsigned e = 0; e < machine_events(side); e++) {
                const struct machine_cell *c = machine_cell(side, s, e);
                ck_assert(!machine_is_over(side, s) || !c->decided);
                if (c->decided)
                    ck_assert_msg(machine_is_over(side, c->to) == ((c->actions & MACHINE_DO(CLOSE)) != 0), "%s %s", machine_state_name(side, s),
                                  machine_event_name(side, e));
            }
}
END_TEST

// Who gives says so in the same breath, and who takes was told: no cell takes on its own decision.
START_TEST(responsibility_moves_only_with_a_message)
{
    const uint64_t tells = MACHINE_DO(SAY_RLA) | MACHINE_DO(SAY_FORCE);
    const unsigned heard[MACHINE_SIDES][4] = {{MACHINE_HEAR_RLA, MACHINE_HEAR_REFUSAL, MACHINE_HEAR_REJECTION, 0},
                                              {MACHINE_HEARD_RLA, MACHINE_HEARD_FORCE, MACHINE_HEARD_FORCE, 0}};
    for (unsigned side = 0; side < MACHINE_SIDES; side++)
        for (unsigned s = 0; s < machine_states(side); s++)
            for (unsigned e = 0; e < machine_events(side); e++) {
                const struct machine_cell *c = machine_cell(side, s, e);
                if (c->actions & MACHINE_DO(GIVE))
                    ck_assert(c->actions & tells);
                if (c->actions & MACHINE_DO(TAKE))
                    ck_assert(e == heard[side][0] || e == heard[side][1] || e == heard[side][2]);
            }
}
END_TEST

START_TEST(everything_has_a_name)
{
    for (unsigned side = 0; side < MACHINE_SIDES; side++) {
        for (unsigned s = 0; s < machine_states(side); s++)
            ck_assert(strlen(machine_state_name(side, s)) > 2 && strlen(machine_state_text(side, s)) > 2);
        for (unsigned e = 0; e < machine_events(side); e++)
            ck_assert_uint_gt(strlen(machine_event_name(side, e)), 4);
    }
    ck_assert_str_eq(machine_state_name(MACHINE_SENDER, 99), "?");
    ck_assert_str_eq(machine_outcome_name(MACHINE_TIMED_OUT), "timed out");
    ck_assert_str_eq(machine_action_name(MACHINE_BIT_LEARN), "LEARN");
}
END_TEST

Suite *test_machine_suite(void)
{
    Suite *s = suite_create("machine");
    TCase *t = tcase_create("closure");
    tcase_add_test(t, what_the_sky_does_is_decided_in_every_state);
    tcase_add_test(t, every_state_is_reached_and_every_event_has_a_use);
    tcase_add_test(t, from_every_state_a_dialogue_can_end);
    tcase_add_test(t, nothing_follows_the_end);
    tcase_add_test(t, responsibility_moves_only_with_a_message);
    tcase_add_test(t, everything_has_a_name);
    suite_add_tcase(s, t);
    return s;
}
