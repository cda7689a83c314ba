/** @typedef {import('../map/base.js').Ground} Ground
 * @typedef {import('../map/base.js').Feature} Feature */

/** Everything the base map is drawn from. What a role may not read is simply not drawn; a failure is thrown.
 * @param {typeof import('../api.js').api} api @returns {Promise<Ground>} */
export async function loadGround(api) {
    const features = async (/** @type {string} */ path) => {
        try {
            return /** @type {Feature[]} */ ((await api.get(path)).features ?? []);
        } catch (problem) {
            if ([403, 404].includes(/** @type {any} */ (problem).status)) return [];
            throw problem;
        }
    };
    const [district, street, edges, waters, committees] = await Promise.all(
        [
            '/api/areas?level=district&f=geojson',
            '/api/areas?level=street&f=geojson',
            '/api/edges?f=geojson',
            '/api/waters?f=geojson',
            '/api/committees?f=geojson',
        ].map(features),
    );
    return {areas: {district, street, community: []}, edges, waters, committees};
}

/** The communities are many and only wanted close by: asked for once, when first near enough.
 * @param {import('leaflet').Map} map @param {typeof import('../api.js').api} api @param {(features: Feature[]) => void} give */
export function loadCommunitiesWhenNear(map, api, give) {
    let asked = false;
    const look = async () => {
        if (asked || map.getZoom() < 13.5) return;
        asked = true;
        try {
            give((await api.get('/api/areas?level=community&f=geojson')).features ?? []);
        } catch {
            asked = false;
        }
    };
    map.on('zoomend', look);
    void look();
    return () => void map.off('zoomend', look);
}
