import assert from 'node:assert/strict';
import {test} from 'node:test';
import {figures, matches, narrowed, statuses, statusesOf, widest} from '../../wwwroot/js/incidents/filter.js';
import {nothingChosen} from '../../wwwroot/js/url.js';

const noon = Date.parse('2026-11-20T04:00:00Z');
const incident = more => ({
    id: 1,
    status: 'reported',
    class: 'lamp',
    title: '路灯不亮',
    area: {code: 'S1', name: '四唯街道'},
    responsibility_class: 'sole',
    reported_at: '2026-11-20T03:00:00Z',
    ...more,
});
const context = {today: noon - 12 * 3600_000, words: i => `${i.id} ${i.title} ${i.area?.name ?? ''}`};
const shows = (i, shown) => matches(incident(i), {...nothingChosen(), ...shown}, context);

test('the plain list shows what is open and the other scope what is done', () => {
    assert.equal(shows({}, {}), true);
    assert.equal(shows({status: 'closed'}, {}), false);
    assert.equal(shows({status: 'void'}, {scope: 'done'}), true);
    assert.equal(shows({status: 'hung'}, {scope: 'done'}), false);
    assert.deepEqual(statusesOf('all'), statuses);
});

test('each filter narrows by its own fact', () => {
    assert.equal(shows({}, {status: ['filed']}), false);
    assert.equal(shows({}, {category: 'lamp'}), true);
    assert.equal(shows({}, {street: 'S2'}), false);
    assert.equal(shows({area: null}, {street: 'S1'}), false);
    assert.equal(shows({responsibility_class: 'shared'}, {shared: true}), true);
    assert.equal(shows({reported_at: '2026-11-18T03:00:00Z'}, {today: true}), false);
});

test('every word of a search must be found', () => {
    assert.equal(shows({}, {q: '路灯 四唯'}), true);
    assert.equal(shows({}, {q: '路灯 一元'}), false);
});

test('reset takes every narrowing away', () => {
    const shown = {...nothingChosen(), q: 'x', status: ['filed'], shared: true, inView: true};

    assert.equal(narrowed(shown), true);
    assert.equal(narrowed({...shown, ...widest()}), false);
});

test('the figures count open, today, shared and each state', () => {
    const counts = figures(
        [
            incident({}),
            incident({status: 'closed', responsibility_class: 'shared'}),
            incident({status: 'filed', responsibility_class: 'shared', reported_at: '2026-11-01T00:00:00Z'}),
        ],
        context.today,
    );

    assert.deepEqual(counts, {open: 2, done: 1, all: 3, today: 2, shared: 1, status: {reported: 1, closed: 1, filed: 1}});
});

test('a number behind # is found exactly, and without it as a part of what is searched', () => {
    assert.equal(shows({id: 259}, {q: '#259'}), true);
    assert.equal(shows({id: 2591}, {q: '#259'}), false);
    assert.equal(shows({id: 259}, {q: '259'}), true);
});
