/* airseamd: command line, settings, and the loop. */
#include "daemon/loop.h"
#include "daemon/priv.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CONFIG_STANDARD "/etc/airseam/airseamd.yaml"

/* As the manual says: left on request, could not go on, command line or settings are wrong. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

static const char usage[] =
    "usage: airseamd [--config FILE] [--check-config]\n"
    "       airseamd --print-config | --print-manual | --version | --help\n"
    "\n"
    "  --config FILE    settings; otherwise " CONFIG_STANDARD "\n"
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

static int run(const char *path, struct config *config)
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
    loop = loop_new(path, config, log);
    if (loop && !priv_drop(user, &why)) {
        log_put(log, LOG_ERROR, "user_failed", "user=%s why=\"%s\"", user, why);
    } else if (loop) {
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
                                            {"version", no_argument, NULL, 'V'}, {"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
    const char *path = CONFIG_STANDARD;
    bool check = false;
    struct config config;
    int option, status;

    while ((option = getopt_long(argc, argv, "c:kpmVh", options, NULL)) != -1) {
        switch (option) {
        case 'c': path = optarg; break;
        case 'k': check = true; break;
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
    if (!open_config(&config, path)) {
        return EXIT_USAGE;
    }
    status = check ? EXIT_DONE : run(path, &config);
    config_close(&config);
    return status;
}
