// A raster of pixels that thousands of symbols are copied into, one putImageData a frame: several times as fast as as many drawImage calls where no
// graphics processor helps. Pure: works on any Uint32Array. Pixels are those of ImageData on a little-endian machine: alpha, blue, green, red.
//
// Nothing is blended: a pixel of less cover never replaces one of more, so that edges stay smooth over the map and text stays whole over symbols.
// A margin around what is seen takes what overlaps the edge: no clipping in the inner loops.

export const MARGIN = 192;

export class Raster {
    constructor(allocate = n => new Uint32Array(n)) {
        this.allocate = allocate;
        this.resize(1, 1);
    }
    resize(width, height) {
        this.width = width;
        this.height = height;
        this.stride = width + 2 * MARGIN;
        this.rows = height + 2 * MARGIN;
        this.pixels = this.allocate(this.stride * this.rows, this.stride, this.rows);
        this.origin = MARGIN * this.stride + MARGIN;
    }
    clear() {
        this.pixels.fill(0);
    }
    // Whether something of at most `reach` pixels around this pixel can be drawn.
    near(x, y, reach = MARGIN / 2) {
        return x > -reach && y > -reach && x < this.width + reach && y < this.height + reach;
    }
    // A mask with its middle at whole pixels.
    mask(x, y, mask, colour) {
        const { pixels } = this, at = this.origin + y * this.stride + x, offsets = mask.offsets(this.stride), { cover } = mask;
        for (let i = 0; i < cover.length; i++) {
            const p = at + offsets[i], a = cover[i];
            if (a >= pixels[p] >>> 24) pixels[p] = a << 24 | colour;
        }
    }
    // The same, beneath whatever is there.
    under(x, y, mask, colour) {
        const { pixels } = this, at = this.origin + y * this.stride + x, offsets = mask.offsets(this.stride), { cover } = mask;
        for (let i = 0; i < cover.length; i++) {
            const p = at + offsets[i];
            if (pixels[p] === 0) pixels[p] = cover[i] << 24 | colour;
        }
    }
    // What lies in a box becomes faint, so that text over it can be read; nothing is hidden.
    dim(x, y, width, height, share = 0.4) {
        const { pixels, stride } = this;
        for (let j = 0; j < height; j++) {
            const row = this.origin + (y + j) * stride + x;
            for (let p = row; p < row + width; p++) if (pixels[p]) pixels[p] = (pixels[p] >>> 24) * share << 24 | pixels[p] & 0xffffff;
        }
    }
    point(x, y, colour, alpha) {
        const p = this.origin + y * this.stride + x;
        if (alpha > this.pixels[p] >>> 24) this.pixels[p] = alpha << 24 | colour;
    }
    square(x, y, size, colour, alpha) {
        for (let j = 0; j < size; j++) for (let i = 0; i < size; i++) this.point(x + i, y + j, colour, alpha);
    }
    // Xiaolin Wu's line (Computer Graphics 25 (1991) 143); the part within the margin is drawn.
    line(x0, y0, x1, y1, colour, alpha = 255) {
        const reach = MARGIN - 4, w = this.width + reach, h = this.height + reach;
        const cut = clip(x0, y0, x1, y1, -reach, -reach, w, h);
        if (!cut) return;
        [x0, y0, x1, y1] = cut;
        const steep = Math.abs(y1 - y0) > Math.abs(x1 - x0);
        if (steep) [x0, y0, x1, y1] = [y0, x0, y1, x1];
        if (x0 > x1) [x0, y0, x1, y1] = [x1, y1, x0, y0];
        const slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0, from = Math.round(x0), to = Math.round(x1);
        let y = y0 + slope * (from - x0);
        for (let x = from; x <= to; x++, y += slope) {
            const whole = Math.floor(y), part = y - whole;
            const a = Math.round(alpha * (1 - part)), b = Math.round(alpha * part);
            if (steep) {
                this.point(whole, x, colour, a);
                this.point(whole + 1, x, colour, b);
            } else {
                this.point(x, whole, colour, a);
                this.point(x, whole + 1, colour, b);
            }
        }
    }
    // A line of text, its top left corner there; letters that the font has not are passed over.
    text(x, y, string, font, colour) {
        for (let i = 0; i < string.length; i++) {
            const glyph = font.glyph(string.charCodeAt(i));
            if (glyph) this.mask(x + i * font.width, y, glyph, colour);
        }
    }
    textUnder(x, y, string, font, colour) {
        for (let i = 0; i < string.length; i++) {
            const glyph = font.halo(string.charCodeAt(i));
            if (glyph) this.under(x + i * font.width, y, glyph, colour);
        }
    }
}

// Liang and Barsky's clipping; null where nothing is left.
export function clip(x0, y0, x1, y1, left, top, right, bottom) {
    const dx = x1 - x0, dy = y1 - y0;
    let from = 0, to = 1;
    for (const [p, q] of [[-dx, x0 - left], [dx, right - x0], [-dy, y0 - top], [dy, bottom - y0]]) {
        if (p === 0 && q < 0) return null;
        if (p < 0) from = Math.max(from, q / p);
        if (p > 0) to = Math.min(to, q / p);
    }
    return from <= to ? [x0 + from * dx, y0 + from * dy, x0 + to * dx, y0 + to * dy] : null;
}

// The covered pixels of a small picture around its middle.
export class Mask {
    constructor(width, height, alpha, cx = width >> 1, cy = height >> 1, least = 24) {
        const dx = [], dy = [], cover = [];
        for (let y = 0; y < height; y++) {
            for (let x = 0; x < width; x++) {
                const a = alpha(x, y);
                if (a < least) continue;
                dx.push(x - cx);
                dy.push(y - cy);
                cover.push(a);
            }
        }
        this.dx = dx;
        this.dy = dy;
        this.cover = Uint8Array.from(cover);
        this.stride = 0;
    }
    offsets(stride) {
        if (this.stride !== stride) {
            this.stride = stride;
            this.list = Int32Array.from(this.dx, (x, i) => this.dy[i] * stride + x);
        }
        return this.list;
    }
    // A ring of one pixel around it.
    halo(alpha = 215) {
        const solid = new Set(), ring = new Set();
        this.dx.forEach((x, i) => this.cover[i] > 90 && solid.add(x + ',' + this.dy[i]));
        for (const key of solid) {
            const [x, y] = key.split(',').map(Number);
            for (let j = -1; j <= 1; j++) for (let i = -1; i <= 1; i++) if (!solid.has((x + i) + ',' + (y + j))) ring.add((x + i) + ',' + (y + j));
        }
        const halo = new Mask(0, 0, () => 0);
        for (const key of ring) {
            const [x, y] = key.split(',').map(Number);
            halo.dx.push(x);
            halo.dy.push(y);
        }
        halo.cover = new Uint8Array(halo.dx.length).fill(alpha);
        return halo;
    }
}
