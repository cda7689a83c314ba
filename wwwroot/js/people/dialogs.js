import {el, fill} from '../dom.js';
import {t} from '../i18n.js';
import {icon} from '../icons.js';

/** A dialog that is gone once it is closed.
 * @param {string} title @param {(close: () => void) => Node[]} body */
export function openDialog(title, body) {
    const box = el('dialog', {'aria-label': title});
    const close = () => box.close();
    box.append(
        el(
            'header',
            {},
            el('h2', {text: title}),
            el('button', {type: 'button', class: 'btn bare square', 'aria-label': t('close'), onclick: close}, icon('close')),
        ),
        el('div', {class: 'body'}, ...body(close)),
    );
    box.addEventListener('close', () => box.remove());
    document.body.append(box);
    box.showModal();
    return close;
}

/** Asks before something that cannot be taken back. @param {string} question @param {string} verb @returns {Promise<boolean>} */
export const confirmed = (question, verb) =>
    new Promise(resolve => {
        let answer = false;
        openDialog(verb, close => [
            el('p', {text: question}),
            el(
                'div',
                {class: 'acts'},
                el('button', {type: 'button', class: 'btn', text: t('cancel'), onclick: close}),
                el('button', {
                    type: 'button',
                    class: 'btn primary',
                    autofocus: true,
                    text: t('people.yes'),
                    onclick: () => {
                        answer = true;
                        close();
                    },
                }),
            ),
        ]);
        document.querySelector('dialog:last-of-type')?.addEventListener('close', () => resolve(answer));
    });

/** Shows a secret this once, with a button that copies it. @param {string} title @param {string} secret */
export function showSecret(title, secret) {
    const copy = el(
        'button',
        {
            type: 'button',
            class: 'btn',
            onclick: async () => {
                try {
                    await navigator.clipboard.writeText(secret);
                } catch {
                    const range = document.createRange();
                    range.selectNodeContents(out);
                    getSelection()?.removeAllRanges();
                    getSelection()?.addRange(range);
                    return;
                }
                fill(copy, icon('check'), t('secret.copied'));
            },
        },
        icon('copy'),
        t('secret.copy'),
    );
    const out = el('output', {text: secret});
    openDialog(title, close => [
        el('p', {class: 'note amber'}, el('strong', {text: t('secret.title')}), t('secret.once')),
        el('div', {class: 'secret'}, out, copy),
        el('div', {class: 'acts'}, el('button', {type: 'button', class: 'btn primary', text: t('secret.done'), onclick: close})),
    ]);
}
