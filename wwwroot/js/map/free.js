/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** The largest part of a map that no panel covers: each panel takes the side that costs the map least.
 * @param {Box} map @param {Box[]} covers in the same pixels @returns {Box} */
export function freePart(map, covers) {
    return covers.reduce((free, c) => {
        if (c.right <= free.left || c.left >= free.right || c.bottom <= free.top || c.top >= free.bottom) return free;
        const rests = [
            {...free, right: c.left},
            {...free, left: c.right},
            {...free, bottom: c.top},
            {...free, top: c.bottom},
        ].filter(r => r.right - r.left > 60 && r.bottom - r.top > 60);
        const area = (/** @type {Box} */ b) => (b.right - b.left) * (b.bottom - b.top);
        return rests.sort((a, b) => area(b) - area(a))[0] ?? free;
    }, map);
}

/** Whether a place lies in a city's box or near it.
 * @param {number[]|null} bbox [west, south, east, north] @param {number} lon @param {number} lat */
export function inCity(bbox, lon, lat) {
    if (!bbox) return true;
    const [w, s, e, n] = bbox;
    const [x, y] = [(e - w) * 0.1, (n - s) * 0.1];
    return lon >= w - x && lon <= e + x && lat >= s - y && lat <= n + y;
}
