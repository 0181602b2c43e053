// Every way out of a real daemon, tried by a nation with the right and by one without it: page, JSON, metrics, track stream, CAT062 and 063, tape.
#include "daemon_kit.h"
#include "ws_kit.h"

#include "wire/asterix_block.h"
#include "wire/envelope.h"
#include <arpa/inet.h>
#include <glob.h>
#include <openssl/sha.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "support/support.h"

#define RATE 20.0

// The rules under test: Mexico sees nothing of what only the United States' sensors support, nor those sensors; Canada sees it without its identity
static const char rules[] = "release:\n"
                            "  - {name: us-only, to: [MX], seen_by: [US], withhold: [track]}\n"
                            "  - {name: us-sensors, to: [MX], seen_by: [US], sensors: true}\n"
                            "  - {name: nameless, to: [CA], withhold: [callsign, codes, address, sensors]}\n";

enum { WITH, WITHOUT, NAMELESS, VIEWERS };
static const char *const nation[VIEWERS] = {"US", "MX", "CA"};
static const char *const token[VIEWERS] = {"token-of-the-united-states", "token-of-mexico", "token-of-canada"};

static struct kit kit;
static int clock_port, listener[VIEWERS];
static char settings[4000];
static pid_t flight;

static void put_accounts(size_t *used)
{
    *used += (size_t)snprintf(settings + *used, sizeof settings - *used, "accounts:\n");
    for (int v = 0; v < VIEWERS; v++) {
        unsigned char sum[32];
        SHA256((const unsigned char *)token[v], strlen(token[v]), sum);
        *used += (size_t)snprintf(settings + *used, sizeof settings - *used, "  - {name: %s, nation: %s, may: [%s], token_sha256: ", nation[v], nation[v],
                                  v == WITH ? "operate" : "");
        for (unsigned i = 0; i < sizeof sum; i++)
            *used += (size_t)snprintf(settings + *used, sizeof settings - *used, "%02x", sum[i]);
        *used += (size_t)snprintf(settings + *used, sizeof settings - *used, "}\n");
    }
}

static void put_outputs(size_t *used)
{
    *used += (size_t)snprintf(settings + *used, sizeof settings - *used, "outputs:\n");
    for (int v = 0; v < VIEWERS; v++) {
        struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
        socklen_t size = sizeof at;
        listener[v] = socket(AF_INET, SOCK_DGRAM, 0);
        ck_assert_int_eq(bind(listener[v], (struct sockaddr *)&at, sizeof at), 0);
        getsockname(listener[v], (struct sockaddr *)&at, &size);
        *used += (size_t)snprintf(settings + *used, sizeof settings - *used,
                                  "  - {name: c%d, kind: cat062, to: \"udp://127.0.0.1:%d\", nation: %s, period_s: 4, sensors_period_s: 4, status_period_s: 0}\n"
                                  "  - {name: s%d, kind: track_stream, listen: \"tcp://127.0.0.1:0\", nation: %s, period_s: 4}\n",
                                  v, ntohs(at.sin_port), nation[v], v, nation[v]);
    }
}

static void setup(void)
{
    size_t used = (size_t)snprintf(settings, sizeof settings, "feeds:\n  - {name: radar, listen: \"udp://127.0.0.1:0\"}\n%s", rules);
    kit_init(&kit);
    clock_port = kit_free_port(SOCK_DGRAM);
    put_accounts(&used);
    put_outputs(&used);
    kit_write(&kit, clock_port, settings);
    kit_start(&kit);
    kit_announce(&kit, clock_port, RATE);
    kit_text(&kit, "feeds.0.address");
    flight = fork();
    if (flight == 0) {
        kit_fly(&kit, 0, 3600);
        _exit(0);
    }
    ck_assert(kit_until(&kit, "picture.tracks_confirmed", 1));
}

static void land(void)
{
    if (flight > 0) {
        kill(flight, SIGKILL);
        waitpid(flight, NULL, 0);
    }
    flight = 0;
}

static void teardown(void)
{
    land();
    for (int v = 0; v < VIEWERS; v++)
        close(listener[v]);
    kit_fini(&kit);
}

