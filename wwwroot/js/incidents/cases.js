import {once} from '../dom.js';
import {dayStart, now} from '../time.js';
import {figures, isOpen, matches, narrows} from './filter.js';

/** @typedef {import('../types.js').Incident} Incident */

const newFor = 60_000;

/** The incidents of the live picture and those of them that are asked for: the one source of list, map and figures, so that they agree. */
export class Cases {
    /** @type {Map<number, Incident>} */
    all = new Map();
    /** The newest first: by when it was reported, or by when it came while the page was looking. @type {Incident[]} */
    shown = [];
    /** The same, in the order in which they are drawn: finished, then light, then grave. @type {Incident[]} */
    drawn = [];
    counts = figures([], 0);
    /** The same of what search and filters find, whatever its state: what the other scopes would show. */
    found = figures([], 0);
    /** Those that came while the page was looking: id -> when, by performance.now(). @type {Map<number, number>} */
    arrived = new Map();
    /** When each that came live was first seen, ms: a report that comes late still comes on top. @type {Map<number, number>} */
    #seen = new Map();
    /** @type {Set<() => void>} */
    #listeners = new Set();
    #state;
    #lists;
    #again = once(() => this.#reckon());

    /** @param {import('../state.js').State} state @param {import('../lists.js').Lists} lists */
    constructor(state, lists) {
        this.#state = state;
        this.#lists = lists;
    }

    /** @param {import('../live/live.js').Live} live */
    start(live) {
        let whole = false;
        const unwatch = live.watch('incidents', {
            replace: items => {
                if (whole)
                    items.forEach(i => {
                        if (!this.all.has(i.id)) this.#note(i);
                    });
                whole = true;
                this.all = new Map(items.map(i => [i.id, i]));
            },
            put: i => {
                if (!this.all.has(i.id)) this.#note(i);
                this.all.set(i.id, i);
            },
            drop: i => {
                this.all.delete(i.id);
                this.#seen.delete(i.id);
            },
            done: this.#again,
        });
        const unstate = this.#state.on((_, changed) => {
            if (narrows(changed)) this.#again();
        });
        const newDay = setInterval(this.#again, 30_000); // "today" and "new" end by themselves
        return () => {
            unwatch();
            unstate();
            clearInterval(newDay);
        };
    }

    /** Called after every change, once a frame. @param {() => void} listener */
    on(listener) {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    /** Reckons again, when names that are searched have come. */
    refresh() {
        this.#again();
    }

    /** @param {Incident} i */
    #note(i) {
        this.#seen.set(i.id, now());
        if (isOpen(i.status)) this.arrived.set(i.id, performance.now());
    }

    #reckon() {
        const today = dayStart();
        const words = (/** @type {Incident} */ i) =>
            `${i.id} ${i.source_id ?? ''} ${i.title} ${this.#lists.place(i.area)} ${this.#lists.category(i.class)} ${i.unit ?? ''}`;
        this.arrived.forEach((at, id) => {
            if (performance.now() - at > newFor) this.arrived.delete(id);
        });
        const rank = (/** @type {Incident} */ i) => this.#seen.get(i.id) ?? Date.parse(i.reported_at);
        this.counts = figures(this.all.values(), today);
        const {now} = this.#state;
        const found = [...this.all.values()].filter(i => matches(i, {...now, scope: 'all', status: []}, {today, words}));
        this.found = figures(found, today);
        this.shown = found
            .filter(i => (now.scope === 'all' || isOpen(i.status) === (now.scope === 'open')) && (!now.status.length || now.status.includes(i.status)))
            .sort((a, b) => rank(b) - rank(a) || b.id - a.id);
        const weight = (/** @type {Incident} */ i) => (isOpen(i.status) ? 10 : 0) - this.#lists.severity(i.class);
        this.drawn = this.shown.filter(i => i.lon !== null && i.lat !== null).sort((a, b) => weight(a) - weight(b) || a.id - b.id);
        this.#listeners.forEach(listen => listen());
    }
}
