/* track: a track at another instant. Constant velocity or coordinated turn in the tangent frame at the track's own position (Bar-Shalom, Li,
 * Kirubarajan, Estimation with Applications to Tracking and Navigation, 2001, 6.3.2 white noise acceleration, 11.7 coordinated turn with
 * known rate); the covariance follows the same transition. The frame's turn along the way (meridian convergence) is taken for the velocity
 * vector, left out for the covariance: over the tens of seconds for which an output predicts it is below a thousandth. */
#include "air/track.h"

#include <math.h>

#include "base/unit.h"

#define TURN_LEAST_RAD_S 1e-6 /* below it sin(wt)/w loses digits and the turn is a straight line to a millimetre */

/* Transition of (east, north, ve, vn): position += A v, velocity = R v, with A = [a b; -b a], R = [c s; -s c] for a clockwise turn. */
struct turn {
    double a, b, c, s;
};

static struct turn turn_over(double turn_rad_s, double t)
{
    double w = turn_rad_s;
    if (fabs(w) < TURN_LEAST_RAD_S)
        return (struct turn){t, 0.0, 1.0, 0.0};
    return (struct turn){sin(w * t) / w, (1.0 - cos(w * t)) / w, cos(w * t), sin(w * t)};
}

/* P = F P F' + Q, by hand-unrolled rows of F = [I A; 0 R]; Q of eq. 6.2.2-12. */
static void grow(double cov[TRACK_COVS], const struct turn *m, double t, double psd)
{
    static const unsigned char place[4][4] = {{TRACK_EE, TRACK_EN, TRACK_EVE, TRACK_EVN},
                                              {TRACK_EN, TRACK_NN, TRACK_NVE, TRACK_NVN},
                                              {TRACK_EVE, TRACK_NVE, TRACK_VEVE, TRACK_VEVN},
                                              {TRACK_EVN, TRACK_NVN, TRACK_VEVN, TRACK_VNVN}};
    const double f[4][4] = {{1, 0, m->a, m->b}, {0, 1, -m->b, m->a}, {0, 0, m->c, m->s}, {0, 0, -m->s, m->c}};
    double fp[4][4] = {{0}}, out[TRACK_COVS] = {0};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++)
            for (int k = 0; k < 4; k++)
                fp[i][j] += f[i][k] * cov[place[k][j]];
    for (int i = 0; i < 4; i++)
        for (int j = i; j < 4; j++)
            for (int k = 0; k < 4; k++)
                out[place[i][j]] += fp[i][k] * f[j][k];
    double q = psd * fabs(t);
    out[TRACK_EE] += q * t * t / 3.0;
    out[TRACK_NN] += q * t * t / 3.0;
    out[TRACK_EVE] += q * t / 2.0;
    out[TRACK_NVN] += q * t / 2.0;
    out[TRACK_VEVE] += q;
    out[TRACK_VNVN] += q;
    for (int i = 0; i < TRACK_COVS; i++)
        cov[i] = out[i];
}

void track_predict(struct track *t, struct instant to, double psd_m2_s3)
{
    double dt = instant_diff(to, t->time);
    if (dt == 0.0)
        return;
    struct turn m = turn_over(t->turn_rad_s, dt);
    struct frame here = frame_at(t->at);
    double hae = t->at.hae_m + t->climb_mps * dt;
    double east = m.a * t->east_mps + m.b * t->north_mps, north = m.a * t->north_mps - m.b * t->east_mps;
    struct vec3 v = {m.c * t->east_mps + m.s * t->north_mps, m.c * t->north_mps - m.s * t->east_mps, 0.0};

    t->at = frame_geodetic(frame_from_enu(&here, frame_on_height(&here, east, north, hae)));
    t->at.hae_m = hae;
    struct frame there = frame_at(t->at);
    double speed = hypot(v.x, v.y);
    v = frame_turn_to_enu(&there, frame_turn_from_enu(&here, v));
    double flat = hypot(v.x, v.y);
    t->east_mps = flat > 0.0 ? v.x * speed / flat : 0.0; /* the frame tilts; ground speed is kept */
    t->north_mps = flat > 0.0 ? v.y * speed / flat : 0.0;
    if (t->flags & TRACK_CLIMB) {
        double grown_m = t->sigma_climb_mps * dt;
        t->sigma_height_m = sqrt(t->sigma_height_m * t->sigma_height_m + grown_m * grown_m);
    }
    grow(t->cov, &m, dt, psd_m2_s3);
    t->time = to;
}

double track_speed_mps(const struct track *t)
{
    return hypot(t->east_mps, t->north_mps);
}

double track_heading_rad(const struct track *t)
{
    return frame_azimuth(atan2(t->east_mps, t->north_mps));
}

const char *track_class_name(unsigned class)
{
    static const char *const names[TRACK_CLASSES] = {"pending", "unknown", "assumed", "friendly", "neutral", "suspect", "hostile"};

    return class < TRACK_CLASSES ? names[class] : "?";
}