static int get(const char *path, const char *bearer, char **body)
{
    char headers[200] = "";
    if (bearer)
        snprintf(headers, sizeof headers, "Authorization: Bearer %s\r\n", bearer);
    return kit_get_with(&kit, path, headers, body);
}

// ---- JSON ----

START_TEST(without_a_token_there_is_nothing_to_be_had)
{
    static const char *const paths[] = {"/data/aircraft.json", "/data/receiver.json", "/health", "/metrics"};
    char *body;
    for (unsigned i = 0; i < sizeof paths / sizeof paths[0]; i++) {
        ck_assert_int_eq(get(paths[i], NULL, &body), 401);
        ck_assert_ptr_null(strstr(body, "hex"));
        free(body);
        ck_assert_int_eq(get(paths[i], "no-such-token", &body), 401);
        free(body);
    }
    ck_assert_int_eq(get("/", NULL, &body), 200); // the page itself is no secret
    free(body);
}
END_TEST

START_TEST(json_shows_each_nation_its_own)
{
    char *body;
    ck_assert_int_eq(get("/data/aircraft.json", token[WITH], &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "\"lat\""));
    ck_assert_ptr_nonnull(strstr(body, "\"squawk\""));
    free(body);
    ck_assert_int_eq(get("/data/aircraft.json", token[WITHOUT], &body), 200);
    ck_assert_ptr_null(strstr(body, "\"hex\""));
    free(body);
    ck_assert_int_eq(get("/data/aircraft.json", token[NAMELESS], &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "\"lat\""));
    ck_assert_ptr_null(strstr(body, "\"squawk\""));
    ck_assert_ptr_null(strstr(body, "\"flight\""));
    free(body);
    ck_assert_int_eq(get("/data/receiver.json", token[WITH], &body), 200);
    ck_assert_ptr_nonnull(strstr(body, "\"lat\""));
    free(body);
    ck_assert_int_eq(get("/data/receiver.json", token[WITHOUT], &body), 200); // the middle of the sensors would tell where they are
    ck_assert_ptr_null(strstr(body, "\"lat\""));
    free(body);
    ck_assert_int_eq(get("/metrics", token[WITH], &body), 200);
    free(body);
    ck_assert_int_eq(get("/metrics", token[WITHOUT], &body), 403);
    free(body);
}
END_TEST

// ---- the page ----

static bool is_keyframe(const Airseam__Web__Frame *f)
{
    return f->keyframe && f->picture;
}
static bool is_answer(const Airseam__Web__Frame *f)
{
    return f->answer != NULL;
}
static bool is_welcome(const Airseam__Web__Frame *f)
{
    return f->welcome != NULL;
}

static void sign_in(struct ws_kit *ws, const char *with)
{
    Airseam__Web__Ask ask;
    Airseam__Web__SignIn in;
    airseam__web__ask__init(&ask);
    airseam__web__sign_in__init(&in);
    in.token = (char *)(uintptr_t)with;
    ask.id = 1;
    ask.sign_in = &in;
    ws_kit_ask(ws, &ask);
}

