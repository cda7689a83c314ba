/** @typedef {{x: number, y: number, width: number, height: number, rank: number, text: string}} Wanted the middle of the box, pixels of the whole world at one zoom; lower rank goes first
 */

/** Which names may stand where: a greedy choice by rank in which no two boxes touch. Pure, and the same however the map is panned, so names do not flicker.
 * @template {Wanted} T
 * @param {T[]} wanted @param {number} gap pixels kept free around each @returns {T[]} */
export function placeLabels(wanted, gap = 4) {
    const cell = 96;
    /** @type {Map<string, Wanted[]>} */
    const grid = new Map();
    const free = (/** @type {Wanted} */ w, /** @type {(key: string) => void} */ each) => {
        const [left, right] = [w.x - w.width / 2 - gap, w.x + w.width / 2 + gap];
        const [top, bottom] = [w.y - w.height / 2 - gap, w.y + w.height / 2 + gap];
        for (let i = Math.floor(left / cell); i <= right / cell; i++)
            for (let j = Math.floor(top / cell); j <= bottom / cell; j++) {
                const key = `${i},${j}`;
                for (const o of grid.get(key) ?? [])
                    if (left < o.x + o.width / 2 && right > o.x - o.width / 2 && top < o.y + o.height / 2 && bottom > o.y - o.height / 2) return false;
                each(key);
            }
        return true;
    };
    return [...wanted]
        .sort((a, b) => a.rank - b.rank || a.text.localeCompare(b.text))
        .filter(w => {
            /** @type {string[]} */
            const keys = [];
            if (!free(w, key => keys.push(key))) return false;
            keys.forEach(key => grid.set(key, [...(grid.get(key) ?? []), w]));
            return true;
        });
}
