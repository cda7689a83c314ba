import {el} from '../dom.js';

/** A headed part of the details. Facts among the children become one list.
 * @param {string} title @param {...(Node|string|null|undefined|false|0)} children */
export function section(title, ...children) {
    const kept = children.filter(Boolean);
    const facts = kept.filter(c => c instanceof HTMLElement && c.classList.contains('fact'));
    const others = kept.filter(c => !facts.includes(c));
    return el('section', {class: 'part'}, el('h3', {text: title}), facts.length > 0 && el('dl', {class: 'facts'}, ...facts), ...others);
}

/** One fact: its name and what it is.
 * @param {string} name @param {Node|string|null|undefined} value */
export const fact = (name, value) => el('div', {class: 'fact'}, el('dt', {text: name}), el('dd', {}, value ?? '—'));
