import {el} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {otherSign} from '../map/shapes.js';
import {fact, section} from '../shell/facts.js';

/** Opens a committee: its kind's constitution, the areas it joins, its members. It coordinates; the responsible body is always a street or a department.
 * @param {import('../types.js').Deps} deps @returns {import('../shell/panel.js').Opener} */
export const openCommittee =
    ({api, state, lists}) =>
    async (id, signal) => {
        const c = await api.get(`/api/committees/${id}`, {signal});
        const of = c.constitution ?? {};
        const classes = [...new Set((c.members ?? []).map((/** @type {any} */ m) => m.class))];
        return {
            draw: () => ({
                title: c.name,
                kicker: c.kind,
                mark: otherSign('committee'),
                body: [
                    el(
                        'div',
                        {class: 'headline'},
                        c.example && el('span', {class: 'chip amber', text: t('committee.example')}),
                        el('span', {class: 'chip', text: tOr(`level.${c.level}`, c.level)}),
                    ),
                    section(
                        t('committee.areas'),
                        el(
                            'ul',
                            {class: 'neighbours'},
                            ...c.areas.map((/** @type {any} */ a) =>
                                el(
                                    'li',
                                    {},
                                    el('button', {
                                        type: 'button',
                                        class: 'link',
                                        text: lists.place(a),
                                        onclick: () => state.set({sel: {kind: 'area', id: a.code}}),
                                    }),
                                    a.lead && el('span', {class: 'chip accent tiny', text: t('committee.lead')}),
                                ),
                            ),
                        ),
                    ),
                    section(
                        t('committee.constitution'),
                        fact(t('committee.chair'), of.chair),
                        fact(t('committee.rota'), of.rota),
                        fact(t('committee.meetings'), of.meetings),
                    ),
                    classes.length > 0 &&
                        section(
                            t('committee.members'),
                            ...classes.map(name =>
                                fact(
                                    String(name),
                                    c.members
                                        .filter((/** @type {any} */ m) => m.class === name)
                                        .map((/** @type {any} */ m) => m.name)
                                        .join('、'),
                                ),
                            ),
                        ),
                    el('p', {class: 'legal', text: t('committee.note')}),
                ],
            }),
        };
    };
