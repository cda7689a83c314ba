import {el, fill, set} from '../dom.js';
import {t} from '../i18n.js';
import {sign} from '../map/shapes.js';
import {ago, full} from '../time.js';
import {isOpen} from './filter.js';

/** @typedef {import('../types.js').Incident} Incident
 * @typedef {ReturnType<typeof makeRow>} Row */

/** An empty row; `updateRow` gives it its words.
 * @param {number} id @param {() => void} choose */
export function makeRow(id, choose) {
    const mark = el('span', {class: 'row-sign'});
    const title = el('span', {class: 'row-title'});
    const place = el('span', {class: 'row-place'});
    const facts = el('span', {class: 'row-facts'});
    const age = el('time', {class: 'row-age num'});
    const button = el(
        'button',
        {type: 'button', class: 'row', data: {incident: String(id)}, onclick: choose},
        mark,
        el('span', {class: 'row-main'}, el('span', {class: 'row-head'}, title, age), place, facts),
    );
    return {
        node: el('div', {role: 'listitem', class: 'row-slot'}, button),
        button,
        mark,
        title,
        place,
        facts,
        age,
        seen: /** @type {Incident|null} */ (null),
        words: '',
    };
}

/** @param {Row} row @param {Incident|undefined} i undefined: it has left the picture while somebody reads
 * @param {{lists: import('../lists.js').Lists, chosen: boolean, fresh: boolean}} about */
export function updateRow(row, i, {lists, chosen, fresh}) {
    row.button.classList.toggle('gone', !i);
    row.button.classList.toggle('fresh', fresh);
    set(row.button, {'aria-current': chosen ? 'true' : null});
    if (!i) return;
    const when = ago(i.reported_at);
    if (row.age.textContent !== when) row.age.textContent = when;
    const words = `${t(`status.${i.status}`)}|${lists.category(i.class)}|${lists.place(i.area)}`;
    if (row.seen === i && row.words === words) return;
    row.seen = i;
    row.words = words;
    set(row.age, {datetime: i.reported_at, title: full(i.reported_at)});
    fill(row.mark, sign(i.status));
    row.title.textContent = i.title || lists.category(i.class);
    row.place.textContent = lists.place(i.area) || t('area.none');
    row.button.classList.toggle('done', !isOpen(i.status));
    fill(
        row.facts,
        el('span', {class: `state st-${i.status}`, text: t(`status.${i.status}`)}),
        el('span', {class: 'row-category', text: lists.category(i.class)}),
        i.responsibility_class === 'shared' && el('span', {class: 'chip accent tiny', text: t('class.shared_short')}),
        i.responsibility_class === 'none' && el('span', {class: 'chip amber tiny', text: t('class.none_short')}),
    );
}
