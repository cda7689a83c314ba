import {el, fill} from '../dom.js';
import {onLanguage, t} from '../i18n.js';
import {icon} from '../icons.js';
import {span} from '../time.js';

/** Says how old the picture is while the line is cut; red after a minute; goes by itself.
 * @param {import('../live/live.js').Live} live @param {HTMLElement} host */
export function showBanner(live, host) {
    const words = el('span', {class: 'num'});
    fill(host, icon('warn'), words, el('button', {type: 'button', class: 'btn small', 'data-t': 'banner.retry', onclick: () => live.retry()}));

    function tick() {
        const {link, silentSince} = live.line;
        const quiet = performance.now() - silentSince;
        const cut = (link === 'cut' && quiet > 2_000) || quiet > 8_000;
        host.hidden = !cut;
        document.body.classList.toggle('stale', cut);
        if (!cut) return;
        host.classList.toggle('dead', quiet > 60_000);
        words.textContent = (live.ready ? t('banner.stale', {age: span(quiet)}) : t('banner.never')) + (quiet > 60_000 ? ` · ${t('banner.telephone')}` : '');
        /** @type {HTMLElement} */ (host.lastElementChild).textContent = t('banner.retry');
    }

    const timer = setInterval(tick, 1_000);
    const stops = [
        live.onLine(line => {
            if (line.link === 'open') tick();
        }),
        onLanguage(tick),
    ];
    return () => {
        clearInterval(timer);
        stops.forEach(stop => stop());
    };
}
