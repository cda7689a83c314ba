import {api} from '../api.js';
import {el, fill} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {icon} from '../icons.js';
import {sentence} from '../shell/failure.js';
import {full} from '../time.js';
import {addUser} from './add-user.js';
import {confirmed, openDialog, showSecret} from './dialogs.js';
import {table} from './table.js';

/** @typedef {{id: number, name: string, display_name: string, role: string, area_code: string|null, area_name: string|null, unit_code: string|null,
 *   created_at: string, disabled_at: string|null, version: number}} User */

/** Accounts: find, add, give a new password, disable and enable.
 * @type {import('./main.js').Tab} */
export async function showUsers(host) {
    /** @type {User[]} */
    let users = await everybody();
    const search = el('input', {type: 'search', class: 'input', oninput: () => draw()});
    const list = el('div');
    const count = el('span', {class: 'quiet num'});
    const add = el('button', {
        type: 'button',
        class: 'btn primary',
        onclick: () =>
            addUser(async made => {
                showSecret(t('secret.password', {name: made.name}), made.password);
                await reload();
            }),
    });
    host.append(el('div', {class: 'over'}, search, count, el('span', {class: 'grow'}), add), list);

    async function reload() {
        users = await everybody();
        draw();
    }

    /** @param {() => Promise<void>} act */
    async function attempt(act) {
        try {
            await act();
            await reload();
        } catch (problem) {
            const p = /** @type {import('../api.js').Problem} */ (problem);
            openDialog(t('failed.title'), close => [
                el('p', {class: 'note red'}, el('strong', {text: sentence(p)}), p.detail),
                el('div', {class: 'acts'}, el('button', {type: 'button', class: 'btn', text: t('close'), onclick: close})),
            ]);
        }
    }

    const reset = async (/** @type {User} */ u) => {
        if (await confirmed(t('people.sure_reset', {name: u.name}), t('people.reset')))
            await attempt(async () => showSecret(t('secret.password', {name: u.name}), (await api.post(`/api/users/${u.id}/password`)).password));
    };
    const disable = async (/** @type {User} */ u) => {
        if (await confirmed(t('people.sure_disable', {name: u.name}), t('people.disable'))) await attempt(() => api.post(`/api/users/${u.id}/disable`));
    };

    function draw() {
        search.placeholder = t('people.search');
        search.setAttribute('aria-label', t('people.search'));
        fill(add, icon('plus'), t('people.add'));
        const words = search.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
        const shown = users.filter(u =>
            words.every(w =>
                `${u.name} ${u.display_name} ${t(`role.${u.role}`)} ${u.role} ${u.area_name ?? ''} ${u.unit_code ?? ''}`.toLowerCase().includes(w),
            ),
        );
        count.textContent = t('people.count', {n: shown.length});
        const button = (/** @type {string} */ key, /** @type {() => void} */ onclick, more = '') =>
            el('button', {type: 'button', class: `btn small ${more}`, text: t(key), onclick});
        fill(
            list,
            table(
                [
                    {head: t('people.name'), cell: u => [el('strong', {text: u.display_name || u.name}), el('span', {class: 'sub mono', text: u.name})]},
                    {head: t('people.role'), cell: u => tOr(`role.${u.role}`, u.role)},
                    {head: t('people.area'), cell: u => u.area_name ?? u.area_code},
                    {head: t('people.unit'), cell: u => u.unit_code},
                    {head: t('people.created'), cell: u => el('span', {class: 'num quiet', text: full(u.created_at)})},
                    {
                        head: t('people.state'),
                        cell: u => el('span', {class: `chip ${u.disabled_at ? 'amber' : ''}`, text: t(u.disabled_at ? 'people.off' : 'people.on')}),
                    },
                    {
                        head: '',
                        class: 'acts-cell',
                        cell: u => [
                            button('people.reset', () => void reset(u)),
                            u.disabled_at
                                ? button('people.enable', () => void attempt(() => api.post(`/api/users/${u.id}/enable`)))
                                : button('people.disable', () => void disable(u), 'danger'),
                        ],
                    },
                ],
                shown,
                {none: t('people.none'), rowClass: u => (u.disabled_at ? 'off' : '')},
            ),
        );
    }

    draw();
    return draw;
}

/** @returns {Promise<User[]>} */
async function everybody() {
    /** @type {User[]} */
    const all = [];
    for (let path = '/api/users?limit=500'; path;) {
        const page = await api.get(path);
        all.push(...page.items);
        path = page.next ? (String(page.next).startsWith('/') ? page.next : `/api/users?limit=500&cursor=${encodeURIComponent(page.next)}`) : '';
    }
    return all;
}
