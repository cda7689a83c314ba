import {Canvas} from 'leaflet';
import {colour} from '../theme.js';

/** The canvas of the base map: like Leaflet's, and also halos beneath lines and hatches over faces (a tint alone would be hue only).
 * Path options it adds: `halo` {color, weight}, `hatch` {color, gap}. */
export const BaseCanvas = /** @type {any} */ (Canvas).extend({
    _fillStroke(/** @type {CanvasRenderingContext2D} */ ctx, /** @type {any} */ layer) {
        const {halo, hatch} = layer.options;
        if (halo) {
            ctx.globalAlpha = halo.alpha ?? 1;
            ctx.lineWidth = halo.weight;
            ctx.strokeStyle = halo.color;
            ctx.lineCap = ctx.lineJoin = 'round';
            ctx.setLineDash([]);
            ctx.stroke();
        }
        /** @type {any} */ (Canvas.prototype)._fillStroke.call(this, ctx, layer);
        if (hatch) {
            const pattern = hatchPattern(ctx, hatch.color, hatch.gap);
            if (pattern) {
                ctx.globalAlpha = hatch.alpha ?? 0.5;
                ctx.fillStyle = pattern;
                ctx.fill('evenodd');
            }
        }
    },
});

/** @param {CanvasRenderingContext2D} ctx @param {string} token @param {number} gap */
function hatchPattern(ctx, token, gap) {
    const tile = document.createElement('canvas');
    tile.width = tile.height = gap;
    const pen = /** @type {CanvasRenderingContext2D} */ (tile.getContext('2d'));
    pen.strokeStyle = token || colour('map-committee');
    pen.lineWidth = 1.1;
    pen.beginPath();
    for (const shift of [-gap, 0, gap]) {
        pen.moveTo(shift, gap);
        pen.lineTo(shift + gap, 0);
    }
    pen.stroke();
    return ctx.createPattern(tile, 'repeat');
}
