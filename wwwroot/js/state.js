import {read, write} from './url.js';

/** @typedef {import('./types.js').Shown} Shown
 * @typedef {(now: Shown, changed: Set<keyof Shown>) => void} Listener */

/** What is on show, kept in the address. A new selection is a step that Back undoes; everything else replaces. */
export class State {
    #now = read(location.search);
    /** @type {Set<Listener>} */
    #listeners = new Set();
    #written = 0;

    get now() {
        return this.#now;
    }

    /** @param {Partial<Shown>} news */
    set(news) {
        const step = 'sel' in news && !same(news.sel, this.#now.sel);
        if (!this.#become({...this.#now, ...news})) return;
        if (step) this.#write('pushState');
        else {
            clearTimeout(this.#written);
            this.#written = setTimeout(() => this.#write('replaceState'), 150);
        } // browsers limit how often
    }

    /** @param {Listener} listener */
    on(listener) {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    start() {
        const back = () => this.#become(read(location.search));
        addEventListener('popstate', back);
        return () => removeEventListener('popstate', back);
    }

    /** Writes what is still owed, so that a link copied now is right. */
    settle() {
        this.#write('replaceState');
    }

    /** @param {'pushState'|'replaceState'} how */
    #write(how) {
        clearTimeout(this.#written);
        history[how](null, '', location.pathname + write(this.#now, location.search));
    }

    /** @param {Shown} next */
    #become(next) {
        const keys = /** @type {(keyof Shown)[]} */ (Object.keys(next));
        const changed = new Set(keys.filter(key => !same(next[key], this.#now[key])));
        this.#now = next;
        if (changed.size) this.#listeners.forEach(listener => listener(next, changed));
        return changed.size > 0;
    }
}

/** @param {unknown} a @param {unknown} b */
const same = (a, b) => a === b || JSON.stringify(a) === JSON.stringify(b);
