/* libpcap files: packets, and the UDP payload inside them.
 *
 * File and packet header: the libpcap format (draft-ietf-opsawg-pcap), link types by its registry. IPv4: RFC 791; IPv6 and its extension headers: RFC
 * 8200; UDP: RFC 768. Fragments are not put together: radar datagrams are shorter than a link's frame, and one that is not is said to be lost.
 *
 * ORADIS, a framing that some centres put in front of ASTERIX: length(2, its own six octets included), time(4, ms of the day), one block. It has no
 * published description; this is read off a recording where the time agrees with the capture's own. A payload is taken for it only when it consists of
 * such messages to the last octet and each block's own length fits. The arrival stays the capture's: that is when it was here. */
#include "base/err.h"
#include "wire/framing_cut.h"

#define FILE_HEADER 24
#define PACKET_HEADER 16
#define CAPTURED_MAX 262144
#define ORADIS_HEADER 6
#define PROTOCOL_UDP 17
#define PROTOCOL_FRAGMENT 44

enum link_type {
    LINK_NULL = 0, LINK_ETHERNET = 1, LINK_RAW_BSD = 12, LINK_RAW_OPENBSD = 14, LINK_RAW = 101, LINK_COOKED = 113, LINK_IPV4 = 228, LINK_IPV6 = 229,
    LINK_COOKED_2 = 276
};

struct span {
    const uint8_t *p;
    size_t n;
};

static uint32_t be16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t be32(const uint8_t *p)
{
    return be16(p) << 16 | be16(p + 2);
}

static uint32_t word(const struct framing_cut_state *s, const uint8_t *p)
{
    return s->big_endian ? be32(p) : (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static void drop(struct span *s, size_t n)
{
    s->p += n;
    s->n -= n;
}

static struct framing_cut file_header(struct framing_cut_state *s, const uint8_t *p, size_t n)
{
    static const char expected[] = "the header of a libpcap file";
    if (s->lost) /* without it nothing behind it can be read */
        return framing_cut_lost(s, n, ERR_FORMAT, expected);
    if (n < FILE_HEADER)
        return framing_cut_need(FILE_HEADER);
    uint32_t magic = be32(p);
    s->big_endian = magic == 0xa1b2c3d4 || magic == 0xa1b23c4d;
    s->nanoseconds = magic == 0xa1b23c4d || magic == 0x4d3cb2a1;
    if (!s->big_endian && magic != 0xd4c3b2a1 && magic != 0x4d3cb2a1)
        return framing_cut_lost(s, n, ERR_FORMAT, expected);
    s->link_type = word(s, p + 20) & 0x0fffffff; /* the upper bits tell of a frame check sequence */
    s->started = true;
    return framing_cut_pass(FILE_HEADER);
}

/* Fractions of a second below one; not more captured than there was. */
static bool plausible(const struct framing_cut_state *s, const uint8_t *p)
{
    return word(s, p + 4) < (s->nanoseconds ? 1000000000u : 1000000u) && word(s, p + 8) <= CAPTURED_MAX && word(s, p + 8) <= word(s, p + 12);
}

static bool near_last(const struct framing_cut_state *s, const uint8_t *p)
{
    int64_t step = (int64_t)word(s, p) - (int64_t)s->last_s;
    return s->last_s == 0 || (step >= -86400 && step <= 86400);
}

/* Takes the link layer off: the network protocol, or -1. */
static int take_link(uint32_t link_type, struct span *s)
{
    static const struct { uint16_t type; uint8_t header, protocol_at; } rows[] = {{LINK_ETHERNET, 14, 12}, {LINK_COOKED, 16, 14}, {LINK_COOKED_2, 20, 0}};
    if (link_type == LINK_RAW || link_type == LINK_RAW_BSD || link_type == LINK_RAW_OPENBSD || link_type == LINK_IPV4 || link_type == LINK_IPV6)
        return s->n == 0 ? -1 : s->p[0] >> 4 == 6 ? 0x86dd : 0x0800;
    if (link_type == LINK_NULL && s->n >= 5) {
        drop(s, 4);
        return s->p[0] >> 4 == 6 ? 0x86dd : 0x0800;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].type != link_type || s->n < rows[i].header)
            continue;
        uint32_t protocol = be16(s->p + rows[i].protocol_at);
        drop(s, rows[i].header);
        while ((protocol == 0x8100 || protocol == 0x88a8 || protocol == 0x9100) && s->n >= 4) { /* VLAN tags, IEEE 802.1Q */
            protocol = be16(s->p + 2);
            drop(s, 4);
        }
        return (int)protocol;
    }
    return -1;
}

/* Takes an IP header off: 0, or a code and what was expected. */
static int take_ipv4(struct span *s, struct framing_unit *unit, const char **expected)
{
    *expected = "an IPv4 packet";
    if (s->n < 20 || s->p[0] >> 4 != 4)
        return ERR_FORMAT;
    size_t header = 4 * (size_t)(s->p[0] & 15), total = be16(s->p + 2);
    if (header < 20 || total < header)
        return ERR_FORMAT;
    *expected = "a whole packet (the capture cut it)";
    if (total > s->n)
        return ERR_TRUNCATED;
    *expected = "a packet in one piece (IP fragments are not put together)";
    if (be16(s->p + 6) & 0x3fff)
        return ERR_UNKNOWN;
    *expected = "UDP";
    if (s->p[9] != PROTOCOL_UDP)
        return ERR_UNKNOWN;
    unit->from_ipv4 = be32(s->p + 12);
    unit->to_ipv4 = be32(s->p + 16);
    s->n = total;
    drop(s, header);
    return 0;
}

