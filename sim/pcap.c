/* Little-endian libpcap headers, big-endian Internet headers, octet by octet: the same on every machine. */
#include "sim/pcap.h"
#include <assert.h>
#include <string.h>

#define LINK_ETHERNET 1
#define NANOSECONDS 0xa1b23c4d
#define ETHERNET_OCTETS 14
#define IP_OCTETS 20
#define UDP_OCTETS 8

static void put_little(uint8_t *at, uint32_t value, int octets)
{
    for (int i = 0; i < octets; i++)
        at[i] = (uint8_t)(value >> (8 * i));
}

static void put_big(uint8_t *at, uint32_t value, int octets)
{
    for (int i = 0; i < octets; i++)
        at[i] = (uint8_t)(value >> (8 * (octets - 1 - i)));
}

void pcap_file_header(uint8_t out[PCAP_FILE_HEADER])
{
    memset(out, 0, PCAP_FILE_HEADER);
    put_little(out, NANOSECONDS, 4);
    put_little(out + 4, 2, 2);
    put_little(out + 6, 4, 2);
    put_little(out + 16, 65535, 4);
    put_little(out + 20, LINK_ETHERNET, 4);
}

/* RFC 1071 over the IPv4 header. */
static uint32_t checksum(const uint8_t *ip)
{
    uint32_t sum = 0;

    for (int i = 0; i < IP_OCTETS; i += 2)
        sum += (uint32_t)(ip[i] << 8 | ip[i + 1]);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

void pcap_packet_header(const struct pcap_address *a, struct instant time, size_t size, uint8_t out[PCAP_PACKET_HEADER])
{
    assert(size <= PCAP_PAYLOAD_MAX);
    static const uint8_t ethernet[ETHERNET_OCTETS] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0}; /* locally administered addresses, IPv4 */
    uint8_t *ip = out + 16 + ETHERNET_OCTETS, *udp = ip + IP_OCTETS;
    uint32_t length = (uint32_t)size + IP_OCTETS + UDP_OCTETS;
    int64_t ns = time.ns < 0 || time.ns / 1000000000 > UINT32_MAX ? 0 : time.ns;

    memset(out, 0, PCAP_PACKET_HEADER);
    put_little(out, (uint32_t)(ns / 1000000000), 4);
    put_little(out + 4, (uint32_t)(ns % 1000000000), 4);
    put_little(out + 8, length + ETHERNET_OCTETS, 4);
    put_little(out + 12, length + ETHERNET_OCTETS, 4);
    memcpy(out + 16, ethernet, sizeof ethernet);
    ip[0] = 0x45;
    put_big(ip + 2, length, 2);
    ip[8] = 64;
    ip[9] = 17;
    put_big(ip + 12, a->from_ipv4, 4);
    put_big(ip + 16, a->to_ipv4, 4);
    put_big(ip + 10, checksum(ip), 2);
    put_big(udp, a->from_port, 2);
    put_big(udp + 2, a->to_port, 2);
    put_big(udp + 4, (uint32_t)size + UDP_OCTETS, 2);
}
