/* mat: small dense matrices and vectors in row-major arrays of double, sizes known to the caller.
 *
 * Names say the sizes. Outputs may not overlap inputs unless a line says so. Symmetric inputs are read whole. */
#ifndef BASE_MAT_H
#define BASE_MAT_H

#include <stdbool.h>

struct vec3 {
    double x, y, z;
};

/* Rows of an orthonormal 3x3 rotation: out = m * v, and out = m' * v. */
struct mat3 {
    double m[3][3];
};

static inline struct vec3 mat_mul3(const struct mat3 *a, struct vec3 v)
{
    return (struct vec3){
        a->m[0][0] * v.x + a->m[0][1] * v.y + a->m[0][2] * v.z,
        a->m[1][0] * v.x + a->m[1][1] * v.y + a->m[1][2] * v.z,
        a->m[2][0] * v.x + a->m[2][1] * v.y + a->m[2][2] * v.z,
    };
}
static inline struct vec3 mat_tmul3(const struct mat3 *a, struct vec3 v)
{
    return (struct vec3){
        a->m[0][0] * v.x + a->m[1][0] * v.y + a->m[2][0] * v.z,
        a->m[0][1] * v.x + a->m[1][1] * v.y + a->m[2][1] * v.z,
        a->m[0][2] * v.x + a->m[1][2] * v.y + a->m[2][2] * v.z,
    };
}
static inline struct vec3 mat_add3(struct vec3 a, struct vec3 b)
{
    return (struct vec3){a.x + b.x, a.y + b.y, a.z + b.z};
}
static inline struct vec3 mat_sub3(struct vec3 a, struct vec3 b)
{
    return (struct vec3){a.x - b.x, a.y - b.y, a.z - b.z};
}
static inline struct vec3 mat_scale3(double k, struct vec3 a)
{
    return (struct vec3){k * a.x, k * a.y, k * a.z};
}
static inline double mat_dot3(struct vec3 a, struct vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}
double mat_norm3(struct vec3 a);
/* out = a * b and out = a * b' for rotations. */
struct mat3 mat_rot_mul(const struct mat3 *a, const struct mat3 *b);
struct mat3 mat_rot_mult(const struct mat3 *a, const struct mat3 *b);

/* Symmetric 2x2 [xx xy; xy yy]: inverse into out; false when not positive definite. det is always set. */
struct sym2 {
    double xx, xy, yy;
};
bool mat_inv2(struct sym2 a, struct sym2 *out, double *det);
/* Of a 4x4 covariance s (upper triangle, by rows): d' inverse(s) d, and the determinant. False when not positive definite. */
bool mat_nis4(const double d[4], const double s[10], double *nis, double *det);
/* Half axes (major >= minor >= 0) and the angle of the major axis from x towards y, in (-pi/2, pi/2]. */
void mat_axes2(struct sym2 a, double *major, double *minor, double *angle_rad);

#endif
