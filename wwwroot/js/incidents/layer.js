import {gather} from './crowds.js';
import {isOpen} from './filter.js';
import {colour, onTheme} from '../theme.js';
import {mercator, nearest} from '../map/mercator.js';
import {overlay, viewOf} from '../map/overlay.js';
import {forgetSprites, shapes, sprite} from '../map/shapes.js';

/** @typedef {import('../types.js').Incident} Incident */

const radius = [0, 10.5, 9, 8, 7]; // by severity, 1 gravest
const pulseFor = 2_600;
const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Draws the incidents that the list shows, new ones with a short pulse; nothing pans by itself. Every halo lies beneath every sign, and where many would
 * lie on each other one sign says how many.
 * @param {import('leaflet').Map} map @param {Pick<import('../types.js').Deps, 'cases'|'state'|'lists'>} deps */
export function showIncidents(map, {cases, state, lists}) {
    /** @type {{zoom: number, of: Incident[], found: ReturnType<typeof gather>}} */
    let gathered = {zoom: NaN, of: [], found: {single: [], crowds: []}};
    const standing = (/** @type {number} */ zoom) => {
        if (gathered.zoom !== zoom || gathered.of !== cases.drawn) gathered = {zoom, of: cases.drawn, found: gather(cases.drawn, zoom)};
        return gathered.found;
    };

    const layer = overlay(map, 'incidents', 460, (ctx, view) => {
        if (state.now.hide.includes('incidents')) return;
        const far = Math.min(1, Math.max(0.62, (view.zoom - 8) / 4.5));
        const chosen = state.now.sel?.kind === 'incident' ? cases.all.get(Number(state.now.sel.id)) : undefined;
        let pulsing = false;
        const {single, crowds} = standing(view.zoom);
        /** @type {[Incident, number, number][]} */
        const seen = [];
        for (const i of single) {
            const [mx, my] = mercator(i);
            const [x, y] = [view.x(mx), view.y(my)];
            if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) continue;
            pulsing = pulse(ctx, i, x, y) || pulsing;
            if (i !== chosen) seen.push([i, x, y]);
        }
        for (const part of /** @type {const} */ (['edge', 'sign'])) for (const [i, x, y] of seen) stamp(ctx, i, x, y, far, view.ratio, part);
        for (const crowd of crowds) count(ctx, crowd, view);
        if (chosen && chosen.lon !== null) choose(ctx, chosen, view);
        if (pulsing && !still.matches) setTimeout(layer.redraw, 30);
    });

    /** One sign for many, and how many. @param {CanvasRenderingContext2D} ctx @param {import('./crowds.js').Crowd} crowd @param {import('../map/overlay.js').View} view */
    function count(ctx, {top, n, mx, my}, view) {
        const [x, y] = [view.x(mx), view.y(my)];
        if (x < -30 || y < -30 || x > view.width + 30 || y > view.height + 30) return;
        const words = String(n);
        ctx.font = `600 11.5px ${getComputedStyle(document.body).fontFamily}`;
        const width = ctx.measureText(words).width + 25;
        ctx.beginPath();
        ctx.roundRect(x - width / 2, y - 10, width, 20, 10);
        ctx.fillStyle = colour('map-edge');
        ctx.fill();
        ctx.lineWidth = 1.5;
        ctx.strokeStyle = colour(`st-${top.status}`);
        ctx.stroke();
        stamp(ctx, top, x - width / 2 + 11, y, 0.62, view.ratio, 'sign', false);
        ctx.fillStyle = colour('ink-1');
        ctx.textAlign = 'left';
        ctx.textBaseline = 'middle';
        ctx.fillText(words, x - width / 2 + 18.5, y + 0.5);
    }

    /** @param {CanvasRenderingContext2D} ctx @param {Incident} i @param {number} x @param {number} y @param {number} far @param {number} ratio
     * @param {'edge'|'sign'} part @param {boolean} [ring] */
    function stamp(ctx, i, x, y, far, ratio, part, ring = true) {
        const r = (isOpen(i.status) ? (radius[lists.severity(i.class)] ?? 8.5) : 5.5) * far;
        const shared = ring && far > 0.8 && i.responsibility_class === 'shared' && isOpen(i.status);
        const size = Math.round(r * 2 + 12);
        const image = sprite(`${i.status}|${part}|${size}|${shared}|${ratio}`, size, ratio, pen => drawSign(pen, i.status, part, shared, (r * 24) / size));
        ctx.drawImage(image, x - size / 2, y - size / 2, size, size);
    }

    /** A ring that widens and fades, twice; a plain ring where motion is not wanted.
     * @param {CanvasRenderingContext2D} ctx @param {Incident} i @param {number} x @param {number} y */
    function pulse(ctx, i, x, y) {
        const age = performance.now() - (cases.arrived.get(i.id) ?? -Infinity);
        if (!(age < pulseFor)) return false;
        const phase = still.matches ? 0.35 : ((age / pulseFor) * 2) % 1;
        ctx.beginPath();
        ctx.arc(x, y, 9 + 24 * phase, 0, 2 * Math.PI);
        ctx.strokeStyle = colour(`st-${i.status}`);
        ctx.globalAlpha = 0.75 * (1 - phase);
        ctx.lineWidth = 2.5;
        ctx.stroke();
        ctx.globalAlpha = 1;
        return true;
    }

    /** @param {CanvasRenderingContext2D} ctx @param {Incident} i @param {import('../map/overlay.js').View} view */
    function choose(ctx, i, view) {
        const [mx, my] = mercator(i);
        const [x, y] = [view.x(mx), view.y(my)];
        ctx.beginPath();
        ctx.arc(x, y, 19, 0, 2 * Math.PI);
        ctx.fillStyle = colour('map-edge');
        ctx.globalAlpha = 0.92;
        ctx.fill();
        ctx.globalAlpha = 1;
        ctx.lineWidth = 3;
        ctx.strokeStyle = colour('accent');
        ctx.stroke();
        stamp(ctx, i, x, y, 1.25, view.ratio, 'sign');
    }

    const stops = [
        cases.on(layer.redraw),
        state.on(layer.redraw),
        onTheme(() => {
            forgetSprites();
            layer.redraw();
        }),
    ];
    return {
        /** @param {number} x @param {number} y */
        hit: (x, y) => (state.now.hide.includes('incidents') ? null : nearest([...standing(map.getZoom()).single].reverse(), viewOf(map), x, y, 13)),
        /** @param {number} x @param {number} y */
        crowd: (x, y) =>
            state.now.hide.includes('incidents') ? null : nearest(/** @type {any[]} */ (standing(map.getZoom()).crowds), viewOf(map), x, y, 18, c => [c.mx, c.my]),
        redraw: layer.redraw,
        stop() {
            stops.forEach(stop => stop());
            layer.remove();
        },
    };
}

