// The masks of symbols, frames and letters, drawn once by the browser at the screen's resolution.
import { Mask } from './blit.js';
import { RADIAN } from './projection.js';

export const TURNS = 36;

function drawn(size, ratio, draw) {
    const pixels = Math.ceil(size * ratio) | 1, canvas = document.createElement('canvas');
    canvas.width = canvas.height = pixels;
    const g = canvas.getContext('2d', { willReadFrequently: true });
    g.translate(pixels / 2, pixels / 2);
    g.scale(ratio, ratio);
    g.fillStyle = g.strokeStyle = '#fff';
    g.lineCap = g.lineJoin = 'round';
    draw(g);
    const { data } = g.getImageData(0, 0, pixels, pixels);
    return new Mask(pixels, pixels, (x, y) => data[4 * (y * pixels + x) + 3], pixels >> 1, pixels >> 1, 40);
}

function path(g, points, close = true) {
    g.beginPath();
    points.forEach(([x, y], i) => i ? g.lineTo(x, y) : g.moveTo(x, y));
    if (close) g.closePath();
}

// Symbols by source, pointing north; r: half their length. Filled: several kinds of sensor agree; open: one kind; a cross has no heading.
const SHAPES = {
    primary: (g, r) => {
        g.lineWidth = Math.max(1.3, r * 0.3);
        path(g, [[-r * 0.8, 0], [r * 0.8, 0]], false);
        g.stroke();
        path(g, [[0, -r * 0.8], [0, r * 0.8]], false);
        g.stroke();
    },
    secondary: (g, r) => {
        g.lineWidth = Math.max(1.1, r * 0.2);
        path(g, [[0, -r], [r * 0.72, r * 0.75], [0, r * 0.3], [-r * 0.72, r * 0.75]]);
        g.stroke();
    },
    adsb: (g, r) => {
        g.lineWidth = Math.max(1.1, r * 0.2);
        g.beginPath();
        g.arc(0, r * 0.15, r * 0.55, 0, 2 * Math.PI);
        g.stroke();
        path(g, [[0, -r * 0.4], [0, -r * 1.15]], false);
        g.stroke();
    },
    fused: (g, r) => {
        path(g, [[0, -r], [r * 0.78, r * 0.8], [0, r * 0.36], [-r * 0.78, r * 0.8]]);
        g.fill();
    },
    feed: (g, r) => {
        g.lineWidth = Math.max(1.1, r * 0.2);
        path(g, [[0, -r], [r * 0.7, 0], [0, r], [-r * 0.7, 0]]);
        g.stroke();
    },
};

// Frames of air tracks in the manner of MIL-STD-2525D: open below.
const FRAMES = {
    unknown: (g, r) => {
        const c = r * 0.62;
        g.beginPath();
        g.arc(-c, 0, c, Math.PI * 0.75, Math.PI * 1.5);
        g.arc(0, -c, c, Math.PI, 2 * Math.PI);
        g.arc(c, 0, c, Math.PI * 1.5, Math.PI * 0.25);
        g.stroke();
    },
    friend: (g, r) => {
        g.beginPath();
        g.moveTo(-r, r * 0.7);
        g.bezierCurveTo(-r, -r * 1.55, r, -r * 1.55, r, r * 0.7);
        g.stroke();
    },
    neutral: (g, r) => {
        path(g, [[-r, r * 0.7], [-r, -r], [r, -r], [r, r * 0.7]], false);
        g.stroke();
    },
    assumed: (g, r) => {
        g.setLineDash([3, 3]);
        FRAMES.friend(g, r);
    },
    hostile: (g, r) => {
        path(g, [[-r, r * 0.7], [-r, -r * 0.3], [0, -r * 1.3], [r, -r * 0.3], [r, r * 0.7]], false);
        g.stroke();
    },
    suspect: (g, r) => {
        g.setLineDash([3, 3]);
        FRAMES.hostile(g, r);
    },
};

// {symbol: [source][turn], halo: same, frame: by the names of AFFILIATIONS, ring}
export function symbols(size, ratio) {
    const turned = draw => Array.from({ length: TURNS }, (_, i) => drawn(size * 2 + 4, ratio, g => {
        g.rotate(i * 360 / TURNS * RADIAN);
        draw(g, size * 0.5);
    }));
    const symbol = Object.values(SHAPES).map(draw => turned(draw));
    const frame = Object.fromEntries(Object.entries(FRAMES).map(([name, draw]) => [name, drawn(size * 3, ratio, g => {
        g.lineWidth = 1.4;
        draw(g, size * 0.82);
    })]));
    const ring = drawn(size * 3 + 6, ratio, g => {
        g.lineWidth = 1.6;
        g.beginPath();
        g.arc(0, 0, size * 1.15, 0, 2 * Math.PI);
        g.stroke();
    });
    return { size, symbol, halo: symbol.map(list => list.map(mask => mask.halo())), frame, ring };
}

const LETTERS = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)).join('') + '↑↓→←·°';

// A font of fixed width, one mask a letter; the masks' origin is the top left corner of the letter's cell.
export function font(pixels, ratio, weight = 500) {
    const canvas = document.createElement('canvas'), g = canvas.getContext('2d', { willReadFrequently: true });
    const face = `${weight} ${pixels * ratio}px "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace`;
    g.font = face;
    const width = Math.round(g.measureText('M').width), height = Math.round(pixels * ratio * 1.18), pad = 2;
    const masks = new Map(), halos = new Map();
    canvas.width = width + 2 * pad;
    canvas.height = height + 2 * pad;
    for (const letter of LETTERS) {
        g.clearRect(0, 0, canvas.width, canvas.height);
        g.font = face;
        g.textBaseline = 'middle';
        g.fillStyle = '#fff';
        g.fillText(letter, pad, pad + height / 2);
        const { data } = g.getImageData(0, 0, canvas.width, canvas.height);
        const mask = new Mask(canvas.width, canvas.height, (x, y) => Math.min(255, data[4 * (y * canvas.width + x) + 3] * 1.15), pad, pad, 40);
        masks.set(letter.charCodeAt(0), mask);
        halos.set(letter.charCodeAt(0), mask.halo(190));
    }
    return { width, height, glyph: code => masks.get(code), halo: code => halos.get(code) };
}
