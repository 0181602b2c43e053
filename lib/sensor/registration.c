/* registration: see the header. Information matrices are symmetric 4x4 blocks, kept per pair of sensors. Rejected: the innovations of tracks (they
 * hold the mean of all biases of the past), a state of all biases in one Kalman filter (a full covariance of 4 x 500 terms). */
#include "sensor/registration.h"

#include "base/err.h"
#include "base/solve.h"
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TERMS EQUATION_TERMS
#define LINKS REGISTRATION_LINKS
#define MEMBERS (LINKS + 1)
#define NONE UINT32_MAX

#define SPAN_S 15.0          /* between the two plots of one sensor: a turn of the slowest */
#define REUSE (8.0 / 3.0)    /* a plot stands in three equations: the middle of one, an end of two; N plots of each of two sensors, 2 N equations of
                                noise 1.5 R, tell of the difference what N independent pairs of noise 2 R do */
#define GATE_NIS 20.0        /* chi-square, 2 degrees of freedom: 1 in 20 000 */
#define GOOD_EQUATIONS 30.0
#define ENOUGH_EQUATIONS 4000.0 /* their noise is 1/60 of a plot's */
#define MIDDLES 3             /* plots between two of one sensor that are taken, the latest: more tell little that these do not */
#define SMOOTH 0.02          /* of NIS and of the share of outliers: about the last fifty equations */
#define BAD_NIS 2.5          /* mean, where 1 is expected: sigmas 60 % larger than stated */
#define JUMP_SHARE 0.5
#define DOUBT 10.0           /* of the prior's sigma: a sensor may be worse than sensors are; what its equations say is heard */
#define JUMP_KEEPS 0.01      /* of what a sensor's equations said before it jumped */

/* What a sensor may be wrong by before anything is known, 1 sigma: what EUROCONTROL SUR.ET1.ST01.1000-STD-01-01 allows a radar in range (100 m) and
 * time (0.1 s); the scatter of the atmosphere's refractivity; a north mark of 0.14 degrees. */
static const double prior_sigma[TERMS] = {100.0, 1e-4, 0.0025, 0.1};

struct pair {
    uint16_t a, b;          /* a < b; b == a: against references */
    uint32_t next;          /* in the chain of released ones */
    struct instant time;    /* of the latest equation: what is older has been forgotten as of then */
    double equations;
    double aa[TERMS][TERMS], ab[TERMS][TERMS], bb[TERMS][TERMS], ya[TERMS], yb[TERMS];
};

struct sensor {
    uint32_t links;
    uint32_t pair[LINKS];
    double x[TERMS], before[TERMS]; /* in force; and before `solved` */
    double var[TERMS];
    struct instant solved;
    double nis, outliers;
    double biased;          /* probability that there are biases here at all */
    double young;           /* equations judged since all was in doubt */
    uint64_t refused, jumps;
};

struct registration {
    uint32_t sensors, pairs;  /* one past the highest pair that was ever used */
    uint32_t released, unused; /* first of the chain of pairs given up */
    struct sensor *sensor;
    struct pair *pair;
    double matrix[SOLVE_SIZE(MEMBERS * TERMS)];
    double vector[MEMBERS * TERMS];
};

/* As doubtful as if nothing were known of it. */
static void sensor_doubt(struct sensor *s)
{
    for (unsigned i = 0; i < TERMS; i++)
        s->var[i] = DOUBT * DOUBT * prior_sigma[i] * prior_sigma[i];
    s->nis = 1.0;
    s->outliers = 0.0;
    s->young = 0.0;
}

struct registration *registration_new(uint32_t sensors)
{
    struct registration *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->sensors = sensors;
    r->released = NONE;
    r->sensor = calloc(sensors, sizeof *r->sensor);
    r->pair = calloc((size_t)sensors * LINKS, sizeof *r->pair);
    if (!r->sensor || !r->pair) {
        registration_free(r);
        return NULL;
    }
    for (uint32_t i = 0; i < sensors; i++) {
        r->sensor[i].solved = INSTANT_NONE;
        sensor_doubt(&r->sensor[i]);
    }
    return r;
}

