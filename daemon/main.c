/* airseamd: command line, settings, and the loop. */
#include "daemon/loop.h"
#include "daemon/loop_replay.h"
#include "daemon/out_http.h"
#include "daemon/priv.h"
#include "daemon/web/web.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define REPLAY_LISTEN "tcp://127.0.0.1:8090"
#define CONFIG_STANDARD "/etc/airseam/airseamd.yaml"

/* As the manual says: left on request, could not go on, command line or settings are wrong. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "usage: airseamd [--config FILE] [--check-config]\n"
    "       airseamd --replay TAPE [--listen ENDPOINT] [--socket PATH]\n"
    "       airseamd --print-config | --print-manual | --version | --help\n"
    "\n"
    "  --config FILE    settings; otherwise " CONFIG_STANDARD "\n"
    "  --replay TAPE    serve a tape instead of feeds: the page with pause, step, rate and seek\n"
    "  --listen ENDPOINT of the replay's web server [" REPLAY_LISTEN "]\n"
    "  --adopt          with --replay: serve the one viewer whose connection comes over standard input (airseamd starts this itself)\n"
    "  --socket PATH    of the replay's control socket [none]\n"
    "  --check-config   read the settings, say what is wrong with them, and leave\n"
    "  --print-config   print a commented settings file with every default\n"
    "  --print-manual   print the table of airseamd.yaml(5)\n"
    "  --version        print the version\n"
    "  --help           print this\n"
    "\n"
    "Exit status: 0 left on request; 1 could not go on; 2 the command line or the settings are wrong.\n";

static int print(void (*printer)(struct text_out *out))
{
    static char room[1 << 18];
    struct text_out out = text_out_init(room, sizeof room);

    printer(&out);
    fputs(room, stdout);
    return fflush(stdout) == 0 ? EXIT_DONE : EXIT_FAILED;
}

static bool open_config(struct config *c, const char *path)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    const char *feed = "", *wrong;
    bool good = config_open(c, path, &errors);

    if (good && (wrong = engine_check(c->settings, &feed)) != NULL) {
        text_put(&errors, "%s: %s: %s\n", path, feed, wrong);
        config_close(c);
        good = false;
    }
    fputs(room, stderr);
    return good;
}

static bool open_replay(struct config *c, const char *tape, const char *listen, const char *socket)
{
    static char room[CONFIG_ERRORS_SIZE];
    struct text_out errors = text_out_init(room, sizeof room);
    bool good = loop_replay_config(c, tape, listen, socket, &errors);

    fputs(room, stderr);
    return good;
}

static int run(const char *path, struct config *config, const char *replay, bool adopt)
{
    struct log *log = log_new();
    const char *why = "";
    struct loop *loop;
    char user[SETTINGS_NAME];
    int status = EXIT_FAILED;

    if (!log) {
        fprintf(stderr, "airseamd: memory is short\n");
        return EXIT_FAILED;
    }
    memcpy(user, config->settings->process.user, sizeof user);
    signal(SIGPIPE, SIG_IGN);
    loop = loop_new(path, config, log, replay);
    if (loop && !priv_drop(user, &why)) {
        log_put(log, LOG_ERROR, "user_failed", "user=%s why=\"%s\"", user, why);
    } else if (loop && (!adopt || web_adopt(out_http_web(loop->http), STDIN_FILENO))) {
        status = loop_run(loop);
    }
    loop_free(loop);
    log_free(log);
    return status;
}

int main(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'}, {"check-config", no_argument, NULL, 'k'},
                                            {"print-config", no_argument, NULL, 'p'}, {"print-manual", no_argument, NULL, 'm'},
                                            {"replay", required_argument, NULL, 'r'}, {"listen", required_argument, NULL, 'l'},
                                            {"socket", required_argument, NULL, 's'}, {"adopt", no_argument, NULL, 'a'}, {"version", no_argument, NULL, 'V'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    const char *path = CONFIG_STANDARD, *replay = NULL, *listen = REPLAY_LISTEN, *socket = "";
    bool check = false, adopt = false;
    struct config config;
    int option, status;

    while ((option = getopt_long(argc, argv, "c:kpmr:l:s:Vh", options, NULL)) != -1) {
        switch (option) {
        case 'c': path = optarg; break;
        case 'k': check = true; break;
        case 'r': replay = optarg; break;
        case 'l': listen = optarg; break;
        case 's': socket = optarg; break;
        case 'a': adopt = true; break;
        case 'p': return print(settings_print_default);
        case 'm': return print(settings_print_man);
        case 'V': printf("airseamd %s\n", AIRSEAM_VERSION); return EXIT_DONE;
        case 'h': fputs(usage, stdout); return EXIT_DONE;
        default: fputs(usage, stderr); return EXIT_USAGE;
        }
    }
    if (optind < argc) {
        fprintf(stderr, "airseamd: unexpected argument \"%s\"\n%s", argv[optind], usage);
        return EXIT_USAGE;
    }
    if (!(replay ? open_replay(&config, replay, adopt ? "" : listen, socket) : open_config(&config, path))) {
        return EXIT_USAGE;
    }
    status = check ? EXIT_DONE : run(replay ? replay : path, &config, replay, adopt);
    config_close(&config);
    return status;
}
