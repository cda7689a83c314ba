import {api} from './api.js';
import {openArea} from './areas/details.js';
import {around} from './areas/find.js';
import {loadCommunitiesWhenNear, loadGround} from './areas/ground.js';
import {openCommittee} from './committees/details.js';
import {byId, fill, once} from './dom.js';
import {firstLanguage, onLanguage, retranslate} from './i18n.js';
import {Cases} from './incidents/cases.js';
import {openIncident} from './incidents/details.js';
import {showIncidents} from './incidents/layer.js';
import {showListHead} from './incidents/list-head.js';
import {showList} from './incidents/list.js';
import {showReport} from './incidents/report.js';
import {Lists} from './lists.js';
import {Live} from './live/live.js';
import {showBase} from './map/base.js';
import {inCity} from './map/free.js';
import {showLabels} from './map/labels.js';
import {bringIntoSight, createMap, home, showMiddle} from './map/map.js';
import {showPointing} from './map/point.js';
import {showLayers, showTools} from './map/tools.js';
import {openUnit} from './positions/details.js';
import {showPositions} from './positions/layer.js';
import {showBanner} from './shell/banner.js';
import {showBar} from './shell/bar.js';
import {createDesk} from './shell/desk.js';
import {showEmpty} from './shell/empty.js';
import {failure, sentence} from './shell/failure.js';
import {showFoot, showStrip} from './shell/foot.js';
import {showKeys} from './shell/keys.js';
import {showPanel} from './shell/panel.js';
import {showPaper} from './shell/paper.js';
import {State} from './state.js';
import {openStation} from './stations/details.js';
import {showStations} from './stations/layer.js';
import {followTheme} from './theme.js';

