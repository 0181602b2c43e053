/* pcap: what is written so that other people's tools can read UDP payloads: libpcap files, Ethernet and IPv4, nanoseconds.
 *
 * Source: IETF draft-ietf-opsawg-pcap; RFC 791 (IPv4 header), RFC 768 (UDP; checksum 0: not computed). */
#ifndef SIM_PCAP_H
#define SIM_PCAP_H

#include "base/instant.h"
#include <stddef.h>
#include <stdint.h>

#define PCAP_FILE_HEADER 24
#define PCAP_PACKET_HEADER 58 /* record header, Ethernet, IPv4, UDP */
#define PCAP_PAYLOAD_MAX 65507

struct pcap_address {
    uint32_t from_ipv4, to_ipv4; /* host order */
    uint16_t from_port, to_port;
};

/* The header of a file. */
void pcap_file_header(uint8_t out[PCAP_FILE_HEADER]);
/* What stands in front of a payload of `size` octets (at most PCAP_PAYLOAD_MAX). Instants before 1970 or after 2106 do not fit: taken as 0. */
void pcap_packet_header(const struct pcap_address *a, struct instant time, size_t size, uint8_t out[PCAP_PACKET_HEADER]);

#endif
