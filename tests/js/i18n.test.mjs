import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {test} from 'node:test';
import {t} from '../../wwwroot/js/i18n.js';
import {en} from '../../wwwroot/js/i18n/en.js';
import {zh} from '../../wwwroot/js/i18n/zh.js';
import {statuses} from '../../wwwroot/js/incidents/filter.js';

const root = new URL('../../wwwroot/', import.meta.url);
const sources = ['js', '.']
    .flatMap(folder => readdirSync(new URL(`${folder}/`, root), {recursive: folder === 'js'}).map(f => new URL(`${folder}/${f}`, root)))
    .filter(f => /\.(js|html)$/.test(f.pathname) && !f.pathname.includes('/lib/'));

test('both catalogues hold the same keys', () => {
    assert.deepEqual(
        Object.keys(en).filter(k => !(k in zh)),
        [],
    );
    assert.deepEqual(
        Object.keys(zh).filter(k => !(k in en)),
        [],
    );
});

test('no key is empty, and both languages take the same parameters', () => {
    const parameters = words => [...new Set(words.match(/\{\w+\}/g) ?? [])].sort().join();
    for (const key of Object.keys(zh)) {
        assert.ok(zh[key] && en[key], key);
        assert.equal(parameters(en[key]), parameters(zh[key]), key);
    }
});

test('every key that the pages name is in the catalogue', () => {
    const named = sources.flatMap(f =>
        [...readFileSync(f, 'utf8').matchAll(/(?:\bt\(|data-t(?:-label|-title|-hint)?['"]?[:=]\s?)['"]([\w.-]+)['"]/g)].map(m => m[1]),
    );

    assert.ok(named.length > 80);
    assert.deepEqual(
        [...new Set(named)].filter(key => !(key in zh)),
        [],
    );
});

test('every state, verdict, role and level has its words', () => {
    const keys = [
        ...statuses.flatMap(s => [`status.${s}`, `move.${s}`]),
        ...['sole', 'shared', 'none'].map(c => `class.${c}`),
        ...['inside', 'in_corridor', 'on_line', 'outside', 'no_location', 'no_edition'].map(r => `reason.${r}`),
        ...[
            'operator',
            'dispatcher',
            'duty-lead',
            'street-chief',
            'street-staff',
            'responder',
            'patroller',
            'planner',
            'reporter',
            'wall',
            'auditor',
            'admin',
        ].map(r => `role.${r}`),
        ...['incident', 'station', 'unit', 'area', 'committee'].map(k => `kind.${k}`),
    ];

    assert.deepEqual(
        keys.filter(key => !(key in zh)),
        [],
    );
});

test('a number chooses between one and many', () => {
    assert.equal(t('list.new', {n: 1}, 'en'), '1 new incident');
    assert.equal(t('list.new', {n: 2}, 'en'), '2 new incidents');
    assert.equal(t('list.new', {n: 2}, 'zh'), '2 起新事件');
});

test('no key is left over that no page names', () => {
    const text = sources.filter(f => !f.pathname.includes('/i18n/')).map(f => readFileSync(f, 'utf8')).join('\n');
    const made = [...text.matchAll(/`([a-z_]+\.)\$\{/g)].map(m => m[1]); // keys put together from a code

    assert.deepEqual(
        Object.keys(zh).filter(key => !text.includes(`'${key}'`) && !text.includes(`"${key}"`) && !made.some(prefix => key.startsWith(prefix))),
        [],
    );
});
