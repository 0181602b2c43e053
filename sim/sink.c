/* One kind of sink is one row: how it begins and how a datagram gets into it. Files go through stdio and are checked when they are closed. */
#include "sim/sink.h"
#include "settings/settings.h"
#include "sim/pcap.h"
#include "sim/world/filing.h"
#include "wire/plot_out.h"
#include "wire/tape.h"
#include <errno.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PCAP_NETWORK 0x0a000000u /* 10.SAC.SIC.1 sends to 10.0.0.1 */
#define PCAP_PORT 8600
#define PCAP_PORT_CD2 8620
#define PCAP_PORT_PLANS 8630
#define LINES 63 /* CD-2 lines and plans in a tape: feeds behind the first */

struct kind {
    bool mixed;         /* keeps a CD-2 line, and plans, apart from what else it takes */
    const char *suffix; /* of a file's name; NULL: an address */
    bool (*begin)(struct sink *s, const char *settings, struct instant start);
    bool (*put)(struct sink *s, const struct stream_datagram *d);
};

struct sink {
    char where[4096];
    char only[SETTINGS_NAME]; /* nation or sensor, "" all */
    const struct kind *kind;
    FILE *file;
    int socket;
    unsigned long refused;
    uint16_t line[LINES]; /* sources of the tape's feeds from 1 */
    unsigned lines;
    uint8_t frame[65536 + TAPE_HEADER + TAPE_TRAILER];
};

/* What is no ASTERIX: a CD-2 line, flight plans. */
static bool apart(const struct stream_datagram *d)
{
    return d->category == PLOT_OUT_CD2 || d->category == FILING_CATEGORY;
}

static bool begin_nothing(struct sink *s, const char *settings, struct instant start)
{
    (void)s;
    (void)settings;
    (void)start;
    return true;
}

static bool write_all(struct sink *s, const void *bytes, size_t size)
{
    return fwrite(bytes, 1, size, s->file) == size;
}

/* In a stream the length of a plan's envelope stands before it, as a base-128 varint (wire/framing.h): its octets, 0 for everything else. */
static size_t length_octets(const struct stream_datagram *d, uint8_t out[3])
{
    size_t n = 0;

    for (size_t left = d->size; d->category == FILING_CATEGORY && (left > 0 || n == 0); left >>= 7)
        out[n++] = (uint8_t)((left & 127) | (left > 127 ? 128 : 0));
    return n;
}

static bool put_raw(struct sink *s, const struct stream_datagram *d)
{
    uint8_t length[3];
    size_t octets = length_octets(d, length);

    return write_all(s, length, octets) && write_all(s, d->bytes, d->size - d->trailer);
}

static bool begin_pcap(struct sink *s, const char *settings, struct instant start)
{
    uint8_t header[PCAP_FILE_HEADER];

    (void)settings;
    (void)start;
    pcap_file_header(header);
    return write_all(s, header, sizeof header);
}

static bool put_pcap(struct sink *s, const struct stream_datagram *d)
{
    uint16_t port = d->category == PLOT_OUT_CD2 ? PCAP_PORT_CD2 : d->category == FILING_CATEGORY ? PCAP_PORT_PLANS : PCAP_PORT;
    struct pcap_address a = {PCAP_NETWORK | (uint32_t)d->source << 8 | 1, PCAP_NETWORK | 1, port, port};
    uint8_t header[PCAP_PACKET_HEADER];

    pcap_packet_header(&a, d->time, d->size, header);
    return write_all(s, header, sizeof header) && write_all(s, d->bytes, d->size);
}

static bool put_frame(struct sink *s, uint8_t type, unsigned feed, struct instant arrival, const void *payload, size_t size)
{
    struct tape_frame frame = {.type = type, .feed = (uint16_t)feed, .arrival = arrival, .payload = payload, .size = size};
    uint8_t *out = s->frame;
    size_t room = sizeof s->frame;

    if (size + TAPE_HEADER + TAPE_TRAILER > room) { /* the settings */
        room = size + TAPE_HEADER + TAPE_TRAILER;
        out = malloc(room);
    }
    int octets = out ? tape_encode(&frame, out, room) : -1;
    bool ok = octets > 0 && write_all(s, out, (size_t)octets);
    if (out != s->frame)
        free(out);
    return ok;
}

static bool begin_tape(struct sink *s, const char *settings, struct instant start)
{
    static const char info[] = "simulator asterix";

    return write_all(s, TAPE_MAGIC, TAPE_MAGIC_SIZE) && put_frame(s, TAPE_START, 0, start, settings, strlen(settings)) &&
           put_frame(s, TAPE_FEED_INFO, 0, start, info, sizeof info - 1);
}

/* The feed of a CD-2 line, or of the plans of a nation, announced when it is new; 0: it could not be. */
static unsigned line_feed(struct sink *s, const struct stream_datagram *d)
{
    char info[64];

    for (unsigned i = 0; i < s->lines; i++)
        if (s->line[i] == d->source)
            return i + 1;
    if (s->lines == LINES) {
        errno = ENOSPC;
        return 0;
    }
    s->line[s->lines++] = d->source;
    unsigned sac = d->source >> 8u, sic = d->source & 255u;
    int size = d->category == FILING_CATEGORY ? snprintf(info, sizeof info, FILING_NAME "-%u pb", sac)
                                              : snprintf(info, sizeof info, "cd2-%u-%u cd2 %u/%u", sac, sic, sac, sic);
    return put_frame(s, TAPE_FEED_INFO, s->lines, d->time, info, (size_t)size) ? s->lines : 0;
}

static bool put_tape(struct sink *s, const struct stream_datagram *d)
{
    unsigned feed = 0;

    if (apart(d) && (feed = line_feed(s, d)) == 0)
        return false;
    return put_frame(s, TAPE_FEED, feed, d->time, d->bytes, d->size);
}

