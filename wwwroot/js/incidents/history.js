import {el} from '../dom.js';
import {language, t} from '../i18n.js';
import {section} from '../shell/facts.js';
import {full} from '../time.js';

/** What happened to a case, the latest first.
 * @param {import('../types.js').Case} i @param {Pick<import('../types.js').Deps, 'lists'>} deps */
export function showHistory(i, {lists}) {
    const feedName = (/** @type {string} */ code) => (code === i.feed ? i.feed_name : null) ?? code;
    const actor = (/** @type {string} */ who) =>
        who.startsWith('feed:') ? feedName(who.slice(5)) : who === 'system' ? t('actor.system') : who.replace(/^user:/, '');
    const reason = (/** @type {string} */ why) => `${t('move.reason')}${language() === 'en' ? ': ' : '：'}${why}`;

    const line = (/** @type {import('../types.js').Step} */ step) =>
        el(
            'li',
            {class: `st-${step.to}`},
            el(
                'div',
                {class: 'step-head'},
                el('strong', {text: t(`status.${step.to}`)}),
                el('time', {class: 'num quiet', datetime: step.at, text: full(step.at)}),
            ),
            el('p', {class: 'quiet', text: [actor(step.actor), step.unit && lists.department(step.unit)].filter(Boolean).join(' → ')}),
            step.reason && el('p', {text: reason(step.reason)}),
            step.note && el('p', {text: step.note}),
        );
    return section(t('section.history'), el('ol', {class: 'timeline'}, ...[...i.history].reverse().map(line)));
}
