import {el} from '../dom.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';

/** A failure in words: what happened, what to do, the trace id for whoever looks into it.
 * @param {any} problem @param {(() => void)|null} retry */
export function failure(problem, retry) {
    return el(
        'div',
        {class: 'failure', role: 'alert'},
        icon('warn'),
        el('p', {}, el('strong', {text: sentence(problem)})),
        problem?.detail && el('p', {class: 'quiet', text: problem.detail}),
        problem?.traceId && el('p', {class: 'quiet'}, t('failed.trace'), ' ', el('span', {class: 'mono', text: problem.traceId})),
        retry && el('button', {type: 'button', class: 'btn', text: t('failed.retry'), onclick: retry}),
    );
}

/** The page's own words for a kind of refusal. @param {any} problem */
export function sentence(problem) {
    const status = problem?.status ?? -1;
    if (status === 0) return t('failed.offline');
    if ([400, 401, 403, 404, 409, 413, 422, 429, 503].includes(status)) return t(`failed.${status}`);
    return t('failed.other');
}
