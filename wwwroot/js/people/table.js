import {el} from '../dom.js';

/** A table of rows.
 * @template T
 * @param {{head: string, cell: (row: T) => Node|string|null|undefined|(Node|string|null|false)[], class?: string}[]} columns
 * @param {T[]} rows @param {{none: string, rowClass?: (row: T) => string}} about */
export function table(columns, rows, {none, rowClass}) {
    if (!rows.length) return el('div', {class: 'sheet-table'}, el('p', {class: 'nothing', text: none}));
    const cell = (/** @type {any} */ value) => (Array.isArray(value) ? value : [value ?? '—']);
    return el(
        'div',
        {class: 'sheet-table'},
        el(
            'table',
            {},
            el(
                'thead',
                {},
                el(
                    'tr',
                    {},
                    ...columns.map(c => el('th', {scope: 'col', class: c.class ?? null}, c.head || el('span', {class: 'visually-hidden', text: '·'}))),
                ),
            ),
            el(
                'tbody',
                {},
                ...rows.map(row => el('tr', {class: rowClass?.(row) || null}, ...columns.map(c => el('td', {class: c.class ?? null}, ...cell(c.cell(row)))))),
            ),
        ),
    );
}