void registration_free(struct registration *r)
{
    if (!r)
        return;
    free(r->sensor);
    free(r->pair);
    free(r);
}

const double *registration_held(const struct registration *r, uint16_t sensor, struct instant arrival)
{
    const struct sensor *s = &r->sensor[sensor];
    return instant_is_set(s->solved) && instant_before(arrival, s->solved) ? s->before : s->x;
}

/* The equation against what is held now: NIS with the doubt about both sensors' biases in it. */
static double equation_nis(const struct equation *q, const struct sensor *a, const struct sensor *b)
{
    double ye = q->ye, yn = q->yn, det;
    struct sym2 s = q->r, inverse;
    for (unsigned i = 0; i < TERMS; i++) {
        ye += q->ja.e[i] * a->x[i] - q->jb.e[i] * b->x[i];
        yn += q->ja.n[i] * a->x[i] - q->jb.n[i] * b->x[i];
        s.xx += q->ja.e[i] * q->ja.e[i] * a->var[i] + q->jb.e[i] * q->jb.e[i] * b->var[i];
        s.xy += q->ja.e[i] * q->ja.n[i] * a->var[i] + q->jb.e[i] * q->jb.n[i] * b->var[i];
        s.yy += q->ja.n[i] * q->ja.n[i] * a->var[i] + q->jb.n[i] * q->jb.n[i] * b->var[i];
    }
    if (!mat_inv2(s, &inverse, &det))
        return HUGE_VAL;
    return ye * ye * inverse.xx + 2.0 * ye * yn * inverse.xy + yn * yn * inverse.yy;
}

static double forgotten(const struct pair *p, struct instant now)
{
    double age = instant_diff(now, p->time);
    return age > 0.0 ? exp(-age / REGISTRATION_MEMORY_S) : 1.0;
}

static void pair_scale(struct pair *p, double factor)
{
    p->equations *= factor;
    for (unsigned i = 0; i < TERMS; i++) {
        p->ya[i] *= factor;
        p->yb[i] *= factor;
        for (unsigned k = 0; k < TERMS; k++) {
            p->aa[i][k] *= factor;
            p->ab[i][k] *= factor;
            p->bb[i][k] *= factor;
        }
    }
}

/* Adds an equation to the pair; `swapped`: the pair's a is the equation's b. (columns)' W (columns) and (columns)' W y. */
static void pair_add(struct pair *p, const struct equation *q, bool swapped)
{
    double det;
    struct sym2 w;
    if (!mat_inv2(q->r, &w, &det))
        return;
    const struct equation_columns *a = swapped ? &q->jb : &q->ja, *b = swapped ? &q->ja : &q->jb;
    double sign = swapped ? 1.0 : -1.0; /* y = jb b_b - ja b_a */
    double scale = 1.0 / REUSE, we = scale * (w.xx * q->ye + w.xy * q->yn), wn = scale * (w.xy * q->ye + w.yy * q->yn);
    for (unsigned i = 0; i < TERMS; i++) {
        double ae = scale * (w.xx * a->e[i] + w.xy * a->n[i]), an = scale * (w.xy * a->e[i] + w.yy * a->n[i]);
        double be = scale * (w.xx * b->e[i] + w.xy * b->n[i]), bn = scale * (w.xy * b->e[i] + w.yy * b->n[i]);
        for (unsigned k = 0; k < TERMS; k++) {
            p->aa[i][k] += ae * a->e[k] + an * a->n[k];
            p->ab[i][k] -= ae * b->e[k] + an * b->n[k];
            p->bb[i][k] += be * b->e[k] + bn * b->n[k];
        }
        p->ya[i] += sign * (a->e[i] * we + a->n[i] * wn);
        p->yb[i] -= sign * (b->e[i] * we + b->n[i] * wn);
    }
    p->equations += 1.0;
}

