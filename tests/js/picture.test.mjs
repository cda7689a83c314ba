import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Picture} from '../../wwwroot/js/live/picture.js';

const item = (op, id, topic = 'incidents', more = {}) => ({topic, op, id, item: op === 'put' ? {id, ...more} : null});
const topics = ['incidents'];

test('a listener hears the whole, then what was put with what it was before, then what was dropped', () => {
    const picture = new Picture();
    const heard = [];
    picture.watch('incidents', {
        replace: all => heard.push(['all', all.map(i => i.id)]),
        put: (now, before) => heard.push(['put', now.id, before?.id]),
        drop: was => heard.push(['drop', was.id]),
        done: () => heard.push('done'),
    });

    picture.replace([item('put', 1), item('put', 2)], topics);
    picture.apply([item('put', 2), item('put', 3), item('drop', 1)]);

    assert.deepEqual(heard, [['all', [1, 2]], 'done', ['put', 2, 2], ['put', 3, undefined], ['drop', 1], 'done']);
    assert.deepEqual([...picture.of('incidents').keys()], [2, 3]);
});

test('a drop of something unknown is silent', () => {
    const picture = new Picture();
    picture.watch('incidents', {drop: () => assert.fail('nothing was there')});

    picture.apply([item('drop', 9)]);
});

test('a snapshot leaves the units where they are until all of them are told', () => {
    const picture = new Picture();
    picture.replace([item('put', 7, 'positions'), item('put', 8, 'positions')], ['positions']);
    assert.equal(picture.ready, false);

    picture.replace([item('put', 1)], topics);
    assert.equal(picture.of('positions').size, 2);

    picture.replace([item('put', 8, 'positions')], ['positions']);
    assert.deepEqual([...picture.of('positions').keys()], [8]);
});

test('whoever begins to listen late is told everything at once, and nothing after stopping', () => {
    const picture = new Picture();
    picture.replace([item('put', 1)], topics);
    let calls = 0;

    const stop = picture.watch('incidents', {replace: () => calls++, put: () => calls++});
    stop();
    picture.apply([item('put', 2)]);

    assert.equal(calls, 1);
});
