// Projections of the WGS-84 ellipsoid to a plane in metres, east and north of the centre.
//
// Lambert's azimuthal equal-area: the same method and centre as lib/geo/laea.h, so that cells of a coverage study are squares here. Polar
// stereographic: true at 60 N. Both by Snyder, Map Projections: A Working Manual (USGS 1395, 1987), equations 3-11 to 3-18, 21-33 to 21-40 and
// 24-17 to 24-26. Each also says which sphere and which d3 projection it is of (`sphere`), for what d3 draws: clipped and resampled there, then stretched.

export const A = 6378137;
export const E2 = 0.0066943799901413165;
const E = Math.sqrt(E2);
export const RADIAN = Math.PI / 180;

const q = s => (1 - E2) * (s / (1 - E2 * s * s) - Math.log((1 - E * s) / (1 + E * s)) / (2 * E));
const QP = q(1);
const AUTHALIC = A * Math.sqrt(QP / 2);

// Latitude of a given authalic latitude: the series 3-18.
const E4 = E2 * E2, E6 = E4 * E2;
const B2 = E2 / 3 + 31 * E4 / 180 + 517 * E6 / 5040, B4 = 23 * E4 / 360 + 251 * E6 / 3780, B6 = 761 * E6 / 45360;
// The same for a conformal latitude: 3-5.
const E8 = E4 * E4;
const C2 = E2 / 2 + 5 * E4 / 24 + E6 / 12 + 13 * E8 / 360, C4 = 7 * E4 / 48 + 29 * E6 / 240 + 811 * E8 / 11520;
const C6 = 7 * E6 / 120 + 81 * E8 / 1120, C8 = 4279 * E8 / 161280;

export function laea(lat0, lon0) {
    const m1 = Math.cos(lat0 * RADIAN) / Math.sqrt(1 - E2 * Math.sin(lat0 * RADIAN) ** 2);
    const sin1 = q(Math.sin(lat0 * RADIAN)) / QP, cos1 = Math.sqrt(1 - sin1 * sin1);
    const stretch = A * m1 / (AUTHALIC * cos1);

    return {
        name: 'laea',
        // Writes x, y to out[at], out[at + 1].
        forward(lat, lon, out, at = 0) {
            const sinB = q(Math.sin(lat * RADIAN)) / QP, cosB = Math.sqrt(Math.max(0, 1 - sinB * sinB));
            const dl = (lon - lon0) * RADIAN, cosL = cosB * Math.cos(dl);
            const b = AUTHALIC * Math.sqrt(2 / Math.max(1e-12, 1 + sin1 * sinB + cos1 * cosL));
            out[at] = b * stretch * cosB * Math.sin(dl);
            out[at + 1] = b / stretch * (cos1 * sinB - sin1 * cosL);
            return out;
        },
        // [lat, lon], or null where no place has this image.
        inverse(x, y) {
            const u = x / stretch, v = y * stretch, rho = Math.hypot(u, v);
            if (rho < 1e-6) return [lat0, lon0];
            if (rho > 2 * AUTHALIC) return null;
            const c = 2 * Math.asin(rho / (2 * AUTHALIC)), sinC = Math.sin(c), cosC = Math.cos(c);
            const beta = Math.asin(Math.max(-1, Math.min(1, cosC * sin1 + v * sinC * cos1 / rho)));
            const lat = beta + B2 * Math.sin(2 * beta) + B4 * Math.sin(4 * beta) + B6 * Math.sin(6 * beta);
            const dl = Math.atan2(u * sinC, rho * cos1 * cosC - v * sin1 * sinC);
            return [lat / RADIAN, wrap(lon0 + dl / RADIAN)];
        },
        sphere: {
            raw: 'geoAzimuthalEqualAreaRaw', rotate: [-lon0, -Math.asin(sin1) / RADIAN], radius: AUTHALIC, stretch,
            latitude: lat => Math.asin(q(Math.sin(lat * RADIAN)) / QP) / RADIAN,
        },
    };
}

const half = lat => { // 15-9: tan of half the conformal colatitude
    const s = E * Math.sin(lat);
    return Math.tan(Math.PI / 4 - lat / 2) / ((1 - s) / (1 + s)) ** (E / 2);
};

export function polar(lon0, trueAt = 60) {
    const s = Math.sin(trueAt * RADIAN);
    const radius = A * Math.cos(trueAt * RADIAN) / Math.sqrt(1 - E2 * s * s) / half(trueAt * RADIAN);

    return {
        name: 'polar',
        forward(lat, lon, out, at = 0) {
            const rho = radius * half(lat * RADIAN), dl = (lon - lon0) * RADIAN;
            out[at] = rho * Math.sin(dl);
            out[at + 1] = -rho * Math.cos(dl);
            return out;
        },
        inverse(x, y) {
            const rho = Math.hypot(x, y);
            const chi = Math.PI / 2 - 2 * Math.atan(rho / radius);
            const lat = chi + C2 * Math.sin(2 * chi) + C4 * Math.sin(4 * chi) + C6 * Math.sin(6 * chi) + C8 * Math.sin(8 * chi);
            return [lat / RADIAN, rho < 1e-9 ? lon0 : wrap(lon0 + Math.atan2(x, -y) / RADIAN)];
        },
        sphere: {
            raw: 'geoStereographicRaw', rotate: [-lon0, -90], radius, stretch: 1,
            latitude: lat => 90 - 2 * Math.atan(half(lat * RADIAN)) / RADIAN,
        },
    };
}

export const wrap = lon => lon - 360 * Math.floor((lon + 180) / 360);

export const PROJECTIONS = { laea: () => laea(50, -98), polar: () => polar(-98) };