static bool put_udp(struct sink *s, const struct stream_datagram *d)
{
    if (send(s->socket, d->bytes, d->size, 0) >= 0)
        return true;
    s->refused++;
    return errno == ECONNREFUSED || errno == ENOBUFS || errno == EAGAIN || errno == EINTR;
}

static bool send_all(struct sink *s, const uint8_t *bytes, size_t size)
{
    for (size_t sent = 0; sent < size;) {
        ssize_t n = send(s->socket, bytes + sent, size - sent, MSG_NOSIGNAL);
        if (n < 0 && errno != EINTR)
            return false;
        sent += n > 0 ? (size_t)n : 0;
    }
    return true;
}

static bool put_tcp(struct sink *s, const struct stream_datagram *d)
{
    uint8_t length[3];
    size_t octets = length_octets(d, length);

    return send_all(s, length, octets) && send_all(s, d->bytes, d->size - d->trailer);
}

static const struct kind kinds[] = {
    {true, ".pcap", begin_pcap, put_pcap},
    {true, ".tape", begin_tape, put_tape},
    {false, "", begin_nothing, put_raw},
};
static const struct kind udp = {false, NULL, begin_nothing, put_udp}, tcp = {false, NULL, begin_nothing, put_tcp};

static void multicast(int socket, const struct settings_endpoint *e)
{
    int ttl = e->ttl;

    if (ttl > 0) {
        setsockopt(socket, IPPROTO_IP, IP_MULTICAST_TTL, &ttl, sizeof ttl);
        setsockopt(socket, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, &ttl, sizeof ttl);
    }
    if (e->interface[0]) {
        struct ip_mreqn request = {.imr_ifindex = (int)if_nametoindex(e->interface)};
        int index = request.imr_ifindex;
        setsockopt(socket, IPPROTO_IP, IP_MULTICAST_IF, &request, sizeof request);
        setsockopt(socket, IPPROTO_IPV6, IPV6_MULTICAST_IF, &index, sizeof index);
    }
}

/* A socket that sends to the endpoint, or -1 and why; *kind is its kind. */
static int connect_to(const char *where, const struct kind **kind, char *error, size_t error_size)
{
    struct settings_endpoint e;
    const char *expected = "udp://HOST:PORT or tcp://HOST:PORT";
    struct addrinfo hints = {0}, *found = NULL;
    char port[8];

    if (settings_endpoint_parse((struct text){where, strlen(where)}, &e, &expected) != 0 || e.transport == SETTINGS_NONE) {
        snprintf(error, error_size, "%s: expected %s", where, expected);
        return -1;
    }
    bool stream = e.transport == SETTINGS_TCP;
    *kind = stream ? &tcp : &udp;
    hints.ai_socktype = stream ? SOCK_STREAM : SOCK_DGRAM;
    snprintf(port, sizeof port, "%u", e.port);
    int fault = getaddrinfo(e.host, port, &hints, &found);
    if (fault != 0) {
        snprintf(error, error_size, "%s: %s", where, gai_strerror(fault));
        return -1;
    }
    int fd = socket(found->ai_family, hints.ai_socktype | SOCK_CLOEXEC, 0);
    if (fd >= 0 && !stream)
        multicast(fd, &e);
    if (fd < 0 || connect(fd, found->ai_addr, found->ai_addrlen) != 0) {
        snprintf(error, error_size, "%s: %s", where, strerror(errno));
        if (fd >= 0)
            close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    return fd;
}

static bool ends_with(const char *text, const char *end)
{
    return strlen(text) >= strlen(end) && strcmp(text + strlen(text) - strlen(end), end) == 0;
}

struct sink *sink_new(const char *where, const char *settings, struct instant start, char *error, size_t error_size)
{
    struct sink *s = calloc(1, sizeof *s);

    if (!s) {
        snprintf(error, error_size, "memory is short");
        return NULL;
    }
    s->socket = -1;
    size_t prefix = strcspn(where, "=/:");
    if (prefix < sizeof s->only && where[prefix] == '=') {
        memcpy(s->only, where, prefix);
        where += prefix + 1;
    }
    snprintf(s->where, sizeof s->where, "%s", where);
    bool ok;
    if (strstr(where, "://")) {
        s->socket = connect_to(where, &s->kind, error, error_size);
        ok = s->socket >= 0;
    } else {
        for (s->kind = kinds; !ends_with(where, s->kind->suffix);)
            s->kind++;
        s->file = fopen(where, "wb");
        ok = s->file && s->kind->begin(s, settings, start);
        if (!ok)
            snprintf(error, error_size, "%s: %s", where, strerror(errno));
    }
    if (ok)
        return s;
    char more[64];
    sink_free(s, more, sizeof more);
    return NULL;
}

bool sink_takes(const struct sink *s, const char *nation, const char *name, const struct stream_datagram *d)
{
    bool named = strcmp(s->only, name) == 0;

    if (s->only[0] && !named && strcmp(s->only, nation) != 0)
        return false;
    return !apart(d) || s->kind->mixed || named;
}

bool sink_put(struct sink *s, const struct stream_datagram *d)
{
    return s->kind->put(s, d);
}

unsigned long sink_refused(const struct sink *s)
{
    return s->refused;
}

bool sink_free(struct sink *s, char *error, size_t error_size)
{
    bool ok = true;

    if (s->socket >= 0)
        close(s->socket);
    if (s->file) {
        ok = !ferror(s->file);
        ok = fclose(s->file) == 0 && ok;
    }
    if (!ok)
        snprintf(error, error_size, "%s: could not be written: %s", s->where, strerror(errno ? errno : EIO));
    free(s);
    return ok;
}