static struct pair *pair_find(struct registration *r, uint16_t a, uint16_t b)
{
    const struct sensor *s = &r->sensor[a];
    for (uint32_t i = 0; i < s->links; i++) {
        struct pair *p = &r->pair[s->pair[i]];
        if (p->a == a && p->b == b)
            return p;
    }
    return NULL;
}

static void unlink_pair(struct sensor *s, uint32_t pair)
{
    for (uint32_t i = 0; i < s->links; i++)
        if (s->pair[i] == pair) {
            s->pair[i] = s->pair[--s->links];
            return;
        }
}

static void pair_release(struct registration *r, uint32_t pair)
{
    struct pair *p = &r->pair[pair];
    unlink_pair(&r->sensor[p->a], pair);
    if (p->b != p->a)
        unlink_pair(&r->sensor[p->b], pair);
    p->next = r->released;
    r->released = pair;
}

/* Where the sensor has all its links, the pair with the fewest equations is given up. */
static void pair_room(struct registration *r, const struct sensor *s)
{
    if (s->links < LINKS)
        return;
    uint32_t least = s->pair[0];
    for (uint32_t i = 1; i < s->links; i++)
        if (r->pair[s->pair[i]].equations < r->pair[least].equations)
            least = s->pair[i];
    pair_release(r, least);
}

static struct pair *pair_make(struct registration *r, uint16_t a, uint16_t b, struct instant time)
{
    pair_room(r, &r->sensor[a]);
    pair_room(r, &r->sensor[b]);
    uint32_t pair = r->released;
    if (pair != NONE)
        r->released = r->pair[pair].next;
    else
        pair = r->pairs++;
    assert(pair < r->sensors * LINKS);
    r->pair[pair] = (struct pair){.a = a, .b = b, .time = time};
    r->sensor[a].pair[r->sensor[a].links++] = pair;
    if (a != b)
        r->sensor[b].pair[r->sensor[b].links++] = pair;
    return &r->pair[pair];
}

/* All that the sensor's equations said is forgotten: it is not where it was. */
static void sensor_jumped(struct registration *r, struct sensor *s)
{
    for (uint32_t i = 0; i < s->links; i++)
        pair_scale(&r->pair[s->pair[i]], JUMP_KEEPS);
    sensor_doubt(s);
    s->jumps++;
}

/* The sensor's figures after an equation of this NIS. True when most of its latest ones were outliers. */
static bool sensor_judge(struct sensor *s, double nis)
{
    bool outlier = nis > GATE_NIS;
    s->outliers += SMOOTH * ((outlier ? 1.0 : 0.0) - s->outliers);
    s->nis += SMOOTH * (fmin(nis, GATE_NIS) / 2.0 - s->nis);
    s->refused += outlier;
    s->young += 1.0;
    return s->outliers > JUMP_SHARE;
}

/* What an equation with a position says of it. A radar of which little is known is taken for as good as radars are. */
static void registration_compare(const struct registration *r, const struct equation_plot *a, const struct equation_plot *b, const struct equation *q,
                                 struct registration_check *check)
{
    struct sensor radar = r->sensor[a->reference ? b->sensor : a->sensor], none = {0};
    bool known = radar.young >= GOOD_EQUATIONS;
    for (unsigned i = 0; i < TERMS && !known; i++)
        radar.var[i] = prior_sigma[i] * prior_sigma[i];
    bool agree = equation_nis(q, a->reference ? &none : &radar, b->reference ? &none : &radar) <= GATE_NIS;
    check->agree += agree;
    check->disagree += !agree && known;
}