/** One sign in a 24 grid; a shared case wears a broken ring.
 * @param {CanvasRenderingContext2D} pen @param {import('../types.js').Status} status @param {'edge'|'sign'} part @param {boolean} shared @param {number} r */
function drawSign(pen, status, part, shared, r) {
    const {d, hollow} = shapes[status] ?? shapes.filed;
    const k = r / 12;
    pen.translate(12, 12);
    if (shared && part === 'sign') {
        pen.beginPath();
        pen.arc(0, 0, r + 2.6, 0, 2 * Math.PI);
        pen.setLineDash([r * 0.62, r * 0.5]);
        pen.lineWidth = 1.5;
        pen.strokeStyle = colour(`st-${status}`);
        pen.stroke();
        pen.setLineDash([]);
    }
    pen.scale(k, k);
    pen.translate(-12, -12);
    const path = new Path2D(d);
    pen.lineJoin = pen.lineCap = 'round';
    if (part === 'edge') {
        pen.strokeStyle = colour('map-edge');
        pen.lineWidth = ((hollow ? 6 : 3.4) / Math.max(k, 0.4)) * 0.6;
        pen.stroke(path);
    } else if (hollow) {
        pen.strokeStyle = colour(`st-${status}`);
        pen.lineWidth = (2.6 / Math.max(k, 0.4)) * 0.6;
        pen.stroke(path);
    } else {
        pen.fillStyle = colour(`st-${status}`);
        pen.fill(path);
    }
}
