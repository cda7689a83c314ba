import {el} from '../dom.js';
import {t} from '../i18n.js';
import {inCity} from '../map/free.js';
import {sign} from '../map/shapes.js';
import {ago, full} from '../time.js';
import {fact, section} from '../shell/facts.js';
import {showHistory} from './history.js';
import {showMoves} from './moves.js';
import {showVerdict} from './verdict.js';

/** @typedef {import('../types.js').Case} Case */

/** Opens a case: what, where, whose, why, what happened, and what may be done now.
 * @param {import('../types.js').Deps} deps @param {() => void} redraw @returns {import('../shell/panel.js').Opener} */
export const openIncident =
    ({api, live, lists, state, city}, redraw) =>
    async (id, signal) => {
        /** @type {Case} */
        let found = await api.get(`/api/incidents/${id}`, {signal});
        const refresh = async () => {
            try {
                found = await api.get(`/api/incidents/${id}`, {signal});
                redraw();
            } catch {
                /* what is shown stays; the banner tells when the line is cut */
            }
        };
        const moves = showMoves({api, lists}, () => found, refresh, redraw);
        let due = 0;
        const changed = (/** @type {{id: number, version: number}} */ item) => {
            if (item.id !== found.id || item.version <= found.version) return;
            clearTimeout(due);
            due = setTimeout(refresh, 150);
        };
        const unwatch = live.watch('incidents', {put: changed, replace: items => items.forEach(changed)});

        const draw = () => {
            const i = found;
            return {
                title: i.title || lists.category(i.class),
                kicker: `${t('kind.incident')} #${i.id}`,
                mark: sign(i.status),
                body: [
                    el(
                        'div',
                        {class: 'headline'},
                        el('span', {class: `state big st-${i.status}`, text: t(`status.${i.status}`)}),
                        el('span', {class: 'chip', text: lists.category(i.class)}),
                        el('span', {class: 'quiet num', title: full(i.reported_at), text: t('incident.reported_ago', {when: ago(i.reported_at)})}),
                    ),
                    i.description ? el('p', {class: 'prose', text: i.description}) : null,
                    showVerdict(i, {lists, state}),
                    where(i),
                    what(i),
                    showHistory(i, {lists}),
                    el('p', {class: 'legal', text: t('legal.line')}),
                ],
                foot: moves.draw(),
            };
        };

        /** @param {Case} i */
        const what = i =>
            section(
                t('section.what'),
                fact(t('fact.reported_at'), full(i.reported_at)),
                fact(t('fact.received_at'), full(i.received_at)),
                i.closed_at && fact(t('fact.closed_at'), full(i.closed_at)),
                fact(
                    t('fact.feed'),
                    i.feed
                        ? `${i.feed_name ?? i.feed}${i.source_id ? ` · ${i.source_id}` : ''}`
                        : t('fact.by_hand'),
                ),
                i.class === 'unclassified' && fact(t('fact.category'), i.category ? t('fact.as_sent', {what: i.category}) : t('fact.not_sent')),
                i.unit && fact(t('fact.unit'), lists.department(i.unit)),
            );

        /** @param {Case} i */
        const where = i =>
            section(
                t('section.where'),
                i.address && fact(t('fact.address'), i.address),
                fact(
                    t('fact.street'),
                    i.area
                        ? el('button', {
                              type: 'button',
                              class: 'link',
                              text: lists.place(i.area),
                              onclick: () => state.set({sel: {kind: 'area', id: i.area?.code ?? ''}}),
                          })
                        : t('area.none'),
                ),
                i.lon !== null && i.lat !== null
                    ? fact(t('fact.place'), el('span', {class: 'mono num', text: `${i.lon.toFixed(6)}, ${i.lat.toFixed(6)}`}))
                    : fact(t('fact.place'), t('fact.no_place')),
                i.lon !== null && i.lat !== null && !inCity(city.bbox, i.lon, i.lat) && el('p', {class: 'note amber', text: t('fact.outside')}),
                i.datum && i.datum !== 'wgs84' && fact(t('fact.datum'), t('fact.datum_note', {datum: i.datum.toUpperCase()})),
                i.accuracy_m !== null && i.accuracy_m !== undefined && fact(t('fact.accuracy'), t('metres', {n: Math.round(i.accuracy_m)})),
            );

        return {
            draw,
            place: found.lat !== null && found.lon !== null ? {lat: found.lat, lon: found.lon} : null,
            stop: () => {
                unwatch();
                clearTimeout(due);
            },
        };
    };
