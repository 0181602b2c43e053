// The real daemon on loopback: radar datagrams in; tracks by HTTP, control socket, CAT062 and protobuf out; a tape that replays to its digest.
#include "daemon/config.h"
#include "daemon/engine.h"
#include "daemon/recorder.h"
#include "daemon_kit.h"
#include "wire/asterix_block.h"
#include "wire/asterix_path.h"
#include "wire/envelope.h"

#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/support.h"

#define RATE 20.0
#define FLIGHT_S 60.0 // enough scans to confirm a track

static struct kit kit;
static int clock_port;
static int listener; // where CAT062 goes

static void setup(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval wait = {KIT_WAIT_S, 0};
    kit_init(&kit);
    clock_port = kit_free_port(SOCK_DGRAM);
    listener = socket(AF_INET, SOCK_DGRAM, 0);
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&at, sizeof at), 0);
    setsockopt(listener, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
}

static void teardown(void)
{
    kit_fini(&kit);
    close(listener);
}

static const char feeds[] = "feeds:\n"
                            "  - {name: a, listen: \"udp://127.0.0.1:0\", clock_tolerance_s: 100}\n"
                            "  - {name: closed, listen: \"udp://127.0.0.1:0\", from: [127.0.0.9]}\n";

static void write_settings(const char *more_feeds)
{
    struct sockaddr_in at;
    socklen_t size = sizeof at;
    char text[2048];
    getsockname(listener, (struct sockaddr *)&at, &size);
    snprintf(text, sizeof text,
             "%s%soutputs:\n"
             "  - {name: centre, kind: cat062, to: \"udp://127.0.0.1:%d\", nation: US, period_s: 4, sac: 7, sic: 8, sensors_period_s: 4}\n"
             "  - {name: stream, kind: track_stream, listen: \"tcp://127.0.0.1:0\", nation: US, period_s: 0}\n"
             "  - {name: nodes, kind: cat062, to: \"udp://127.0.0.1:9\", nation: MX, own: true, sac: 7, sic: 9, sensors_period_s: 0, status_period_s: 0}\n",
             feeds, more_feeds, ntohs(at.sin_port));
    kit_write(&kit, clock_port, text);
}

// Up and running, with a confirmed track.
static void start_and_fly(void)
{
    write_settings("");
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    kit_fly(&kit, 0, FLIGHT_S);
    ck_assert(kit_until(&kit, "picture.tracks_confirmed", 1));
    ck_assert(kit_until(&kit, "outputs.2.tracks", 1)); // seen by a radar of this nation, so other nodes get it
}

// Makes an engine of what the tape says at its start.
static struct engine *begin(const struct tape_frame *start)
{
    static char room[4096];
    struct text_out errors = text_out_init(room, sizeof room);
    struct engine_sink sink = {0};
    struct config config;
    ck_assert_msg(config_parse(&config, "tape", (const char *)start->payload, start->size, &errors), "%s", room);
    struct engine *engine = engine_new(config.settings, &sink);
    config_close(&config);
    return engine;
}

// Begins at the last snapshot before any reload, passing over what lies before it; the answer of engine_frame to the END.
static int replay_from_snapshot(const uint8_t *tape, size_t size)
{
    struct engine *engine = NULL;
    struct tape_frame frame, start = {0};
    size_t snapshot = 0, at;
    int n, code = 1;
    for (at = TAPE_MAGIC_SIZE; at < size && (n = tape_decode(tape + at, size - at, &frame)) > 0 && frame.type != TAPE_SETTINGS; at += (size_t)n) {
        if (frame.type == TAPE_START)
            start = frame;
        if (frame.type == TAPE_SNAPSHOT) {
            size_t state_size;
            uint8_t *state = recorder_unpack(&frame, &state_size);
            ck_assert_ptr_nonnull(state);
            engine_free(engine);
            engine = begin(&start);
            ck_assert_int_eq(engine_load(engine, state, state_size), 0);
            free(state);
            snapshot = at;
        }
    }
    ck_assert_uint_gt(snapshot, 0);
    for (at = snapshot; code > 0 && at < size && (n = tape_decode(tape + at, size - at, &frame)) > 0; at += (size_t)n) {
        int answer = engine_frame(engine, &frame);
        code = frame.type == TAPE_END ? answer : 1;
    }
    engine_free(engine);
    return code;
}

