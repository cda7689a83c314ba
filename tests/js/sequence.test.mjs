import assert from 'node:assert/strict';
import {test} from 'node:test';
import {accept, begin, pause} from '../../wwwroot/js/live/sequence.js';

const put = id => ({topic: 'incidents', op: 'put', id, item: {id}});
const batch = (kind, from, to, more = {}) => ({kind, epoch: 'e', view: 1, from, to, at: '2026-01-01T00:00:00Z', items: [], ...more});
/** Feeds batches one after another and gives what each did. */
function run(state, ...batches) {
    return batches.map(b => {
        const verdict = accept(state, b);
        state = verdict.next;
        return verdict;
    });
}

test('a snapshot in several batches replaces the picture with the last of them', () => {
    const [first, last] = run(begin(), batch('snapshot', null, 7, {more: true, items: [put(1)]}), batch('snapshot', null, 7, {items: [put(2)]}));

    assert.equal(first.does, 'wait');
    assert.equal(last.does, 'replace');
    assert.deepEqual(
        last.items.map(i => i.id),
        [1, 2],
    );
    assert.equal(last.next.to, 7);
});

test("changes that join on are applied, even when none of them is the caller's", () => {
    const verdicts = run(begin(), batch('snapshot', null, 7), batch('changes', 7, 9, {items: [put(3)]}), batch('beat', 9, 12), batch('changes', 12, 13));

    assert.deepEqual(
        verdicts.map(v => v.does),
        ['replace', 'apply', 'apply', 'apply'],
    );
    assert.equal(verdicts.at(-1).next.to, 13);
});

test('a batch that does not begin where the last one ended is a hole', () => {
    assert.equal(run(begin(), batch('snapshot', null, 7), batch('changes', 8, 9))[1].does, 'hole');
    assert.equal(run(begin(), batch('snapshot', null, 7), batch('changes', 6, 9))[1].does, 'hole');
    assert.equal(run(begin(), batch('changes', 6, 9))[0].does, 'hole');
});

test('a change in the middle of a snapshot is a hole', () => {
    assert.equal(run(begin(), batch('snapshot', null, 7, {more: true}), batch('changes', 7, 8))[1].does, 'hole');
});

test('another epoch without a snapshot is a hole', () => {
    assert.equal(run(begin(), batch('snapshot', null, 7), batch('changes', 7, 8, {epoch: 'other'}))[1].does, 'hole');
});

test('batches of an older view are ignored and a newer view begins with its snapshot', () => {
    const verdicts = run(
        begin(),
        batch('snapshot', null, 7),
        batch('snapshot', null, 8, {view: 2, items: [put(5)]}),
        batch('changes', 7, 8),
        batch('changes', 8, 9, {view: 2}),
    );

    assert.deepEqual(
        verdicts.map(v => v.does),
        ['replace', 'replace', 'ignore', 'apply'],
    );
});

test('a snapshot that is begun anew forgets its first parts', () => {
    const verdicts = run(begin(), batch('snapshot', null, 7, {more: true, items: [put(1)]}), batch('snapshot', null, 9, {items: [put(2)]}));

    assert.deepEqual(
        verdicts[1].items.map(i => i.id),
        [2],
    );
});

test('positions are outside the sequence, and the first of a view are all of them', () => {
    const positions = batch('positions', 7, 7, {items: [put(1)]});
    const verdicts = run(
        begin(),
        batch('snapshot', null, 7),
        positions,
        positions,
        batch('changes', 7, 8),
        batch('snapshot', null, 8, {view: 2}),
        batch('positions', 8, 8, {view: 2}),
    );

    assert.deepEqual(
        verdicts.map(v => v.does),
        ['replace', 'place', 'apply', 'apply', 'replace', 'place'],
    );
});

test('a resumed client takes the changes since its last number, or a snapshot instead', () => {
    const resume = begin({since: 40, epoch: 'e'});

    assert.equal(accept(resume, batch('changes', 40, 44)).does, 'apply');
    assert.equal(accept(resume, batch('changes', 41, 44)).does, 'hole');
    assert.equal(accept(resume, batch('snapshot', null, 50, {epoch: 'new'})).does, 'replace');
});

test('the pause between attempts grows, is bounded, and never ends', () => {
    assert.equal(
        pause(0, () => 0.5),
        250,
    );
    assert.equal(
        pause(3, () => 0.5),
        2000,
    );
    assert.equal(pause(1e6, () => 0.999) < 3_001, true);
    assert.notEqual(
        pause(2, () => 0.1),
        pause(2, () => 0.9),
    );
});
