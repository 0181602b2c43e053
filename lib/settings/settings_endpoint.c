/* Endpoints as a small URL (RFC 3986 authority form, without user or path). Kept apart from getaddrinfo: the shell resolves, so that the
 * settings of a tape parse anywhere. */
#include "settings/settings_endpoint.h"

#include "base/err.h"
#include <string.h>

static bool take(struct text *t, const char *literal)
{
    size_t n = strlen(literal);

    if (t->size < n || memcmp(t->at, literal, n) != 0) {
        return false;
    }
    t->at += n;
    t->size -= n;
    return true;
}

/* Copies into a NUL-ended array; only the characters of names and addresses. */
static bool copy(struct text t, char *out, size_t size)
{
    if (t.size == 0 || t.size >= size) {
        return false;
    }
    for (size_t i = 0; i < t.size; i++) {
        char c = t.at[i];
        bool good = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr(".-_:%", c) != NULL;

        if (!good || c == '\0') {
            return false;
        }
    }
    memcpy(out, t.at, t.size);
    out[t.size] = '\0';
    return true;
}

static bool host_and_port(struct text *t, struct settings_endpoint *e)
{
    struct text host = {t->at, 0};
    struct text port;
    int64_t number;

    if (t->size && t->at[0] == '[') {
        const char *close = memchr(t->at, ']', t->size);

        if (!close) {
            return false;
        }
        host = (struct text){t->at + 1, (size_t)(close - t->at) - 1};
        t->size -= host.size + 2;
        t->at = close + 1;
    } else {
        const char *colon = memchr(t->at, ':', t->size);

        host.size = colon ? (size_t)(colon - t->at) : t->size;
        t->at += host.size;
        t->size -= host.size;
    }
    if (!copy(host, e->host, sizeof e->host) || !take(t, ":")) {
        return false;
    }
    const char *query = memchr(t->at, '?', t->size);

    port = (struct text){t->at, query ? (size_t)(query - t->at) : t->size};
    if (text_int(port, 10, &number) != 0 || number < 0 || number > 65535) {
        return false;
    }
    e->port = (uint16_t)number;
    t->at += port.size;
    t->size -= port.size;
    return true;
}

static bool option(struct text o, struct settings_endpoint *e)
{
    int64_t ttl;

    if (take(&o, "interface=")) {
        return copy(o, e->interface, sizeof e->interface);
    }
    if (take(&o, "ttl=")) {
        if (text_int(o, 10, &ttl) != 0 || ttl < 1 || ttl > 255) {
            return false;
        }
        e->ttl = (uint8_t)ttl;
        return true;
    }
    return false;
}

int settings_endpoint_parse(struct text t, struct settings_endpoint *out, const char **expected)
{
    struct settings_endpoint e = {0};
    struct text one;

    *expected = "udp://HOST:PORT or tcp://HOST:PORT";
    if (take(&t, "udp://")) {
        e.transport = SETTINGS_UDP;
    } else if (take(&t, "tcp://")) {
        e.transport = SETTINGS_TCP;
    } else {
        return ERR_FORMAT;
    }
    if (!host_and_port(&t, &e)) {
        *expected = "a host, a colon and a port from 0 to 65535 behind the transport";
        return ERR_FORMAT;
    }
    if (t.size == 0) {
        *out = e;
        return 0;
    }
    *expected = e.transport == SETTINGS_UDP ? "?interface=NAME or &ttl=1..255 behind the port" : "nothing behind the port of a stream";
    if (e.transport != SETTINGS_UDP || !take(&t, "?")) {
        return ERR_FORMAT;
    }
    while (text_field(&t, '&', &one)) {
        if (!option(one, &e)) {
            return ERR_FORMAT;
        }
    }
    *out = e;
    return 0;
}

void settings_endpoint_print(const struct settings_endpoint *e, struct text_out *out)
{
    bool brackets = strchr(e->host, ':') != NULL;

    if (e->transport == SETTINGS_NONE) {
        return;
    }
    text_put(out, "%s://%s%s%s:%u", e->transport == SETTINGS_UDP ? "udp" : "tcp", brackets ? "[" : "", e->host, brackets ? "]" : "", e->port);
    if (e->interface[0]) {
        text_put(out, "?interface=%s", e->interface);
    }
    if (e->ttl) {
        text_put(out, "%cttl=%u", e->interface[0] ? '&' : '?', e->ttl);
    }
}
