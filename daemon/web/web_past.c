/* web_past: one message over a socket pair that is the other process's standard input: who the viewer is, what it wants, and its connection's descriptor
 * (SCM_RIGHTS, unix(7)). Both ends are the same program. */
#include "daemon/web/web_past.h"

#include "daemon/loop_replay.h"
#include <errno.h>
#include <event2/buffer.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* What goes over. */
struct passing {
    struct account account;
    struct window_want want;
    struct instant to;
    uint32_t ask, selected, sent, seen;
    bool counts;
};

/* ---- the live side ---- */

const char *web_past_why_not(const struct web *w)
{
    unsigned n = 0;

    for (unsigned i = 0; i < WEB_PASTS; i++) {
        n += w->past[i] > 0;
    }
    return !w->loop->recorder ? "the picture is live, and no tape of it is written" : n == WEB_PASTS ? "too many viewers are in the past" : NULL;
}

static pid_t spawn(const char *tape, int input)
{
    char self[512], path[1024], words[3][12] = {"airseamd", "--replay", "--adopt"};
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    char *arguments[] = {words[0], words[1], path, words[2], NULL};
    posix_spawn_file_actions_t actions;
    pid_t pid = 0;

    if (n <= 0) {
        return 0;
    }
    self[n] = '\0';
    snprintf(path, sizeof path, "%s", tape);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    if (posix_spawn(&pid, self, &actions, NULL, arguments, environ) != 0) {
        pid = 0;
    }
    posix_spawn_file_actions_destroy(&actions);
    return pid;
}

static bool send_over(int to, struct passing *p, int connection)
{
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control = {{0}};
    struct iovec bytes = {p, sizeof *p};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);

    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    memcpy(CMSG_DATA(head), &connection, sizeof connection);
    return sendmsg(to, &message, MSG_NOSIGNAL) == (ssize_t)sizeof *p;
}

/* evhttp shuts a connection down when it frees it, which would end it for the other process too: what it frees is /dev/null under the same number. */
static void cut_loose(struct web_client *c)
{
    int fd = bufferevent_getfd(c->io), nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    bufferevent_disable(c->io, EV_READ | EV_WRITE);
    if (nothing >= 0) {
        dup3(nothing, fd, O_CLOEXEC);
        close(nothing);
    }
}

bool web_past_leave(struct web_client *c, struct instant to, uint32_t ask)
{
    struct web *w = c->web;
    struct passing p;
    int pair[2];
    unsigned slot = 0;
    bool gone;

    while (slot < WEB_PASTS && w->past[slot] > 0) {
        slot++;
    }
    if (slot == WEB_PASTS || evbuffer_get_length(bufferevent_get_input(c->io)) > 0 || evbuffer_get_length(bufferevent_get_output(c->io)) > 0 ||
        socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        return false;
    }
    memset(&p, 0, sizeof p);
    p.account = c->account;
    p.want = c->want;
    p.to = to;
    p.ask = ask;
    p.selected = c->selected;
    p.sent = c->sent;
    p.seen = c->seen;
    p.counts = c->counts;
    w->past[slot] = spawn(recorder_path(w->loop->recorder), pair[1]);
    gone = w->past[slot] > 0 && send_over(pair[0], &p, bufferevent_getfd(c->io));
    close(pair[0]);
    close(pair[1]);
    if (gone) {
        cut_loose(c);
        web_client_close(c, 0);
    }
    return gone;
}

void web_past_look(struct web *w)
{
    for (unsigned i = 0; i < WEB_PASTS; i++) {
        if (w->past[i] > 0 && waitpid(w->past[i], NULL, WNOHANG) != 0) {
            w->past[i] = 0;
        }
    }
}

/* ---- the other side ---- */

bool web_adopt(struct web *w, int input)
{
    union {
        char room[CMSG_SPACE(sizeof(int))];
        struct cmsghdr align;
    } control;
    struct passing p;
    struct iovec bytes = {&p, sizeof p};
    struct msghdr message = {.msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
    ssize_t n = recvmsg(input, &message, MSG_CMSG_CLOEXEC);
    struct cmsghdr *head = n == (ssize_t)sizeof p ? CMSG_FIRSTHDR(&message) : NULL;
    struct web_client *c;
    int fd;

    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(sizeof(int))) {
        return false;
    }
    memcpy(&fd, CMSG_DATA(head), sizeof fd);
    c = web_client_adopt(w, fd);
    if (!c) {
        close(fd);
        return false;
    }
    w->adopted = true;
    c->account = p.account;
    c->account.rights = (p.account.rights | ACCOUNT_TIME) & ~(unsigned)ACCOUNT_HANDOFF; /* it is alone here */
    c->want = p.want;
    c->selected = p.selected;
    c->sent = p.sent;
    c->seen = p.seen;
    c->counts = p.counts;
    web_say_welcome(c);
    if (p.ask) {
        web_say_answer(c, p.ask, loop_replay_seek(w->loop, p.to));
    } else {
        loop_replay_seek(w->loop, p.to);
    }
    return web_join(c);
}
