/* nouns: random plots, services and tracks within what sensors and aircraft can do; and a decoder run to collect what comes out. For the mapper tests. */
#ifndef TESTS_WIRE_NOUNS_H
#define TESTS_WIRE_NOUNS_H

#include "air/report.h"
#include "air/track.h"
#include "base/rng.h"
#include "wire/decoder.h"
#include "wire/out.h"

#define NOUNS_MOST 64

struct nouns {
    struct report reports[NOUNS_MOST];
    unsigned count;
    unsigned notices[NOTICE_KINDS];
    struct notice last;
    struct decoder *decoder; /* fed by nouns_datagram */
    struct instant arrival;
    unsigned datagrams;
};

struct plot nouns_polar(struct rng *r);
struct plot nouns_geodetic(struct rng *r);
struct service nouns_service(struct rng *r);
struct track nouns_track(struct rng *r);
struct plan nouns_plan(struct rng *r);

/* Sinks whose context is a struct nouns. */
struct decoder_sink nouns_sink(struct nouns *n);
struct out_sink nouns_out(struct nouns *n); /* each datagram goes through n->decoder */

#endif
