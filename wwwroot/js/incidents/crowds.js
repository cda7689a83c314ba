import {mercator} from '../map/mercator.js';

/** @typedef {import('../types.js').Incident} Incident
 * @typedef {{top: Incident, n: number, mx: number, my: number}} Crowd the one drawn last among them, how many, and their middle in mercator units */

const cell = 42; // pixels
const many = 12;
const closest = 17; // from here on each stands for itself

/** What to draw one by one and what as one sign with a number: cells of the whole world at a zoom, so panning changes nothing.
 * @param {Incident[]} items in the order in which they are drawn @param {number} zoom @returns {{single: Incident[], crowds: Crowd[]}} */
export function gather(items, zoom) {
    if (zoom >= closest || items.length < many) return {single: items, crowds: []};
    const side = cell / (256 * 2 ** zoom);
    /** @type {Map<string, Incident[]>} */
    const cells = new Map();
    for (const i of items) {
        const [mx, my] = mercator(i);
        const key = `${Math.floor(mx / side)},${Math.floor(my / side)}`;
        const others = cells.get(key);
        if (others) others.push(i);
        else cells.set(key, [i]);
    }
    const full = [...cells.values()].filter(c => c.length >= many);
    const gathered = new Set(full.flat());
    const rank = new Map(items.map((i, at) => [i, at]));
    const middle = (/** @type {Incident[]} */ c, /** @type {0|1} */ axis) => c.reduce((sum, i) => sum + mercator(i)[axis], 0) / c.length;
    return {
        single: gathered.size ? items.filter(i => !gathered.has(i)) : items,
        crowds: apart(
            full.map(c => ({top: c[c.length - 1], n: c.length, mx: middle(c, 0), my: middle(c, 1)})),
            side,
            i => rank.get(i) ?? 0,
        ),
    };
}

/** Joins crowds whose numbers would lie on each other.
 * @param {Crowd[]} crowds @param {number} side of a cell @param {(i: Incident) => number} rank */
function apart(crowds, side, rank) {
    /** @type {Crowd[]} */
    const kept = [];
    for (const c of crowds.sort((a, b) => b.n - a.n || a.mx - b.mx)) {
        const near = kept.find(k => Math.abs(k.mx - c.mx) < side * 1.3 && Math.abs(k.my - c.my) < side * 0.55);
        if (!near) {
            kept.push(c);
            continue;
        }
        const n = near.n + c.n;
        Object.assign(near, {n, mx: (near.mx * near.n + c.mx * c.n) / n, my: (near.my * near.n + c.my * c.n) / n, top: rank(c.top) > rank(near.top) ? c.top : near.top});
    }
    return kept;
}