/* True when the equation may be learned from: no outlier by what is held of its sensors now, which it also judges. */
static bool registration_judge(struct registration *r, const struct equation_plot *a, const struct equation_plot *b, const struct equation *q)
{
    struct sensor *sa = &r->sensor[a->sensor], *sb = &r->sensor[b->sensor];
    double nis = equation_nis(q, sa, sb);
    bool jumped_a = !a->reference && sensor_judge(sa, nis), jumped_b = !b->reference && sensor_judge(sb, nis);
    if (jumped_a)
        sensor_jumped(r, sa);
    if (jumped_b)
        sensor_jumped(r, sb);
    return nis <= GATE_NIS;
}

static void registration_learn(struct registration *r, const struct equation_plot *a, const struct equation_plot *b, const struct equation *q)
{
    if (!registration_judge(r, a, b, q))
        return;
    uint16_t first = a->reference ? b->sensor : a->sensor, second = b->reference ? a->sensor : b->sensor;
    uint16_t low = first < second ? first : second, high = first < second ? second : first;
    struct pair *p = pair_find(r, low, high);
    if (!p)
        p = pair_make(r, low, high, q->time);
    if (instant_diff(q->time, p->time) > REGISTRATION_PERIOD_S) {
        pair_scale(p, forgotten(p, q->time));
        p->time = q->time;
    }
    pair_add(p, q, a->reference || (!b->reference && a->sensor != low));
}

void registration_remember(struct registration_memory *m, const struct equation_plot *p)
{
    if (m->count == REGISTRATION_PLOTS) {
        memmove(m->plot, m->plot + 1, (REGISTRATION_PLOTS - 1) * sizeof m->plot[0]);
        m->count--;
    }
    uint32_t i = m->count++;
    for (; i > 0 && instant_before(p->time, m->plot[i - 1].time); i--)
        m->plot[i] = m->plot[i - 1];
    m->plot[i] = *p;
}

/* Two plots between which a third may lie: of one radar, or both positions. */
static bool outer(const struct equation_plot *a, const struct equation_plot *p)
{
    return equation_fits(a) && (p->reference ? a->reference != EQUATION_RADAR : a->sensor == p->sensor);
}

void registration_input(struct registration *r, const struct registration_memory *m, const struct equation_plot *p, const struct registration_way *way,
                        struct registration_check *check)
{
    assert(p->sensor < r->sensors);
    if (!equation_fits(p))
        return;
    uint32_t end = m->count, first;
    while (end > 0 && !instant_before(m->plot[end - 1].time, p->time))
        end--;
    for (first = end; first > 0 && !outer(&m->plot[first - 1], p); first--)
        ;
    if (first == 0 || instant_diff(p->time, m->plot[first - 1].time) > SPAN_S)
        return;
    const struct equation_plot *before = &m->plot[first - 1];
    first = end - first > MIDDLES ? end - MIDDLES : first;
    for (uint32_t i = first; i < end; i++) {
        const struct equation_plot *middle = &m->plot[i];
        if ((middle->sensor == p->sensor && !middle->reference) || (p->reference && middle->reference) || !equation_fits(middle))
            continue;
        struct equation q = equation_make(before, p, middle, way->ve_mps, way->vn_mps);
        if (p->reference || middle->reference)
            registration_compare(r, p, middle, &q, check);
        if (way->learn && p->reference != EQUATION_CHECKED && middle->reference != EQUATION_CHECKED && before->reference != EQUATION_CHECKED)
            registration_learn(r, p, middle, &q);
    }
}

bool registration_wants(const struct registration *r, uint16_t sensor)
{
    return r->sensor[sensor].young < ENOUGH_EQUATIONS;
}

/* One system of a sensor and its neighbours. */
struct network {
    unsigned members;
    uint16_t sensor[MEMBERS]; /* the one that is solved for is the last */
};

static struct network network_of(const struct registration *r, uint16_t sensor)
{
    const struct sensor *s = &r->sensor[sensor];
    struct network w = {0};
    for (uint32_t i = 0; i < s->links; i++) {
        const struct pair *p = &r->pair[s->pair[i]];
        if (p->a != p->b)
            w.sensor[w.members++] = p->a == sensor ? p->b : p->a;
    }
    w.sensor[w.members++] = sensor;
    return w;
}

