/** @typedef {import('../types.js').LiveItem} LiveItem
 * @typedef {{replace?: (items: any[]) => void, put?: (item: any, before: any) => void, drop?: (item: any) => void, done?: () => void}} Listener
 *   `done` follows once after everything of one batch. */

/** What this client knows: every topic's items by id. */
export class Picture {
    /** @type {Map<string, Map<number, any>>} */
    #topics = new Map();
    /** @type {Map<string, Set<Listener>>} */
    #listeners = new Map();
    /** False until the first whole snapshot. */
    ready = false;

    /** @param {string} topic @returns {Map<number, any>} */
    of(topic) {
        let items = this.#topics.get(topic);
        if (!items) this.#topics.set(topic, (items = new Map()));
        return items;
    }

    /** Tells the listener of everything now known and of every change; returns the way to stop.
     * @param {string} topic @param {Listener} listener */
    watch(topic, listener) {
        const all = this.#listeners.get(topic) ?? new Set();
        this.#listeners.set(topic, all.add(listener));
        if (this.ready) {
            listener.replace?.([...this.of(topic).values()]);
            listener.done?.();
        }
        return () => void all.delete(listener);
    }

    /** A snapshot: of these topics everything not in it is gone. Positions are outside the sequence and have a whole of their own, `replace(items, ['positions'])`.
     * @param {LiveItem[]} items @param {string[]} topics */
    replace(items, topics) {
        this.ready ||= topics.some(topic => topic !== 'positions');
        for (const topic of topics) {
            const mine = items.filter(i => i.topic === topic);
            this.#topics.set(topic, new Map(mine.map(i => [i.id, i.item])));
            this.#tell(topic, l => {
                l.replace?.([...this.of(topic).values()]);
                l.done?.();
            });
        }
    }

    /** @param {LiveItem[]} items */
    apply(items) {
        const touched = new Set();
        for (const {topic, op, id, item} of items) {
            const known = this.of(topic);
            const before = known.get(id);
            touched.add(topic);
            if (op === 'put') {
                known.set(id, item);
                this.#tell(topic, l => l.put?.(item, before));
            } else if (known.delete(id)) this.#tell(topic, l => l.drop?.(before));
        }
        touched.forEach(topic => this.#tell(topic, l => l.done?.()));
    }

    /** @param {string} topic @param {(listener: Listener) => void} say */
    #tell(topic, say) {
        this.#listeners.get(topic)?.forEach(say);
    }
}
