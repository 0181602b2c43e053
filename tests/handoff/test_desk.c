// Narrative traces: what happens is the test, the log of all centres is the expectation. Times are seconds since the stage began; the other node
// is 0.1 s away. WEST has node 0, EAST node 1.
#include "stage.h"

#include "base/err.h"
#include <check.h>
#include <string.h>

static struct stage *begin(int kind, double east_km)
{
    struct centre_agreement a = stage_agreement();
    struct stage *s = stage_new(2, &a, kind);
    s->says = true;
    stage_fly(s, 0, "ABC1", east_km, 250);
    return s;
}

static void expect(struct stage *s, const char *log)
{
    const char *is = stage_log(s);
    ck_assert_msg(strcmp(is, log) == 0, "expected\n%s\nfound\n%s", log, is);
    stage_free(s);
}

START_TEST(accepted_within_one_node)
{
    struct centre_agreement a = stage_agreement();
    struct stage *s = stage_new(1, &a, CONTROLLER_SIMULATED);
    s->says = true;
    stage_fly(s, 0, "ABC1", -60, 250);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST EST -> EAST\n"
              "    4.0 EAST LAM -> WEST\n"
              "    4.0 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.0 EAST presented PROPOSED\n"
              "   61.0 EAST RLA -> WEST\n"
              "   66.2 EAST RTA accept -> WEST\n"
              "   66.2 EAST owner EAST by handoff\n"
              "   66.2 WEST RLA -> EAST\n"
              "  361.0 EAST closed receiver accepted\n"
              "  364.0 WEST closed sender accepted\n");
}
END_TEST

START_TEST(accepted_between_two_nodes)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -60);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   66.3 EAST RTA accept -> WEST\n"
              "   66.4 WEST owner EAST by handoff\n"
              "   66.4 WEST RLA -> EAST\n"
              "   66.5 EAST owner EAST by handoff\n"
              "  361.0 EAST closed receiver accepted\n"
              "  364.0 WEST closed sender accepted\n");
}
END_TEST

START_TEST(refused_and_then_given_by_telephone)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    ck_assert_int_eq(stage_command(s, 1, DESK_REJECT, 0), 0);
    stage_run(s, 30);
    ck_assert_int_eq(stage_command(s, 0, DESK_VOICE, 0), 0);
    stage_run(s, 300);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 EAST LRM REFUSED -> WEST\n"
              "   71.1 WEST told refused\n"
              "  101.0 WEST agreed\n"
              "  101.0 WEST owner EAST by voice\n"
              "  101.0 WEST RTA force -> EAST\n"
              "  101.1 EAST presented OWNING\n"
              "  101.1 EAST owner EAST by voice\n"
              "  101.1 EAST RLA -> WEST\n"
              "  361.0 EAST closed receiver forced\n"
              "  364.0 WEST closed refused sender voice\n");
}
END_TEST

// the two commands cross on the link: who is responsible decides
START_TEST(retracted_while_it_is_accepted_holds)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    ck_assert_int_eq(stage_command(s, 0, DESK_RETRACT, 0), 0);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_run(s, 10);
    ck_assert_int_eq(stage_command(s, 0, DESK_INITIATE, 0), 0);
    stage_run(s, 10);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_run(s, 300);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 WEST RTA retract -> EAST\n"
              "   71.0 EAST RTA accept -> WEST\n"
              "   71.1 EAST RLA -> WEST\n"
              "   71.1 EAST told not-given\n"
              "   71.1 WEST LRM RETRACTED -> EAST\n"
              "   81.0 WEST RTI -> EAST\n"
              "   81.1 EAST presented PROPOSED\n"
              "   81.1 EAST RLA -> WEST\n"
              "   91.0 EAST RTA accept -> WEST\n"
              "   91.1 WEST owner EAST by handoff\n"
              "   91.1 WEST RLA -> EAST\n"
              "   91.2 EAST owner EAST by handoff\n"
              "  361.0 EAST closed not-given receiver accepted\n"
              "  364.0 WEST closed sender accepted\n");
}
END_TEST

