/** @type {WeakMap<object, [number, number]>} */
const known = new WeakMap();

/** Where an item lies in the web mercator square, 0 to 1 both ways; reckoned once an item.
 * @param {{lon: number|null, lat: number|null}} item @returns {[number, number]} */
export function mercator(item) {
    let at = known.get(item);
    if (!at) known.set(item, (at = project(item.lon ?? NaN, item.lat ?? NaN)));
    return at;
}

/** @param {number} lon @param {number} lat @returns {[number, number]} */
export function project(lon, lat) {
    const s = Math.sin((lat * Math.PI) / 180);
    return [lon / 360 + 0.5, 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI)];
}

/** The nearest of some items within a distance of a point on the screen.
 * @template {{lon: number|null, lat: number|null}} T
 * @param {Iterable<T>} items @param {Pick<import('./overlay.js').View, 'x'|'y'>} view @param {number} x @param {number} y @param {number} reach pixels
 * @param {(item: T) => [number, number]} [where] @returns {T|null} */
export function nearest(items, view, x, y, reach, where = mercator) {
    let best = null,
        least = reach * reach;
    for (const item of items) {
        const [mx, my] = where(item);
        const d = (view.x(mx) - x) ** 2 + (view.y(my) - y) ** 2;
        if (d <= least) {
            least = d;
            best = item;
        }
    }
    return best;
}
