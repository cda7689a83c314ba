import {en} from './i18n/en.js';
import {zh} from './i18n/zh.js';

/** @typedef {'zh'|'en'} Language */
const catalogues = {zh, en};
/** @type {Language} */
let current = 'zh';
/** @type {Set<() => void>} */
const listeners = new Set();

export const language = () => current;

/** @param {Language} wanted */
export function setLanguage(wanted) {
    current = wanted === 'en' ? 'en' : 'zh';
    if (typeof document === 'undefined') return;
    document.documentElement.lang = current === 'en' ? 'en' : 'zh-CN';
    try {
        localStorage.setItem('opsmap.lang', current);
    } catch {
        /* a private window keeps nothing, and need not */
    }
    retranslate(document);
    listeners.forEach(listen => listen());
}

/** Calls back after every change of language; returns the way to stop.
 * @param {() => void} listen */
export function onLanguage(listen) {
    listeners.add(listen);
    return () => void listeners.delete(listen);
}

/** The words for a key; a key that is missing shows itself. `{name}` takes a parameter; `one||many` chooses by `n`.
 * @param {string} key @param {Record<string, string|number>} [params] @param {Language} [lang] */
export function t(key, params = {}, lang = current) {
    const words = /** @type {Record<string, string>} */ (catalogues[lang])[key];
    if (words === undefined) return key;
    const [one, many] = words.split('||');
    return (many !== undefined && Number(params.n) !== 1 ? many : one).replace(/\{(\w+)\}/g, (whole, name) => (name in params ? String(params[name]) : whole));
}

/** Like t, with a word of its own for keys that no catalogue holds (codes that come from outside).
 * @param {string} key @param {string} otherwise */
export const tOr = (key, otherwise) => (key in zh ? t(key) : otherwise);

/** @param {{zh: string, en: string}|null|undefined} both */
export const inLanguage = both => both?.[current] ?? '';

/** Puts the words of the language into every element that names a key: data-t for the text, data-t-label and data-t-title for attributes.
 * @param {ParentNode} root */
export function retranslate(root) {
    root.querySelectorAll('[data-t]').forEach(node => {
        node.textContent = t(/** @type {HTMLElement} */ (node).dataset.t ?? '');
    });
    root.querySelectorAll('[data-t-label]').forEach(node => node.setAttribute('aria-label', t(/** @type {HTMLElement} */ (node).dataset.tLabel ?? '')));
    root.querySelectorAll('[data-t-title]').forEach(node => node.setAttribute('title', t(/** @type {HTMLElement} */ (node).dataset.tTitle ?? '')));
    root.querySelectorAll('[data-t-hint]').forEach(node => node.setAttribute('placeholder', t(/** @type {HTMLElement} */ (node).dataset.tHint ?? '')));
}

/** The language to begin with: the address, then the last choice, then Chinese. */
export function firstLanguage() {
    let kept = null;
    try {
        kept = localStorage.getItem('opsmap.lang');
    } catch {
        /* none kept */
    }
    setLanguage(/** @type {Language} */ (new URLSearchParams(location.search).get('lang') ?? kept ?? 'zh'));
}
