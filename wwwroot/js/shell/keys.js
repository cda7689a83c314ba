import {el, fill} from '../dom.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';

/** @typedef {Record<string, () => void>} Actions by the key that does it */

const kept = 'opsmap.keys';

/** Single keys for everything, a sheet that lists them, and a switch that turns them off (they may collide with speech input).
 * @param {() => Actions} actions asked anew each time */
export function showKeys(actions) {
    const sheet = el('dialog', {class: 'sheet', 'aria-labelledby': 'keys-title'});
    document.body.append(sheet);
    let on = true;
    try {
        on = localStorage.getItem(kept) !== 'off';
    } catch {
        /* on */
    }

    function show() {
        const toggle = el('input', {
            type: 'checkbox',
            role: 'switch',
            checked: on,
            onchange: () => {
                on = toggle.checked;
                try {
                    localStorage.setItem(kept, on ? 'on' : 'off');
                } catch {
                    /* for this page only */
                }
            },
        });
        const keys = [
            ['J', 'K', 'keys.rows'],
            ['Enter', 'keys.open'],
            ['Esc', 'keys.close'],
            ['/', 'keys.search'],
            ['N', 'keys.report'],
            ['L', 'keys.layers'],
            ['V', 'keys.in_view'],
            ['H', 'keys.home'],
            ['+', '−', 'keys.zoom'],
            ['?', 'keys.sheet'],
        ];
        fill(
            sheet,
            el(
                'header',
                {},
                el('h2', {id: 'keys-title', text: t('keys.title')}),
                el('button', {type: 'button', class: 'btn bare square', 'aria-label': t('close'), onclick: () => sheet.close()}, icon('close')),
            ),
            el(
                'div',
                {class: 'body'},
                el(
                    'dl',
                    {class: 'keys'},
                    ...keys.map(k => el('div', {}, el('dt', {}, ...k.slice(0, -1).map(key => el('kbd', {text: key}))), el('dd', {text: t(k.at(-1) ?? '')}))),
                ),
                el('label', {class: 'switch'}, toggle, el('span', {class: 'track', 'aria-hidden': 'true'}), el('span', {text: t('keys.on')})),
            ),
        );
        sheet.showModal();
    }

    const press = (/** @type {KeyboardEvent} */ e) => {
        if (e.ctrlKey || e.metaKey || e.altKey || sheet.open || e.isComposing) return;
        const at = /** @type {HTMLElement} */ (e.target);
        const typing = at.matches('input:not([type=checkbox]), textarea, select, [contenteditable]');
        if (typing && e.key !== 'Escape') return;
        if (!on && e.key !== 'Escape') return;
        if (e.key.startsWith('Arrow') && at.closest('#map')) return; // there they pan the map
        if (e.key === 'Enter' && at.matches('button, a, summary, label')) return;
        const act = e.key === '?' ? show : actions()[e.key.length === 1 ? e.key.toLowerCase() : e.key];
        if (!act) return;
        e.preventDefault();
        if (typing) at.blur();
        act();
    };
    document.addEventListener('keydown', press);
    return {
        show,
        stop() {
            document.removeEventListener('keydown', press);
            sheet.remove();
        },
    };
}