static int take_ipv6(struct span *s, const char **expected)
{
    *expected = "an IPv6 packet";
    if (s->n < 40 || s->p[0] >> 4 != 6)
        return ERR_FORMAT;
    size_t total = 40 + (size_t)be16(s->p + 4);
    *expected = "a whole packet (the capture cut it)";
    if (total > s->n)
        return ERR_TRUNCATED;
    uint8_t next = s->p[6];
    s->n = total;
    drop(s, 40);
    while ((next == 0 || next == 43 || next == 60) && s->n >= 8) { /* hop-by-hop, routing, destination options */
        size_t header = 8 + 8 * (size_t)s->p[1];
        *expected = "an extension header inside its packet";
        if (header > s->n)
            return ERR_FORMAT;
        next = s->p[0];
        drop(s, header);
    }
    *expected = next == PROTOCOL_FRAGMENT ? "a packet in one piece (IP fragments are not put together)" : "UDP";
    return next == PROTOCOL_UDP ? 0 : ERR_UNKNOWN;
}

/* From the packet down to the UDP payload: 0 and *s, or a code and what was expected. */
static int take_headers(uint32_t link_type, struct span *s, struct framing_unit *unit, const char **expected)
{
    int protocol = take_link(link_type, s);
    *expected = "IPv4 or IPv6 over Ethernet, Linux cooked, null or raw link";
    if (protocol != 0x0800 && protocol != 0x86dd)
        return ERR_UNKNOWN;
    int code = protocol == 0x0800 ? take_ipv4(s, unit, expected) : take_ipv6(s, expected);
    if (code < 0)
        return code;
    *expected = "a UDP header whose length fits its packet";
    if (s->n < 8 || be16(s->p + 4) < 8 || be16(s->p + 4) > s->n)
        return ERR_LENGTH;
    unit->to_port = (uint16_t)be16(s->p + 2);
    s->n = be16(s->p + 4);
    drop(s, 8);
    *expected = "a payload";
    return s->n ? 0 : ERR_TRUNCATED;
}

static bool is_oradis(struct span s)
{
    if (s.n == 0)
        return false;
    while (s.n >= ORADIS_HEADER + 3) {
        size_t size = be16(s.p);
        if (size < ORADIS_HEADER + 3 || size > s.n || s.p[ORADIS_HEADER] == 0 || be16(s.p + ORADIS_HEADER + 1) != size - ORADIS_HEADER)
            return false;
        drop(&s, size);
    }
    return s.n == 0;
}

/* The next ORADIS message of the packet that was judged before, or what is behind the last one. */
static struct framing_cut cut_inside(struct framing_cut_state *s, const uint8_t *p, size_t n)
{
    if (s->inside == 0) {
        uint32_t padding = s->padding;
        s->padding = 0;
        return framing_cut_pass(padding);
    }
    if (n < ORADIS_HEADER)
        return framing_cut_need(ORADIS_HEADER);
    size_t size = be16(p);
    if (size < ORADIS_HEADER || size > s->inside) { /* cannot be: is_oradis saw these octets */
        s->inside = 0;
        return framing_cut_pass(0);
    }
    if (n < size)
        return framing_cut_need(size);
    s->inside -= (uint32_t)size;
    struct framing_cut c = framing_cut_unit(s, size, ORADIS_HEADER, size - ORADIS_HEADER);
    c.unit = s->packet;
    return c;
}

static struct framing_cut cut_packet(struct framing_cut_state *s, const uint8_t *p, size_t size)
{
    struct span payload = {p + PACKET_HEADER, size - PACKET_HEADER};
    int64_t fraction = word(s, p + 4);
    struct framing_unit unit = {.arrival = {(int64_t)word(s, p) * 1000000000 + fraction * (s->nanoseconds ? 1 : 1000)}};
    const char *expected;
    s->last_s = word(s, p);
    s->lost = false;
    int code = take_headers(s->link_type, &payload, &unit, &expected);
    if (code == 0 && payload.n > s->limit) {
        code = ERR_LENGTH;
        expected = "a payload that is not so large";
    }
    if (code < 0)
        return framing_cut_fault(size, code, expected);
    size_t from = (size_t)(payload.p - p);
    if (is_oradis(payload)) {
        s->inside = (uint32_t)payload.n;
        s->padding = (uint32_t)(size - from - payload.n);
        s->packet = unit;
        return framing_cut_pass(from);
    }
    struct framing_cut c = framing_cut_unit(s, size, from, payload.n);
    c.unit = unit;
    return c;
}

struct framing_cut framing_pcap_cut(struct framing_cut_state *s, const uint8_t *p, size_t n, bool ended)
{
    static const char expected[] = "a packet header of the capture";
    if (!s->started)
        return file_header(s, p, n);
    if (s->inside || s->padding)
        return cut_inside(s, p, n);
    if (n < PACKET_HEADER)
        return framing_cut_need(PACKET_HEADER);
    if (!plausible(s, p) || (s->lost && !near_last(s, p)))
        return framing_cut_lost(s, 1, ERR_FORMAT, expected);
    size_t size = PACKET_HEADER + (size_t)word(s, p + 8);
    if (size > s->limit + FRAMING_CUT_OVERHEAD - PACKET_HEADER)
        return s->lost ? framing_cut_lost(s, 1, ERR_FORMAT, expected) : framing_cut_fault(size, ERR_LENGTH, "a packet that is not so large");
    if (n < size)
        return framing_cut_need(size);
    if (s->lost && n < size + PACKET_HEADER && !ended)
        return framing_cut_need(size + PACKET_HEADER);
    if (s->lost && n >= size + PACKET_HEADER && (!plausible(s, p + size) || !near_last(s, p + size)))
        return framing_cut_lost(s, 1, ERR_FORMAT, expected);
    return cut_packet(s, p, size);
}
