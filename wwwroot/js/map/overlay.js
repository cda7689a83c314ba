import {DomUtil} from 'leaflet';
import {el} from '../dom.js';

/** A canvas over the map for things drawn from arrays. It is redrawn in an animation frame, and only when asked or when the map has moved; Leaflet's
 * own vector layers redraw everything when one marker moves.
 *
 * @typedef {{width: number, height: number, zoom: number, ratio: number, x: (mx: number) => number, y: (my: number) => number}} View x and y take `mercator` units
 * @param {import('leaflet').Map} map @param {string} name @param {number} order z-index among the panes @param {(ctx: CanvasRenderingContext2D, view: View) => void} draw */
export function overlay(map, name, order, draw) {
    const pane = map.createPane(name);
    pane.classList.add('overlay-pane');
    pane.style.zIndex = String(order);
    const canvas = el('canvas', {class: 'leaflet-zoom-animated', 'aria-hidden': 'true'});
    const ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    pane.append(canvas);
    let frame = 0,
        animating = false,
        drawnZoom = map.getZoom();

    function paint() {
        frame = 0;
        if (animating) return;
        const {x: width, y: height} = map.getSize();
        const ratio = Math.min(2, devicePixelRatio || 1);
        if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
            canvas.width = Math.round(width * ratio);
            canvas.height = Math.round(height * ratio);
            canvas.style.width = `${width}px`;
            canvas.style.height = `${height}px`;
        }
        DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
        ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
        ctx.clearRect(0, 0, width, height);
        drawnZoom = map.getZoom();
        draw(ctx, viewOf(map, ratio));
    }

    const redraw = () => {
        frame ||= requestAnimationFrame(paint);
    };
    const events = {
        // Drawn in the same frame as the pane moves: one frame later the points would swim on the land.
        move: () => {
            if (frame) {
                cancelAnimationFrame(frame);
            }
            paint();
        },
        resize: redraw,
        zoomanim: (/** @type {any} */ e) => {
            animating = true;
            const corner = /** @type {any} */ (map)._latLngBoundsToNewLayerBounds(map.getBounds(), e.zoom, e.center).min;
            DomUtil.setTransform(canvas, corner, map.getZoomScale(e.zoom, drawnZoom));
        },
        zoomend: () => {
            animating = false;
            redraw();
        },
        moveend: redraw,
    };
    map.on(events);
    redraw();
    return {
        redraw,
        remove() {
            cancelAnimationFrame(frame);
            map.off(events);
            pane.remove();
        },
    };
}

/** How mercator units land on the screen now.
 * @param {import('leaflet').Map} map @param {number} [ratio] @returns {View} */
export function viewOf(map, ratio = 1) {
    const size = map.getSize();
    const world = 256 * 2 ** map.getZoom();
    const corner = /** @type {any} */ (map)._getTopLeftPoint();
    return {width: size.x, height: size.y, zoom: map.getZoom(), ratio, x: mx => mx * world - corner.x, y: my => my * world - corner.y};
}
