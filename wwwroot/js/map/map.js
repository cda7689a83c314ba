import {Map as LeafletMap, control} from 'leaflet';
import {freePart} from './free.js';

/** The map of the page: our own ground, our own controls, extent kept in the address.
 * @param {HTMLElement} host @param {number[]|null} bbox of the city, [west, south, east, north] @param {import('../state.js').State} state */
export function createMap(host, bbox, state) {
    const map = new LeafletMap(host, {
        zoomControl: false,
        attributionControl: false,
        zoomSnap: 0.5,
        zoomDelta: 1,
        wheelPxPerZoomLevel: 90,
        wheelDebounceTime: 30,
        minZoom: 7,
        maxZoom: 19,
        keyboard: true,
        inertia: true,
        fadeAnimation: false,
        bounceAtZoomLimits: false,
        preferCanvas: true,
        zoomAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
        boxZoom: true,
        doubleClickZoom: true,
    });
    const {zoom, lat, lon} = state.now;
    if (zoom !== null && lat !== null && lon !== null) map.setView([lat, lon], zoom, {animate: false});
    else home(map, bbox, false);
    control.scale({position: 'bottomleft', imperial: false, maxWidth: 110}).addTo(map);
    map.on('moveend', () => {
        const centre = map.getCenter();
        state.set({zoom: map.getZoom(), lat: +centre.lat.toFixed(5), lon: +centre.lng.toFixed(5)});
    });
    const resized = new ResizeObserver(() => map.invalidateSize({animate: false, pan: false}));
    resized.observe(host);
    return map;
}

/** Where most of the streets are: a city's outskirts are wide, and its work is in the middle. Used once, when the address asks for no extent.
 * @param {import('leaflet').Map} map @param {{properties: any}[]} streets */
export function showMiddle(map, streets) {
    const labels = streets.map(s => s.properties.label).filter(Boolean);
    if (labels.length < 12) return;
    const share = (/** @type {number} */ axis, /** @type {number} */ part) =>
        labels.map(l => l[axis]).sort((a, b) => a - b)[Math.floor((labels.length - 1) * part)];
    map.fitBounds(
        [
            [share(1, 0.2), share(0, 0.2)],
            [share(1, 0.8), share(0, 0.8)],
        ],
        {animate: false, padding: [24, 24]},
    );
}

/** The whole city.
 * @param {import('leaflet').Map} map @param {number[]|null} bbox @param {boolean} [animate] */
export function home(map, bbox, animate = true) {
    if (bbox)
        map.fitBounds(
            [
                [bbox[1], bbox[0]],
                [bbox[3], bbox[2]],
            ],
            {animate, padding: [12, 12]},
        );
    else map.setView([30.59, 114.3], 11, {animate});
}

/** The part of the map that no panel covers, in its own pixels.
 * @param {import('leaflet').Map} map @param {Element[]} panels */
export function freeOf(map, panels) {
    const {left, top} = map.getContainer().getBoundingClientRect();
    const size = map.getSize();
    return freePart(
        {left: 0, top: 0, right: size.x, bottom: size.y},
        panels.map(p => p.getBoundingClientRect()).map(c => ({left: c.left - left, top: c.top - top, right: c.right - left, bottom: c.bottom - top})),
    );
}

/** Brings a place into sight when it is outside the map or beneath a panel: a choice in the list may move the map, an event never does.
 * @param {import('leaflet').Map} map @param {number} lat @param {number} lon @param {Element[]} panels what may float over the map */
export function bringIntoSight(map, lat, lon, panels) {
    const size = map.getSize();
    const free = freeOf(map, panels);
    const at = map.latLngToContainerPoint([lat, lon]);
    const [marginX, marginY] = [Math.min(48, (free.right - free.left) / 4), Math.min(40, (free.bottom - free.top) / 4)];
    if (at.x >= free.left + marginX && at.x <= free.right - marginX && at.y >= free.top + marginY && at.y <= free.bottom - marginY) return;
    const outside = at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y;
    const zoom = outside ? Math.max(map.getZoom(), 13.5) : map.getZoom();
    const aside = size.divideBy(2).subtract([(free.left + free.right) / 2, (free.top + free.bottom) / 2]);
    const centre = map.unproject(map.project([lat, lon], zoom).add(aside), zoom);
    map.setView(centre, zoom, {animate: !matchMedia('(prefers-reduced-motion: reduce)').matches, duration: 0.35});
}
