import {api} from '../api.js';
import {byId, el, fill} from '../dom.js';
import {firstLanguage, language, onLanguage, retranslate, setLanguage, t} from '../i18n.js';
import {icon} from '../icons.js';
import {failure} from '../shell/failure.js';
import {showStrip} from '../shell/foot.js';
import {followTheme} from '../theme.js';
import {showAudit} from './audit.js';
import {showFeeds} from './feeds.js';
import {showTokens} from './tokens.js';
import {showUsers} from './users.js';

/** @typedef {(host: HTMLElement) => Promise<() => void>} Tab draws itself; what it returns draws its words anew */
/** @type {Record<string, {icon: any, show: Tab, needs: string}>} by the right of the session that each needs */
const every = {
    users: {icon: 'users', show: showUsers, needs: 'users.manage'},
    tokens: {icon: 'key', show: showTokens, needs: 'tokens.own'},
    feeds: {icon: 'feed', show: showFeeds, needs: 'feed.keys.manage'},
    audit: {icon: 'list', show: showAudit, needs: 'audit.read'},
};

/** The page /accounts: one tab at a time, named in the address after the #; only those that the role may use. */
async function start() {
    firstLanguage();
    followTheme();
    const page = byId('page');
    const tongue = byId('tongue');
    /** @type {typeof every} */
    let tabs = {};
    let redraw = () => {};
    let turn = 0;
    tongue.addEventListener('click', () => setLanguage(language() === 'zh' ? 'en' : 'zh'));

    const words = () => {
        retranslate(document);
        const at = tabs[location.hash.slice(1)] ? location.hash.slice(1) : Object.keys(tabs)[0];
        tongue.textContent = language() === 'zh' ? 'EN' : '中文';
        fill(byId('back'), icon('back'), el('span', {class: 'back-words', text: t('people.back')}));
        fill(
            byId('tabs'),
            ...Object.entries(tabs).map(([name, tab]) =>
                el('a', {href: `#${name}`, 'aria-current': name === at ? 'page' : null}, icon(tab.icon), t(`people.${name}`)),
            ),
        );
        document.title = `${t('people.title')} · OpsMap`;
        return at;
    };

    async function open() {
        const mine = ++turn;
        const at = words();
        fill(page, el('div', {class: 'skeleton row-skeleton'}));
        const host = el('div', {class: 'form'});
        try {
            if (!at) return void (await begin());
            const again = await tabs[at].show(host);
            if (mine !== turn) return;
            redraw = again;
            fill(page, host);
        } catch (problem) {
            if (mine === turn)
                fill(
                    page,
                    failure(problem, () => void open()),
                );
        }
    }

    /** Asks who this is; until then there is no tab to open. */
    async function begin() {
        /** @type {import('../types.js').Session} */
        const session = await api.get('/api/session');
        tabs = Object.fromEntries(Object.entries(every).filter(([, tab]) => session.may.includes(tab.needs)));
        if (Object.keys(tabs).length) await open();
    }

    addEventListener('hashchange', () => void open());
    onLanguage(() => {
        words();
        redraw();
    });
    await open();
    api.get('/api/city').then(
        city => showStrip(city, byId('strip')),
        () => {},
    );
}
void start();
