import {leave} from '../api.js';
import {el, fill, set} from '../dom.js';
import {language, onLanguage, retranslate, setLanguage, t, tOr} from '../i18n.js';
import {icon} from '../icons.js';
import {mark} from './mark.js';
import {chooseTheme, themeChoice} from '../theme.js';

/** The bar on top: whose city, its figures, how old the data are, and the reader's own settings.
 * @param {import('../types.js').Deps & {keys: {show: () => void}}} deps @param {HTMLElement} host */
export function showBar({city, session, cases, live, state, lists, keys}, host) {
    const tiles = el('div', {class: 'kpis', role: 'group', 'data-t-label': 'kpi.label'});
    const pulse = el('span', {class: 'age', role: 'img'}, el('span', {class: 'dot', 'aria-hidden': 'true'}), el('span', {class: 'num age-text'}));
    const tongue = el('button', {
        type: 'button',
        class: 'btn bare',
        'data-t-label': 'bar.language',
        onclick: () => setLanguage(language() === 'zh' ? 'en' : 'zh'),
    });
    const look = el('button', {type: 'button', class: 'btn bare square', onclick: turn});
    fill(
        host,
        el(
            'h1',
            {},
            el(
                'a',
                {class: 'brand', href: '/'},
                mark(),
                el('span', {class: 'brand-name', text: 'OpsMap'}),
                el('span', {class: 'brand-city', text: city.name === 'OpsMap' ? '' : city.name}),
            ),
        ),
        tiles,
        el('div', {class: 'bar-end'}, pulse, tongue, look, accountMenu({session, lists, keys, state})),
    );

    const kpis = /** @type {const} */ ([
        [
            'open',
            () => cases.counts.open,
            () => state.set({scope: 'open', status: [], shared: false, today: false}),
            () => state.now.scope === 'open' && !state.now.shared && !state.now.today && !state.now.status.length,
        ],
        ['today', () => cases.counts.today, () => state.set({scope: 'all', status: [], today: true, shared: false}), () => state.now.today],
        [
            'shared',
            () => cases.counts.shared,
            () => state.set({scope: 'open', status: [], shared: true, today: false}),
            () => state.now.shared && !state.now.today,
        ],
        ['units', () => live.of('positions').size, () => state.set({hide: state.now.hide.filter(l => l !== 'units')}), () => false],
    ]);
    const nodes = kpis.map(([name, , press]) => {
        const value = el('strong', {class: 'num'});
        const node = el('button', {type: 'button', class: `kpi kpi-${name}`, onclick: press}, value, el('span', {'data-t': `kpi.${name}`}));
        tiles.append(node);
        return {node, value};
    });

    function count() {
        kpis.forEach(([name, number, , on], at) => {
            nodes[at].value.textContent = live.ready && !live.denied.has(name === 'units' ? 'positions' : 'incidents') ? number().toLocaleString('en') : '–';
            set(nodes[at].node, {'aria-pressed': String(on())});
        });
    }

    function tick() {
        const quiet = performance.now() - live.line.silentSince;
        const state = live.line.link === 'cut' || quiet > 10_000 ? (quiet > 60_000 ? 'dead' : 'late') : live.line.link === 'open' ? 'well' : 'wait';
        const words = state === 'wait' ? t('age.wait') : state === 'well' ? t('age.live') : t('age.stale', {n: Math.round(quiet / 1000)});
        if (pulse.className !== `age ${state}`) pulse.className = `age ${state}`;
        const text = /** @type {HTMLElement} */ (pulse.lastElementChild);
        if (text.textContent !== words) {
            text.textContent = words;
            set(pulse, {'aria-label': `${t('age.label')}: ${words}`, title: t('age.title')});
        }
    }

    function turn() {
        const order = /** @type {const} */ (['light', 'dark', 'system']);
        chooseTheme(order[(order.indexOf(themeChoice()) + 1) % 3]);
        words();
    }

    function words() {
        const choice = themeChoice();
        fill(look, icon(choice === 'light' ? 'sun' : choice === 'dark' ? 'moon' : 'system'));
        set(look, {'aria-label': t(`theme.${choice}`), title: t(`theme.${choice}`)});
        tongue.textContent = language() === 'zh' ? 'EN' : '中文';
        retranslate(host);
        document.title = city.name === 'OpsMap' ? 'OpsMap' : `${city.name} · OpsMap`;
    }

    words();
    count();
    tick();
    let beat = live.line.beats;
    const stops = [
        cases.on(count),
        live.watch('positions', {done: count}),
        state.on(count),
        onLanguage(words),
        live.onLine(line => {
            if (line.beats === beat) return;
            beat = line.beats;
            const dot = /** @type {HTMLElement} */ (pulse.firstElementChild);
            dot.classList.toggle('beat');
        }),
    ];
    const timer = setInterval(tick, 1_000);
    return () => {
        stops.forEach(stop => stop());
        clearInterval(timer);
        host.replaceChildren();
    };
}

/** @param {{session: import('../types.js').Session, lists: import('../lists.js').Lists, keys: {show: () => void}, state: import('../state.js').State}} deps */
function accountMenu({session, lists, keys, state}) {
    const menu = el('details', {class: 'menu'});
    const item = (/** @type {any} */ name, /** @type {string} */ key, /** @type {() => void} */ onclick) =>
        el(
            'button',
            {
                type: 'button',
                class: 'menu-item',
                onclick: () => {
                    menu.open = false;
                    onclick();
                },
            },
            icon(name),
            el('span', {'data-t': key}),
        );
    const who = session.display_name || session.user;
    const where = el('span', {class: 'quiet'});
    menu.append(
        el(
            'summary',
            {class: 'btn bare account', 'data-t-label': 'bar.account'},
            el('span', {class: 'avatar', 'aria-hidden': 'true', text: [...who][0] ?? '·'}),
            icon('down'),
        ),
        el(
            'div',
            {class: 'menu-box'},
            el(
                'p',
                {class: 'who'},
                el('strong', {text: who}),
                el('span', {class: 'quiet', text: session.user === who ? '' : session.user}),
                el('span', {class: 'chip accent', data: {t: `role.${session.role}`}, text: tOr(`role.${session.role}`, session.role)}),
                where,
            ),
            session.may.includes('accounts.open') && el('a', {class: 'menu-item', href: '/accounts'}, icon('key'), el('span', {'data-t': 'bar.accounts'})),
            item('keys', 'bar.keys', keys.show),
            item('print', 'bar.print', () => {
                state.settle();
                print();
            }),
            item('leave', 'bar.leave', leave),
        ),
    );
    menu.addEventListener('toggle', () => {
        where.textContent = session.areas.map(code => lists.area(code)?.name ?? code).join(' · ') || (session.unit ? lists.department(session.unit) : '');
    });
    document.addEventListener('click', e => {
        if (menu.open && !menu.contains(/** @type {Node} */ (e.target))) menu.open = false;
    });
    menu.addEventListener('keydown', e => {
        if (e.key === 'Escape' && menu.open) {
            menu.open = false;
            menu.querySelector('summary')?.focus();
            e.stopPropagation();
        }
    });
    return menu;
}
