/* mat: three-vectors, rotations and symmetric 2x2 matrices, written out. */
#include "base/mat.h"

#include <math.h>

double mat_norm3(struct vec3 a)
{
    return sqrt(mat_dot3(a, a));
}

struct mat3 mat_rot_mul(const struct mat3 *a, const struct mat3 *b)
{
    struct mat3 out;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out.m[i][j] = a->m[i][0] * b->m[0][j] + a->m[i][1] * b->m[1][j] + a->m[i][2] * b->m[2][j];
    return out;
}

struct mat3 mat_rot_mult(const struct mat3 *a, const struct mat3 *b)
{
    struct mat3 out;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            out.m[i][j] = a->m[i][0] * b->m[j][0] + a->m[i][1] * b->m[j][1] + a->m[i][2] * b->m[j][2];
    return out;
}

bool mat_inv2(struct sym2 a, struct sym2 *out, double *det)
{
    *det = a.xx * a.yy - a.xy * a.xy;
    if (!(*det > 0.0 && a.xx > 0.0))
        return false;
    *out = (struct sym2){a.yy / *det, -a.xy / *det, a.xx / *det};
    return true;
}

/* Cholesky, row by row: s = l l', and l y = d. */
bool mat_nis4(const double d[4], const double s[10], double *nis, double *det)
{
    double l[4][4], y[4];
    *nis = 0.0;
    *det = 1.0;
    for (unsigned i = 0; i < 4; i++) {
        for (unsigned j = 0; j <= i; j++) {
            double sum = s[j * 4 - j * (j + 1) / 2 + i];
            for (unsigned k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            if (i == j && !(sum > 0.0))
                return false;
            l[i][j] = i == j ? sqrt(sum) : sum / l[j][j];
        }
        y[i] = d[i];
        for (unsigned k = 0; k < i; k++)
            y[i] -= l[i][k] * y[k];
        y[i] /= l[i][i];
        *nis += y[i] * y[i];
        *det *= l[i][i] * l[i][i];
    }
    return true;
}

void mat_axes2(struct sym2 a, double *major, double *minor, double *angle_rad)
{
    double mean = 0.5 * (a.xx + a.yy);
    double half = 0.5 * (a.xx - a.yy);
    double radius = hypot(half, a.xy);
    *major = sqrt(fmax(mean + radius, 0.0));
    *minor = sqrt(fmax(mean - radius, 0.0));
    double angle = 0.5 * atan2(a.xy, half);
    *angle_rad = angle > -1.57079632679489661923 ? angle : 1.57079632679489661923;
}