static unsigned network_place(const struct network *w, uint16_t sensor)
{
    unsigned i = 0;
    while (i < w->members && w->sensor[i] != sensor)
        i++;
    return i;
}

static void network_add_own(struct registration *r, unsigned place, double scale, const double block[TERMS][TERMS], const double *y)
{
    for (unsigned i = 0; i < TERMS; i++) {
        r->vector[place * TERMS + i] += scale * y[i];
        for (unsigned k = 0; k <= i; k++)
            r->matrix[solve_at(place * TERMS + i, place * TERMS + k)] += scale * block[i][k];
    }
}

/* The pair's block between two members, or, where the other is none, its present bias carried to the right-hand side. */
static void network_add_cross(struct registration *r, const struct network *w, const struct pair *p, double scale, unsigned place_a)
{
    unsigned place_b = network_place(w, p->b);
    for (unsigned i = 0; i < TERMS; i++)
        for (unsigned k = 0; k < TERMS; k++) {
            unsigned ia = place_a * TERMS + i, kb = place_b * TERMS + k;
            if (place_a < w->members && place_b < w->members)
                r->matrix[ia > kb ? solve_at(ia, kb) : solve_at(kb, ia)] += scale * p->ab[i][k];
            else if (place_a < w->members)
                r->vector[ia] -= scale * p->ab[i][k] * r->sensor[p->b].x[k];
            else
                r->vector[kb] -= scale * p->ab[i][k] * r->sensor[p->a].x[i];
        }
}

static void network_fill(struct registration *r, const struct network *w, struct instant now)
{
    unsigned n = w->members * TERMS;
    memset(r->matrix, 0, SOLVE_SIZE(n) * sizeof r->matrix[0]);
    memset(r->vector, 0, n * sizeof r->vector[0]);
    for (unsigned i = 0; i < n; i++)
        r->matrix[solve_at(i, i)] = 1.0 / (prior_sigma[i % TERMS] * prior_sigma[i % TERMS]);
    for (unsigned m = 0; m < w->members; m++) {
        uint16_t sensor = w->sensor[m];
        const struct sensor *s = &r->sensor[sensor];
        for (uint32_t i = 0; i < s->links; i++) {
            const struct pair *p = &r->pair[s->pair[i]];
            double scale = forgotten(p, now);
            network_add_own(r, m, scale, p->a == sensor ? p->aa : p->bb, p->a == sensor ? p->ya : p->yb);
            unsigned place_a = network_place(w, p->a), place_b = network_place(w, p->b);
            if (p->a != p->b && (p->a == sensor || place_a == w->members || place_b == w->members)) /* once for each pair */
                network_add_cross(r, w, p, scale, place_a);
        }
    }
}

/* The probability that the network has biases (drawn from the prior) and not none: both are as likely beforehand. Of a linear model with
 * right-hand side y and information A = L L' (prior A0) the ratio of evidences is sqrt(|A0| / |A|) exp(y' A^-1 y / 2), and L^-1 y is at hand.
 * It is what keeps sensors without bias from following the noise (Kass, Raftery, J. Am. Stat. Assoc. 90(430), 1995). */
static double network_evidence(const struct registration *r, unsigned n)
{
    double log_ratio = 0.0;
    for (unsigned i = 0; i < n; i++)
        log_ratio += 0.5 * r->vector[i] * r->vector[i] - log(r->matrix[solve_at(i, i)] * prior_sigma[i % TERMS]);
    return 1.0 / (1.0 + exp(-log_ratio));
}

