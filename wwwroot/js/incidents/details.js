import {el} from '../dom.js';
import {language, t, tOr} from '../i18n.js';
import {sign} from '../map/shapes.js';
import {ago, full} from '../time.js';
import {fact, section} from '../shell/facts.js';
import {showMoves} from './moves.js';

/** @typedef {import('../types.js').Case} Case */

/** Opens a case: what, where, whose, why, what happened, and what may be done now.
 * @param {import('../types.js').Deps} deps @param {() => void} redraw @returns {import('../shell/panel.js').Opener} */
export const openIncident = ({api, live, lists, state}, redraw) => async (id, signal) => {
    /** @type {Case} */
    let found = await api.get(`/api/incidents/${id}`, {signal});
    const refresh = async () => {
        try { found = await api.get(`/api/incidents/${id}`, {signal}); redraw(); } catch { /* what is shown stays; the banner tells when the line is cut */ }
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
            title: i.title || lists.category(i.class), kicker: `${t('kind.incident')} #${i.id}`, mark: sign(i.status),
            body: [
                el('div', {class: 'headline'},
                    el('span', {class: `state big st-${i.status}`, text: t(`status.${i.status}`)}),
                    el('span', {class: 'chip', text: lists.category(i.class)}),
                    el('span', {class: 'quiet num', title: full(i.reported_at), text: t('incident.reported_ago', {when: ago(i.reported_at)})})),
                i.description ? el('p', {class: 'prose', text: i.description}) : null,
                whose(i),
                where(i),
                what(i),
                history(i),
                el('p', {class: 'legal', text: t('legal.line')}),
            ],
            foot: moves.draw(),
        };
    };

    /** @param {Case} i */
    const what = i => section(t('section.what'),
        fact(t('fact.reported_at'), full(i.reported_at)), fact(t('fact.received_at'), full(i.received_at)), i.closed_at && fact(t('fact.closed_at'), full(i.closed_at)),
        fact(t('fact.feed'), i.feed ? `${[...live.of('feeds').values()].find(f => f.code === i.feed)?.name ?? i.feed}${i.source_id ? ` · ${i.source_id}` : ''}` : t('fact.by_hand')),
        i.class === 'unclassified' && fact(t('fact.category'), t('fact.as_sent', {what: i.category})),
        i.unit && fact(t('fact.unit'), lists.department(i.unit)));

    /** @param {Case} i */
    const where = i => section(t('section.where'),
        i.address && fact(t('fact.address'), i.address),
        fact(t('fact.street'), i.area ? el('button', {type: 'button', class: 'link', text: lists.place(i.area), onclick: () => state.set({sel: {kind: 'area', id: i.area?.code ?? ''}})}) : t('area.none')),
        i.lon !== null && i.lat !== null ? fact(t('fact.place'), el('span', {class: 'mono num', text: `${i.lon.toFixed(6)}, ${i.lat.toFixed(6)}`})) : fact(t('fact.place'), t('fact.no_place')),
        i.datum && i.datum !== 'wgs84' && fact(t('fact.datum'), t('fact.datum_note', {datum: i.datum.toUpperCase()})),
        i.accuracy_m !== null && i.accuracy_m !== undefined && fact(t('fact.accuracy'), t('metres', {n: Math.round(i.accuracy_m)})));

    /** @param {Case} i */
    const whose = i => {
        const d = i.decision;
        if (!d) return null;
        return el('section', {class: `verdict ${d.class}`},
            el('div', {class: 'verdict-head'}, el('div', {}, el('span', {class: 'kicker', text: t('section.whose')}), el('strong', {class: 'owner', text: d.area ? lists.place(d.area) : t('area.none')})), el('span', {class: `chip ${d.class === 'none' ? 'amber' : 'accent'}`, text: t(`class.${d.class}`)})),
            el('p', {class: 'why', text: why(d)}),
            d.candidates.length > 1 && el('ul', {class: 'candidates'}, ...d.candidates.map(c => el('li', {}, el('span', {text: c.name}), el('span', {class: 'quiet', text: c.contains ? t('candidate.contains') : ''}), el('span', {class: 'num', text: t('metres', {n: c.distance_m < 10 ? +c.distance_m.toFixed(1) : Math.round(c.distance_m)})})))),
            d.committee && el('p', {class: 'joint'}, t('whose.committee'), ' ', el('button', {type: 'button', class: 'link', text: d.committee.name, onclick: () => state.set({sel: {kind: 'committee', id: d.committee?.id ?? 0}})})),
            d.edition && el('p', {class: 'quiet', text: `${t('fact.edition')} ${d.edition.name} · ${tOr(`legal.${i.legal_status}`, i.legal_status)}`}));
    };

    /** The reason in a sentence. @param {import('../types.js').Decision} d */
    const why = d => {
        const names = d.candidates.filter(c => !c.contains).map(c => c.name).join(language() === 'en' ? ', ' : '、');
        return tOr(`reason.${d.reason}`, d.reason).replace('{area}', d.area?.name ?? '').replace('{others}', names) + (d.rule === 'line_lowest_code' ? t('rule.line_lowest_code') : '');
    };

    /** @param {Case} i */
    const history = i => section(t('section.history'), el('ol', {class: 'timeline'}, ...[...i.history].reverse().map(step => el('li', {class: `st-${step.to}`},
        el('div', {class: 'step-head'}, el('strong', {text: t(`status.${step.to}`)}), el('time', {class: 'num quiet', datetime: step.at, text: full(step.at)})),
        el('p', {class: 'quiet', text: [actor(step.actor), step.unit && lists.department(step.unit)].filter(Boolean).join(' → ')}),
        step.reason && el('p', {text: `${t('move.reason')}：${step.reason}`.replace('：', language() === 'en' ? ': ' : '：')}),
        step.note && el('p', {text: step.note})))));

    /** @param {string} who */
    const actor = who => who.startsWith('feed:') ? [...live.of('feeds').values()].find(f => f.code === who.slice(5))?.name ?? who.slice(5) : who === 'system' ? t('actor.system') : who.replace(/^user:/, '');

    return {draw, place: found.lat !== null && found.lon !== null ? {lat: found.lat, lon: found.lon} : null, stop: () => { unwatch(); clearTimeout(due); }};
};
