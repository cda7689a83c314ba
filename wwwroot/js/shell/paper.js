import {el, fill} from '../dom.js';
import {onLanguage, t} from '../i18n.js';
import {sign} from '../map/shapes.js';
import {clock} from '../time.js';

const most = 40;
const [paperWidth, paperHeight] = [716, 500]; // what A4 leaves for the map in CSS pixels, upright or lying

/** Makes the page fit for paper: the map keeps its pixels and is only shown smaller, so printing moves nothing; of the list the first rows and how many more there are.
 * @param {Pick<import('../types.js').Deps, 'cases'|'lists'|'state'>} deps @param {HTMLElement} host @param {HTMLElement} stage */
export function showPaper({cases, lists, state}, host, stage) {
    const list = el('section', {class: 'paper-list'});
    host.append(list);

    function measure() {
        if (matchMedia('print').matches) return;
        const {clientWidth: w, clientHeight: h} = stage;
        if (!w || !h) return;
        const scale = Math.min(paperWidth / w, paperHeight / h);
        for (const [name, value] of Object.entries({'--map-w': `${w}px`, '--map-h': `${h}px`, '--paper-w': `${w * scale}px`, '--paper-h': `${h * scale}px`, '--paper-scale': scale}))
            stage.style.setProperty(name, String(value));
    }

    function rows() {
        const shown = cases.shown.slice(0, most);
        fill(
            list,
            el('h2', {text: `${t('list.label')} · ${t(`scope.${state.now.scope}`)} ${cases.shown.length}`}),
            el(
                'ol',
                {},
                ...shown.map(i =>
                    el(
                        'li',
                        {},
                        sign(i.status),
                        el('span', {class: 'num', text: `#${i.id}`}),
                        el('span', {class: 'paper-title', text: `${i.title || lists.category(i.class)} · ${lists.place(i.area) || t('area.none')}`}),
                        el('span', {text: t(`status.${i.status}`)}),
                        el('span', {class: 'num', text: clock(i.reported_at)}),
                    ),
                ),
            ),
            cases.shown.length > most && el('p', {text: t('list.paper_more', {n: cases.shown.length - most})}),
        );
    }

    const sized = new ResizeObserver(measure);
    sized.observe(stage);
    measure();
    addEventListener('beforeprint', rows);
    const unlanguage = onLanguage(rows);
    return () => {
        sized.disconnect();
        removeEventListener('beforeprint', rows);
        unlanguage();
        list.remove();
    };
}
