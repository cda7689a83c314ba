import {el, fill} from '../dom.js';
import {onLanguage, retranslate, t} from '../i18n.js';
import {icon} from '../icons.js';
import {statuses} from '../incidents/filter.js';
import {otherSign, sign, unitSign} from './shapes.js';

/** Zoom, the whole city, layers, and reporting by hand: the buttons on the map.
 * @param {import('leaflet').Map} map @param {{home: () => void, report: (() => void)|null, layers: () => void}} does @param {HTMLElement} host */
export function showTools(map, does, host) {
    const tool = (/** @type {any} */ name, /** @type {string} */ key, /** @type {() => void} */ onclick) =>
        el('button', {type: 'button', class: 'tool', 'data-t-label': key, 'data-t-title': key, onclick}, icon(name));
    const layers = tool('layers', 'tool.layers', does.layers);
    layers.id = 'layers-button';
    host.append(
        el(
            'div',
            {class: 'tool-group'},
            tool('plus', 'tool.zoom_in', () => map.zoomIn(1)),
            tool('minus', 'tool.zoom_out', () => map.zoomOut(1)),
            tool('home', 'tool.home', does.home),
        ),
        el('div', {class: 'tool-group'}, layers),
        ...(does.report
            ? [
                  el(
                      'button',
                      {type: 'button', class: 'tool-report', onclick: does.report, 'data-t-title': 'tool.report_key'},
                      icon('pin'),
                      el('span', {'data-t': 'tool.report'}),
                  ),
              ]
            : []),
    );
    retranslate(host);
}

/** @typedef {'incidents'|'units'|'stations'|'districts'|'streets'|'communities'|'committees'|'water'} Layer */

/** The layers with their signs and counts: legend and control in one.
 * @param {import('../types.js').Deps} deps @param {() => import('./base.js').Ground} ground @param {HTMLElement} host */
export function showLayers({cases, state, live, lists}, ground, host) {
    const box = el('div', {class: 'layers-box'});
    host.append(box);
    const toggle = (/** @type {string} */ layer) =>
        state.set({hide: state.now.hide.includes(layer) ? state.now.hide.filter(l => l !== layer) : [...state.now.hide, layer]});
    const count = (/** @type {number} */ n) => el('span', {class: 'num count', text: n ? n.toLocaleString('en') : '—'});
    /** @param {Layer} layer @param {Element} mark @param {number|null} n */
    const line = (layer, mark, n) =>
        el(
            'label',
            {class: 'layer'},
            el('input', {type: 'checkbox', checked: !state.now.hide.includes(layer), data: {key: layer}, onchange: () => toggle(layer)}),
            mark,
            el('span', {text: t(`layer.${layer}`)}),
            n === null ? null : count(n),
        );

    function draw() {
        const key = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.key;
        const had = box.contains(document.activeElement);
        fill(
            box,
            el(
                'header',
                {},
                el('h2', {text: t('layers.title')}),
                el(
                    'button',
                    {type: 'button', class: 'btn bare square small', 'aria-label': t('close'), onclick: () => host.classList.remove('open')},
                    icon('close'),
                ),
            ),
            el(
                'div',
                {class: 'layer-group'},
                line('incidents', sign('reported'), cases.drawn.length),
                el(
                    'ul',
                    {class: 'legend'},
                    ...statuses
                        .filter(s => cases.counts.status[s])
                        .map(s => el('li', {}, sign(s), el('span', {text: t(`status.${s}`)}), count(cases.counts.status[s]))),
                ),
                el('p', {class: 'legend-note'}, el('span', {class: 'ring', 'aria-hidden': 'true'}), t('legend.shared')),
            ),
            el(
                'div',
                {class: 'layer-group'},
                line('units', otherSign('unit'), live.of('positions').size),
                el(
                    'ul',
                    {class: 'legend'},
                    .../** @type {const} */ (['foot', 'vehicle', 'sanitation']).map(kind => el('li', {}, unitSign(kind), el('span', {text: t(`unit.${kind}`)}))),
                ),
                el('p', {class: 'legend-note', text: t('legend.units')}),
                line('stations', otherSign('station'), live.of('stations').size),
            ),
            el(
                'div',
                {class: 'layer-group'},
                line('committees', otherSign('committee'), ground().committees.length),
                line('districts', otherSign('district'), lists.areas('district').length),
                line('streets', otherSign('street'), lists.areas('street').length),
                line('communities', otherSign('community'), null),
                line('water', otherSign('water'), null),
            ),
            el('p', {class: 'legend-note', text: t('legend.zoom')}),
        );
        if (had && key) /** @type {HTMLElement|null} */ (box.querySelector(`[data-key="${CSS.escape(key)}"]`))?.focus();
    }

    draw();
    let due = 0;
    const soon = () => {
        due ||= setTimeout(() => {
            due = 0;
            draw();
        }, 400);
    }; // counts move all the time; reading them does not need more
    const stops = [
        cases.on(soon),
        state.on((_, changed) => {
            if (changed.has('hide')) draw();
        }),
        onLanguage(draw),
        live.watch('positions', {done: soon}),
        live.watch('stations', {done: soon}),
        live.watch('areas', {done: soon}),
    ];
    return {
        draw,
        stop() {
            stops.forEach(stop => stop());
            clearTimeout(due);
            host.replaceChildren();
        },
    };
}
