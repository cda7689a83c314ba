import {colour, onTheme} from '../theme.js';
import {mercator, nearest} from '../map/mercator.js';
import {overlay, viewOf} from '../map/overlay.js';
import {sprite} from '../map/shapes.js';
import {thin} from './thin.js';

/** @typedef {import('../types.js').Station} Station */

/** Draws the stations: nothing from afar, fine dots kept apart at mid zoom, signs close by: thousands would hide everything else.
 * @param {import('leaflet').Map} map @param {Pick<import('../types.js').Deps, 'live'|'state'>} deps */
export function showStations(map, {live, state}) {
    /** @type {{zoom: number, kept: Station[]}} */
    let thinned = {zoom: NaN, kept: []};
    /** @type {Station[]} */
    let all = [];

    function kept(/** @type {number} */ zoom) {
        if (state.now.hide.includes('stations') || zoom < 13) return [];
        if (thinned.zoom !== zoom) thinned = {zoom, kept: thin(all, zoom, zoom < 14 ? 22 : zoom < 15 ? 40 : zoom < 16 ? 30 : 0)};
        return thinned.kept;
    }

    const layer = overlay(map, 'stations', 440, (ctx, view) => {
        const near = view.zoom >= 14;
        const size = near ? 15 : 7;
        for (const s of kept(view.zoom)) {
            const [mx, my] = mercator(s);
            const [x, y] = [view.x(mx), view.y(my)];
            if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
            const image = sprite(`station|${near}|${s.state}|${view.ratio}|${document.documentElement.dataset.theme}`, size, view.ratio, pen =>
                near ? drawHouse(pen, s.state === 'open') : drawDot(pen),
            );
            ctx.globalAlpha = near ? 1 : 0.75;
            ctx.drawImage(image, x - size / 2, y - size / 2, size, size);
        }
        ctx.globalAlpha = 1;
        const chosen = state.now.sel?.kind === 'station' ? live.of('stations').get(Number(state.now.sel.id)) : undefined;
        if (!chosen) return;
        const [mx, my] = mercator(chosen);
        ctx.beginPath();
        ctx.arc(view.x(mx), view.y(my), 15, 0, 2 * Math.PI);
        ctx.fillStyle = colour('map-edge');
        ctx.fill();
        ctx.lineWidth = 3;
        ctx.strokeStyle = colour('accent');
        ctx.stroke();
        ctx.drawImage(
            sprite(`station|big|${view.ratio}|${document.documentElement.dataset.theme}`, 18, view.ratio, pen => drawHouse(pen, true)),
            view.x(mx) - 9,
            view.y(my) - 9,
            18,
            18,
        );
    });

    const changed = () => {
        all = [...live.of('stations').values()];
        thinned.zoom = NaN;
        layer.redraw();
    };
    const stops = [
        live.watch('stations', {done: changed}),
        state.on(() => {
            thinned.zoom = NaN;
            layer.redraw();
        }),
        onTheme(layer.redraw),
    ];
    return {
        /** @param {number} x @param {number} y */
        hit: (x, y) => nearest(kept(map.getZoom()), viewOf(map), x, y, map.getZoom() >= 14 ? 11 : 7),
        stop() {
            stops.forEach(stop => stop());
            layer.remove();
        },
    };
}

/** @param {CanvasRenderingContext2D} pen */
function drawDot(pen) {
    pen.beginPath();
    pen.arc(12, 12, 7, 0, 2 * Math.PI);
    pen.fillStyle = colour('map-station');
    pen.fill();
    pen.strokeStyle = colour('map-halo');
    pen.lineWidth = 3;
    pen.stroke();
}

/** Filled when open, an empty outline when closed for now.
 * @param {CanvasRenderingContext2D} pen @param {boolean} open */
function drawHouse(pen, open) {
    const path = new Path2D('M3.500 11 12 3.500 20.500 11v9.500h-17z');
    pen.lineJoin = 'round';
    pen.strokeStyle = colour('map-halo');
    pen.lineWidth = 6;
    pen.stroke(path);
    pen.fillStyle = open ? colour('map-station-fill') : colour('map-halo');
    pen.fill(path);
    pen.strokeStyle = colour('map-station');
    pen.lineWidth = 2.6;
    if (!open) pen.setLineDash([4, 3.4]);
    pen.stroke(path);
}
