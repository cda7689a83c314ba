import {el} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {isOpen} from '../incidents/filter.js';
import {otherSign, sign} from '../map/shapes.js';
import {fact, section} from '../shell/facts.js';
import {ago} from '../time.js';

/** @typedef {import('../map/base.js').Ground} Ground */

/** Opens an area: its cases, its neighbours across each shared line, the committees it is in.
 * @param {import('../types.js').Deps} deps @param {() => Ground} ground @param {() => void} redraw @returns {import('../shell/panel.js').Opener} */
export const openArea =
    ({live, lists, state, cases, city}, ground, redraw) =>
    async id => {
        await live.whenReady();
        const feature = () =>
            Object.values(ground().areas)
                .flat()
                .find(f => f.properties.code === id);
        const known = () => lists.area(id) ?? feature()?.properties;
        if (!known()) throw Object.assign(new Error('gone'), {status: 404});
        let due = 0;
        const uncases = cases.on(() => {
            due ||= setTimeout(() => {
                due = 0;
                redraw();
            }, 3_000);
        });
        const go = (/** @type {string} */ code, /** @type {string} */ name) =>
            el('button', {type: 'button', class: 'link', text: name, onclick: () => state.set({sel: {kind: 'area', id: code}})});

        function draw() {
            const area = known();
            const parent = lists.area(area.parent);
            const mine = [...cases.all.values()]
                .filter(i => isOpen(i.status) && (i.area?.code === id || (i.area && lists.area(i.area.code)?.parent === id)))
                .sort((a, b) => b.id - a.id);
            const committees = ground()
                .committees.map(f => f.properties)
                .filter(c => c.areas?.some((/** @type {any} */ a) => (a.code ?? a) === id));
            const stations = [...live.of('stations').values()].filter(s => s.street === id).length;
            return {
                title: area.name,
                kicker: `${tOr(`level.${area.level}`, area.level)}${parent ? ` · ${parent.name}` : ''}`,
                mark: otherSign('street'),
                body: [
                    el(
                        'div',
                        {class: 'tiles'},
                        tile(mine.length, t('area.open')),
                        tile(mine.filter(i => i.responsibility_class === 'shared').length, t('area.shared')),
                        tile(stations, t('area.stations')),
                    ),
                    area.level === 'street' &&
                        el('button', {
                            type: 'button',
                            class: 'btn',
                            onclick: () => state.set({street: state.now.street === id ? '' : id}),
                            text: t(state.now.street === id ? 'area.unfilter' : 'area.filter'),
                        }),
                    mine.length > 0 &&
                        section(
                            t('area.cases'),
                            el(
                                'ul',
                                {class: 'mini-list'},
                                ...mine
                                    .slice(0, 6)
                                    .map(i =>
                                        el(
                                            'li',
                                            {},
                                            el(
                                                'button',
                                                {type: 'button', class: 'mini', onclick: () => state.set({sel: {kind: 'incident', id: i.id}})},
                                                sign(i.status),
                                                el('span', {text: i.title || lists.category(i.class)}),
                                                el('span', {class: 'quiet num', text: ago(i.reported_at)}),
                                            ),
                                        ),
                                    ),
                            ),
                        ),
                    neighbours(),
                    committees.length > 0 &&
                        section(
                            t('area.committees'),
                            el(
                                'ul',
                                {class: 'plain'},
                                ...committees.map(c =>
                                    el(
                                        'li',
                                        {},
                                        el('button', {
                                            type: 'button',
                                            class: 'link',
                                            text: c.name,
                                            onclick: () => state.set({sel: {kind: 'committee', id: c.id}}),
                                        }),
                                        ' ',
                                        el('span', {class: 'quiet', text: c.kind}),
                                    ),
                                ),
                            ),
                        ),
                    section(
                        t('section.line'),
                        fact(t('fact.code'), el('span', {class: 'mono num', text: id})),
                        city.edition && fact(t('fact.edition'), city.edition.name),
                        city.edition && fact(t('fact.legal_status'), tOr(`legal.${city.edition.legal_status}`, city.edition.legal_status)),
                    ),
                    el('p', {class: 'legal', text: t('legal.line')}),
                ],
            };
        }

        /** Who lies on the other side, by the length of the line in common. */
        function neighbours() {
            /** @type {Map<string, {name: string, metres: number, committee: boolean, river: boolean}>} */
            const sides = new Map();
            for (const {properties: e} of ground().edges) {
                if ((e.left !== id && e.right !== id) || !e.right) continue;
                const [code, name] = e.left === id ? [e.right, e.right_name] : [e.left, e.left_name];
                const known = sides.get(code) ?? {name, metres: 0, committee: false, river: false};
                sides.set(code, {
                    name,
                    metres: known.metres + e.length_m,
                    committee: known.committee || e.committees?.length > 0,
                    river: known.river || e.kind === 'river',
                });
            }
            if (!sides.size) return null;
            return section(
                t('area.neighbours'),
                el(
                    'ul',
                    {class: 'neighbours'},
                    ...[...sides]
                        .sort((a, b) => b[1].metres - a[1].metres)
                        .map(([code, n]) =>
                            el(
                                'li',
                                {},
                                go(code, n.name),
                                n.committee && el('span', {class: 'chip accent tiny', text: t('area.joined')}),
                                n.river && el('span', {class: 'chip tiny', text: t('area.river')}),
                                el('span', {
                                    class: 'num quiet',
                                    text: n.metres >= 1000 ? t('kilometres', {n: (n.metres / 1000).toFixed(1)}) : t('metres', {n: Math.round(n.metres)}),
                                }),
                            ),
                        ),
                ),
            );
        }

        return {
            draw,
            stop: () => {
                uncases();
                clearTimeout(due);
            },
        };
    };

/** @param {number} n @param {string} words */
const tile = (n, words) => el('div', {class: 'tile'}, el('strong', {class: 'num', text: String(n)}), el('span', {text: words}));
