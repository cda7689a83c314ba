import {el} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {otherSign} from '../map/shapes.js';
import {fact, section} from '../shell/facts.js';

/** Opens a station: what it offers, when, to whom.
 * @param {import('../types.js').Deps} deps @returns {import('../shell/panel.js').Opener} */
export const openStation =
    ({api, live, lists, state}) =>
    async (id, signal) => {
        await live.whenReady();
        const known = live.of('stations').get(id);
        const box = known ? [known.lon - 1e-5, known.lat - 1e-5, known.lon + 1e-5, known.lat + 1e-5].map(v => v.toFixed(6)).join(',') : null;
        const found = box ? (await api.get(`/api/stations?bbox=${box}&limit=50`, {signal})).items.find((/** @type {any} */ s) => s.id === id) : null;
        const s = {...known, ...found};
        if (!s.name) throw Object.assign(new Error('gone'), {status: 404});
        return {
            place: {lat: s.lat, lon: s.lon},
            draw: () => ({
                title: s.name,
                kicker: t('kind.station'),
                mark: otherSign('station'),
                body: [
                    el(
                        'div',
                        {class: 'headline'},
                        el('span', {class: 'chip accent', text: s.kind}),
                        el('span', {class: `chip ${s.state === 'open' ? '' : 'amber'}`, text: tOr(`station.${s.state}`, s.state)}),
                    ),
                    section(
                        t('section.where'),
                        fact(
                            t('fact.street'),
                            el('button', {
                                type: 'button',
                                class: 'link',
                                text: lists.place({code: s.street, name: s.street_name ?? lists.area(s.street)?.name ?? s.street}),
                                onclick: () => state.set({sel: {kind: 'area', id: s.street}}),
                            }),
                        ),
                        s.community_name && fact(t('fact.community'), s.community_name),
                        fact(t('fact.place'), el('span', {class: 'mono num', text: `${s.lon.toFixed(6)}, ${s.lat.toFixed(6)}`})),
                    ),
                    section(
                        t('section.offers'),
                        s.hours && fact(t('fact.hours'), s.hours),
                        s.capacity > 0 && fact(t('fact.capacity'), t('people', {n: s.capacity})),
                        s.opening_scope && fact(t('fact.scope'), tOr(`scope_of.${s.opening_scope}`, s.opening_scope)),
                        s.worker && fact(t('fact.worker'), s.worker),
                        s.services?.length &&
                            el('div', {class: 'chips'}, ...s.services.map((/** @type {string} */ name) => el('span', {class: 'chip', text: name}))),
                    ),
                ],
            }),
        };
    };
