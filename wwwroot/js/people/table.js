import {el} from '../dom.js';

/** A table of rows; on a narrow screen each row is a card, whose lines the heads name. The roles keep it a table where the style makes cards of it.
 * @template T
 * @param {{head: string, cell: (row: T) => Node|string|null|undefined|(Node|string|null|false)[], class?: string}[]} columns
 * @param {T[]} rows @param {{none: string, rowClass?: (row: T) => string}} about */
export function table(columns, rows, {none, rowClass}) {
    if (!rows.length) return el('div', {class: 'sheet-table'}, el('p', {class: 'nothing', text: none}));
    const cell = (/** @type {any} */ value) => (Array.isArray(value) ? value : [value ?? '—']);
    const draw = (/** @type {typeof columns[number]} */ c, /** @type {T} */ row) => {
        const value = c.cell(row);
        const blank = value === null || value === undefined || value === '';
        return el('td', {role: 'cell', class: [c.class, blank && 'blank'].filter(Boolean).join(' ') || null, data: {head: c.head}}, ...cell(blank ? null : value));
    };
    return el(
        'div',
        {class: 'sheet-table'},
        el(
            'table',
            {role: 'table'},
            el(
                'thead',
                {role: 'rowgroup'},
                el(
                    'tr',
                    {role: 'row'},
                    ...columns.map(c => el('th', {scope: 'col', role: 'columnheader', class: c.class ?? null}, c.head || el('span', {class: 'visually-hidden', text: '·'}))),
                ),
            ),
            el(
                'tbody',
                {role: 'rowgroup'},
                ...rows.map(row => el('tr', {role: 'row', class: rowClass?.(row) || null}, ...columns.map(c => draw(c, row)))),
            ),
        ),
    );
}