bool registration_solve(struct registration *r, uint16_t sensor, struct instant now)
{
    struct sensor *s = &r->sensor[sensor];
    if (s->links == 0 || (instant_is_set(s->solved) && instant_diff(now, s->solved) < REGISTRATION_PERIOD_S))
        return false;
    struct network w = network_of(r, sensor);
    unsigned n = w.members * TERMS;
    network_fill(r, &w, now);
    s->solved = now;
    memcpy(s->before, s->x, sizeof s->before);
    if (!solve_factor(r->matrix, n))
        return false;
    solve_forward(r->matrix, n, r->vector);
    s->biased = network_evidence(r, n);
    solve_backward(r->matrix, n, n - TERMS, r->vector);
    double var[TERMS];
    solve_variances(r->matrix, n, n - TERMS, var);
    for (unsigned i = 0; i < TERMS; i++) {
        double x = r->vector[n - TERMS + i], share = s->biased;
        s->x[i] = share * x;
        if (s->young >= GOOD_EQUATIONS)
            s->var[i] = share * var[i] + share * (1.0 - share) * x * x;
    }
    return true;
}

static struct bias bias_of(const double x[TERMS], const double var[TERMS])
{
    return (struct bias){.range_m = x[EQUATION_RANGE],
                         .gain = x[EQUATION_GAIN],
                         .azimuth_rad = x[EQUATION_AZIMUTH],
                         .time_s = x[EQUATION_TIME],
                         .var_range_m2 = var[EQUATION_RANGE],
                         .var_gain = var[EQUATION_GAIN],
                         .var_azimuth_rad2 = var[EQUATION_AZIMUTH],
                         .var_time_s2 = var[EQUATION_TIME]};
}

struct bias registration_bias(const struct registration *r, uint16_t sensor, struct instant arrival)
{
    const struct sensor *s = &r->sensor[sensor];
    return bias_of(registration_held(r, sensor, arrival), s->var);
}

void registration_found(const struct registration *r, uint16_t sensor, struct registration_found *out)
{
    const struct sensor *s = &r->sensor[sensor];
    *out = (struct registration_found){.bias = bias_of(s->x, s->var), .nis = s->nis, .refused = s->refused, .jumps = s->jumps};
    for (uint32_t i = 0; i < s->links; i++)
        out->equations += r->pair[s->pair[i]].equations;
    if (s->nis > BAD_NIS)
        out->state = REGISTRATION_INCONSISTENT;
    else if (out->equations >= GOOD_EQUATIONS)
        out->state = REGISTRATION_GOOD;
    else
        out->state = out->equations > 0.0 ? REGISTRATION_LEARNING : REGISTRATION_UNKNOWN;
}

const char *registration_state_text(enum registration_state s)
{
    static const char *const text[REGISTRATION_STATES] = {"unknown", "learning", "good", "inconsistent"};
    return text[s];
}

/* Sensors and pairs follow each other; pairs that were never used are left out. */
struct head {
    uint32_t sensors, pairs, released, unused;
};

size_t registration_state_size(const struct registration *r)
{
    return sizeof(struct head) + r->sensors * sizeof *r->sensor + r->pairs * sizeof *r->pair;
}

void registration_save(const struct registration *r, void *out)
{
    struct head h = {r->sensors, r->pairs, r->released, 0};
    char *at = out;
    memcpy(at, &h, sizeof h);
    memcpy(at + sizeof h, r->sensor, r->sensors * sizeof *r->sensor);
    memcpy(at + sizeof h + r->sensors * sizeof *r->sensor, r->pair, r->pairs * sizeof *r->pair);
}

int registration_load(struct registration *r, const void *in, size_t size)
{
    struct head h;
    const char *at = in;
    if (size < sizeof h)
        return ERR_FORMAT;
    memcpy(&h, at, sizeof h);
    size_t sensors = r->sensors * sizeof *r->sensor;
    if (h.sensors != r->sensors || h.pairs > r->sensors * LINKS || size != sizeof h + sensors + h.pairs * sizeof *r->pair)
        return ERR_FORMAT;
    memcpy(r->sensor, at + sizeof h, sensors);
    memcpy(r->pair, at + sizeof h + sensors, h.pairs * sizeof *r->pair);
    r->pairs = h.pairs;
    r->released = h.released;
    return 0;
}
