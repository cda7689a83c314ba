import {language, t} from './i18n.js';

/** @typedef {import('./types.js').Category} Category
 * @typedef {import('./types.js').Area} Area */

/** Names for codes: categories, departments, areas. Filled as the answers come; until then a code stands for itself. */
export class Lists {
    /** @type {Map<string, Category>} */
    categories = new Map();
    /** @type {{code: string, name: string, level: string, area_code: string|null}[]} */
    departments = [];
    /** @type {Map<string, Area>} */
    #areas = new Map();
    #api;
    #live;

    /** @param {typeof import('./api.js').api} api @param {import('./live/live.js').Live} live */
    constructor(api, live) {
        this.#api = api;
        this.#live = live;
        live.watch('areas', {done: () => (this.#areas = new Map([...live.of('areas').values()].map(a => [a.code, a])))});
    }

    async load() {
        const [categories, departments] = await Promise.all([this.#api.get('/api/categories'), this.#api.get('/api/departments').catch(() => ({items: []}))]);
        this.categories = new Map(categories.items.map((/** @type {Category} */ c) => [c.code, c]));
        this.departments = departments.items;
    }

    /** @param {string} code */
    category(code) {
        const found = this.categories.get(code);
        if (code === 'unclassified') return t('category.unclassified');
        return found ? (language() === 'en' ? found.name_en : found.name_zh) : code;
    }

    /** 1 gravest, 4 least; 3 when nobody said. @param {string} code */
    severity(code) {
        return this.categories.get(code)?.severity ?? 3;
    }

    /** @param {string|null} code */
    department(code) {
        return this.departments.find(d => d.code === code)?.name ?? code ?? '';
    }

    /** @param {string|null|undefined} code @returns {Area|undefined} */
    area(code) {
        return code ? this.#areas.get(code) : undefined;
    }

    /** A street with its district before it. @param {{code: string, name: string}|null} area */
    place(area) {
        const parent = area && this.area(this.area(area.code)?.parent);
        return area ? (parent ? `${parent.name} · ${area.name}` : area.name) : '';
    }

    /** Every area of a level, by code. @param {string} level @returns {Area[]} */
    areas(level) {
        return [...this.#areas.values()].filter(a => a.level === level).sort((a, b) => (a.code < b.code ? -1 : 1));
    }
}
