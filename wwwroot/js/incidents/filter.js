/** @typedef {import('../types.js').Incident} Incident
 * @typedef {import('../types.js').Status} Status
 * @typedef {import('../types.js').Shown} Shown */

/** Every state in the order of the case loop. @type {Status[]} */
export const statuses = ['reported', 'filed', 'dispatched', 'handling', 'fed_back', 'returned', 'hung', 'closed', 'evaluated', 'void'];
const finished = new Set(['closed', 'evaluated', 'void']);

/** Whether somebody still has to do something. @param {Status} status */
export const isOpen = status => !finished.has(status);

/** The states a scope holds. @param {Shown['scope']} scope */
export const statusesOf = scope => statuses.filter(s => scope === 'all' || isOpen(s) === (scope === 'open'));

/** Whether an incident is among those asked for (the extent of the map apart).
 * @param {Incident} i @param {Shown} shown @param {{today: number, words: (i: Incident) => string}} context `today`: the day's first instant; `words`: what a search looks into */
export function matches(i, shown, {today, words}) {
    if (shown.scope !== 'all' && isOpen(i.status) !== (shown.scope === 'open')) return false;
    if (shown.status.length && !shown.status.includes(i.status)) return false;
    if (shown.category && i.class !== shown.category) return false;
    if (shown.street && i.area?.code !== shown.street) return false;
    if (shown.shared && i.responsibility_class !== 'shared') return false;
    if (shown.today && Date.parse(i.reported_at) < today) return false;
    return (
        !shown.q ||
        shown.q
            .toLowerCase()
            .split(/\s+/)
            .every(word => (/^#\d+$/.test(word) ? i.id === Number(word.slice(1)) : words(i).toLowerCase().includes(word)))
    );
}

/** Whether anything beside the scope narrows the list. @param {Shown} shown */
export const narrowed = shown => Boolean(shown.q || shown.status.length || shown.category || shown.street || shown.shared || shown.today || shown.inView);

/** Whether a change of what is shown changes the list. @param {Set<keyof Shown>} changed */
export const narrows = changed =>
    /** @type {(keyof Shown)[]} */ (['scope', 'q', 'status', 'category', 'street', 'shared', 'today', 'inView']).some(key => changed.has(key));

/** What takes every narrowing away. */
export const widest = () => ({q: '', status: /** @type {Status[]} */ ([]), category: '', street: '', shared: false, today: false, inView: false});

/** The counts of the top bar.
 * @param {Iterable<Incident>} all @param {number} today */
export function figures(all, today) {
    const counts = {open: 0, done: 0, all: 0, today: 0, shared: 0, status: /** @type {Record<string, number>} */ ({})};
    for (const i of all) {
        const open = isOpen(i.status);
        counts.all++;
        counts[open ? 'open' : 'done']++;
        counts.status[i.status] = (counts.status[i.status] ?? 0) + 1;
        if (Date.parse(i.reported_at) >= today) counts.today++;
        if (open && i.responsibility_class === 'shared') counts.shared++;
    }
    return counts;
}
