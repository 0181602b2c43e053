// Distances and bearings on the WGS-84 ellipsoid, to millimetres: T. Vincenty, Survey Review XXIII (176), 1975. Degrees and metres.
import { RADIAN, wrap } from './projection.js';

const A = 6378137, F = 1 / 298.257223563, B = A * (1 - F);
const ROUNDS = 60;

function series(cos2alpha) {
    const u2 = cos2alpha * (A * A - B * B) / (B * B);
    return [1 + u2 / 16384 * (4096 + u2 * (-768 + u2 * (320 - 175 * u2))), u2 / 1024 * (256 + u2 * (-128 + u2 * (74 - 47 * u2)))];
}

function correction(b, sinS, cosS, cosM) {
    return b * sinS * (cosM + b / 4 * (cosS * (2 * cosM * cosM - 1) - b / 6 * cosM * (4 * sinS * sinS - 3) * (4 * cosM * cosM - 3)));
}

const turn = angle => (angle / RADIAN + 360) % 360;

// {distance, bearing} from one place to another; bearing at the start, clockwise from true north. Null for nearly opposite places.
export function between(lat1, lon1, lat2, lon2) {
    const L = wrap(lon2 - lon1) * RADIAN;
    const u1 = Math.atan((1 - F) * Math.tan(lat1 * RADIAN)), u2 = Math.atan((1 - F) * Math.tan(lat2 * RADIAN));
    const s1 = Math.sin(u1), c1 = Math.cos(u1), s2 = Math.sin(u2), c2 = Math.cos(u2);
    let lambda = L;
    for (let i = 0; i < ROUNDS; i++) {
        const sl = Math.sin(lambda), cl = Math.cos(lambda);
        const sinS = Math.hypot(c2 * sl, c1 * s2 - s1 * c2 * cl), cosS = s1 * s2 + c1 * c2 * cl;
        if (sinS < 1e-15) return { distance: 0, bearing: 0 };
        const sigma = Math.atan2(sinS, cosS), sinA = c1 * c2 * sl / sinS, cos2A = 1 - sinA * sinA;
        const cosM = cos2A < 1e-12 ? 0 : cosS - 2 * s1 * s2 / cos2A;
        const c = F / 16 * cos2A * (4 + F * (4 - 3 * cos2A));
        const next = L + (1 - c) * F * sinA * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
        if (Math.abs(next - lambda) < 1e-12) {
            const [a, b] = series(cos2A);
            return {
                distance: B * a * (sigma - correction(b, sinS, cosS, cosM)),
                bearing: turn(Math.atan2(c2 * sl, c1 * s2 - s1 * c2 * cl)),
            };
        }
        lambda = next;
    }
    return null;
}

// [lat, lon] at a distance in a direction.
export function destination(lat, lon, bearing, distance) {
    const u1 = Math.atan((1 - F) * Math.tan(lat * RADIAN)), s1 = Math.sin(u1), c1 = Math.cos(u1);
    const sa = Math.sin(bearing * RADIAN), ca = Math.cos(bearing * RADIAN);
    const start = Math.atan2(Math.tan(u1), ca), sinA = c1 * sa, cos2A = 1 - sinA * sinA;
    const [a, b] = series(cos2A);
    let sigma = distance / (B * a), cosM = 0, sinS = 0, cosS = 1;
    for (let i = 0; i < ROUNDS; i++) {
        cosM = Math.cos(2 * start + sigma);
        sinS = Math.sin(sigma);
        cosS = Math.cos(sigma);
        const next = distance / (B * a) + correction(b, sinS, cosS, cosM);
        if (Math.abs(next - sigma) < 1e-13) break;
        sigma = next;
    }
    const t = s1 * sinS - c1 * cosS * ca;
    const lat2 = Math.atan2(s1 * cosS + c1 * sinS * ca, (1 - F) * Math.hypot(sinA, t));
    const lambda = Math.atan2(sinS * sa, c1 * cosS - s1 * sinS * ca);
    const c = F / 16 * cos2A * (4 + F * (4 - 3 * cos2A));
    const dl = lambda - (1 - c) * F * sinA * (sigma + c * sinS * (cosM + c * cosS * (2 * cosM * cosM - 1)));
    return [lat2 / RADIAN, wrap(lon + dl / RADIAN)];
}
