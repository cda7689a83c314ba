import {api} from '../api.js';
import {el, fill} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {sentence} from '../shell/failure.js';
import {full} from '../time.js';
import {table} from './table.js';

/** The daily business of cases, which is most of the record wherever a city works. */
const business = 'incidents.move,incidents.report';

/** Who did what, newest first, narrowed by who, what and outcome.
 * @type {import('./main.js').Tab} */
export async function showAudit(host) {
    let page = await api.get('/api/audit?limit=100');
    /** @type {any[]} */
    let rows = [...page.items];
    let turn = 0,
        due = 0;
    const later = () => {
        clearTimeout(due);
        due = setTimeout(() => void find(), 300);
    };
    const input = () => el('input', {type: 'search', class: 'input', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', oninput: later});
    const tick = () => el('input', {type: 'checkbox', onchange: () => void find()});
    const actor = input(),
        operation = input(),
        quiet = tick(),
        refused = tick();
    operation.setAttribute('list', 'operations');
    const known = el('datalist', {id: 'operations'});
    const lead = el('p', {class: 'quiet'}),
        count = el('span', {class: 'quiet num', role: 'status'}),
        answer = el('div'),
        list = el('div');
    const more = el('button', {type: 'button', class: 'btn', onclick: () => void find(page.next)});
    const label = (/** @type {HTMLElement} */ control, /** @type {string} */ key) => el('label', {class: 'tick'}, control, el('span', {'data-t': key, text: t(key)}));
    host.append(
        lead,
        el(
            'form',
            {
                class: 'over',
                role: 'search',
                onsubmit: (/** @type {Event} */ e) => {
                    e.preventDefault();
                    void find();
                },
            },
            actor,
            operation,
            known,
            label(refused, 'audit.only_refused'),
            label(quiet, 'audit.hide_business'),
            el('span', {class: 'grow'}),
            count,
        ),
        answer,
        list,
        el('div', {class: 'over'}, more),
    );

    /** Asks for the first page, or the one after what is shown. An answer that a later question overtook is dropped. @param {string} [cursor] */
    async function find(cursor) {
        clearTimeout(due);
        const mine = ++turn;
        const asked = new URLSearchParams({limit: '100'});
        if (actor.value.trim()) asked.set('actor', actor.value.trim());
        if (operation.value.trim()) asked.set('operation', operation.value.trim());
        if (refused.checked) asked.set('outcome', 'refused');
        if (quiet.checked) asked.set('except', business);
        if (cursor) asked.set('cursor', cursor);
        fill(answer);
        try {
            const found = await api.get(`/api/audit?${asked}`);
            if (mine !== turn) return;
            page = found;
            rows = cursor ? [...rows, ...found.items] : found.items;
            draw();
        } catch (problem) {
            if (mine === turn) fill(answer, el('div', {class: 'note red', role: 'alert'}, el('strong', {text: sentence(problem)})));
        }
    }

    function draw() {
        lead.textContent = t('audit.lead');
        count.textContent = t('audit.count', {n: page.total, shown: page.total.toLocaleString('en')});
        more.textContent = t('audit.more');
        more.hidden = !page.next;
        for (const [control, key] of /** @type {[HTMLInputElement, string][]} */ ([
            [actor, 'audit.actor_hint'],
            [operation, 'audit.operation_hint'],
        ])) {
            control.placeholder = t(key);
            control.setAttribute('aria-label', t(key));
        }
        const names = new Set([...[...known.children].map(o => /** @type {HTMLOptionElement} */ (o).value), ...rows.map(r => r.operation)]);
        fill(known, ...[...names].sort().map(value => el('option', {value})));
        fill(
            list,
            table(
                [
                    {head: t('audit.at'), cell: r => el('span', {class: 'num', text: full(r.at)})},
                    {head: t('audit.actor'), cell: r => el('span', {class: 'mono', text: r.actor})},
                    {head: t('audit.role'), cell: r => (r.role ? tOr(`role.${r.role}`, r.role) : null)},
                    {head: t('audit.operation'), cell: r => el('span', {class: 'mono', text: r.operation})},
                    {head: t('audit.subject'), cell: r => (r.subject ? [el('span', {class: 'mono path', text: r.subject}), about(r)] : null)},
                    {
                        head: t('audit.outcome'),
                        cell: r => el('span', {class: `chip ${r.outcome === 'refused' ? 'amber' : ''}`, text: tOr(`audit.${r.outcome}`, r.outcome)}),
                    },
                ],
                rows,
                {none: t(actor.value || operation.value || refused.checked || quiet.checked ? 'audit.no_match' : 'audit.none')},
            ),
        );
    }

    draw();
    return draw;
}

/** What else the row says: of a move, from which status to which; of anything else, each thing by its name. @param {any} row */
function about({operation, detail}) {
    if (!detail) return null;
    const status = (/** @type {string} */ code) => tOr(`status.${code}`, code);
    const words =
        operation === 'incidents.move'
            ? [`${status(detail.from)} → ${status(detail.to)}`, detail.unit, detail.reason]
            : Object.entries(detail).map(([name, value]) => value !== null && `${name}: ${value}`);
    return el('span', {class: 'sub', text: words.filter(Boolean).join(' · ')});
}
