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
/** @type {Record<string, {icon: any, show: Tab}>} */
const tabs = {
    users: {icon: 'users', show: showUsers},
    tokens: {icon: 'key', show: showTokens},
    feeds: {icon: 'feed', show: showFeeds},
    audit: {icon: 'list', show: showAudit},
};

/** The page /accounts: one tab at a time, named in the address after the #. */
async function start() {
    firstLanguage();
    followTheme();
    const page = byId('page');
    const tongue = byId('tongue');
    let redraw = () => {};
    let turn = 0;
    tongue.addEventListener('click', () => setLanguage(language() === 'zh' ? 'en' : 'zh'));

    const words = () => {
        retranslate(document);
        const at = tabs[location.hash.slice(1)] ? location.hash.slice(1) : 'users';
        tongue.textContent = language() === 'zh' ? 'EN' : '中文';
        fill(byId('back'), icon('back'), t('people.back'));
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