START_TEST(the_page_shows_each_nation_its_own)
{
    char cookie[120];
    struct ws_kit ws;
    Airseam__Web__Frame *f;
    snprintf(cookie, sizeof cookie, "Cookie: other=1; airseam=%s\r\n", token[_i]);
    ws_kit_open(&ws, kit_text(&kit, "http"), cookie);
    f = ws_kit_until(&ws, is_welcome, KIT_WAIT_S);
    ck_assert(f && strcmp(f->welcome->nation, nation[_i]) == 0 && f->welcome->n_may == (_i == WITH));
    ws_kit_free(f);
    f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert_ptr_nonnull(f);
    ck_assert_uint_eq(f->picture->tracks, _i != WITHOUT);
    ck_assert((f->tracks != NULL) == (_i != WITHOUT));
    ck_assert_uint_eq(f->n_sensor, _i != WITHOUT);
    ck_assert_uint_eq(f->states ? f->states->n_source : 0, _i != WITHOUT);
    for (size_t i = 0; f->idents && i < f->idents->n_number; i++) {
        ck_assert((f->idents->mode_a[i] != 0) == (_i == WITH));
        ck_assert((f->idents->mode_s[i] != 0) == (_i == WITH));
    }
    uint32_t number = f->tracks ? f->tracks->number[0] : 1;
    ws_kit_free(f);

    Airseam__Web__Ask ask; // its details, and the right to switch
    Airseam__Web__Select select;
    Airseam__Web__Switch plug;
    airseam__web__ask__init(&ask);
    airseam__web__select__init(&select);
    airseam__web__switch__init(&plug);
    select.number = number;
    plug.source = 99;
    ask.id = 5;
    ask.select = &select;
    ask.sensor_switch = &plug;
    ws_kit_ask(&ws, &ask);
    for (bool answered = false, told = false; !answered || !told; ws_kit_free(f)) {
        f = ws_kit_next(&ws, KIT_WAIT_S);
        ck_assert_ptr_nonnull(f);
        if (f->detail) {
            told = true;
            ck_assert(f->detail->gone == (_i == WITHOUT));
            ck_assert_uint_eq(f->detail->n_source, _i == WITH);
        }
        if (f->answer) {
            answered = true;
            ck_assert(f->answer->good == (_i == WITH));
        }
    }
    ws_kit_close(&ws);
}
END_TEST

START_TEST(who_has_not_signed_in_gets_no_picture_and_five_guesses)
{
    struct ws_kit ws;
    Airseam__Web__Frame *f;
    ws_kit_open(&ws, kit_text(&kit, "http"), "");
    f = ws_kit_until(&ws, is_welcome, KIT_WAIT_S);
    ck_assert(f && f->welcome->accounts && f->welcome->nation[0] == '\0');
    ws_kit_free(f);
    f = ws_kit_until(&ws, is_keyframe, 2);
    ck_assert_ptr_null(f);
    sign_in(&ws, "wrong");
    f = ws_kit_until(&ws, is_answer, KIT_WAIT_S);
    ck_assert(f && !f->answer->good);
    ws_kit_free(f);
    sign_in(&ws, token[WITH]);
    f = ws_kit_until(&ws, is_keyframe, KIT_WAIT_S);
    ck_assert(f && f->picture->tracks == 1);
    ws_kit_free(f);
    sign_in(&ws, ""); // out again
    ws_kit_free(ws_kit_until(&ws, is_answer, KIT_WAIT_S));
    f = ws_kit_until(&ws, is_keyframe, 1.5);
    ck_assert_ptr_null(f);
    for (int i = 0; i < 4 && !ws.closed; i++)
        sign_in(&ws, "wrong");
    while (!ws.closed)
        ws_kit_free(ws_kit_next(&ws, KIT_WAIT_S));
    ck_assert_uint_eq(ws.closed, 1008);
    ws_kit_close(&ws);
}
END_TEST

// ---- ASTERIX and stream ----

// Records of a category that came within wait_s
static unsigned records(int fd, unsigned category, double wait_s)
{
    static struct asterix_editions editions;
    uint8_t bytes[2048];
    unsigned found = 0;
    struct timespec begin, now;
    struct timeval wait = {0, 200000};
    asterix_block_editions(&editions);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
    clock_gettime(CLOCK_MONOTONIC, &begin);
    do {
        ssize_t n = recv(fd, bytes, sizeof bytes, 0);
        for (ssize_t at = 0; n - at >= 3; at += bytes[at + 1] << 8 | bytes[at + 2])
            found += bytes[at] == category;
        clock_gettime(CLOCK_MONOTONIC, &now);
    } while ((double)(now.tv_sec - begin.tv_sec) + 1e-9 * (double)(now.tv_nsec - begin.tv_nsec) < wait_s);
    return found;
}

START_TEST(cat062_and_063_go_to_each_nation_with_its_own)
{
    ck_assert_uint_gt(records(listener[WITH], 62, 2), 0);
    ck_assert_uint_gt(records(listener[WITH], 63, 2), 0);
    ck_assert_uint_gt(records(listener[NAMELESS], 62, 2), 0);
    unsigned none = 0, batches = 0; // everything that has come to Mexico in these seconds and two more
    uint8_t bytes[2048];
    sleep(2);
    for (ssize_t n; (n = recv(listener[WITHOUT], bytes, sizeof bytes, MSG_DONTWAIT)) > 0;)
        for (ssize_t at = 0; n - at >= 3; at += bytes[at + 1] << 8 | bytes[at + 2]) {
            none += bytes[at] == 62 || bytes[at] == 63;
            batches += bytes[at] == 65;
        }
    ck_assert_uint_eq(none, 0);
    ck_assert_uint_gt(batches, 0); // it was sent to all the same
}
END_TEST

