import {api} from '../api.js';
import {observe} from '../time.js';
import {Picture} from './picture.js';
import {accept, begin, pause} from './sequence.js';

/** @typedef {import('../types.js').Batch} Batch
 * @typedef {{link: 'connecting'|'open'|'cut', silentSince: number, beats: number}} Line silentSince: performance.now() of the last word heard */

const silenceLimit = 15_000; // the contract promises a beat every 5 s: three missed, and the connection is taken for dead

/** The one connection of a page to /live: snapshot, then changes in sequence, and the same again after every cut, for ever. */
export class Live {
    #picture = new Picture();
    #sequence = begin();
    #topics;
    #filters;
    #stopped = false;
    /** @type {any} */
    #connection = null;
    /** @type {() => void} */
    #wake = () => {};
    /** @type {Set<(line: Line) => void>} */
    #listeners = new Set();
    /** Topics that this role may not read. @type {Set<string>} */
    denied = new Set();
    /** @type {Line} */
    line = {link: 'connecting', silentSince: performance.now(), beats: 0};

    /** @param {{topics: string[], filters?: Record<string, string[]>}} wanted */
    constructor({topics, filters}) {
        this.#topics = topics;
        this.#filters = filters;
    }

    /** @param {string} topic @param {import('./picture.js').Listener} listener */
    watch(topic, listener) {
        return this.#picture.watch(topic, listener);
    }
    /** @param {string} topic */
    of(topic) {
        return this.#picture.of(topic);
    }
    get ready() {
        return this.#picture.ready;
    }

    /** Resolves with the first whole picture. @returns {Promise<void>} */
    whenReady() {
        return new Promise(resolve => {
            if (this.ready) return resolve();
            const stop = this.onLine(() => {
                if (this.ready) {
                    stop();
                    resolve();
                }
            });
        });
    }

    /** @param {(line: Line) => void} listener */
    onLine(listener) {
        this.#listeners.add(listener);
        return () => void this.#listeners.delete(listener);
    }

    start() {
        addEventListener('online', () => this.#wake());
        document.addEventListener('visibilitychange', () => {
            if (!document.hidden) this.#wake();
        });
        void this.#keepWatching();
        return () => {
            this.#stopped = true;
            this.#wake();
            void this.#connection?.stop();
        };
    }

    /** Tries at once instead of waiting for the next turn. */
    retry() {
        this.#wake();
    }

    async #keepWatching() {
        for (let attempt = 0; !this.#stopped; attempt++) {
            const heard = this.line.beats;
            try {
                await this.#watchOnce();
            } catch (problem) {
                if (this.#forget(problem)) continue; // a topic this role may not read: ask again without it
                if (/401|sign in/i.test(String(problem))) await api.get('/api/session').catch(() => {}); // leads to the sign-in page when that is why
            }
            if (this.line.beats > heard) attempt = 0;
            this.#say({link: 'cut'});
            await new Promise(resolve => {
                this.#wake = () => resolve(undefined);
                setTimeout(resolve, pause(attempt));
            });
        }
    }

    /** Connects, watches, and returns or throws when that is over. */
    async #watchOnce() {
        const {HubConnectionBuilder, LogLevel} = /** @type {any} */ (globalThis).signalR;
        const connection = (this.#connection = new HubConnectionBuilder().withUrl('/live').configureLogging(LogLevel.None).build());
        let watchdog;
        try {
            const over = new Promise((_, fail) => connection.onclose((/** @type {unknown} */ why) => fail(why ?? new Error('closed'))));
            over.catch(() => {}); // may fail before anybody waits for it
            await Promise.race([connection.start(), new Promise((_, fail) => setTimeout(() => fail(new Error('no connection within 10 s')), 10_000))]);
            const query = {topics: this.#topics, ...(this.#filters && {filters: this.#filters}), ...this.#resumeFrom()};
            let opened = performance.now();
            const silent = new Promise((_, fail) => {
                watchdog = setInterval(() => {
                    if (performance.now() - Math.max(opened, this.line.silentSince) > silenceLimit) fail(new Error('silent'));
                }, 1_000);
            });
            await Promise.race([
                over,
                silent,
                new Promise((resolve, fail) =>
                    connection.stream('Watch', query).subscribe({
                        next: (/** @type {Batch} */ batch) => {
                            if (connection === this.#connection && !this.#take(batch)) fail(new Error('hole'));
                        },
                        complete: resolve,
                        error: fail,
                    }),
                ),
            ]);
        } finally {
            clearInterval(watchdog);
            if (this.#connection === connection) this.#connection = null;
            void connection.stop().catch(() => {});
        }
    }

    /** Where to go on: after the last whole batch of the epoch, or from nothing. */
    #resumeFrom() {
        const {epoch, to, parts} = this.#sequence;
        const resume = epoch !== null && to !== null && parts === null && this.ready ? {since: to, epoch} : undefined;
        this.#sequence = begin(resume);
        return resume;
    }

    /** Takes one batch in; false when something before it was missed.
     * @param {Batch} batch */
    #take(batch) {
        const {next, does, items} = accept(this.#sequence, batch);
        if (does === 'hole') {
            this.#sequence = begin();
            return false;
        }
        this.#sequence = next;
        if (batch.at) observe(batch.at);
        if (does === 'replace')
            this.#picture.replace(
                items,
                this.#topics.filter(topic => topic !== 'positions'),
            );
        if (does === 'place') this.#picture.replace(items, ['positions']);
        if (does === 'apply' && items.length) this.#picture.apply(items);
        this.#say({link: 'open', silentSince: performance.now(), beats: this.line.beats + 1});
        return true;
    }

    /** Leaves out the topic that a refusal names as not this role's; false when it names none of ours.
     * @param {unknown} problem */
    #forget(problem) {
        const topic = /topic '(\w+)'/i.exec(String(problem))?.[1];
        if (topic === undefined || !this.#topics.includes(topic)) return false;
        this.#topics = this.#topics.filter(t => t !== topic);
        this.denied.add(topic);
        return true;
    }

    /** @param {Partial<Line>} news */
    #say(news) {
        this.line = {...this.line, ...news};
        this.#listeners.forEach(listener => listener(this.line));
    }
}
