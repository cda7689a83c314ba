/** The contract's sequence of batches as a pure rule: what each batch means given what was accepted before.
 *
 * @typedef {import('../types.js').Batch} Batch
 * @typedef {import('../types.js').LiveItem} LiveItem
 * @typedef {{epoch: string|null, view: number|null, to: number|null, parts: {to: number, items: LiveItem[]}|null, placed: number|null}} Sequence
 *   `placed`: the view whose units have all been told
 * @typedef {{next: Sequence, does: 'ignore'|'wait'|'hole'|'replace'|'place'|'apply', items: LiveItem[]}} Verdict */

/** Where a client begins: with nothing, or at the last number it saw of an epoch.
 * @param {{since: number, epoch: string}} [resume] @returns {Sequence} */
export const begin = resume => ({epoch: resume?.epoch ?? null, view: null, to: resume?.since ?? null, parts: null, placed: null});

/** Judges one batch.
 * `replace`: the items are the whole picture. `apply`: they change it. `place`: they are all units in sight. `wait`: part of a snapshot. `hole`: something between was missed, watch again.
 * @param {Sequence} was @param {Batch} batch @returns {Verdict} */
export function accept(was, batch) {
    const items = batch.items ?? [];
    if (was.view !== null && batch.view < was.view) return {next: was, does: 'ignore', items: []};
    if (batch.kind === 'snapshot') return gather(was, batch, items);
    if (batch.kind === 'positions')
        return {next: {...was, view: was.view ?? batch.view, placed: batch.view}, does: was.placed === batch.view ? 'apply' : 'place', items};

    const whole = was.parts === null && was.to !== null && was.epoch === batch.epoch && (was.view === null || was.view === batch.view);
    const joins = batch.from === was.to || (batch.kind === 'beat' && batch.from === null && batch.to === was.to);
    if (!whole || !joins) return {next: was, does: 'hole', items: []};
    return {next: {...was, view: batch.view, to: batch.to}, does: 'apply', items};
}

/** Collects a snapshot that comes in several batches of one `to`.
 * @param {Sequence} was @param {Batch} batch @param {LiveItem[]} items @returns {Verdict} */
function gather(was, batch, items) {
    const begun = was.parts !== null && was.parts.to === batch.to && was.view === batch.view && was.epoch === batch.epoch;
    const parts = {to: batch.to, items: begun && was.parts ? was.parts.items.concat(items) : items};
    const next = {...was, epoch: batch.epoch, view: batch.view, to: batch.to, parts: batch.more ? parts : null};
    return batch.more ? {next, does: 'wait', items: []} : {next, does: 'replace', items: parts.items};
}

/** How long to wait before the next attempt, ms: doubling from a quarter of a second to two, and never the same for two clients. It never says "give up".
 * @param {number} attempt from 0 @param {() => number} [random] */
export const pause = (attempt, random = Math.random) => Math.min(2_000, 250 * 2 ** Math.min(attempt, 5)) * (0.5 + random());
