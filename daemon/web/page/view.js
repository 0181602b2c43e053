// What part of the plane the screen shows: the centre in metres and the scale in screen pixels per metre. Pure.

export const SCALE = { min: 2e-5, max: 0.05, home: 9.3e-5 }; // 0.02 to 50 pixels per kilometre

export class View {
    constructor(width = 1280, height = 800) {
        Object.assign(this, { width, height, x: 0, y: 0, scale: SCALE.home });
    }
    resize(width, height) {
        Object.assign(this, { width, height });
    }
    toScreen(x, y) {
        return [this.width / 2 + (x - this.x) * this.scale, this.height / 2 - (y - this.y) * this.scale];
    }
    toPlane(px, py) {
        return [this.x + (px - this.width / 2) / this.scale, this.y - (py - this.height / 2) / this.scale];
    }
    pan(dx, dy) {
        this.x -= dx / this.scale;
        this.y += dy / this.scale;
    }
    // By a factor, with the place under a pixel staying there.
    zoom(factor, px = this.width / 2, py = this.height / 2) {
        const [x, y] = this.toPlane(px, py);
        this.scale = Math.max(SCALE.min, Math.min(SCALE.max, this.scale * factor));
        this.x = x - (px - this.width / 2) / this.scale;
        this.y = y + (py - this.height / 2) / this.scale;
    }
    centre(x, y) {
        Object.assign(this, { x, y });
    }
    // [west, south, east, north] in metres
    bounds(margin = 0) {
        const w = this.width / 2 / this.scale * (1 + margin), h = this.height / 2 / this.scale * (1 + margin);
        return [this.x - w, this.y - h, this.x + w, this.y + h];
    }
    // As people write it: a power of two, 0 for the whole earth in one tile of 256 pixels (as web maps count).
    get level() {
        return Math.log2(this.scale * 40075017 / 256);
    }
    set level(z) {
        this.scale = Math.max(SCALE.min, Math.min(SCALE.max, 2 ** z * 256 / 40075017));
    }
    copy() {
        return Object.assign(new View(this.width, this.height), this);
    }
}

// The box of latitudes and longitudes that the view shows: [south, west, north, east] in degrees; the whole earth where the edge of the view has no
// place, or where a pole is in view. West may be greater than east: across the antimeridian.
export function box(view, projection) {
    const [w, s, e, n] = view.bounds(0.15);
    const pole = projection.forward(90, 0, [0, 0]);
    const seen = (x, y) => x >= w && x <= e && y >= s && y <= n;
    const middle = projection.inverse(view.x, view.y);
    if (!middle) return [-90, -180, 90, 180];
    let south = 90, north = -90, west = 0, east = 0;
    for (let i = 0; i <= 16; i++) {
        for (const [x, y] of [[w + (e - w) * i / 16, s], [w + (e - w) * i / 16, n], [w, s + (n - s) * i / 16], [e, s + (n - s) * i / 16]]) {
            const at = projection.inverse(x, y);
            if (!at) return [-90, -180, 90, 180];
            const d = ((at[1] - middle[1] + 540) % 360) - 180;
            south = Math.min(south, at[0]);
            north = Math.max(north, at[0]);
            west = Math.min(west, d);
            east = Math.max(east, d);
        }
    }
    const wrap = lon => ((lon + 540) % 360) - 180;
    return seen(pole[0], pole[1]) ? [south, -180, 90, 180] : [south, wrap(middle[1] + west), north, wrap(middle[1] + east)];
}
