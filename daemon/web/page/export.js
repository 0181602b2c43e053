// What is shown, as files. Pure but for png.
import { rings } from './shapes.js';

// RFC 7946: outer rings anticlockwise, holes clockwise, closed. Ours run the other way round.
const written = ring => {
    const points = [];
    for (let i = ring.length - 2; i >= 0; i -= 2) points.push([ring[i], ring[i + 1]]);
    points.push(points[0]);
    return points;
};
const area2 = ring => {
    let sum = 0;
    for (let i = 0; i < ring.length; i += 2) {
        const j = (i + 2) % ring.length;
        sum += ring[i] * ring[j + 1] - ring[j] * ring[i + 1];
    }
    return sum;
};

// Outer rings with the holes that follow them; [] where there is nothing.
export function polygons(message) {
    const list = [];
    for (const ring of rings(message)) {
        if (area2(ring) < 0 || !list.length) list.push([written(ring)]);
        else list[list.length - 1].push(written(ring));
    }
    return list;
}

const feature = (message, properties) => ({ type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: polygons(message) } });

export function coverageGeojson(coverage, region) {
    const common = { layer: coverage.layer_name[coverage.layer] ?? coverage.layer, seen_by: coverage.replies ? 'replies' : 'echoes', basis: coverage.basis };
    const parts = [...coverage.fold.map((message, i) => [message, `${i + 1}-fold`]), [coverage.gap, 'gap'], [coverage.lost, 'seen by this set alone'], [coverage.gained, 'seen by the other set alone'], [region, 'region']];
    return { type: 'FeatureCollection', features: parts.filter(([message]) => message?.corners.length).map(([message, what]) => feature(message, { what, ...common })) };
}

// The three canvases as one picture, with when and what in a line below.
export function png(app) {
    const { width, height } = app.tracks.canvas, { ratio } = app.tracks, canvas = document.createElement('canvas'), foot = Math.round(22 * ratio), g = canvas.getContext('2d');
    canvas.width = width;
    canvas.height = height + foot;
    const ground = app.ground.canvas;
    app.ground.draw(app.view, performance.now());
    g.drawImage(ground, (width - ground.width) / 2, (height - ground.height) / 2);
    g.drawImage(app.tracks.canvas, 0, 0);
    g.drawImage(app.over.canvas, 0, 0);
    g.fillStyle = '#10161d';
    g.fillRect(0, height, width, foot);
    g.fillStyle = '#dde4ea';
    g.font = `${11 * ratio}px "DejaVu Sans Mono", monospace`;
    const { coverage } = app.picture, what = app.options.coverage.on && coverage ? `${coverage.layer_name[coverage.layer]} · ${coverage.basis}` : '';
    g.fillText(`airseam  ${new Date(app.now).toISOString()}  ${what}`, 8 * ratio, height + 15 * ratio);
    return new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
}
