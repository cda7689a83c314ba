import {svg} from '../dom.js';

/** @typedef {import('../types.js').Status} Status */

const circle = (/** @type {number} */ r) => `M12 ${12 - r}a${r} ${r} 0 1 1 0 ${2 * r}a${r} ${r} 0 1 1 0 ${-2 * r}z`;

/** The shape of each state of a case on a 24 grid: the same for map, list and legend. `hollow`: an outline only. */
export const shapes = {
    reported: {d: 'M12 1.500 22.500 12 12 22.500 1.500 12z', hollow: false},
    filed: {d: circle(9.5), hollow: false},
    dispatched: {d: 'M12 2 22.800 20.500H1.200z', hollow: false},
    handling: {d: 'M7 2.800h10l5.200 9.200-5.200 9.200H7L1.800 12z', hollow: false},
    fed_back: {d: 'M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2z', hollow: false},
    returned: {d: 'M12 22 1.200 3.500h21.600z', hollow: false},
    hung: {d: 'M3 2.500h18L14 12l7 9.500H3L10 12z', hollow: false},
    closed: {d: circle(8), hollow: true},
    evaluated: {d: `${circle(8)}${circle(2.5)}`, hollow: true},
    void: {d: 'M5 5l14 14M19 5 5 19', hollow: true},
};

/** The sign of a state as an element.
 * @param {Status} status */
export const sign = status => {
    const {d, hollow} = shapes[status] ?? shapes.filed;
    return svg('svg', {class: `sign st-${status}${hollow ? ' hollow' : ''}`, viewBox: '0 0 24 24', 'aria-hidden': 'true'}, svg('path', {d}));
};

/** Units on a 24 grid: at rest, and pointed where they head. Round on foot, an arrow in a vehicle, square-cut for sanitation. */
export const units = {
    resting: {
        foot: 'M12 7.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 1 1 0-9z',
        vehicle: 'M7.800 7.800h8.400v8.400H7.800z',
        sanitation: 'M12 6.800 17.200 12 12 17.200 6.800 12z',
    },
    heading: {
        foot: 'M12 3.500c1.300 2.600 5 4.800 5 8.700a5 5 0 0 1-10 0c0-3.900 3.700-6.100 5-8.700z',
        vehicle: 'M12 3 18.600 19.500 12 16.200 5.400 19.500z',
        sanitation: 'M12 3.200 17.200 9v8.500H6.800V9z',
    },
};

/** A kind of unit as an element, moving and at rest. @param {keyof typeof units.resting} kind */
export const unitSign = kind =>
    svg(
        'svg',
        {class: 'sign sign-unit sign-pair', viewBox: '3 2 36 20', 'aria-hidden': 'true'},
        svg('path', {d: units.heading[kind]}),
        svg('path', {d: units.resting[kind], transform: 'translate(18 0)'}),
    );

/** Signs of what is not a case, for the legend and the details. */
const others = {
    unit: 'M12 2 20.500 21 12 17 3.500 21z',
    station: 'M3.500 11 12 3.500 20.500 11v9.500h-17zM10 20v-5.500h4V20',
    district: 'M2 15c5-8 8 4 12-3s6-4 8-6',
    street: 'M2 15c5-8 8 4 12-3s6-4 8-6',
    community: 'M2 15c5-8 8 4 12-3s6-4 8-6',
    committee: 'M3 5h18v14H3zM3 12l7-7M3 19 17 5M10 19 21 8M17 19l4-4',
    water: 'M2 9c3.300-3 6.600 3 10 0s6.600 3 10 0M2 15c3.300-3 6.600 3 10 0s6.600 3 10 0',
};

/** @param {keyof typeof others} what */
export const otherSign = what => svg('svg', {class: `sign sign-${what}`, viewBox: '0 0 24 24', 'aria-hidden': 'true'}, svg('path', {d: others[what]}));

/** @type {Map<string, HTMLCanvasElement>} */
const sprites = new Map();
/** Forgets drawn signs, when the colours have changed. */
export const forgetSprites = () => sprites.clear();

/** A drawn sign, ready to be put on a canvas again and again; drawn once a key.
 * @param {string} key @param {number} size CSS pixels, square @param {number} ratio device pixels per CSS pixel @param {(ctx: CanvasRenderingContext2D) => void} draw in a 24 grid */
export function sprite(key, size, ratio, draw) {
    let made = sprites.get(key);
    if (made) return made;
    made = document.createElement('canvas');
    made.width = made.height = Math.ceil(size * ratio);
    const ctx = made.getContext('2d');
    if (ctx) {
        ctx.scale((size * ratio) / 24, (size * ratio) / 24);
        draw(ctx);
    }
    sprites.set(key, made);
    return made;
}