// A picture made by replaying the tape: the answer of engine_frame to its END, or 1 when there is none. *units: feed frames seen.
static int replay(const uint8_t *tape, size_t size, unsigned *units, unsigned *snapshots)
{
    struct engine *engine = NULL;
    struct tape_frame frame;
    int n, code = 1;
    *units = *snapshots = 0;
    ck_assert_uint_gt(size, TAPE_MAGIC_SIZE);
    ck_assert_mem_eq(tape, TAPE_MAGIC, TAPE_MAGIC_SIZE);
    for (size_t at = TAPE_MAGIC_SIZE; code > 0 && at < size && (n = tape_decode(tape + at, size - at, &frame)) > 0; at += (size_t)n) {
        if (frame.type == TAPE_START) {
            engine = begin(&frame);
        } else {
            ck_assert_ptr_nonnull(engine);
            *units += frame.type == TAPE_FEED;
            *snapshots += frame.type == TAPE_SNAPSHOT;
            int answer = engine_frame(engine, &frame);
            code = frame.type == TAPE_END ? answer : 1;
        }
    }
    engine_free(engine);
    return code;
}

START_TEST(tracks_come_out_by_control_socket_and_http)
{
    char *body;
    start_and_fly();
    json_t *answer = kit_ask(&kit, "tracks");
    json_t *track = json_array_get(json_object_get(answer, "tracks"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(track, "mode_s")), "c0ffee");
    ck_assert_double_eq_tol(json_number_value(json_object_get(track, "speed_mps")), 200, 20);
    json_decref(answer);

    ck_assert_int_eq(kit_get(&kit, "/data/aircraft.json", &body), 200);
    json_t *document = json_loads(body, 0, NULL);
    json_t *aircraft = json_array_get(json_object_get(document, "aircraft"), 0);
    ck_assert_str_eq(json_string_value(json_object_get(aircraft, "hex")), "c0ffee");
    ck_assert_str_eq(json_string_value(json_object_get(aircraft, "squawk")), "4321");
    ck_assert_double_eq_tol(json_number_value(json_object_get(aircraft, "gs")), 200 / 0.514444, 40);
    ck_assert_double_eq_tol(json_number_value(json_object_get(aircraft, "lon")), -74.366, 0.05);
    json_decref(document);
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/metrics", &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "\nairseam_tracks_confirmed 1\n"));
    ck_assert_ptr_nonnull(strstr(body, "airseam_sensor_alive{sensor=\"one\",nation=\"US\",source=\"10/1\"} 1\n"));
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/health", &body), 200);
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/data/receiver.json", &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "\"lat\":45"));
    free(body);
    ck_assert_int_eq(kit_get(&kit, "/nothing", &body), 404);
    free(body);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(without_a_beacon_feeds_are_counted_and_discarded)
{
    char *body;
    write_settings("");
    kit_start(&kit);
    ck_assert_int_eq((int)kit_number(&kit, "clock.known"), 0);
    kit_announce(&kit, 0, RATE);
    kit_fly(&kit, 0, 4);
    ck_assert(kit_until(&kit, "before_clock", 1));
    ck_assert_int_eq((int)kit_number(&kit, "units"), 0);
    ck_assert_int_eq(kit_get(&kit, "/health", &body), 503);
    ck_assert_ptr_nonnull(strstr(body, "beacon"));
    free(body);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

// Category of the first block in the next datagram, its first record decoded.
static unsigned receive(int fd, struct asterix_record *record, uint8_t *bytes, size_t room)
{
    static struct asterix_editions editions;
    struct asterix_block block;
    struct asterix_fault fault;
    ssize_t n = recv(fd, bytes, room, 0);
    ck_assert_int_gt(n, 0);
    asterix_block_editions(&editions);
    asterix_block_open(&block, &editions, bytes, (size_t)n);
    ck_assert_int_eq(asterix_block_next(&block, record, &fault), 1);
    return record->category->number;
}

START_TEST(cat062_063_and_065_leave_as_datagrams)
{
    bool seen62 = false, seen63 = false, seen65 = false;
    struct asterix_record record;
    uint8_t bytes[2048];
    start_and_fly();
    for (int i = 0; i < 500 && !(seen62 && seen63 && seen65); i++) {
        unsigned category = receive(listener, &record, bytes, sizeof bytes);
        struct asterix_place place;
        uint64_t raw = 0;
        ck_assert_int_eq(asterix_path_find(record.category, "010/SAC", &place), 0);
        ck_assert(asterix_path_raw(&record, &place, &raw) && raw == 7);
        if (category == 62) {
            ck_assert_int_eq(asterix_path_find(record.category, "380/ADR", &place), 0);
            ck_assert(asterix_path_raw(&record, &place, &raw) && raw == 0xc0ffee);
        }
        seen62 = seen62 || category == 62;
        seen63 = seen63 || category == 63;
        seen65 = seen65 || category == 65;
    }
    ck_assert(seen62 && seen63 && seen65);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(per_plot_output_reaches_a_multicast_group)
{
    struct sockaddr_in at = {.sin_family = AF_INET};
    struct ip_mreqn group = {.imr_address.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval wait = {KIT_WAIT_S, 0};
    struct asterix_record record;
    uint8_t bytes[2048];
    char text[1024];
    int port = kit_free_port(SOCK_DGRAM), fd = socket(AF_INET, SOCK_DGRAM, 0);
    inet_pton(AF_INET, "239.255.77.2", &at.sin_addr);
    at.sin_port = htons((uint16_t)port);
    group.imr_multiaddr = at.sin_addr;
    ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, sizeof at), 0);
    ck_assert_int_eq(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &group, sizeof group), 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    snprintf(text, sizeof text,
             "%soutputs:\n  - {name: group, kind: cat062, to: \"udp://239.255.77.2:%d?interface=lo&ttl=1\", nation: MX, period_s: 0, sensors_period_s: 0, "
             "status_period_s: 0}\n",
             feeds, port);
    kit_write(&kit, clock_port, text);
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    kit_fly(&kit, 0, FLIGHT_S);
    for (int i = 0; i < 3; i++)
        ck_assert_uint_eq(receive(fd, &record, bytes, sizeof bytes), 62);
    close(fd);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(the_track_stream_begins_with_what_there_is)
{
    uint8_t bytes[4096];
    struct timeval wait = {KIT_WAIT_S, 0};
    struct envelope e;
    size_t used = 0, need = 2;
    start_and_fly();
    int fd = kit_connect(kit_text(&kit, "outputs.1.address"), SOCK_STREAM);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    while (used < need) {
        ssize_t n = recv(fd, bytes + used, sizeof bytes - used, 0);
        ck_assert_int_gt(n, 0);
        used += (size_t)n;
        if (used >= 2)
            need = 2 + ((size_t)(bytes[0] & 0x7f) | (size_t)bytes[1] << 7);
    }
    ck_assert_int_eq(envelope_decode(bytes + 2, need - 2, &e), 0);
    ck_assert_uint_eq(e.kind, ENVELOPE_TRACK);
    ck_assert_str_eq(e.node, "test");
    ck_assert_uint_eq(e.track.track.ident.mode_s, 0xc0ffee);
    close(fd);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(the_tape_replays_to_the_live_digest)
{
    unsigned units, snapshots;
    size_t size;
    start_and_fly();
    json_decref(kit_ask(&kit, "feed disable a"));
    kit_fly(&kit, 0, 8);
    ck_assert(kit_until(&kit, "feeds.0.passed_over", 1));
    json_decref(kit_ask(&kit, "feed enable a"));
    write_settings("  - {name: third, listen: \"udp://127.0.0.1:0\", editions: {\"048\": \"1.32\"}, clock_tolerance_s: 100}\n");
    json_t *answer = kit_ask(&kit, "reload");
    ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s", json_string_value(json_object_get(answer, "error")));
    json_decref(answer);
    kit_fly(&kit, 2, 12);
    ck_assert(kit_until(&kit, "feeds.2.datagrams", 10));
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
    uint8_t *tape = kit_read_tape(&kit, &size);
    ck_assert_int_eq(replay(tape, size, &units, &snapshots), 0);
    ck_assert_uint_gt(units, 100);
    ck_assert_uint_ge(snapshots, 1);
    ck_assert_int_eq(replay_from_snapshot(tape, size), 0);
    free(tape);
}
END_TEST

START_TEST(a_killed_daemon_leaves_a_tape_that_opens)
{
    unsigned units, snapshots;
    size_t size;
    start_and_fly();
    double written = kit_number(&kit, "tape.written_octets");
    ck_assert(kit_until(&kit, "tape.syncs", 2));
    ck_assert_int_eq(kit_stop(&kit, SIGKILL), -SIGKILL);
    uint8_t *tape = kit_read_tape(&kit, &size);
    ck_assert_double_ge((double)size, written);
    ck_assert_int_eq(replay(tape, size, &units, &snapshots), 1);
    ck_assert_uint_gt(units, 100);
    free(tape);
}
END_TEST

START_TEST(bad_new_settings_leave_the_old_ones_in_force)
{
    size_t size;
    write_settings("");
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    write_settings("  - {name: third, listen: \"upd://127.0.0.1:0\"}\n");
    ck_assert_int_eq(kill(kit.pid, SIGHUP), 0);
    ck_assert(kit_until(&kit, "reloads_refused", 1));
    ck_assert_str_eq(kit_text(&kit, "feeds.2.name"), "");
    char *log = kit_read_file(kit.log, &size);
    ck_assert_ptr_nonnull(strstr(log, "a.yaml:12:27: feeds[2].listen: expected udp://HOST:PORT or tcp://HOST:PORT, found \"upd://127.0.0.1:0\""));
    free(log);
    json_t *answer = kit_ask(&kit, "reload");
    ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(answer, "error")), "a.yaml:12:27: "));
    json_decref(answer);
    write_settings("  - {name: third, listen: \"udp://127.0.0.1:0\"}\n");
    ck_assert_int_eq(kill(kit.pid, SIGHUP), 0);
    ck_assert(kit_until(&kit, "reloads", 1));
    ck_assert_str_eq(kit_text(&kit, "feeds.2.name"), "third");
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(an_unknown_edition_is_refused_like_any_mistake)
{
    write_settings("");
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    write_settings("  - {name: third, listen: \"udp://127.0.0.1:0\", editions: {\"048\": \"9.9\"}}\n");
    json_t *answer = kit_ask(&kit, "reload");
    ck_assert(json_is_false(json_object_get(answer, "ok")));
    ck_assert_ptr_nonnull(strstr(json_string_value(json_object_get(answer, "error")), "third"));
    json_decref(answer);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(addresses_that_may_not_send_are_counted_and_change_nothing)
{
    write_settings("");
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    kit_fly(&kit, 1, 8);
    ck_assert(kit_until(&kit, "feeds.1.refused", 8));
    ck_assert_int_eq((int)kit_number(&kit, "feeds.1.units"), 0);
    ck_assert_int_eq((int)kit_number(&kit, "picture.plots"), 0);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(junk_costs_itself_and_nothing_else)
{
    uint8_t junk[300];
    start_and_fly();
    int fd = kit_connect(kit_text(&kit, "feeds.0.address"), SOCK_DGRAM);
    for (unsigned i = 0; i < 200; i++) {
        for (size_t k = 0; k < sizeof junk; k++)
            junk[k] = (uint8_t)(i * 31 + k * (i + 7));
        ck_assert_int_gt(send(fd, junk, 1 + i, 0), 0);
    }
    close(fd);
    double plots = kit_number(&kit, "picture.plots_used");
    kit_fly(&kit, 0, 12);
    ck_assert(kit_until(&kit, "picture.plots_used", plots + 1));
    ck_assert_int_eq((int)kit_number(&kit, "picture.tracks_confirmed"), 1);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
}
END_TEST

START_TEST(commands_are_answered_one_line_each)
{
    static const char *const wrong[] = {"", "fly", "status now", "feed", "feed enable", "feed enable nobody", "feed burn a"};
    write_settings("");
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    for (size_t i = 1; i < sizeof wrong / sizeof wrong[0]; i++) {
        json_t *answer = kit_ask(&kit, wrong[i]);
        ck_assert_msg(json_is_false(json_object_get(answer, "ok")), "%s", wrong[i]);
        ck_assert_ptr_nonnull(json_string_value(json_object_get(answer, "error")));
        json_decref(answer);
    }
    static const char *const right[] = {"status", "sources", "registration", "tracks", "clock", "help", "feed disable a", "feed enable a", "reload", "snapshot", "quit"};
    for (size_t i = 0; i < sizeof right / sizeof right[0]; i++) {
        json_t *answer = kit_ask(&kit, right[i]);
        ck_assert_msg(json_is_true(json_object_get(answer, "ok")), "%s", right[i]);
        json_decref(answer);
    }
    ck_assert_int_eq(kit_stop(&kit, 0), 0);
}
END_TEST

// Runs a program; its exit status, standard output in out.
static int output_of(const char *command, char *out, size_t size)
{
    FILE *p = popen(command, "r");
    ck_assert_ptr_nonnull(p);
    size_t n = fread(out, 1, size - 1, p);
    out[n] = '\0';
    int status = pclose(p);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

START_TEST(the_command_ctl_asks_the_running_daemon)
{
    char command[400], out[65536];
    write_settings("");
    kit_start(&kit);
    snprintf(command, sizeof command, "\"$AIRSEAM\" ctl --socket %s sources", kit.socket);
    ck_assert_int_eq(output_of(command, out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "one"));
    snprintf(command, sizeof command, "\"$AIRSEAM\" ctl --config %s --json status", kit.config);
    ck_assert_int_eq(output_of(command, out, sizeof out), 0);
    json_t *answer = json_loads(out, 0, NULL);
    ck_assert(json_is_true(json_object_get(answer, "ok")));
    json_decref(answer);
    snprintf(command, sizeof command, "\"$AIRSEAM\" ctl --socket %s feed enable nobody 2>/dev/null", kit.socket);
    ck_assert_int_eq(output_of(command, out, sizeof out), 1);
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
    ck_assert_int_eq(output_of(command, out, sizeof out), 2);
}
END_TEST

START_TEST(what_the_command_record_hears_replays)
{
    char command[400], path[400] = "";
    unsigned units, snapshots;
    size_t size;
    int port = kit_free_port(SOCK_DGRAM);
    snprintf(command, sizeof command, "\"$AIRSEAM\" record --duration 2 --out %s north=udp://127.0.0.1:%d 2>/dev/null", kit.tape, port);
    FILE *p = popen(command, "r");
    ck_assert_ptr_nonnull(p);
    ck_assert_ptr_nonnull(fgets(path, sizeof path, p)); // the tape is open, and so is the feed
    path[strcspn(path, "\n")] = '\0';
    snprintf(command, sizeof command, "127.0.0.1:%d", port);
    int fd = kit_connect(command, SOCK_DGRAM);
    for (int i = 0; i < 10; i++)
        ck_assert_int_eq(send(fd, "\x22\x00\x0b\xf0\x0a\x01\x01\x30\x00\x00\x00", 11, 0), 11);
    close(fd);
    int status = pclose(p);
    ck_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    uint8_t *tape = (uint8_t *)kit_read_file(path, &size);
    ck_assert_int_eq(replay(tape, size, &units, &snapshots), 0);
    ck_assert_uint_eq(units, 10);
    free(tape);
}
END_TEST

START_TEST(the_command_line_keeps_its_promises)
{
    static char out[1 << 18];
    char command[400];
    ck_assert_int_eq(output_of("\"$AIRSEAMD\" --version", out, sizeof out), 0);
    ck_assert_int_eq(strncmp(out, "airseamd ", 9), 0);
    ck_assert_int_eq(output_of("\"$AIRSEAMD\" --help", out, sizeof out), 0);
    ck_assert_int_eq(output_of("\"$AIRSEAMD\" --nonsense 2>/dev/null", out, sizeof out), 2);
    ck_assert_int_eq(output_of("\"$AIRSEAMD\" extra 2>/dev/null", out, sizeof out), 2);
    ck_assert_int_eq(output_of("\"$AIRSEAMD\" --config /nowhere/a.yaml 2>/dev/null", out, sizeof out), 2);
    write_settings("");
    snprintf(command, sizeof command, "\"$AIRSEAMD\" --check-config --config %s", kit.config);
    ck_assert_int_eq(output_of(command, out, sizeof out), 0);
    write_settings("  - {name: a, listen: none}\n");
    ck_assert_int_eq(output_of(command, out, sizeof out), 2);
    ck_assert_int_eq(output_of("\"$AIRSEAMD\" --print-config", out, sizeof out), 0);
    ck_assert_ptr_nonnull(strstr(out, "snapshot_period_s:"));
}
END_TEST

Suite *test_airseamd_suite(void);
Suite *test_airseamd_suite(void)
{
    Suite *s = suite_create("airseamd");
    TCase *c = tcase_create("loopback");
    tcase_set_timeout(c, 300);
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_add_test(c, tracks_come_out_by_control_socket_and_http);
    tcase_add_test(c, without_a_beacon_feeds_are_counted_and_discarded);
    tcase_add_test(c, cat062_063_and_065_leave_as_datagrams);
    tcase_add_test(c, per_plot_output_reaches_a_multicast_group);
    tcase_add_test(c, the_track_stream_begins_with_what_there_is);
    tcase_add_test(c, the_tape_replays_to_the_live_digest);
    tcase_add_test(c, a_killed_daemon_leaves_a_tape_that_opens);
    tcase_add_test(c, bad_new_settings_leave_the_old_ones_in_force);
    tcase_add_test(c, an_unknown_edition_is_refused_like_any_mistake);
    tcase_add_test(c, addresses_that_may_not_send_are_counted_and_change_nothing);
    tcase_add_test(c, junk_costs_itself_and_nothing_else);
    tcase_add_test(c, commands_are_answered_one_line_each);
    tcase_add_test(c, the_command_ctl_asks_the_running_daemon);
    tcase_add_test(c, what_the_command_record_hears_replays);
    tcase_add_test(c, the_command_line_keeps_its_promises);
    suite_add_tcase(s, c);
    return s;
}
