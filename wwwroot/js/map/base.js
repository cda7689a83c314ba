import {LayerGroup, Polygon, Polyline} from 'leaflet';
import {boxOf} from '../areas/find.js';
import {colour, onTheme} from '../theme.js';
import {BaseCanvas} from './renderer.js';

/** @typedef {{type: string, geometry: any, properties: any, id?: number}} Feature
 * @typedef {{areas: Record<string, Feature[]>, edges: Feature[], waters: Feature[], committees: Feature[]}} Ground */

const flip = (/** @type {number[][]} */ line) => line.map(([lon, lat]) => /** @type {[number, number]} */ ([lat, lon]));
/** Every ring of some polygons, as Leaflet takes them. @param {Feature[]} features */
const faces = features =>
    features.flatMap(f => (f.geometry.type === 'Polygon' ? [f.geometry.coordinates] : f.geometry.coordinates)).map(rings => rings.map(flip));
/** Every part of some lines. @param {Feature[]} features */
const lines = features => features.flatMap(f => (f.geometry.type === 'LineString' ? [f.geometry.coordinates] : f.geometry.coordinates)).map(flip);

/** Land, water and lines from our own layers, on one canvas. Returns what the page steers it with.
 * @param {import('leaflet').Map} map */
export function showBase(map) {
    const pane = map.createPane('base');
    pane.style.zIndex = '210';
    const renderer = new BaseCanvas({pane: 'base', padding: 0.35});
    const options = {renderer, pane: 'base', interactive: false, smoothFactor: 1.2};
    const group = new LayerGroup().addTo(map);
    /** @type {Record<string, import('leaflet').Path|undefined>} */
    let parts = {};
    /** @type {import('leaflet').Path|null} */
    let picked = null;
    /** @type {import('leaflet').Path|null} */
    let owned = null;
    /** @type {Feature[]} */
    let mine = [];
    /** @type {string[]} */
    let hidden = [];
    /** @type {Feature[]} */
    let communities = [];
    let inSight = '';

    /** @param {Ground} ground */
    function replace(ground) {
        group.clearLayers();
        const face = (/** @type {Feature[]} */ f) => (f.length ? new Polygon(/** @type {any} */ (faces(f)), options) : undefined);
        const line = (/** @type {Feature[]} */ f) => (f.length ? new Polyline(/** @type {any} */ (lines(f)), options) : undefined);
        const streets = ground.areas.street ?? [],
            districts = ground.areas.district ?? [];
        const has = (/** @type {(p: any) => boolean} */ test) => ground.edges.filter(e => test(e.properties));
        const land = districts.length ? districts : (Object.values(ground.areas).find(f => f.length) ?? []);
        parts = {
            land: face(land),
            water: face(ground.waters.filter(w => w.geometry.type.includes('Polygon'))),
            bank: line(ground.waters.filter(w => w.geometry.type.includes('LineString'))),
            community: new Polygon([], options),
            committee: face(ground.committees.filter(c => c.properties.level !== 'community')),
            committeeNear: face(ground.committees.filter(c => c.properties.level === 'community')),
            street: ground.edges.length ? line(has(p => !p.district_line && p.kind !== 'river')) : face(streets),
            streetRiver: line(has(p => !p.district_line && p.kind === 'river')),
            district: ground.edges.length ? line(has(p => p.district_line && p.kind !== 'river')) : face(districts),
            districtRiver: line(has(p => p.district_line && p.kind === 'river')),
            shared: line(has(p => p.committees?.length > 0)),
        };
        communities = ground.areas.community ?? [];
        inSight = '';
        restyle();
        near();
        Object.values(parts).forEach(part => part?.addTo(group));
        own(mine);
        if (picked) picked.addTo(group);
    }

    function restyle() {
        const zoom = map.getZoom();
        const off = (/** @type {string} */ layer) => hidden.includes(layer);
        const width = (/** @type {number} */ far, /** @type {number} */ near) => far + (near - far) * Math.min(1, Math.max(0, (zoom - 10) / 6));
        const stroke = (/** @type {string} */ token, /** @type {number} */ weight, more = {}) => ({
            stroke: true,
            fill: false,
            color: colour(token),
            weight,
            opacity: 1,
            lineCap: 'round',
            lineJoin: 'round',
            ...more,
        });
        const halo = (/** @type {number} */ weight, alpha = 0.85) => ({halo: {color: colour('map-halo'), weight, alpha}});
        const none = {stroke: false, fill: false, halo: null, hatch: null};
        // A tint and a hatch: hue alone would not tell.
        const hatch = {color: colour('map-committee'), gap: Math.round(width(8, 15)), alpha: width(0.22, 0.16)};
        const joined = {stroke: false, fill: true, fillColor: colour('map-committee'), fillOpacity: 0.08, hatch};
        /** @type {Record<string, any>} */
        const styles = {
            land: {stroke: true, weight: 1, color: colour('map-land'), fill: true, fillColor: colour('map-land'), fillOpacity: 1},
            water: {stroke: false, fill: !off('water'), fillColor: colour('map-water'), fillOpacity: 1},
            bank: off('water') ? none : stroke('map-bank', width(1, 2.5), {opacity: 0.9}),
            community: off('communities') || zoom < 13.5 ? none : stroke('map-community', 1),
            committee: off('committees') ? none : joined,
            committeeNear: off('committees') || zoom < 12.5 ? none : joined,
            street: off('streets') || zoom < 9.5 ? none : stroke('map-street', width(0.8, 2), halo(width(2, 4.5))),
            streetRiver: off('streets') || zoom < 10.5 ? none : stroke('map-street-river', width(0.7, 1.5), {dashArray: '2 5'}),
            district: off('districts') ? none : stroke('map-district', width(1.5, 3), halo(width(3.5, 6.5))),
            districtRiver: off('districts') ? none : stroke('map-street-river', width(1.2, 2.2), {dashArray: '9 6'}),
            shared: off('committees') ? none : stroke('map-committee', width(1.8, 4), {opacity: 0.85, ...halo(width(3.5, 7))}),
        };
        for (const [name, part] of Object.entries(parts)) part?.setStyle({...none, ...styles[name]});
        picked?.setStyle(pickedStyle());
        owned?.setStyle(ownedStyle());
    }

    /** Communities are thousands, and wanted only close by: of them only those in sight are given to the canvas. */
    function near() {
        if (map.getZoom() < 13.5 || !communities.length || hidden.includes('communities')) return;
        const b = map.getBounds().pad(0.4);
        const some = communities.filter(f => {
            const [w, s, e, n] = boxOf(f);
            return w < b.getEast() && e > b.getWest() && s < b.getNorth() && n > b.getSouth();
        });
        const key = some.map(f => f.properties.code).join();
        if (key === inSight) return;
        inSight = key;
        /** @type {Polygon} */ (parts.community)?.setLatLngs(/** @type {any} */ (faces(some)));
    }

    const pickedStyle = () =>
        /** @type {any} */ ({
            ...options,
            stroke: true,
            color: colour('map-pick'),
            weight: 2.6,
            opacity: 1,
            fill: true,
            fillColor: colour('map-pick'),
            fillOpacity: 0.07,
            halo: {color: colour('map-halo'), weight: 6, alpha: 0.9},
        });
    /** Outlines one area or committee; null takes the outline away. @param {Feature|null} feature */
    function pick(feature) {
        picked?.remove();
        picked = feature && new Polygon(/** @type {any} */ (faces([feature])), pickedStyle()).addTo(group);
    }

    const ownedStyle = () =>
        /** @type {any} */ ({
            ...options,
            stroke: true,
            color: colour('map-pick'),
            weight: 10,
            opacity: 0.2, // a soft band: the lines beneath keep their own look
            fill: true,
            fillColor: colour('map-pick'),
            fillOpacity: 0.05,
        });
    /** Marks softly the streets that are the reader's own. @param {Feature[]} features */
    function own(features) {
        mine = features;
        owned?.remove();
        owned = features.length ? new Polygon(/** @type {any} */ (faces(features)), ownedStyle()).addTo(group) : null;
    }

    map.on('zoomend', restyle);
    map.on('moveend', near);
    const untheme = onTheme(restyle);
    return {
        replace,
        pick,
        own,
        /** @param {string[]} layers */
        hide(layers) {
            hidden = layers;
            restyle();
            near();
        },
        stop() {
            map.off('zoomend', restyle);
            map.off('moveend', near);
            untheme();
            group.remove();
        },
    };
}
