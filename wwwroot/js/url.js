/** @typedef {import('./types.js').Shown} Shown */

const kinds = ['incident', 'station', 'unit', 'area', 'committee'];
const statuses = ['reported', 'filed', 'dispatched', 'handling', 'fed_back', 'closed', 'evaluated', 'returned', 'hung', 'void'];
const ours = ['scope', 'q', 'status', 'category', 'street', 'shared', 'today', 'view', 'hide', 'sel', 'z', 'lat', 'lon'];

/** @returns {Shown} */
export const nothingChosen = () => ({
    scope: 'open',
    q: '',
    status: [],
    category: '',
    street: '',
    shared: false,
    today: false,
    inView: false,
    hide: [],
    sel: null,
    zoom: null,
    lat: null,
    lon: null,
});

/** What an address asks to be shown; what it says wrongly is left out.
 * @param {string} search @returns {Shown} */
export function read(search) {
    const p = new URLSearchParams(search);
    const words = (/** @type {string} */ name) => (p.get(name) ?? '').split(',').filter(Boolean);
    const number = (/** @type {string} */ name, /** @type {number} */ low, /** @type {number} */ high) => {
        const value = p.get(name) ? Number(p.get(name)) : NaN;
        return value >= low && value <= high ? value : null;
    };
    const scope = p.get('scope');
    return {
        scope: scope === 'done' || scope === 'all' ? scope : 'open',
        q: p.get('q') ?? '',
        status: /** @type {Shown['status']} */ (words('status').filter(s => statuses.includes(s))),
        category: p.get('category') ?? '',
        street: p.get('street') ?? '',
        shared: p.get('shared') === '1',
        today: p.get('today') === '1',
        inView: p.get('view') === '1',
        hide: words('hide'),
        sel: selection(p.get('sel') ?? ''),
        zoom: number('z', 3, 20),
        lat: number('lat', -90, 90),
        lon: number('lon', -180, 180),
    };
}

/** @param {string} text @returns {Shown['sel']} */
function selection(text) {
    const cut = text.indexOf(':');
    const [kind, id] = [text.slice(0, cut), text.slice(cut + 1)];
    if (cut < 0 || !kinds.includes(kind) || !id) return null;
    return {kind: /** @type {any} */ (kind), id: kind === 'area' || !/^\d{1,15}$/.test(id) ? id : Number(id)};
}

/** The address of what is shown: only what differs from the plain page. Parameters that are not ours stay.
 * @param {Shown} now @param {string} [search] the address as it was */
export function write(now, search = '') {
    const p = new URLSearchParams(search);
    ours.forEach(name => p.delete(name));
    if (now.scope !== 'open') p.set('scope', now.scope);
    if (now.q) p.set('q', now.q);
    if (now.status.length) p.set('status', now.status.join(','));
    if (now.category) p.set('category', now.category);
    if (now.street) p.set('street', now.street);
    if (now.shared) p.set('shared', '1');
    if (now.today) p.set('today', '1');
    if (now.inView) p.set('view', '1');
    if (now.hide.length) p.set('hide', now.hide.join(','));
    if (now.sel) p.set('sel', `${now.sel.kind}:${now.sel.id}`);
    if (now.zoom !== null && now.lat !== null && now.lon !== null) {
        p.set('z', String(+now.zoom.toFixed(2)));
        p.set('lat', now.lat.toFixed(5));
        p.set('lon', now.lon.toFixed(5));
    }
    const text = p.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
    return text && `?${text}`;
}
