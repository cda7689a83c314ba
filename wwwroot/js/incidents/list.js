import {el, fill, once, set} from '../dom.js';
import {onLanguage, t} from '../i18n.js';
import {narrowed, narrows, widest} from './filter.js';
import {makeRow, updateRow} from './row.js';

/** @typedef {import('../types.js').Incident} Incident */

const rowHeight = 68;

/** The list beside the map: virtual rows, and nothing moves under a reader's eyes: what is new waits behind a button.
 * @param {import('leaflet').Map} map @param {import('../types.js').Deps} deps @param {HTMLElement} host */
export function showList(map, {cases, state, lists, live}, host) {
    const waiting = el('button', {
        class: 'waiting',
        type: 'button',
        hidden: true,
        onclick: () => {
            scroller.scrollTop = 0;
            settle(true);
        },
    });
    const summary = el('div', {class: 'summary', hidden: true});
    const rows = el('div', {class: 'rows', role: 'list'});
    const scroller = el('div', {class: 'scroller', tabindex: '-1'}, rows);
    const empty = el('div', {class: 'list-empty', hidden: true});
    const body = el('div', {class: 'list-body'}, scroller, empty);
    host.append(summary, body);
    (host.querySelector('.list-end') ?? body).append(waiting); // above the rows: it must neither push nor cover them

    /** What is listed, kept still while somebody reads. @type {number[]} */
    let order = [];
    /** @type {Map<number, ReturnType<typeof makeRow>>} */
    const drawn = new Map();
    let reading = false;

    const wanted = () => {
        const bounds = state.now.inView ? map.getBounds() : null;
        return bounds ? cases.shown.filter(i => i.lat !== null && i.lon !== null && bounds.contains([i.lat, i.lon])) : cases.shown;
    };

    /** Takes the wanted order over; while somebody reads, only counts what is new.
     * @param {boolean} [force] */
    function settle(force = false) {
        const next = wanted();
        const still = !force && (reading || scroller.scrollTop > 4) && order.length > 0;
        if (still) {
            const known = new Set(order);
            const fresh = next.filter(i => !known.has(i.id)).length;
            waiting.hidden = fresh === 0;
            waiting.textContent = t('list.new', {n: fresh});
        } else {
            order = next.map(i => i.id);
            waiting.hidden = true;
        }
        summarise(next.length);
        paint();
    }

    /** @param {number} n */
    function summarise(n) {
        const all = state.now.scope === 'all' ? cases.counts.all : cases.counts[state.now.scope];
        summary.hidden = !narrowed(state.now);
        fill(
            summary,
            el('span', {class: 'num', text: t('list.showing', {n, all})}),
            elsewhere(),
            el('button', {type: 'button', class: 'btn bare small', text: t('list.reset'), onclick: () => state.set(widest())}),
        );
        empty.hidden = order.length > 0;
        if (!empty.hidden) fill(empty, ...nothing());
    }

    /** What the same search finds in the other scope, to be gone to. */
    function elsewhere() {
        const {scope, q} = state.now;
        const other = scope === 'open' ? 'done' : 'open';
        const n = scope === 'all' || !q ? 0 : cases.found[other];
        return n > 0 && el('button', {type: 'button', class: 'btn bare small', text: t(other === 'done' ? 'list.more_done' : 'list.more_open', {n}), onclick: () => state.set({scope: other, status: []})});
    }

    function nothing() {
        if (live.ready && live.denied.has('incidents')) return [el('p', {text: t('list.no_right')})];
        if (!live.ready) return Array.from({length: 7}, () => el('div', {class: 'skeleton row-skeleton'}));
        if (narrowed(state.now))
            return [
                el('p', {text: t('list.none_filtered')}),
                ...[elsewhere()].filter(n => n instanceof Node),
                el('button', {type: 'button', class: 'btn', text: t('list.reset'), onclick: () => state.set(widest())}),
            ];
        return [el('p', {text: t('list.none')}), el('p', {class: 'quiet', text: t('list.none_more')})];
    }

    function paint() {
        rows.style.height = `${order.length * rowHeight}px`;
        const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight) - 6);
        const last = Math.min(order.length, Math.ceil((scroller.scrollTop + scroller.clientHeight) / rowHeight) + 6);
        const visible = new Set(order.slice(first, last));
        drawn.forEach((row, id) => {
            if (!visible.has(id)) {
                row.node.remove();
                drawn.delete(id);
            }
        });
        const chosen = state.now.sel?.kind === 'incident' ? state.now.sel.id : null;
        for (let at = first; at < last; at++) {
            const id = order[at];
            let row = drawn.get(id);
            if (!row) {
                row = makeRow(id, () => state.set({sel: {kind: 'incident', id}}));
                drawn.set(id, row);
                rows.append(row.node);
            }
            row.node.style.transform = `translateY(${at * rowHeight}px)`;
            set(row.node, {'aria-setsize': order.length, 'aria-posinset': at + 1});
            updateRow(row, cases.all.get(id), {lists, chosen: id === chosen, fresh: cases.arrived.has(id)});
        }
    }

    /** Brings an incident's row into sight. @param {number} id */
    function reveal(id) {
        let at = order.indexOf(id);
        if (at < 0) {
            settle(true);
            at = order.indexOf(id);
        }
        if (at < 0) return;
        const top = at * rowHeight;
        if (top < scroller.scrollTop || top + rowHeight > scroller.scrollTop + scroller.clientHeight)
            scroller.scrollTop = Math.max(0, top - scroller.clientHeight / 3);
        paint();
    }

    const read = (/** @type {boolean} */ now) => {
        reading = now;
        if (!now) settle();
    };
    body.addEventListener('pointerenter', e => {
        if (e.pointerType === 'mouse') read(true);
    });
    body.addEventListener('pointerleave', () => read(scroller.contains(document.activeElement) && document.activeElement !== scroller));
    scroller.addEventListener('focusin', () => {
        reading = true;
    });
    scroller.addEventListener('focusout', () => {
        if (!body.matches(':hover')) read(false);
    });
    const scrolled = once(() => {
        paint();
        if (scroller.scrollTop <= 4 && !reading) settle();
    });
    scroller.addEventListener('scroll', scrolled, {passive: true});
    const moved = () => {
        if (state.now.inView) settle();
    };
    map.on('moveend', moved);
    const sized = new ResizeObserver(once(paint));
    sized.observe(scroller);
    const ages = setInterval(paint, 20_000);
    settle();

    let asked = false; // other filters: the next reckoning is shown at once, whoever reads
    const stops = [
        cases.on(() => {
            if (asked) scroller.scrollTop = 0;
            settle(asked);
            asked = false;
        }),
        onLanguage(() => settle(true)),
        live.onLine(() => {
            if (!order.length) summarise(0);
        }),
        state.on((now, changed) => {
            if (narrows(changed)) asked = true;
            if (changed.has('sel')) {
                if (now.sel?.kind === 'incident') reveal(Number(now.sel.id));
                else paint();
            }
        }),
    ];
    return {
        /** The row before or after the chosen one. @param {1|-1} by */
        step(by) {
            const at = state.now.sel?.kind === 'incident' ? order.indexOf(Number(state.now.sel.id)) : -1;
            const id = order[Math.min(order.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
            if (id !== undefined) state.set({sel: {kind: 'incident', id}});
        },
        stop() {
            stops.forEach(stop => stop());
            clearInterval(ages);
            sized.disconnect();
            map.off('moveend', moved);
            host.replaceChildren();
        },
    };
}
