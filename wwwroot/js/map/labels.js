import {colour, onTheme} from '../theme.js';
import {project} from './mercator.js';
import {freeOf} from './map.js';
import {overlay} from './overlay.js';
import {placeLabels} from './place-labels.js';

/** @typedef {import('./base.js').Feature} Feature
 * @typedef {{mx: number, my: number, text: string, style: 'district'|'street'|'community'|'water', rank: number}} Name */

const styles = {
    district: {size: [15, 17], weight: 600, spacing: 3, ink: 'map-name-1', from: 0, to: 13.2},
    street: {size: [11, 14], weight: 500, spacing: 0.5, ink: 'map-name-2', from: 11, to: 30},
    community: {size: [10.5, 12], weight: 400, spacing: 0, ink: 'map-name-3', from: 14.2, to: 30},
    water: {size: [12, 16], weight: 500, spacing: 5, ink: 'map-water-ink', from: 9.5, to: 30},
};

/** Names over the base map, placed so that they do not touch: districts from afar, streets nearer, communities close by.
 * @param {import('leaflet').Map} map @param {HTMLElement} panel may float over the map: no name is put beneath it */
export function showLabels(map, panel) {
    /** @type {Name[]} */
    let names = [];
    /** @type {string[]} */
    let hidden = [];
    /** @type {{zoom: number, placed: (import('./place-labels.js').Wanted & {name: Name, size: number})[]}} */
    let kept = {zoom: NaN, placed: []};
    const font = getComputedStyle(document.body).fontFamily;

    const layer = overlay(map, 'names', 445, (ctx, view) => {
        if (kept.zoom !== view.zoom) kept = {zoom: view.zoom, placed: place(ctx, view.zoom)};
        const free = freeOf(map, [panel]);
        ctx.textAlign = 'center';
        ctx.textBaseline = 'middle';
        ctx.lineJoin = 'round';
        for (const {name, size, width} of kept.placed) {
            const [x, y] = [view.x(name.mx), view.y(name.my)];
            if (x < free.left + width / 2 + 3 || y < free.top + 8 || x > free.right - width / 2 - 3 || y > free.bottom - 8) continue; // a name cut in half says nothing
            const style = styles[name.style];
            write(ctx, style, size);
            if (name.style !== 'water') {
                ctx.strokeStyle = colour('map-halo');
                ctx.lineWidth = 6.5;
                ctx.globalAlpha = 0.25;
                ctx.strokeText(name.text, x, y);
                ctx.lineWidth = 3.2;
                ctx.globalAlpha = 0.9;
                ctx.strokeText(name.text, x, y);
                ctx.globalAlpha = 1;
            }
            ctx.fillStyle = colour(style.ink);
            ctx.fillText(name.text, x, y);
        }
    });

    /** @param {CanvasRenderingContext2D} ctx @param {typeof styles.district} style @param {number} size */
    function write(ctx, style, size) {
        ctx.font = `${style.weight} ${size}px ${font}`;
        if ('letterSpacing' in ctx) ctx.letterSpacing = `${style.spacing}px`;
    }

    /** @param {CanvasRenderingContext2D} ctx @param {number} zoom */
    function place(ctx, zoom) {
        const world = 256 * 2 ** zoom;
        /** @type {Name[]} */
        const rivers = [];
        const far = (/** @type {Name} */ n) =>
            n.style !== 'water' || (rivers.every(r => r.text !== n.text || Math.hypot(r.mx - n.mx, r.my - n.my) * world > 420) && rivers.push(n) > 0);
        return placeLabels(
            names
                .filter(
                    n => zoom >= styles[n.style].from && zoom < styles[n.style].to && !hidden.includes(`${n.style}s`) && !hidden.includes(n.style) && far(n),
                )
                .map(name => {
                    const style = styles[name.style];
                    const near = Math.min(1, Math.max(0, (zoom - style.from - 1) / 4));
                    const size = style.size[0] + (style.size[1] - style.size[0]) * near;
                    write(ctx, style, size);
                    return {
                        x: name.mx * world,
                        y: name.my * world,
                        width: ctx.measureText(name.text).width,
                        height: size + 3,
                        rank: name.rank,
                        text: name.text,
                        name,
                        size,
                    };
                }),
            zoom < 13 ? 8 : 5,
        );
    }

    const again = () => {
        kept.zoom = NaN;
        layer.redraw();
    };
    const covered = new ResizeObserver(layer.redraw);
    covered.observe(panel);
    const untheme = onTheme(layer.redraw);
    return {
        /** @param {import('./base.js').Ground} ground */
        replace(ground) {
            const rank = {district: 0, street: 2, community: 3};
            names = /** @type {('district'|'street'|'community')[]} */ (['district', 'street', 'community']).flatMap(style =>
                (ground.areas[style] ?? [])
                    .filter(f => f.properties.label)
                    .map(f => {
                        const [mx, my] = project(f.properties.label[0], f.properties.label[1]);
                        return {mx, my, text: short(f.properties.name, style), style, rank: rank[style]};
                    }),
            );
            names.push(...waterNames(ground.waters));
            again();
        },
        /** @param {string[]} layers */
        hide(layers) {
            hidden = layers;
            again();
        },
        stop() {
            untheme();
            covered.disconnect();
            layer.remove();
        },
    };
}

/** 四唯街道 is written 四唯 when many must fit; only the ending that every neighbour shares is left out.
 * @param {string} name @param {string} style */
const short = (name, style) =>
    style === 'street' && name.length > 4 && name.endsWith('街道')
        ? name.slice(0, -2)
        : style === 'community' && name.length > 4 && name.endsWith('社区')
          ? name.slice(0, -2)
          : name;

/** A river's name, here and there in the middle between its banks.
 * @param {Feature[]} waters @returns {Name[]} */
function waterNames(waters) {
    const banks = waters.filter(w => w.geometry.type === 'LineString');
    return [...new Set(banks.map(b => b.properties.name))].flatMap(text => {
        const [one, other] = banks.filter(b => b.properties.name === text).map(b => /** @type {[number, number][]} */ (b.geometry.coordinates));
        if (!other) return [];
        const every = Math.max(1, Math.floor(one.length / 24));
        return one
            .filter((_, i) => i % every === Math.floor(every / 2))
            .map((p, i) => {
                const q = other.reduce((best, c) => ((c[0] - p[0]) ** 2 + (c[1] - p[1]) ** 2 < (best[0] - p[0]) ** 2 + (best[1] - p[1]) ** 2 ? c : best));
                const [mx, my] = project((p[0] + q[0]) / 2, (p[1] + q[1]) / 2);
                return {mx, my, text, style: /** @type {const} */ ('water'), rank: 1 + i / 100};
            });
    });
}