START_TEST(recalled_before_the_boundary_and_not_behind_it)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_run(s, 10);
    ck_assert_int_eq(stage_command(s, 0, DESK_RECALL, 0), 0);
    stage_run(s, 50);
    ck_assert_int_eq(stage_command(s, 0, DESK_INITIATE, 0), 0);
    stage_run(s, 1);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_run(s, 150);
    ck_assert_int_eq(stage_command(s, 0, DESK_RECALL, 0), 0);
    stage_run(s, 150);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 EAST RTA accept -> WEST\n"
              "   71.1 WEST owner EAST by handoff\n"
              "   71.1 WEST RLA -> EAST\n"
              "   71.2 EAST owner EAST by handoff\n"
              "   81.0 WEST RTA recall -> EAST\n"
              "   81.1 EAST owner WEST by recall\n"
              "   81.1 EAST RLA -> WEST\n"
              "   81.2 WEST owner WEST by recall\n"
              "  131.0 WEST RTI -> EAST\n"
              "  131.1 EAST presented PROPOSED\n"
              "  131.1 EAST RLA -> WEST\n"
              "  132.0 EAST RTA accept -> WEST\n"
              "  132.1 WEST owner EAST by handoff\n"
              "  132.1 WEST RLA -> EAST\n"
              "  132.2 EAST owner EAST by handoff\n"
              "  282.0 WEST RTA recall -> EAST\n"
              "  282.1 EAST LRM CROSSED -> WEST\n"
              "  282.2 WEST told rejected\n"
              "  361.0 EAST closed receiver accepted\n"
              "  364.0 WEST closed rejected sender accepted\n");
}
END_TEST

START_TEST(forced_without_an_answer)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    ck_assert_int_eq(stage_command(s, 0, DESK_FORCE, 0), 0);
    ck_assert_int_eq(stage_command(s, 0, DESK_FORCE, 0), ERR_DENIED);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 WEST owner EAST by force\n"
              "   71.0 WEST RTA force -> EAST\n"
              "   71.1 EAST presented OWNING\n"
              "   71.1 EAST owner EAST by force\n"
              "   71.1 EAST RLA -> WEST\n"
              "  361.0 EAST closed receiver forced\n"
              "  364.0 WEST closed sender forced\n");
}
END_TEST

START_TEST(pointed_out_approved_rejected_and_expired)
{
    struct stage *s = begin(CONTROLLER_PERSON, -160);
    uint64_t first = message_transfer("WEST", 2); // the first is the crossing that is predicted
    stage_run(s, 10);
    for (unsigned i = 0; i < 3; i++) {
        ck_assert_int_eq(stage_command_to(s, 0, DESK_POINT_OUT, 0, "EAST"), 0);
        stage_run(s, 1);
        struct desk_command c = {.kind = i == 0 ? DESK_APPROVE : DESK_UNABLE, .transfer = first + i};
        if (i < 2)
            ck_assert_int_eq(desk_input_command(s->node[1].desk, &c, s->now), 0);
        stage_run(s, 1);
    }
    stage_run(s, 190);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "   11.0 WEST pointed asked\n"
              "   11.0 WEST POI -> EAST\n"
              "   11.1 EAST pointed asked\n"
              "   13.0 WEST pointed asked\n"
              "   13.0 WEST POI -> EAST\n"
              "   12.0 EAST pointed approved\n"
              "   12.0 EAST POA -> WEST\n"
              "   13.1 EAST pointed asked\n"
              "   13.2 WEST pointed approved\n"
              "   15.0 WEST pointed asked\n"
              "   15.0 WEST POI -> EAST\n"
              "   14.0 EAST pointed unable\n"
              "   14.0 EAST POJ -> WEST\n"
              "   15.1 EAST pointed asked\n"
              "   15.2 WEST pointed unable\n"
              "   41.0 WEST CPL -> EAST\n"
              "   41.1 EAST LAM -> WEST\n"
              "  195.0 WEST pointed expired\n"
              "  195.1 EAST pointed expired\n");
}
END_TEST