START_TEST(the_stream_carries_to_each_nation_its_own)
{
    for (int v = 0; v < VIEWERS; v++) {
        char path[40];
        uint8_t bytes[8192];
        struct timeval wait = {2, 0};
        snprintf(path, sizeof path, "outputs.%d.address", 2 * v + 1);
        int fd = kit_connect(kit_text(&kit, path), SOCK_STREAM);
        setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        ssize_t n = recv(fd, bytes, sizeof bytes, 0);
        ck_assert_msg((n > 0) == (v != WITHOUT), "%s: %zd octets", nation[v], n);
        if (n > 2) {
            struct envelope e;
            unsigned size = bytes[0] & 127u, head = 1;
            if (bytes[0] & 128) {
                size |= (bytes[1] & 127u) << 7;
                head = 2;
            }
            ck_assert_int_eq(envelope_decode(bytes + head, size, &e), 0);
            ck_assert((e.track.track.ident.mode_a != 0) == (v == WITH));
            ck_assert((e.track.track.sensors != 0) == (v == WITH));
        }
        close(fd);
    }
}
END_TEST

// ---- tape ----

START_TEST(a_tape_played_for_a_nation_shows_it_its_own)
{
    glob_t found;
    char pattern[160], command[600];
    ck_assert(kit_until(&kit, "picture.plots", 15));
    land();
    ck_assert_int_eq(kit_stop(&kit, SIGTERM), 0);
    snprintf(pattern, sizeof pattern, "%s/*.tape", kit.tape);
    ck_assert_int_eq(glob(pattern, 0, NULL, &found), 0);
    for (int v = 0; v < VIEWERS; v++) {
        char csv[200], ast[200];
        size_t size;
        snprintf(csv, sizeof csv, "%s/tracks.csv", kit.folder);
        snprintf(ast, sizeof ast, "%s/tracks.ast", kit.folder);
        snprintf(command, sizeof command, "\"%s\" replay --nation %s --every 1 --tracks %s --cat062 %s %s >/dev/null 2>&1", getenv("AIRSEAM"), nation[v], csv, ast,
                 found.gl_pathv[0]);
        ck_assert_int_eq(system(command), 0);
        char *text = kit_read_file(csv, &size);
        char *line = strchr(text, '\n');
        ck_assert_msg((line && line[1] != 0) == (v != WITHOUT), "%s: %.300s", nation[v], text);
        free(text);
        text = kit_read_file(ast, &size);
        bool tracks = false;
        for (size_t at = 0; at + 3 <= size; at += (size_t)((uint8_t)text[at + 1] << 8 | (uint8_t)text[at + 2]))
            tracks = tracks || (uint8_t)text[at] == 62;
        ck_assert(tracks == (v != WITHOUT));
        free(text);
        unlink(csv);
        unlink(ast);
    }
    globfree(&found);
}
END_TEST

Suite *test_nations_suite(void)
{
    Suite *suite = suite_create("nations");
    TCase *c = tcase_create("every way out");
    tcase_add_checked_fixture(c, setup, teardown);
    tcase_set_timeout(c, 120);
    tcase_add_test(c, without_a_token_there_is_nothing_to_be_had);
    tcase_add_test(c, json_shows_each_nation_its_own);
    tcase_add_loop_test(c, the_page_shows_each_nation_its_own, 0, VIEWERS);
    tcase_add_test(c, who_has_not_signed_in_gets_no_picture_and_five_guesses);
    tcase_add_test(c, cat062_and_063_go_to_each_nation_with_its_own);
    tcase_add_test(c, the_stream_carries_to_each_nation_its_own);
    tcase_add_test(c, a_tape_played_for_a_nation_shows_it_its_own);
    suite_add_tcase(suite, c);
    return suite;
}
