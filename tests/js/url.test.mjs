import assert from 'node:assert/strict';
import {test} from 'node:test';
import {nothingChosen, read, write} from '../../wwwroot/js/url.js';

test('a plain address shows the plain page, and the plain page has a plain address', () => {
    assert.deepEqual(read(''), nothingChosen());
    assert.equal(write(nothingChosen()), '');
});

test('everything that is shown comes back from its address', () => {
    const shown = {
        ...nothingChosen(),
        scope: 'all',
        q: '井盖 四唯',
        status: ['filed', 'closed'],
        category: 'lamp',
        street: '420102005000',
        shared: true,
        today: true,
        inView: true,
        hide: ['stations', 'units'],
        sel: {kind: 'incident', id: 42},
        zoom: 13.5,
        lat: 30.59,
        lon: 114.3,
    };

    assert.deepEqual(read(write(shown)), shown);
});

test('an area is chosen by its code, which stays text', () => {
    const shown = {...nothingChosen(), sel: {kind: 'area', id: '420102005000'}};

    assert.deepEqual(read(write(shown)).sel, shown.sel);
});

test('parameters of others stay in the address', () => {
    assert.equal(write({...nothingChosen(), q: 'x'}, '?lang=en&q=old'), '?lang=en&q=x');
});

test('what an address says wrongly is left out', () => {
    const shown = read('?scope=odd&status=filed,nonsense&sel=planet:3&z=99&lat=abc&lon=200');

    assert.deepEqual(shown, {...nothingChosen(), status: ['filed']});
    assert.equal(read('?sel=incident:').sel, null);
});
