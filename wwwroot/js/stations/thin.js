import {mercator} from '../map/mercator.js';

/** Of items that would touch, the first: one a square of `cell` pixels of the world at this zoom. It knows nothing of the extent, so panning changes nothing.
 * @template {{id: number, lon: number, lat: number}} T
 * @param {T[]} items @param {number} zoom @param {number} cell pixels; 0 keeps all @returns {T[]} */
export function thin(items, zoom, cell) {
    if (!cell) return items;
    const squares = (256 * 2 ** zoom) / cell;
    const taken = new Set();
    return items.filter(item => {
        const [mx, my] = mercator(item);
        const key = Math.floor(mx * squares) * 4_194_304 + Math.floor(my * squares);
        return !taken.has(key) && taken.add(key);
    });
}
