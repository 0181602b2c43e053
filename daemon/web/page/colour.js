// Colours: altitude ramps, status, nations, themes. Pure. Status and affiliation colours are Okabe and Ito's, which differ for all kinds of colour
// blindness (jfly.uni-koeln.de/color, 2008), and never say alone what a shape or a word does not say, too.

// tar1090's ramp: hue by altitude in feet, lightness by hue.
const HUES = [[0, 20], [2000, 32.5], [4000, 43], [6000, 54], [8000, 72], [9000, 85], [11000, 140], [40000, 300], [51000, 360]];
const LIGHT = [[0, 53], [20, 50], [32, 54], [40, 52], [46, 51], [50, 46], [60, 43], [80, 41], [140, 41], [180, 40], [190, 44], [198, 50],
    [200, 58], [240, 58], [255, 55], [270, 58], [280, 58], [290, 47], [300, 43], [310, 48], [340, 52], [360, 53]];
// Viridis, at equal steps from 0 to 45 000 ft.
const VIRIDIS = [[72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [110, 206, 88], [181, 222, 43], [253, 231, 37]];

function along(points, at) {
    if (at <= points[0][0]) return points[0][1];
    for (let i = 1; i < points.length; i++) {
        if (at <= points[i][0]) {
            const [a, from] = points[i - 1], [b, to] = points[i];
            return from + (to - from) * (at - a) / (b - a);
        }
    }
    return points[points.length - 1][1];
}

export function hsl(h, s, l) {
    const a = s / 100 * Math.min(l / 100, 1 - l / 100);
    return [0, 8, 4].map(n => {
        const k = (n + h / 30) % 12;
        return Math.round(255 * (l / 100 - a * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
    });
}

export const RAMPS = {
    tar1090: (feet, dark) => {
        const h = along(HUES, feet), l = along(LIGHT, h);
        return hsl(h % 360, 88, dark ? Math.min(68, l + 8) : l - 7);
    },
    viridis: (feet, dark) => {
        const at = Math.max(0, Math.min(1, feet / 45000)) * (VIRIDIS.length - 1), i = Math.min(VIRIDIS.length - 2, Math.floor(at));
        const c = VIRIDIS[i].map((v, n) => Math.round(v + (VIRIDIS[i + 1][n] - v) * (at - i)));
        return dark ? c.map(v => Math.round(v + (255 - v) * 0.16)) : c.map(v => Math.round(v * 0.72));
    },
};

// As the pixels of an ImageData on a little-endian machine, without alpha.
export const pixel = ([r, g, b]) => b << 16 | g << 8 | r;
export const css = ([r, g, b], alpha = 1) => alpha === 1 ? `rgb(${r},${g},${b})` : `rgba(${r},${g},${b},${alpha})`;
export const grey = (c, share) => {
    const y = 0.3 * c[0] + 0.59 * c[1] + 0.11 * c[2];
    return c.map(v => Math.round(v + (y - v) * share));
};

export const STEP_FT = 500, STEPS = 103;

// Pixels by altitude in steps of STEP_FT: fresh, and stale.
export function ramp(name, dark) {
    const of = RAMPS[name] ?? RAMPS.tar1090, fresh = new Uint32Array(STEPS), stale = new Uint32Array(STEPS);
    for (let i = 0; i < STEPS; i++) {
        const c = of(i * STEP_FT, dark);
        fresh[i] = pixel(c);
        stale[i] = pixel(grey(c, 0.75).map(v => Math.round(dark ? v * 0.72 : v + (255 - v) * 0.25)));
    }
    return { fresh, stale, unknown: pixel(dark ? [176, 184, 192] : [96, 102, 110]) };
}

export const OKABE = {
    orange: [230, 159, 0], sky: [86, 180, 233], green: [0, 158, 115], yellow: [240, 228, 66], blue: [0, 114, 178], vermilion: [213, 94, 0],
    purple: [204, 121, 167],
};

export const THEMES = {
    dark: {
        sea: '#0a0f15', land: '#1a222b', abroad: '#12181f', coast: '#3c4a58', border: '#7a8da0', fir: '#34526a', grid: '#18212a', region: '#c3cdd6',
        text: [222, 229, 235], dim: [146, 158, 170], halo: [8, 11, 15], leader: [120, 134, 148], dot: [130, 144, 158], vector: [168, 180, 192],
        selected: [255, 255, 255], friend: [110, 198, 255], neutral: [92, 206, 150], unknown: [240, 228, 66], assumed: [110, 198, 255], suspect: [255, 110, 64], hostile: [255, 110, 64], warning: [255, 176, 40],
        alarm: [255, 110, 64], handoff: [255, 196, 60], accepted: [92, 206, 150], fold: [46, 150, 150], gap: [226, 94, 70],
        gained: [86, 180, 233], lost: [255, 140, 40], US: [120, 180, 240], CA: [240, 150, 120], MX: [110, 205, 150], other: [170, 170, 180],
    },
    light: {
        sea: '#dfe6ec', land: '#f7f6f2', abroad: '#ebebe8', coast: '#8a97a3', border: '#6d7985', fir: '#a9bccb', grid: '#d3dbe2', region: '#2a3138',
        text: [24, 30, 36], dim: [90, 100, 110], halo: [250, 250, 248], leader: [110, 120, 130], dot: [120, 130, 140], vector: [70, 80, 90],
        selected: [0, 0, 0], friend: [0, 100, 170], neutral: [0, 120, 84], unknown: [122, 86, 0], assumed: [0, 100, 170], suspect: [190, 50, 0], hostile: [190, 50, 0], warning: [136, 78, 0],
        alarm: [176, 44, 0], handoff: [136, 78, 0], accepted: [0, 120, 84], fold: [0, 128, 128], gap: [200, 60, 30],
        gained: [0, 100, 180], lost: [190, 90, 0], US: [20, 90, 170], CA: [180, 70, 30], MX: [0, 120, 70], other: [110, 110, 120],
    },
};
