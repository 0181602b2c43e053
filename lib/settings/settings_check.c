/* What one row alone cannot know. Sites may stand in several files: their errors name the site, not a line. */
#include "settings/settings.h"

#include <string.h>

struct check {
    const char *file;
    struct text_out *errors;
    unsigned count;
};

static void complain(struct check *c, const struct settings_place *at, const char *what, const char *text)
{
    c->count++;
    text_put(c->errors, "%s:", c->file);
    if (at) {
        text_put(c->errors, "%u:%u:", at->line, at->column);
    }
    text_put(c->errors, " %s: %s\n", what, text);
}

static void check_feed(struct check *c, const struct settings *s, uint32_t index)
{
    const struct settings_feed *f = &s->feed[index];
    bool listen = f->listen.transport != SETTINGS_NONE;
    bool connect = f->connect.transport != SETTINGS_NONE;

    if (listen == connect) {
        complain(c, &f->place, f->name, listen ? "expected either listen or connect, found both" : "expected listen or connect, found neither");
    }
    if (connect && f->connect.transport != SETTINGS_TCP) {
        complain(c, &f->place, f->name, "expected tcp:// in connect, found udp://");
    }
    if (f->format == SETTINGS_FINAL && f->listen.transport == SETTINGS_UDP) {
        complain(c, &f->place, f->name, "expected a stream (tcp://) for FINAL records, found udp://");
    }
    if (f->format == SETTINGS_CD2 && f->sources.count != 1) {
        complain(c, &f->place, f->name, "expected one SAC/SIC in sources for cd2, which says no address, found otherwise");
    }
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(s->feed[i].name, f->name) == 0) {
            complain(c, &f->place, f->name, "expected a name of its own, found it twice");
        }
    }
}

static void check_output(struct check *c, const struct settings *s, uint32_t index)
{
    const struct settings_output *o = &s->output[index];

    if (o->kind == SETTINGS_CAT062 && (o->to.transport != SETTINGS_UDP || o->listen.transport != SETTINGS_NONE)) {
        complain(c, &o->place, o->name, "expected to: udp://… and no listen for cat062, found otherwise");
    }
    if (o->kind == SETTINGS_TRACK_STREAM && (o->listen.transport != SETTINGS_TCP || o->to.transport != SETTINGS_NONE)) {
        complain(c, &o->place, o->name, "expected listen: tcp://… and no to for track_stream, found otherwise");
    }
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(s->output[i].name, o->name) == 0) {
            complain(c, &o->place, o->name, "expected a name of its own, found it twice");
        }
    }
}

static void check_release(struct check *c, const struct settings *s, uint32_t index)
{
    const struct settings_release *r = &s->release[index];

    if (!r->withhold && r->delay_s <= 0 && !r->sensors) {
        complain(c, &r->place, r->name, "expected withhold, delay_s or sensors, found a rule that withholds nothing");
    }
    if (r->sensors && (r->withhold || r->delay_s > 0 || r->classes || r->of || r->area[0] || !r->seen_by)) {
        complain(c, &r->place, r->name, "expected to, seen_by and nothing else in a rule of sensors, found otherwise");
    }
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(s->release[i].name, r->name) == 0) {
            complain(c, &r->place, r->name, "expected a name of its own, found it twice");
        }
    }
}

static void check_account(struct check *c, const struct settings *s, uint32_t index)
{
    const struct settings_account *a = &s->account[index];

    if (strspn(a->token_sha256, "0123456789abcdef") != 64 || a->token_sha256[64] != '\0') {
        complain(c, &a->place, a->name, "expected 64 hexadecimal digits in small letters for token_sha256, found otherwise");
    }
    for (uint32_t i = 0; i < index; i++) {
        if (strcmp(s->account[i].name, a->name) == 0 || strcmp(s->account[i].token_sha256, a->token_sha256) == 0) {
            complain(c, &a->place, a->name, "expected a name and a token of its own, found one of them twice");
        }
    }
}

/* 127.0.0.0/8, ::1 or the name: what nobody but this machine reaches. */
static bool is_loopback(const struct settings_endpoint *e)
{
    return e->transport == SETTINGS_NONE || strncmp(e->host, "127.", 4) == 0 || strcmp(e->host, "::1") == 0 || strcmp(e->host, "localhost") == 0;
}

unsigned settings_check(const struct settings *s, const char *file, struct text_out *errors)
{
    struct check c = {file, errors, 0};

    for (uint32_t i = 0; i < s->feeds; i++) {
        check_feed(&c, s, i);
    }
    for (uint32_t i = 0; i < s->outputs; i++) {
        check_output(&c, s, i);
    }
    for (uint32_t i = 0; i < s->releases; i++) {
        check_release(&c, s, i);
    }
    for (uint32_t i = 0; i < s->accounts; i++) {
        check_account(&c, s, i);
    }
    if (!is_loopback(&s->http.listen) && s->accounts == 0) {
        complain(&c, NULL, "http.listen", "expected accounts for an address beyond this machine, found none");
    }
    for (uint32_t i = 0; i < s->sites; i++) {
        for (uint32_t k = 0; k < i; k++) {
            if (s->site[k].sac == s->site[i].sac && s->site[k].sic == s->site[i].sic) {
                complain(&c, NULL, s->site[i].name, "expected a SAC/SIC of its own, found it twice");
            }
        }
    }
    if (s->clock.kind == SETTINGS_SCENARIO && s->clock.listen.transport != SETTINGS_UDP) {
        complain(&c, NULL, "clock.listen", "expected udp://… for the beacon, found otherwise");
    }
    if (s->http.listen.transport == SETTINGS_UDP) {
        complain(&c, NULL, "http.listen", "expected tcp://… or none, found udp://");
    }
    return c.count;
}
