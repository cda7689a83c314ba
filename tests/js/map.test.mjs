import assert from 'node:assert/strict';
import {test} from 'node:test';
import {areaAt} from '../../wwwroot/js/areas/find.js';
import {gather} from '../../wwwroot/js/incidents/crowds.js';
import {freePart, inCity} from '../../wwwroot/js/map/free.js';
import {localPath} from '../../wwwroot/js/local-path.js';
import {placeLabels} from '../../wwwroot/js/map/place-labels.js';
import {glideTo, placeAt} from '../../wwwroot/js/positions/glide.js';
import {nearest} from '../../wwwroot/js/map/mercator.js';
import {thin} from '../../wwwroot/js/stations/thin.js';
import {dayStart} from '../../wwwroot/js/time.js';

const square = (code, x, y, size = 1, hole = null) => ({
    type: 'Feature',
    properties: {code},
    geometry: {
        type: 'MultiPolygon',
        coordinates: [
            [
                [
                    [x, y],
                    [x + size, y],
                    [x + size, y + size],
                    [x, y + size],
                    [x, y],
                ],
                ...(hole ? [hole] : []),
            ],
        ],
    },
});

test('a click finds the area it lies in, and none in a hole or outside', () => {
    const areas = [
        square('a', 0, 0),
        square('b', 1, 0, 1, [
            [1.4, 0.4],
            [1.6, 0.4],
            [1.6, 0.6],
            [1.4, 0.6],
            [1.4, 0.4],
        ]),
    ];

    assert.equal(areaAt(areas, 0.5, 0.5)?.properties.code, 'a');
    assert.equal(areaAt(areas, 1.2, 0.5)?.properties.code, 'b');
    assert.equal(areaAt(areas, 1.5, 0.5), null);
    assert.equal(areaAt(areas, 5, 5), null);
});

test('names do not touch, and the one of higher rank stays', () => {
    const label = (text, x, y, rank) => ({text, x, y, width: 40, height: 14, rank});

    const placed = placeLabels([label('街', 10, 0, 2), label('区', 0, 0, 0), label('远', 500, 300, 2)]);

    assert.deepEqual(
        placed.map(p => p.text),
        ['区', '远'],
    );
});

test('names across the cells of the grid are seen as touching too', () => {
    const label = (text, x, rank) => ({text, x, y: 95, width: 60, height: 14, rank});

    assert.equal(placeLabels([label('a', 90, 0), label('b', 130, 1)]).length, 1);
});

test('a unit glides from fix to fix and arrives', () => {
    const first = glideTo(undefined, [0.5, 0.5], 90, 0, 0);
    const next = glideTo(first, [0.500001, 0.5], null, 1000, 2000);

    assert.deepEqual(placeAt(first, 0), [0.5, 0.5]);
    assert.ok(Math.abs(placeAt(next, 2000)[0] - 0.5000005) < 1e-12);
    assert.equal(placeAt(next, 9999)[0], 0.500001);
    assert.equal(next.heading, 90);
});

test('a leap is not glided', () => {
    const next = glideTo(glideTo(undefined, [0.5, 0.5], 0, 0, 0), [0.6, 0.5], 0, 1000, 1000);

    assert.deepEqual(placeAt(next, 1000), [0.6, 0.5]);
});

test('the day begins at midnight in the city', () => {
    assert.equal(new Date(dayStart(Date.parse('2026-11-20T15:59:59Z'))).toISOString(), '2026-11-19T16:00:00.000Z');
    assert.equal(new Date(dayStart(Date.parse('2026-11-20T16:00:00Z'))).toISOString(), '2026-11-20T16:00:00.000Z');
});

test('after signing in only a path of this server is followed', () => {
    assert.equal(localPath('/accounts?x=1#users'), '/accounts?x=1#users');
    for (const bad of [null, '', 'accounts', '//evil', '/\\evil', 'https:evil', 'javascript:alert(1)', '/ok\\evil', '/a\nb', '/sign-in?next=/'])
        assert.equal(localPath(bad), '/', String(bad));
});

test('thinning keeps one of those that would touch, whatever the extent, and all when asked', () => {
    const items = [
        {id: 1, lon: 114.3, lat: 30.6},
        {id: 2, lon: 114.30001, lat: 30.6},
        {id: 3, lon: 114.4, lat: 30.6},
    ];

    assert.deepEqual(
        thin(items, 12, 20).map(i => i.id),
        [1, 3],
    );
    assert.equal(thin(items, 12, 0).length, 3);
});

test('the nearest within reach is hit, and nothing beyond it', () => {
    const view = {x: mx => mx * 1000, y: my => my * 1000};
    const at = {lon: 0, lat: 0};

    assert.equal(nearest([at, {lon: 1, lat: 0}], view, 500, 503, 10), at);
    assert.equal(nearest([at], view, 520, 500, 10), null);
    assert.equal(nearest([{lon: null, lat: null}], view, 500, 500, 10), null);
});

test('a panel takes from the map the side that costs least', () => {
    const map = {left: 0, top: 0, right: 800, bottom: 600};

    assert.deepEqual(freePart(map, [{left: 420, top: 0, right: 800, bottom: 600}]), {...map, right: 420});
    assert.deepEqual(freePart(map, [{left: 0, top: 250, right: 800, bottom: 900}]), {...map, bottom: 250});
    assert.deepEqual(freePart(map, [{left: -300, top: 0, right: 0, bottom: 600}]), map);
    assert.deepEqual(freePart(map, [{left: 0, top: 0, right: 800, bottom: 600}]), map);
});

test('far outside its box is not in the city', () => {
    assert.equal(inCity([113.7, 29.9, 115.1, 31.4], 114.3, 30.6), true);
    assert.equal(inCity([113.7, 29.9, 115.1, 31.4], 121.5, 31.2), false);
    assert.equal(inCity(null, 0, 0), true);
});

test('many on one spot are one sign that says how many, until near enough; none is lost', () => {
    const heap = Array.from({length: 30}, (_, id) => ({id, lon: 114.3, lat: 30.6}));
    const alone = {id: 99, lon: 114.5, lat: 30.7};

    const far = gather([...heap, alone], 12);
    assert.deepEqual(far.single, [alone]);
    assert.deepEqual(
        far.crowds.map(c => [c.n, c.top.id]),
        [[30, 29]],
    );
    assert.equal(gather([...heap, alone], 17).single.length, 31);
    assert.deepEqual(gather(heap.slice(0, 5), 10).crowds, []);
});
