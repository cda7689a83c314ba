/** @typedef {'light'|'dark'|'system'} Choice */
const system = () => matchMedia('(prefers-color-scheme: dark)');
/** @type {Set<() => void>} */
const listeners = new Set();
/** @type {Map<string, string>} */
let colours = new Map();

/** The choice kept in this browser. @returns {Choice} */
export function themeChoice() {
    try {
        const kept = localStorage.getItem('opsmap.theme');
        return kept === 'light' || kept === 'dark' ? kept : 'system';
    } catch {
        return 'system';
    }
}

/** @param {Choice} choice */
export function chooseTheme(choice) {
    try {
        localStorage.setItem('opsmap.theme', choice);
    } catch {
        /* not kept, still applied */
    }
    apply(choice);
}

/** @param {Choice} choice */
function apply(choice) {
    document.documentElement.dataset.theme = choice === 'dark' || (choice === 'system' && system().matches) ? 'dark' : 'light';
    colours = new Map();
    listeners.forEach(listen => listen());
}

/** Follows the system while that is the choice, and a choice made in another window. */
export function followTheme() {
    const again = () => apply(themeChoice());
    system().addEventListener('change', again);
    addEventListener('storage', again);
    return () => {
        system().removeEventListener('change', again);
        removeEventListener('storage', again);
    };
}

/** @param {() => void} listen */
export function onTheme(listen) {
    listeners.add(listen);
    return () => void listeners.delete(listen);
}

/** The value of a design token, for what is drawn on a canvas.
 * @param {string} name without the dashes, as in `map-water` */
export function colour(name) {
    let value = colours.get(name);
    if (value === undefined) colours.set(name, (value = getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim()));
    return value;
}
