import {Problem, api} from './api.js';
import {byId, el, fill} from './dom.js';
import {incomplete} from './form.js';
import {firstLanguage, inLanguage, language, onLanguage, retranslate, setLanguage, t} from './i18n.js';
import {icon} from './icons.js';
import {localPath} from './local-path.js';
import {mark} from './shell/mark.js';
import {sentence} from './shell/failure.js';
import {showStrip} from './shell/foot.js';
import {followTheme} from './theme.js';
import {span} from './time.js';

/** The page /sign-in. After signing in it goes to `next`, if that is a path of this server. */
function start() {
    firstLanguage();
    followTheme();
    byId('mark').append(mark());
    const form = /** @type {HTMLFormElement} */ (byId('form'));
    const user = /** @type {HTMLInputElement} */ (byId('user'));
    const password = /** @type {HTMLInputElement} */ (byId('password'));
    const go = /** @type {HTMLButtonElement} */ (byId('go'));
    const reveal = byId('reveal');
    const answer = byId('answer');
    const tongue = byId('tongue');
    /** @type {string|null} */
    let refusal = new URLSearchParams(location.search).has('ended') ? 'failed.401' : null;
    let wait = 0;

    const words = () => {
        retranslate(document);
        tongue.textContent = language() === 'zh' ? 'English' : '中文';
        reveal.textContent = t(password.type === 'password' ? 'sign.show' : 'sign.hide');
        answer.hidden = !refusal;
        if (refusal) fill(answer, icon('warn'), el('span', {text: t(refusal, {wait: span(wait * 1000)})}));
        document.title = `${t('sign.title')} · OpsMap`;
    };
    tongue.addEventListener('click', () => setLanguage(language() === 'zh' ? 'en' : 'zh'));
    reveal.addEventListener('click', () => {
        password.type = password.type === 'password' ? 'text' : 'password';
        words();
        password.focus();
    });
    form.addEventListener('filled', () => {
        refusal = null;
        words();
    });
    form.addEventListener('submit', async e => {
        e.preventDefault();
        if (incomplete(form)) {
            refusal = 'form.missing';
            return words();
        }
        go.disabled = true;
        refusal = null;
        words();
        try {
            await api.post('/api/session', {user: user.value.trim(), password: password.value}, {stay: true});
            location.replace(localPath(new URLSearchParams(location.search).get('next')));
            return;
        } catch (problem) {
            const status = problem instanceof Problem ? problem.status : -1;
            wait = (problem instanceof Problem && problem.after) || 0;
            refusal = status === 401 || status === 400 ? 'sign.wrong' : status === 403 ? 'sign.disabled' : status === 429 ? (wait ? 'sign.slow_for' : 'sign.slow') : null;
            if (!refusal) {
                answer.hidden = false;
                fill(answer, icon('warn'), el('span', {text: sentence(problem)}));
            } else words();
            password.select();
        }
        go.disabled = false;
    });
    onLanguage(words);
    words();
    user.focus();
    api.get('/api/shell', {stay: true})
        .then(shell => {
            showStrip(shell, byId('strip'));
            byId('demo').hidden = !shell.demo;
            document.body.dataset.notice = inLanguage(shell.notice);
        })
        .catch(() => {}); // the form works without it; the next page says what the data are
}
start();