/** The page /: puts the parts together; each part stands in its own module. */
async function open() {
    const [session, city] = await Promise.all([api.get('/api/session'), api.get('/api/city')]);
    const note = byId('stage-note');
    note.hidden = true;
    const state = new State();
    const live = new Live({topics: ['incidents', 'positions', 'feeds', 'committees', 'areas', 'stations'], filters: {level: ['city', 'district', 'street']}});
    const lists = new Lists(api, live);
    const cases = new Cases(state, lists);
    /** @type {import('./types.js').Deps} */
    const deps = {api, live, state, cases, city, session, lists, desk: createDesk()};

    showStrip(city, byId('strip'));
    showFoot(city, byId('foot'));
    const map = createMap(byId('map'), city.bbox, state);
    let placed = state.now.zoom !== null; // by the address, or once the middle of the city is known
    /** @type {{lat: number, lon: number}|null} */
    let chosen = null;
    const base = showBase(map);
    const labels = showLabels(map, byId('details'));
    const stations = showStations(map, deps);
    const units = showPositions(map, deps);
    const incidents = showIncidents(map, deps);

    /** @type {import('./map/base.js').Ground} */
    let ground = {areas: {}, edges: [], waters: [], committees: []};
    const own = () => (ground.areas.street ?? []).filter(f => session.areas.includes(f.properties.code));
    const lay = () => {
        base.replace(ground);
        base.own(own());
        labels.replace(ground);
        legend.draw();
        outline();
    };
    const outline = () =>
        base.pick(
            state.now.sel?.kind === 'area'
                ? (Object.values(ground.areas)
                      .flat()
                      .find(f => f.properties.code === state.now.sel?.id) ?? null)
                : state.now.sel?.kind === 'committee'
                  ? (ground.committees.find(f => (f.properties.id ?? f.id) === state.now.sel?.id) ?? null)
                  : null,
        );

    const pointing = showPointing(map, deps, {incidents, units, stations, ground: () => ground}, byId('tip'));
    const head = showListHead(deps, byId('list'));
    const list = showList(map, deps, byId('list'));
    const report = showReport(map, deps, pointing, () => panel.focusNext());
    const again = () => panel.redraw();
    const show = (/** @type {{lat: number, lon: number}} */ {lat, lon}) => {
        if (inCity(city.bbox, lon, lat)) bringIntoSight(map, lat, lon, [byId('details'), byId('list')]); // far outside there is nothing to see
    };
    const panel = showPanel(
        state,
        {
            incident: openIncident(deps, again),
            unit: openUnit(deps, again),
            station: openStation(deps),
            committee: openCommittee(deps),
            area: openArea(deps, () => ground, again),
        },
        place => {
            chosen = place;
            if (placed) setTimeout(() => show(place), 80); // once the panel has taken its room
        },
    );
    const layers = byId('layers');
    const toggleLayers = () => layers.classList.toggle('open');
    const mayReport = !['planner', 'wall', 'auditor', 'admin'].includes(session.role); // the server decides; a button that is always refused helps nobody
    showTools(map, {home: () => home(map, city.bbox), report: mayReport ? report.open : null, layers: toggleLayers}, byId('tools'));
    const legend = showLayers(deps, () => ground, layers);
    layers.classList.toggle('open', innerWidth >= 1500);
    const keys = showKeys(() => ({
        j: () => list.step(1),
        k: () => list.step(-1),
        ArrowDown: () => list.step(1),
        ArrowUp: () => list.step(-1),
        Enter: panel.focus,
        '/': () => head.search.focus(),
        ...(mayReport && {n: report.open}),
        l: toggleLayers,
        h: () => home(map, city.bbox),
        v: () => state.set({inView: !state.now.inView}),
        '+': () => map.zoomIn(1),
        '=': () => map.zoomIn(1),
        '-': () => map.zoomOut(1),
        Escape: () => (report.isOpen() ? report.close() : panel.close()),
    }));
    showBar({...deps, keys}, byId('bar'));
    showBanner(live, byId('banner'));
    showPaper(deps, byId('desk'), byId('stage'));

    state.on((now, changed) => {
        if (changed.has('hide')) {
            base.hide(now.hide);
            labels.hide(now.hide);
        }
        if (changed.has('sel')) outline();
    });
    base.hide(state.now.hide);
    labels.hide(state.now.hide);
    state.start();
    cases.start(live);
    live.start();
    const named = once(() => {
        cases.refresh();
        head.choices();
        panel.redraw();
    });
    lists.load().then(named, problem => deps.desk.say(sentence(problem)));
    live.watch('areas', {done: named});
    live.watch('feeds', {replace: named});
    retranslate(document);
    document.body.classList.add('ready');

    const unempty = city.empty ? showEmpty(note) : null;
    const reload = async () => {
        try {
            ground = await loadGround(api);
            lay();
            if (unempty && !(await api.get('/api/city')).empty) location.reload(); // the first import has come
        } catch (problem) {
            note.hidden = false;
            fill(
                note,
                failure(problem, () => {
                    note.hidden = true;
                    void reload();
                }),
            );
        }
    };
    await reload();
    if (!placed) {
        placed = true;
        if (own().length) home(map, around(own()), false);
        else showMiddle(map, ground.areas.street ?? []);
        if (chosen) show(chosen);
    }
    loadCommunitiesWhenNear(map, api, features => {
        ground.areas.community = features;
        lay();
    });
    followEditions(live, reload);
    map.getContainer().dataset.ready = 'true';
}

/** Draws the lines anew when an import has changed them. @param {Live} live @param {() => Promise<void>} reload */
function followEditions(live, reload) {
    let due = 0,
        settled = false;
    const changed = () => {
        if (!settled) {
            settled = true;
            return;
        }
        clearTimeout(due);
        due = setTimeout(reload, 1_500);
    };
    live.watch('areas', {done: changed});
}

async function start() {
    firstLanguage();
    followTheme();
    onLanguage(() => retranslate(document));
    try {
        await open();
    } catch (problem) {
        if (/** @type {any} */ (problem).status === 401) return; // on the way to the sign-in page
        const note = byId('stage-note');
        note.hidden = false;
        fill(
            note,
            failure(problem, () => location.reload()),
        );
    }
}
void start();
