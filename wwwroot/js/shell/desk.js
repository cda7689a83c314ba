import {byId, el} from '../dom.js';

/** What any part may ask of the page as a whole.
 * @typedef {{say: (words: string) => void}} Desk */

/** @returns {Desk} */
export const createDesk = () => ({
    say(words) {
        const toast = el('div', {class: 'toast', text: words});
        byId('toasts').append(toast);
        setTimeout(() => toast.remove(), 4_500);
    },
});
