import {api} from '../api.js';
import {el, fill} from '../dom.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';
import {sentence} from '../shell/failure.js';
import {full} from '../time.js';
import {confirmed, showSecret} from './dialogs.js';
import {table} from './table.js';

/** One's own tokens, for tools that read as oneself.
 * @type {import('./main.js').Tab} */
export async function showTokens(host) {
    let {items} = await api.get('/api/tokens');
    const name = el('input', {class: 'input', maxlength: 80, autocomplete: 'off'});
    const lead = el('p', {class: 'quiet'}),
        list = el('div'),
        answer = el('div');
    const add = el('button', {type: 'submit', class: 'btn primary'});
    host.append(
        lead,
        el(
            'form',
            {
                class: 'over',
                onsubmit: (/** @type {Event} */ e) => {
                    e.preventDefault();
                    void attempt(make);
                },
            },
            name,
            add,
        ),
        answer,
        list,
    );

    async function make() {
        const made = await api.post('/api/tokens', {name: name.value.trim()});
        name.value = '';
        showSecret(t('secret.token'), made.token);
    }

    /** @param {() => Promise<void>} act */
    async function attempt(act) {
        fill(answer);
        try {
            await act();
            ({items} = await api.get('/api/tokens'));
            draw();
        } catch (problem) {
            fill(answer, el('div', {class: 'note red', role: 'alert'}, el('strong', {text: sentence(problem)}), /** @type {any} */ (problem).detail));
        }
    }

    function draw() {
        lead.textContent = t('token.lead');
        name.placeholder = t('token.name');
        name.setAttribute('aria-label', t('token.name'));
        fill(add, icon('plus'), t('token.add'));
        fill(
            list,
            table(
                [
                    {head: t('token.name'), cell: k => k.name},
                    {head: t('token.prefix'), cell: k => el('span', {class: 'mono', text: `${k.prefix}…`})},
                    {head: t('people.created'), cell: k => el('span', {class: 'num quiet', text: full(k.created_at)})},
                    {head: t('token.used'), cell: k => el('span', {class: 'num quiet', text: k.used_at ? full(k.used_at) : t('token.never')})},
                    {
                        head: '',
                        class: 'acts-cell',
                        cell: k =>
                            k.revoked_at
                                ? el('span', {class: 'chip amber', text: t('token.revoked')})
                                : el('button', {
                                      type: 'button',
                                      class: 'btn small danger',
                                      text: t('token.revoke'),
                                      onclick: async () => {
                                          if (await confirmed(t('token.sure'), t('token.revoke'))) await attempt(() => api.drop(`/api/tokens/${k.id}`));
                                      },
                                  }),
                    },
                ],
                /** @type {any[]} */ (items),
                {none: t('token.none'), rowClass: k => (k.revoked_at ? 'off' : '')},
            ),
        );
    }

    draw();
    return draw;
}
