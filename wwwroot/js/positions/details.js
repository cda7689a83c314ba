import {el} from '../dom.js';
import {t, tOr} from '../i18n.js';
import {otherSign} from '../map/shapes.js';
import {fact, section} from '../shell/facts.js';
import {ago, full} from '../time.js';

/** Opens a unit: which, where it heads, how old its last fix is. Never who: figures are per unit.
 * @param {import('../types.js').Deps} deps @param {() => void} redraw @returns {import('../shell/panel.js').Opener} */
export const openUnit =
    ({live, lists, state}, redraw) =>
    async id => {
        await live.whenReady();
        if (!live.of('positions').has(id))
            await new Promise(resolve => {
                setTimeout(resolve, 2_000);
                const stop = live.watch('positions', {
                    done: () => {
                        if (live.of('positions').has(id)) {
                            stop();
                            resolve(undefined);
                        }
                    },
                });
            }); // units come after the picture
        const first = live.of('positions').get(id);
        if (!first) throw Object.assign(new Error('gone'), {status: 404});
        let unit = first,
            gone = false;
        let due = 0;
        const soon = () => {
            due ||= setTimeout(() => {
                due = 0;
                redraw();
            }, 1_000);
        };
        const unwatch = live.watch('positions', {
            put: u => {
                if (u.id === id) {
                    unit = u;
                    gone = false;
                    soon();
                }
            },
            drop: u => {
                if (u.id === id) {
                    gone = true;
                    soon();
                }
            },
        });
        return {
            place: {lat: unit.lat, lon: unit.lon},
            draw: () => ({
                title: unit.name || unit.unit,
                kicker: t('kind.unit'),
                mark: otherSign('unit'),
                body: [
                    el(
                        'div',
                        {class: 'headline'},
                        el('span', {class: 'chip accent', text: tOr(`unit.${unit.kind}`, unit.kind)}),
                        gone
                            ? el('span', {class: 'chip amber', text: t('unit.gone')})
                            : el('span', {class: 'quiet', text: t('unit.fix_ago', {when: ago(unit.at)})}),
                    ),
                    section(
                        t('section.where'),
                        unit.street &&
                            fact(
                                t('fact.home_street'),
                                el('button', {
                                    type: 'button',
                                    class: 'link',
                                    text: lists.place({code: unit.street, name: lists.area(unit.street)?.name ?? unit.street}),
                                    onclick: () => state.set({sel: {kind: 'area', id: unit.street}}),
                                }),
                            ),
                        fact(t('fact.place'), el('span', {class: 'mono num', text: `${unit.lon.toFixed(6)}, ${unit.lat.toFixed(6)}`})),
                        fact(t('fact.fix_at'), full(unit.at)),
                        unit.speed_mps !== null && fact(t('fact.speed'), `${(unit.speed_mps * 3.6).toFixed(1)} km/h`),
                        unit.heading_deg !== null &&
                            fact(t('fact.heading'), `${t(`compass.${Math.round(unit.heading_deg / 45) % 8}`)} ${Math.round(unit.heading_deg)}°`),
                    ),
                    el('p', {class: 'legal', text: t('unit.duty_only')}),
                ],
            }),
            stop: () => {
                unwatch();
                clearTimeout(due);
            },
        };
    };