// the link is cut, WEST still has it, EAST assumes it and offers it back: the offer of the smaller name stands
START_TEST(both_sides_offer_at_once_and_one_offer_stands)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 50);
    stage_link(s, 0, 1, false);
    stage_run(s, 200);
    ck_assert_int_eq(stage_command(s, 1, DESK_ASSUME, 0), 0);
    s->flight[0].east_mps = -250;
    stage_run(s, 20);
    stage_link(s, 0, 1, true);
    stage_run(s, 5);
    ck_assert_int_eq(stage_command(s, 0, DESK_ACCEPT, 0), 0);
    stage_run(s, 200);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   51.0 ---- link down\n"
              "   51.0 ---- link down\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.0 WEST told no-link\n"
              "   71.0 WEST told unanswered\n"
              "   71.0 WEST calling unanswered\n"
              "  244.0 WEST told crossed\n"
              "  251.0 EAST owner EAST by command\n"
              "  252.0 EAST CPL -> WEST\n"
              "  252.0 EAST RTI -> WEST\n"
              "  252.0 EAST told no-link\n"
              "  262.0 EAST told unanswered\n"
              "  262.0 EAST calling unanswered\n"
              "  264.0 EAST told crossed\n"
              "  271.0 ---- link up\n"
              "  271.0 ---- link up\n"
              "  271.2 WEST conflict\n"
              "  271.2 WEST owner EAST by place\n"
              "  271.2 WEST CNL -> EAST\n"
              "  271.2 WEST closed crossed sender cancelled\n"
              "  271.2 WEST LAM -> EAST\n"
              "  271.2 WEST presented SHOWN\n"
              "  271.2 WEST presented PROPOSED\n"
              "  271.2 WEST RLA -> EAST\n"
              "  271.2 EAST LRM OTHER_FIRST -> WEST\n"
              "  271.3 EAST LAM -> WEST\n"
              "  271.3 EAST closed receiver cancelled\n"
              "  272.0 WEST told crossed\n"
              "  276.0 WEST RTA accept -> EAST\n"
              "  276.1 EAST owner WEST by handoff\n"
              "  276.1 EAST RLA -> WEST\n"
              "  276.2 WEST owner WEST by handoff\n"
              "  396.1 EAST closed crossed sender accepted\n"
              "  396.2 WEST closed crossed receiver accepted\n");
}
END_TEST

START_TEST(turning_back_cancels)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -100);
    stage_run(s, 100);
    s->flight[0].east_mps = -250;
    stage_run(s, 200);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "  101.0 EAST presented SHOWN\n"
              "  136.0 WEST CNL -> EAST\n"
              "  136.0 WEST closed sender cancelled\n"
              "  136.1 EAST LAM -> WEST\n"
              "  136.1 EAST closed receiver cancelled\n");
}
END_TEST

START_TEST(slowing_down_changes_the_estimate)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -100);
    stage_run(s, 100);
    s->flight[0].east_mps = 190;
    stage_run(s, 100);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "  101.0 EAST presented SHOWN\n"
              "  112.0 WEST CHG -> EAST\n"
              "  112.1 EAST presented SHOWN\n"
              "  112.1 EAST LAM -> WEST\n");
}
END_TEST

START_TEST(track_lost_in_mid_transfer)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    stage_drop(s, 0);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 WEST CNL -> EAST\n"
              "   71.0 WEST closed sender track lost\n"
              "   71.0 WEST owner ---- by nobody\n"
              "   71.1 EAST LAM -> WEST\n"
              "   71.1 EAST closed receiver cancelled\n");
}
END_TEST

START_TEST(code_changed_in_mid_transfer)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    s->flight[0].ident.mode_a = 04321;
    stage_run(s, 20);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   91.0 EAST RTA accept -> WEST\n"
              "   91.1 WEST owner EAST by handoff\n"
              "   91.1 WEST RLA -> EAST\n"
              "   91.2 EAST owner EAST by handoff\n"
              "  361.0 EAST closed receiver accepted\n"
              "  364.0 WEST closed sender accepted\n");
}
END_TEST

