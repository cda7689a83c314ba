import {el, fill, set} from '../dom.js';
import {onLanguage, retranslate, t} from '../i18n.js';
import {icon} from '../icons.js';
import {sign} from '../map/shapes.js';
import {statusesOf} from './filter.js';

/** The head of the list: scope, search, states, category, street, and "only in view".
 * @param {import('../types.js').Deps} deps @param {HTMLElement} host */
export function showListHead({cases, state, lists, live, session}, host) {
    const own = session.areas.length ? 'list.own_street' : ['responder', 'patroller'].includes(session.role) ? 'list.own_unit' : session.role === 'reporter' ? 'list.own' : null;
    const scopes = el('div', {class: 'segments', role: 'group', 'data-t-label': 'filter.scope'});
    const search = el('input', {
        type: 'search',
        class: 'input',
        'data-t-hint': 'filter.search',
        'data-t-label': 'filter.search',
        autocomplete: 'off',
        oninput: () => state.set({q: search.value.trim()}),
    });
    const states = el('div', {class: 'states', role: 'group', 'data-t-label': 'filter.status'});
    const category = el('select', {class: 'input', 'data-t-label': 'filter.category', onchange: () => state.set({category: category.value})});
    const street = el('select', {class: 'input', 'data-t-label': 'filter.street', onchange: () => state.set({street: street.value})});
    const inView = el('input', {type: 'checkbox', role: 'switch', onchange: () => state.set({inView: inView.checked})});
    const grip = el('button', {
        type: 'button',
        class: 'grip',
        'data-t-label': 'list.grow',
        'aria-expanded': 'false',
        onclick: () => set(grip, {'aria-expanded': String(host.classList.toggle('tall'))}),
    });
    host.append(
        grip,
        el(
            'div',
            {class: 'list-head'},
            own && el('p', {class: 'own', 'data-t': own}),
            scopes,
            el('div', {class: 'search'}, icon('search'), search, el('kbd', {text: '/', 'aria-hidden': 'true'})),
            states,
            el('div', {class: 'pair'}, category, street),
            el(
                'div',
                {class: 'list-end'},
                el('label', {class: 'switch'}, inView, el('span', {class: 'track', 'aria-hidden': 'true'}), el('span', {'data-t': 'filter.in_view'})),
            ),
        ),
    );

    const toggle = (/** @type {any} */ status) =>
        state.set({status: state.now.status.includes(status) ? state.now.status.filter(s => s !== status) : [...state.now.status, status]});

    function counts() {
        const focused = /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.key;
        const {now} = state;
        fill(
            scopes,
            .../** @type {const} */ (['open', 'done', 'all']).map(scope =>
                el(
                    'button',
                    {type: 'button', 'aria-pressed': String(now.scope === scope), data: {key: scope}, onclick: () => state.set({scope, status: []})},
                    t(`scope.${scope}`),
                    ' ',
                    el('span', {class: 'num', text: live.ready ? String(cases.counts[scope]) : '–'}),
                ),
            ),
        );
        fill(
            states,
            ...statusesOf(now.scope)
                .filter(s => cases.found.status[s] || now.status.includes(s))
                .map(s =>
                    el(
                        'button',
                        {type: 'button', class: 'state-chip', 'aria-pressed': String(now.status.includes(s)), data: {key: s}, onclick: () => toggle(s)},
                        sign(s),
                        t(`status.${s}`),
                        ' ',
                        el('span', {class: 'num', text: String(cases.found.status[s] ?? 0)}),
                    ),
                ),
        );
        if (focused) /** @type {HTMLElement|null} */ (host.querySelector(`[data-key="${CSS.escape(focused)}"]`))?.focus(); // made anew, so the focus is given back
        if (document.activeElement !== search) search.value = now.q;
        inView.checked = now.inView;
    }

    function choices() {
        const option = (/** @type {string} */ value, /** @type {string} */ text) => el('option', {value, text});
        fill(
            category,
            option('', t('filter.all_categories')),
            ...[...lists.categories.values()].map(c => option(c.code, lists.category(c.code))),
            option('unclassified', t('category.unclassified')),
        );
        const streets = lists.areas('street');
        fill(
            street,
            option('', t('filter.all_streets')),
            ...lists.areas('district').map(d => {
                const group = el('optgroup', {label: d.name});
                group.append(...streets.filter(s => s.parent === d.code).map(s => option(s.code, s.name)));
                return group;
            }),
            ...streets.filter(s => !lists.area(s.parent)).map(s => option(s.code, s.name)),
        );
        category.value = state.now.category;
        street.value = state.now.street;
        set(category, {class: `input${state.now.category ? ' on' : ''}`});
        set(street, {class: `input${state.now.street ? ' on' : ''}`});
    }

    retranslate(host);
    counts();
    choices();
    const stops = [
        cases.on(counts),
        state.on(() => {
            counts();
            choices();
        }),
        live.watch('areas', {done: choices}),
        onLanguage(() => {
            counts();
            choices();
        }),
    ];
    return {
        search,
        choices,
        stop() {
            stops.forEach(stop => stop());
        },
    };
}
