import {colour, onTheme} from '../theme.js';
import {project} from '../map/mercator.js';
import {overlay, viewOf} from '../map/overlay.js';
import {sprite, units} from '../map/shapes.js';
import {glideTo, placeAt} from './glide.js';

/** @typedef {import('../types.js').Position} Position
 * @typedef {import('./glide.js').Glide} Glide */

const still = matchMedia('(prefers-reduced-motion: reduce)');

/** Draws the units on duty, gliding from fix to fix with a tick where they head.
 * @param {import('leaflet').Map} map @param {Pick<import('../types.js').Deps, 'live'|'state'>} deps */
export function showPositions(map, {live, state}) {
    /** @type {Map<number, Glide>} */
    const glides = new Map();
    let timer = 0;
    const chosen = () => (state.now.sel?.kind === 'unit' ? Number(state.now.sel.id) : NaN);

    const layer = overlay(map, 'positions', 450, (ctx, view) => {
        if (state.now.hide.includes('units')) return;
        const now = performance.now();
        const scale = view.zoom < 10.5 ? 0.45 : view.zoom < 12 ? 0.65 : view.zoom < 13.5 ? 0.85 : 1;
        let moves = 0;
        for (const unit of live.of('positions').values()) {
            const glide = glides.get(unit.id);
            if (!glide) continue;
            const [mx, my] = placeAt(glide, now);
            const [x, y] = [view.x(mx), view.y(my)];
            if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
            if (now < glide.at + glide.takes)
                moves = Math.max(moves, Math.hypot(view.x(glide.toX) - view.x(glide.fromX), view.y(glide.toY) - view.y(glide.fromY)) / glide.takes);
            stamp(ctx, unit, glide, x, y, scale, view.ratio, view.zoom >= 12);
        }
        clearTimeout(timer);
        // Again as soon as the fastest has gone a third of a pixel: smooth close by, nearly idle from afar.
        if (moves > 0 && !document.hidden) timer = setTimeout(layer.redraw, still.matches ? 1_000 : Math.min(1_000, Math.max(30, 0.34 / moves)));
    });

    /** @param {CanvasRenderingContext2D} ctx @param {Position} unit @param {Glide} glide
     * @param {number} x @param {number} y @param {number} scale @param {number} ratio @param {boolean} near where it heads is only worth drawing close by */
    function stamp(ctx, unit, glide, x, y, scale, ratio, near) {
        if (unit.id === chosen()) {
            ctx.beginPath();
            ctx.arc(x, y, 15, 0, 2 * Math.PI);
            ctx.fillStyle = colour('map-edge');
            ctx.fill();
            ctx.lineWidth = 3;
            ctx.strokeStyle = colour('accent');
            ctx.stroke();
        }
        const size = Math.round(20 * scale);
        const moving = near && glide.heading !== null && (unit.speed_mps ?? 1) > 0.2;
        const image = sprite(`unit|${unit.kind}|${moving}|${size}|${ratio}|${document.documentElement.dataset.theme}`, size, ratio, pen =>
            drawUnit(pen, unit.kind, moving),
        );
        ctx.save();
        ctx.translate(x, y);
        if (moving) ctx.rotate(((glide.heading ?? 0) * Math.PI) / 180);
        ctx.drawImage(image, -size / 2, -size / 2, size, size);
        ctx.restore();
    }

    const steer = (/** @type {Position} */ unit, /** @type {Position|undefined} */ before) =>
        glides.set(
            unit.id,
            glideTo(
                glides.get(unit.id),
                project(unit.lon, unit.lat),
                unit.heading_deg,
                performance.now(),
                before ? Date.parse(unit.at) - Date.parse(before.at) : 0,
            ),
        );
    const stops = [
        live.watch('positions', {
            replace: items => {
                glides.clear();
                items.forEach(i => steer(i, undefined));
            },
            put: steer,
            drop: i => glides.delete(i.id),
            done: layer.redraw,
        }),
        state.on(layer.redraw),
        onTheme(layer.redraw),
    ];
    return {
        /** @param {number} x @param {number} y @returns {Position|null} */
        hit(x, y) {
            if (state.now.hide.includes('units')) return null;
            const view = viewOf(map),
                now = performance.now();
            let best = null,
                least = 11 * 11;
            for (const unit of live.of('positions').values()) {
                const glide = glides.get(unit.id);
                const [mx, my] = glide ? placeAt(glide, now) : [NaN, NaN];
                const d = (view.x(mx) - x) ** 2 + (view.y(my) - y) ** 2;
                if (d < least) {
                    least = d;
                    best = unit;
                }
            }
            return best;
        },
        stop() {
            clearTimeout(timer);
            stops.forEach(stop => stop());
            layer.remove();
        },
    };
}

/** One unit heading north, in a 24 grid: round on foot, an arrow in a vehicle, square-cut for sanitation; pointed where it heads.
 * @param {CanvasRenderingContext2D} pen @param {string} kind @param {boolean} moving */
function drawUnit(pen, kind, moving) {
    const forms = moving ? units.heading : units.resting;
    const body = new Path2D(forms[/** @type {keyof typeof forms} */ (kind)] ?? forms.foot);
    pen.lineJoin = pen.lineCap = 'round';
    pen.strokeStyle = colour('map-edge');
    pen.lineWidth = 3.6;
    pen.stroke(body);
    pen.fillStyle = colour('map-unit');
    pen.fill(body);
}
