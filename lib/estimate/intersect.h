/* intersect: another tracker's estimate taken into ours when nobody knows what the two have in common: covariance intersection.
 *
 *   P^-1 = w A^-1 + (1 - w) B^-1,  x = P (w A^-1 a + (1 - w) B^-1 b)
 * is never more certain than is true, however correlated a and b are (Julier, Uhlmann, Proc. American Control Conference 1997): an estimate
 * fused with itself stays what it was. w by the determinants of the informations in closed form (Franken, Huepper, "Improved fast covariance
 * intersection for distributed data fusion", FUSION 2005, eq. 18). The mixture of models is moved as a whole by the affine map that takes its mean and
 * covariance of position and velocity to the fused ones; turn rate, height and the models' probabilities stay. */
#ifndef ESTIMATE_INTERSECT_H
#define ESTIMATE_INTERSECT_H

#include "base/solve.h"
#include "estimate/imm.h"

#define INTERSECT_STATES 4

/* Position and velocity in the filter's own axes (KALMAN_E .. KALMAN_VN); the covariance's lower triangle (solve_at). states: 4, or 2 where there is
 * no velocity. */
struct intersect {
    uint32_t states, unused;
    double x[INTERSECT_STATES], p[SOLVE_SIZE(INTERSECT_STATES)];
};

/* Squared Mahalanobis distance between m (already predicted to the estimate's time) and the estimate, their errors taken for independent;
 * chi-square with z->states degrees of freedom when they are one aircraft. HUGE_VAL where it cannot be computed. */
double intersect_distance(const struct imm *m, const struct intersect *z);
/* Fuses; m must hold at the estimate's time. False, m as it was, where a covariance is not positive definite. */
bool intersect_update(struct imm *m, const struct intersect *z);
/* The estimate in axes turned by the angle whose cosine and sine are given, anticlockwise, and shifted: as imm_shift. */
void intersect_shift(struct intersect *z, const struct imm_shift *s);

#endif
