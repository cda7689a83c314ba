/** @typedef {import('../map/base.js').Feature} Feature */

/** @type {WeakMap<Feature, number[]>} */
const boxes = new WeakMap();

/** The bounding box of a polygon, [west, south, east, north].
 * @param {Feature} feature */
export function boxOf(feature) {
    let box = boxes.get(feature);
    if (!box) {
        const w = [Infinity, Infinity, -Infinity, -Infinity];
        for (const [lon, lat] of rings(feature).flat()) {
            w[0] = Math.min(w[0], lon);
            w[1] = Math.min(w[1], lat);
            w[2] = Math.max(w[2], lon);
            w[3] = Math.max(w[3], lat);
        }
        boxes.set(feature, (box = w));
    }
    return box;
}

/** The box around some polygons.
 * @param {Feature[]} features */
export const around = features =>
    features.map(boxOf).reduce((a, b) => [Math.min(a[0], b[0]), Math.min(a[1], b[1]), Math.max(a[2], b[2]), Math.max(a[3], b[3])]);

/** @param {Feature} feature @returns {[number, number][][]} */
const rings = feature => (feature.geometry.type === 'Polygon' ? feature.geometry.coordinates : feature.geometry.coordinates.flat());

/** The area that holds a point, to know what was clicked; whose an incident is, the server says.
 * @param {Feature[]} features @param {number} lon @param {number} lat @returns {Feature|null} */
export function areaAt(features, lon, lat) {
    return (
        features.find(f => {
            const [w, s, e, n] = boxOf(f);
            return lon >= w && lon <= e && lat >= s && lat <= n && inside(rings(f), lon, lat);
        }) ?? null
    );
}

/** Even-odd over all rings, so holes are outside.
 * @param {[number, number][][]} all @param {number} x @param {number} y */
function inside(all, x, y) {
    let is = false;
    for (const ring of all)
        for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
            const [xi, yi] = ring[i],
                [xj, yj] = ring[j];
            if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) is = !is;
        }
    return is;
}