START_TEST(receiving_node_dies_and_returns)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    stage_kill(s, 1);
    stage_run(s, 30);
    stage_restart(s, 1);
    stage_run(s, 10);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 ---- link down\n"
              "   71.0 WEST told no-link\n"
              "  101.0 ---- link up\n"
              "  101.0 ---- link up\n"
              "  111.0 EAST RTA accept -> WEST\n"
              "  111.1 WEST owner EAST by handoff\n"
              "  111.1 WEST RLA -> EAST\n"
              "  111.2 EAST owner EAST by handoff\n"
              "  361.0 EAST closed receiver accepted\n"
              "  364.0 WEST closed sender accepted\n");
}
END_TEST

START_TEST(sending_node_dies_between_acceptance_and_release)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 70);
    ck_assert_int_eq(stage_command(s, 1, DESK_ACCEPT, 0), 0);
    stage_kill(s, 0);
    stage_run(s, 30);
    stage_restart(s, 0);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "   71.0 EAST RTA accept -> WEST\n"
              "   71.0 ---- link down\n"
              "   81.0 EAST told unanswered\n"
              "  101.0 ---- link up\n"
              "  101.0 ---- link up\n"
              "  101.2 WEST owner EAST by handoff\n"
              "  101.2 WEST RLA -> EAST\n"
              "  101.3 EAST owner EAST by handoff\n"
              "  361.0 EAST closed unanswered receiver accepted\n"
              "  364.0 WEST closed sender accepted\n");
}
END_TEST

START_TEST(link_cut_for_a_minute)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -60);
    stage_run(s, 50);
    stage_link(s, 0, 1, false);
    stage_run(s, 60);
    stage_link(s, 0, 1, true);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   51.0 ---- link down\n"
              "   51.0 ---- link down\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.0 WEST told no-link\n"
              "   71.0 WEST told unanswered\n"
              "   71.0 WEST calling unanswered\n"
              "  111.0 ---- link up\n"
              "  111.0 ---- link up\n"
              "  111.2 EAST presented PROPOSED\n"
              "  111.2 EAST RLA -> WEST\n"
              "  116.4 EAST RTA accept -> WEST\n"
              "  116.5 WEST owner EAST by handoff\n"
              "  116.5 WEST RLA -> EAST\n"
              "  116.6 EAST owner EAST by handoff\n"
              "  361.0 EAST closed receiver accepted\n"
              "  364.0 WEST closed unanswered sender accepted\n");
}
END_TEST

START_TEST(nobody_accepts)
{
    struct stage *s = begin(CONTROLLER_PERSON, -60);
    stage_run(s, 400);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "   61.0 WEST RTI -> EAST\n"
              "   61.1 EAST presented PROPOSED\n"
              "   61.1 EAST RLA -> WEST\n"
              "  121.2 WEST told unaccepted\n"
              "  121.2 WEST calling unaccepted\n"
              "  244.0 WEST told crossed\n"
              "  361.0 EAST LRM REFUSED -> WEST\n"
              "  361.1 WEST told refused\n");
}
END_TEST

START_TEST(found_late_is_offered_at_once)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -20);
    stage_run(s, 220);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "    4.0 WEST RTI -> EAST\n"
              "    4.1 EAST LAM -> WEST\n"
              "    4.1 EAST presented SHOWN\n"
              "    4.1 EAST presented PROPOSED\n"
              "    4.1 EAST RLA -> WEST\n"
              "    9.3 EAST RTA accept -> WEST\n"
              "    9.4 WEST owner EAST by handoff\n"
              "    9.4 WEST RLA -> EAST\n"
              "    9.5 EAST owner EAST by handoff\n"
              "  201.0 EAST closed receiver accepted\n"
              "  204.0 WEST closed sender accepted\n");
}
END_TEST

