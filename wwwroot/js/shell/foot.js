import {el, fill} from '../dom.js';
import {inLanguage, onLanguage, t, tOr} from '../i18n.js';
import {icon} from '../icons.js';
import {clock} from '../time.js';

/** The edge of the map: what the lines are worth, which edition, the approval number when there is one.
 * @param {import('../types.js').City} city @param {HTMLElement} host */
export function showFoot(city, host) {
    const draw = () =>
        fill(
            host,
            el('span', {text: inLanguage(city.legal_notice)}),
            city.edition &&
                el('span', {class: 'foot-edition', text: `${city.edition.name} · ${tOr(`legal.${city.edition.legal_status}`, city.edition.legal_status)}`}),
            city.approval_no && el('span', {text: `${t('foot.approval')} ${city.approval_no}`}),
            el('span', {class: 'printed', text: t('foot.printed', {at: clock(new Date().toISOString())})}),
        );
    draw();
    addEventListener('beforeprint', draw);
    new ResizeObserver(() => host.parentElement?.style.setProperty('--foot-h', `${host.offsetHeight}px`)).observe(host); // the scale bar stands above it where both are wide
    return onLanguage(draw);
}

/** The strip that says what the data are. There is no way to switch it off.
 * @param {{notice: import('../types.js').BothLanguages|null}} of @param {HTMLElement} host */
export function showStrip({notice}, host) {
    const draw = () => {
        host.hidden = !notice;
        fill(host, icon('info'), el('span', {text: inLanguage(notice)}));
    };
    draw();
    return onLanguage(draw);
}
