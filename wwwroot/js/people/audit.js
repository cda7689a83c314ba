import {api} from '../api.js';
import {el, fill} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {full} from '../time.js';
import {table} from './table.js';

/** Who did what, newest first.
 * @type {import('./main.js').Tab} */
export async function showAudit(host) {
    let page = await api.get('/api/audit?limit=100');
    /** @type {any[]} */
    const rows = [...page.items];
    const lead = el('p', {class: 'quiet'}),
        list = el('div');
    const more = el('button', {
        type: 'button',
        class: 'btn',
        onclick: async () => {
            page = await api.get(String(page.next).startsWith('/') ? page.next : `/api/audit?limit=100&cursor=${encodeURIComponent(page.next)}`);
            rows.push(...page.items);
            draw();
        },
    });
    host.append(lead, list, el('div', {class: 'over'}, more));

    function draw() {
        lead.textContent = t('audit.lead');
        more.textContent = t('audit.more');
        more.hidden = !page.next;
        fill(
            list,
            table(
                [
                    {head: t('audit.at'), cell: r => el('span', {class: 'num', text: full(r.at)})},
                    {head: t('audit.actor'), cell: r => el('span', {class: 'mono', text: r.actor})},
                    {head: t('audit.role'), cell: r => (r.role ? tOr(`role.${r.role}`, r.role) : '—')},
                    {head: t('audit.operation'), cell: r => el('span', {class: 'mono', text: r.operation})},
                    {head: t('audit.subject'), cell: r => (r.subject ? el('span', {class: 'mono', text: r.subject}) : '—')},
                    {
                        head: t('audit.outcome'),
                        cell: r => el('span', {class: `chip ${r.outcome === 'refused' ? 'amber' : ''}`, text: tOr(`audit.${r.outcome}`, r.outcome)}),
                    },
                ],
                rows,
                {none: t('audit.none')},
            ),
        );
    }

    draw();
    return draw;
}
