/** Where a unit is drawn between two fixes. Pure; units are degrees of the mercator square and ms.
 *
 * @typedef {{fromX: number, fromY: number, toX: number, toY: number, at: number, takes: number, heading: number|null}} Glide */

/** The drawn place at an instant. @param {Glide} g @param {number} now @returns {[number, number]} */
export function placeAt(g, now) {
    const k = g.takes > 0 ? Math.min(1, Math.max(0, (now - g.at) / g.takes)) : 1;
    return [g.fromX + (g.toX - g.fromX) * k, g.fromY + (g.toY - g.fromY) * k];
}

/** Goes on from where it is drawn to the new fix, in the time the fixes are apart. A leap (a lost signal, a new shift) is not glided.
 * @param {Glide|undefined} was @param {[number, number]} to @param {number|null} heading @param {number} now @param {number} apart ms since the last fix @returns {Glide} */
export function glideTo(was, to, heading, now, apart) {
    const leap = 2e-5; // about 800 m
    const [fromX, fromY] = was ? placeAt(was, now) : to;
    const far = Math.hypot(to[0] - fromX, to[1] - fromY) > leap;
    return {
        fromX: far ? to[0] : fromX,
        fromY: far ? to[1] : fromY,
        toX: to[0],
        toY: to[1],
        at: now,
        takes: was && !far ? Math.min(Math.max(apart, 200), 5_000) : 0,
        heading: heading ?? was?.heading ?? null,
    };
}