// up to twenty seconds late, half of them twice
START_TEST(delayed_repeated_reordered)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -100);
    s->jitter_s = 20;
    s->repeat = 0.5;
    stage_run(s, 600);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST CPL -> EAST\n"
              "   13.0 EAST LAM -> WEST\n"
              "   14.0 WEST told unanswered\n"
              "  101.0 EAST presented SHOWN\n"
              "  221.0 WEST RTI -> EAST\n"
              "  221.5 EAST presented PROPOSED\n"
              "  221.5 EAST RLA -> WEST\n"
              "  226.6 EAST RTA accept -> WEST\n"
              "  236.6 EAST told unanswered\n"
              "  244.7 WEST owner EAST by handoff\n"
              "  244.7 WEST RLA -> EAST\n"
              "  251.5 EAST owner EAST by handoff\n"
              "  521.0 EAST closed unanswered receiver accepted\n"
              "  524.0 WEST closed unanswered sender accepted\n");
}
END_TEST

START_TEST(ends_at_the_boundary)
{
    struct centre_agreement a = stage_agreement();
    a.mode = CENTRE_ENDS;
    struct stage *s = stage_new(1, &a, CONTROLLER_SIMULATED);
    stage_fly(s, 0, "ABC1", -20, 250);
    stage_run(s, 300);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "   84.0 WEST owner ---- by nobody\n"
              "   84.0 WEST closed sender dropped at the boundary\n"
              "  144.0 EAST owner EAST by entry\n");
}
END_TEST

START_TEST(by_telephone_one_call_at_a_time)
{
    struct centre_agreement a = stage_agreement();
    a.mode = CENTRE_MANUAL;
    struct stage *s = stage_new(1, &a, CONTROLLER_SIMULATED);
    stage_fly(s, 0, "ABC1", -60, 250);
    stage_fly(s, 1, "ABC2", -61, 250);
    stage_run(s, 360);
    expect(s, "    4.0 WEST owner WEST by entry\n"
              "    4.0 WEST owner WEST by entry\n"
              "   61.0 WEST calling agreement\n"
              "   65.0 WEST calling agreement\n"
              "  117.3 WEST agreed\n"
              "  117.3 EAST owner EAST by voice\n"
              "  117.3 EAST presented OWNING\n"
              "  157.3 WEST agreed\n"
              "  157.3 EAST owner EAST by voice\n"
              "  157.3 EAST presented OWNING\n");
}
END_TEST

START_TEST(born_at_the_border_of_two_nodes_has_one_owner)
{
    struct stage *s = begin(CONTROLLER_SIMULATED, -1);
    stage_run(s, 60);
    expect(s, "   40.0 EAST owner EAST by entry\n");
}
END_TEST

Suite *test_desk_suite(void)
{
    Suite *s = suite_create("desk");
    TCase *t = tcase_create("trace");
    tcase_add_test(t, accepted_within_one_node);
    tcase_add_test(t, accepted_between_two_nodes);
    tcase_add_test(t, refused_and_then_given_by_telephone);
    tcase_add_test(t, retracted_while_it_is_accepted_holds);
    tcase_add_test(t, recalled_before_the_boundary_and_not_behind_it);
    tcase_add_test(t, forced_without_an_answer);
    tcase_add_test(t, pointed_out_approved_rejected_and_expired);
    tcase_add_test(t, both_sides_offer_at_once_and_one_offer_stands);
    tcase_add_test(t, turning_back_cancels);
    tcase_add_test(t, slowing_down_changes_the_estimate);
    tcase_add_test(t, track_lost_in_mid_transfer);
    tcase_add_test(t, code_changed_in_mid_transfer);
    tcase_add_test(t, receiving_node_dies_and_returns);
    tcase_add_test(t, sending_node_dies_between_acceptance_and_release);
    tcase_add_test(t, link_cut_for_a_minute);
    tcase_add_test(t, nobody_accepts);
    tcase_add_test(t, found_late_is_offered_at_once);
    tcase_add_test(t, delayed_repeated_reordered);
    tcase_add_test(t, ends_at_the_boundary);
    tcase_add_test(t, by_telephone_one_call_at_a_time);
    tcase_add_test(t, born_at_the_border_of_two_nodes_has_one_owner);
    suite_add_tcase(s, t);
    return s;
}
