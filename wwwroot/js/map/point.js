import {el, fill, once} from '../dom.js';
import {t} from '../i18n.js';
import {areaAt} from '../areas/find.js';

/** @typedef {{hit: (x: number, y: number) => any, crowd?: (x: number, y: number) => import('../incidents/crowds.js').Crowd|null}} Hittable */

/** What lies under the pointer: a tip while hovering, a choice on a click.
 * @param {import('leaflet').Map} map @param {import('../types.js').Deps} deps
 * @param {{incidents: Hittable, units: Hittable, stations: Hittable, ground: () => import('./base.js').Ground}} layers @param {HTMLElement} tip */
export function showPointing(map, {state, lists}, layers, tip) {
    let at = {x: 0, y: 0};
    /** @type {((lat: number, lon: number) => void)|null} */
    let asked = null;

    /** @param {number} x @param {number} y @returns {{kind: 'incident'|'unit'|'station', item: any}|null} */
    function thing(x, y) {
        for (const [kind, layer] of /** @type {const} */ ([
            ['incident', layers.incidents],
            ['unit', layers.units],
            ['station', layers.stations],
        ])) {
            const item = layer.hit(x, y);
            if (item) return {kind, item};
            if (kind === 'incident' && layers.incidents.crowd?.(x, y)) return null; // a number lies above units and stations
        }
        return null;
    }

    const hover = once(() => {
        const found = asked ? null : thing(at.x, at.y);
        const crowd = found || asked ? null : layers.incidents.crowd?.(at.x, at.y);
        map.getContainer().classList.toggle('pointing', Boolean(found || crowd));
        tip.hidden = !(found || crowd);
        if (crowd) fill(tip, el('strong', {text: t('map.crowd', {n: crowd.n})}), el('span', {text: t('map.crowd_open')}));
        if (found) describe(found);
        if (tip.hidden) return;
        const flip = at.x > map.getSize().x - 260;
        tip.style.transform = `translate(${Math.round(at.x + (flip ? -14 : 14))}px, ${Math.round(at.y + 14)}px)${flip ? ' translateX(-100%)' : ''}`;
    });

    /** @param {{kind: 'incident'|'unit'|'station', item: any}} found */
    function describe({kind, item}) {
        fill(
            tip,
            el('strong', {text: item.title || item.name || lists.category(item.class)}),
            el('span', {
                text:
                    kind === 'incident'
                        ? `${t(`status.${item.status}`)} · ${lists.place(item.area) || t('area.none')}`
                        : kind === 'unit'
                          ? t(`unit.${item.kind}`)
                          : `${item.kind}${item.hours ? ` · ${item.hours}` : ''}`,
            }),
        );
    }

    const events = {
        mousemove: (/** @type {any} */ e) => {
            at = e.containerPoint;
            hover();
        },
        mouseout: () => {
            tip.hidden = true;
        },
        movestart: () => {
            tip.hidden = true;
        },
        click: (/** @type {any} */ e) => {
            if (asked) return asked(e.latlng.lat, e.latlng.wrap().lng);
            tip.hidden = true;
            const found = thing(e.containerPoint.x, e.containerPoint.y);
            if (found) return state.set({sel: {kind: found.kind, id: found.item.id}});
            const crowd = layers.incidents.crowd?.(e.containerPoint.x, e.containerPoint.y);
            if (crowd) return void map.setZoomAround(e.containerPoint, Math.min(map.getMaxZoom(), map.getZoom() + 2));
            const ground = layers.ground();
            const area =
                areaAt(ground.areas.street ?? [], e.latlng.lng, e.latlng.lat) ??
                areaAt(ground.areas.district ?? [], e.latlng.lng, e.latlng.lat) ??
                areaAt(Object.values(ground.areas).flat(), e.latlng.lng, e.latlng.lat);
            state.set({
                sel: area && !(state.now.sel?.kind === 'area' && state.now.sel.id === area.properties.code) ? {kind: 'area', id: area.properties.code} : null,
            });
        },
    };
    map.on(events);
    return {
        /** The next clicks give a place instead of choosing a thing; null ends that. @param {typeof asked} answer */
        ask(answer) {
            asked = answer;
            map.getContainer().classList.toggle('asking', Boolean(answer));
        },
        stop() {
            map.off(events);
        },
    };
}
