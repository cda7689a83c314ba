import {el} from '../dom.js';
import {language, t, tOr} from '../i18n.js';

/** @typedef {import('../types.js').Case} Case
 * @typedef {import('../types.js').Decision} Decision */

/** Whose a case is and why: the responsible street, every candidate with its distance, the committee in common, the edition it was judged by.
 * @param {Case} i @param {Pick<import('../types.js').Deps, 'lists'|'state'>} deps */
export function showVerdict(i, {lists, state}) {
    const d = i.decision;
    if (!d) return null;
    const owner = el(
        'div',
        {},
        el('span', {class: 'kicker', text: t('section.whose')}),
        el('strong', {class: 'owner', text: d.area ? lists.place(d.area) : t('area.none')}),
    );
    const kind = el('span', {class: `chip ${d.class === 'none' ? 'amber' : 'accent'}`, text: t(`class.${d.class}`)});
    return el(
        'section',
        {class: `verdict ${d.class}`},
        el('div', {class: 'verdict-head'}, owner, kind),
        el('p', {class: 'why', text: why(d)}),
        d.candidates.length > 1 && candidates(d),
        d.committee && committee(d.committee, state),
        d.edition && el('p', {class: 'quiet', text: `${t('fact.edition')} ${d.edition.name} · ${tOr(`legal.${i.legal_status}`, i.legal_status)}`}),
    );
}

/** The reason in a sentence.
 * @param {Decision} d */
function why(d) {
    const others = d.candidates.filter(c => !c.contains || c.code !== d.area?.code).map(c => c.name);
    const names = others.join(language() === 'en' ? ', ' : '、');
    const reason = tOr(`reason.${d.reason}`, d.reason)
        .replace('{area}', d.area?.name ?? '')
        .replace('{others}', names);
    return d.rule === 'line_lowest_code' ? reason + t('rule.line_lowest_code') : reason;
}

/** @param {Decision} d */
function candidates(d) {
    const metres = (/** @type {number} */ n) => t('metres', {n: n < 10 ? +n.toFixed(1) : Math.round(n)});
    const line = (/** @type {import('../types.js').Candidate} */ c) =>
        el(
            'li',
            {},
            el('span', {text: c.name}),
            el('span', {class: 'num', text: c.contains ? t('candidate.contains') : metres(c.distance_m)}),
        );
    return el('ul', {class: 'candidates'}, ...d.candidates.map(line));
}

/** @param {{id: number, name: string}} found @param {import('../state.js').State} state */
function committee({id, name}, state) {
    const link = el('button', {type: 'button', class: 'link', text: name, onclick: () => state.set({sel: {kind: 'committee', id}})});
    return el('p', {class: 'joint'}, t('whose.committee'), ' ', link);
}
