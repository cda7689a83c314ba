import {api} from '../api.js';
import {el, fill} from '../dom.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';
import {sentence} from '../shell/failure.js';
import {full} from '../time.js';
import {confirmed, showSecret} from './dialogs.js';
import {table} from './table.js';

/** Feeds with what they sent and the keys they send with.
 * @type {import('./main.js').Tab} */
export async function showFeeds(host) {
    let {items} = await api.get('/api/feeds');
    const lead = el('p', {class: 'quiet'}),
        list = el('div'),
        answer = el('div');
    host.append(lead, answer, list);

    /** @param {() => Promise<void>} act */
    async function attempt(act) {
        fill(answer);
        try {
            await act();
            ({items} = await api.get('/api/feeds'));
            draw();
        } catch (problem) {
            fill(answer, el('div', {class: 'note red', role: 'alert'}, el('strong', {text: sentence(problem)}), /** @type {any} */ (problem).detail));
        }
    }

    /** @param {any} feed @param {{id: number, prefix: string, revoked_at: string|null}} key */
    const keyChip = (feed, key) =>
        el(
            'span',
            {class: `key${key.revoked_at ? ' off' : ''}`},
            el('span', {class: 'mono', text: `${key.prefix}…`}),
            !key.revoked_at &&
                el(
                    'button',
                    {
                        type: 'button',
                        class: 'btn bare square',
                        'aria-label': `${t('token.revoke')} ${key.prefix}`,
                        title: t('token.revoke'),
                        onclick: async () => {
                            if (await confirmed(t('feed.sure', {prefix: key.prefix}), t('token.revoke')))
                                await attempt(() => api.drop(`/api/feeds/${encodeURIComponent(feed.code)}/keys/${key.id}`));
                        },
                    },
                    icon('close'),
                ),
        );

    function draw() {
        lead.textContent = t('feed.lead');
        const count = (/** @type {string} */ name) => ({
            head: t(`feed.${name}`),
            class: 'num',
            cell: (/** @type {any} */ f) => Number(f[name] ?? 0).toLocaleString('en'),
        });
        fill(
            list,
            table(
                [
                    {head: t('feed.name'), cell: f => [el('strong', {text: f.name}), el('span', {class: 'sub mono', text: f.code})]},
                    {head: t('feed.last'), cell: f => el('span', {class: 'num quiet', text: f.last_at ? full(f.last_at) : t('feed.never')})},
                    count('accepted'),
                    count('duplicates'),
                    count('rejected'),
                    {
                        head: t('feed.keys'),
                        cell: f =>
                            el(
                                'div',
                                {class: 'keys-cell'},
                                ...(f.keys ?? []).map((/** @type {any} */ k) => keyChip(f, k)),
                                !(f.keys ?? []).length && el('span', {class: 'quiet', text: t('feed.no_keys')}),
                            ),
                    },
                    {
                        head: '',
                        class: 'acts-cell',
                        cell: f =>
                            el(
                                'button',
                                {
                                    type: 'button',
                                    class: 'btn small',
                                    onclick: () =>
                                        void attempt(async () => {
                                            const made = await api.post(`/api/feeds/${encodeURIComponent(f.code)}/keys`);
                                            showSecret(t('secret.key', {name: f.name}), made.key);
                                        }),
                                },
                                icon('plus'),
                                t('feed.add'),
                            ),
                    },
                ],
                /** @type {any[]} */ (items),
                {none: t('feed.none')},
            ),
        );
    }

    draw();
    return draw;
}
