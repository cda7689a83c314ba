import {el, fill} from '../dom.js';
import {onLanguage, t} from '../i18n.js';
import {icon} from '../icons.js';

const command = './opsmap import areas FILE --level street --code F --name F --edition NAME --from DATE';

/** A city without areas: what to import, and how.
 * @param {HTMLElement} host */
export function showEmpty(host) {
    const draw = () =>
        fill(
            host,
            el(
                'div',
                {class: 'card'},
                icon('layers'),
                el('h2', {text: t('empty.title')}),
                el('p', {text: t('empty.what')}),
                el('pre', {class: 'mono', tabindex: '0', text: command}),
                el('p', {class: 'quiet', text: t('empty.formats')}),
                el('p', {class: 'quiet', text: t('empty.then')}),
            ),
        );
    draw();
    host.hidden = false;
    const unlanguage = onLanguage(draw);
    return () => {
        unlanguage();
        host.hidden = true;
    };
}
