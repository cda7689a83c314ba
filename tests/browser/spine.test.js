import assert from 'node:assert/strict';
import {after, before, describe, test} from 'node:test';
import {foreign, launch, signIn, visit} from './browser.js';
import {OpsMap} from './opsmap.js';

/** Within 四唯街道 of the demo city, on its own point. */
const place = {lon: 114.299, lat: 30.604};
const row = id => `[data-incident="${id}"]`;

describe('the spine, in a real browser', {timeout: 240_000}, () => {
    /** @type {OpsMap} */ let opsmap;
    /** @type {import('playwright-core').Browser} */ let browser;
    before(async () => {
        opsmap = await OpsMap.start('--no-simulator');
        browser = await launch();
    }, {timeout: 180_000});
    after(async () => {
        await browser?.close();
        await opsmap?.stop();
    });

    test('a report is in the list and on the map of everybody within two seconds', async () => {
        const one = await visit(browser, opsmap), other = await visit(browser, opsmap);
        await signIn(one.page, opsmap.person('operator'), `/?z=16&lat=${place.lat}&lon=${place.lon}`);
        await signIn(other.page, opsmap.person('duty-lead'));
        await Promise.all([one, other].map(({page}) => page.waitForSelector('#list .list-empty:not(:has(.skeleton))')));

        const id = await opsmap.report({source_id: 'browser-1', title: '井盖破损（浏览器测试）', ...place});
        await Promise.all([one, other].map(({page}) => page.waitForSelector(row(id), {timeout: 2_000})));

        const map = await one.page.locator('#map').boundingBox();
        await one.page.mouse.click(map.x + map.width / 2, map.y + map.height / 2);
        await one.page.waitForSelector('#details:not([hidden]) >> text=井盖破损（浏览器测试）');
        assert.match(await one.page.textContent('#details'), /四唯街道/);
        assert.match(one.page.url(), new RegExp(`sel=incident:${id}`));
        assert.equal(await one.page.getAttribute(row(id), 'aria-current'), 'true');
        assert.deepEqual([...one.errors, ...other.errors], []);
        await Promise.all([one, other].map(({context}) => context.close()));
    });

    test('a case that one person files and closes changes on the other screen', async () => {
        const id = await opsmap.report({source_id: 'browser-2', title: '路灯不亮（浏览器测试）', ...place});
        const one = await visit(browser, opsmap), other = await visit(browser, opsmap);
        await signIn(one.page, opsmap.person('operator'), `/?sel=incident:${id}`);
        await signIn(other.page, opsmap.person('duty-lead'), '/?scope=all');
        await other.page.waitForSelector(`${row(id)} .st-reported`);

        await one.page.click('#details >> role=button[name="立案"]');
        await other.page.waitForSelector(`${row(id)} .st-filed`, {timeout: 2_000});
        await one.page.click('#details >> role=button[name="结案"]');
        await other.page.waitForSelector(`${row(id)} .st-closed`, {timeout: 2_000});

        assert.deepEqual([...one.errors, ...other.errors], []);
        await Promise.all([one, other].map(({context}) => context.close()));
    });

    test('a long title is cut in its row and hides nothing else', async () => {
        const id = await opsmap.report({source_id: 'browser-long', title: 'W'.repeat(120), ...place});
        const {context, page} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('operator'));
        await page.waitForSelector(row(id));

        const [list, age] = await Promise.all(['#list', `${row(id)} .row-age`].map(what => page.locator(what).boundingBox()));
        assert.ok(age.x + age.width <= list.x + list.width, `the age ends at ${age.x + age.width}, the list at ${list.x + list.width}`);
        await context.close();
    });

    test('an incident is filed by hand where the map is clicked', async () => {
        const {context, page, errors} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('operator'), `/?z=15&lat=${place.lat}&lon=${place.lon}`);
        await page.waitForSelector('#map canvas');
        await page.keyboard.press('n');
        await page.waitForSelector('.report-panel:not([hidden])');

        const map = await page.locator('#map').boundingBox();
        await page.mouse.click(map.x + map.width / 2 + 40, map.y + map.height / 2 + 30);
        await page.selectOption('.report-panel select', 'manhole');
        await page.fill('.report-panel input[maxlength="200"]', '人工登记（浏览器测试）');
        await page.click('.report-panel button[type="submit"]');

        await page.waitForSelector('#details:not([hidden]) >> text=人工登记（浏览器测试）');
        assert.deepEqual(errors, []);
        await context.close();
    });

    test('after the server is killed and started again the picture converges without anybody doing anything', async () => {
        const before = await opsmap.report({source_id: 'browser-3', title: '断线之前', ...place});
        const {context, page} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('operator'));
        await page.waitForSelector(row(before));

        await opsmap.kill();
        await page.waitForSelector('#banner:not([hidden])', {timeout: 10_000});
        assert.match(await page.textContent('#banner'), /数据停在/);
        await opsmap.up();
        const after = await opsmap.report({source_id: 'browser-4', title: '重启之后', ...place});

        await page.waitForSelector(row(after), {timeout: 60_000});
        await page.waitForSelector('#banner', {state: 'hidden'});
        assert.equal(await page.locator(row(before)).count(), 1);
        await context.close();
    });

    test('whatever language, the page is complete and remembers the choice', async () => {
        const {context, page, errors} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('operator'));
        await page.click('#bar button:has-text("EN")');
        await page.waitForSelector('html[lang="en"]');
        await page.reload();
        await page.waitForSelector('html[lang="en"]');
        await page.waitForSelector('#strip >> text=/fictional/');
        assert.deepEqual(errors, []);
        await context.close();
    });

    test('nobody sees the map without signing in, and a wrong password says so', async () => {
        const {context, page} = await visit(browser, opsmap);
        await page.goto('/?z=12');
        await page.waitForURL('**/sign-in**');
        await page.fill('#user', 'operator');
        await page.fill('#password', 'not this one');
        await page.click('#go');
        await page.waitForSelector('.sign-answer:not([hidden])');
        assert.match(await page.textContent('.sign-answer'), /用户名或密码不对/);
        await context.close();
    });

    test('an administrator adds somebody, who can sign in with the password shown once', async () => {
        const {context, page, errors} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('admin'), '/accounts');
        await page.click('role=button[name="新建账号"]');
        await page.fill('dialog input >> nth=0', 'new-planner');
        await page.selectOption('dialog select >> nth=0', 'planner');
        await page.click('dialog >> role=button[name="建立账号"]');
        const secret = (await (await page.waitForSelector('dialog output')).textContent()).trim();
        assert.ok(secret.length >= 16);
        const fresh = await visit(browser, opsmap);
        await signIn(fresh.page, {user: 'new-planner', password: secret});
        await fresh.page.waitForSelector('#map canvas');
        assert.deepEqual([...errors, ...fresh.errors], []);
        await Promise.all([context, fresh.context].map(c => c.close()));
    });

    test('an auditor reads the record on the accounts page and narrows it; only what the role may use is offered', async () => {
        const {context, page, errors} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('auditor'), '/accounts');
        await page.waitForSelector('.tabs a');
        assert.deepEqual(await page.locator('.tabs a').allTextContents(), ['我的令牌', '审计记录']);
        await page.click('.tabs a >> nth=1');
        await page.waitForSelector('tbody tr');
        await page.fill('role=searchbox[name="操作者，如 chief-siwei"]', opsmap.person('auditor').user);
        await page.locator('role=combobox[name="操作，如 users.add"]').fill('session.begin');
        await page.waitForFunction(user => {
            const rows = [...document.querySelectorAll('tbody tr')];
            return rows.length > 0 && rows.every(row => row.textContent.includes(`user:${user}`) && row.textContent.includes('session.begin'));
        }, opsmap.person('auditor').user);
        assert.deepEqual(errors, []);
        await context.close();
    });

    test('printing gives two pages at most and leaves the map where it is', async () => {
        const {context, page, errors} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('operator'), '/?z=12.5&lat=30.59&lon=114.3');
        await page.waitForSelector('#map[data-ready]');
        const address = page.url();

        for (const landscape of [false, true]) {
            const pdf = await page.pdf({format: 'A4', landscape});
            assert.ok((pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length <= 2);
        }
        await page.waitForTimeout(400);
        assert.equal(page.url(), address);
        assert.ok((await page.locator('.paper-list li').count()) > 0);
        assert.deepEqual(errors, []);
        await context.close();
    });

    test('a chosen marker never lies beneath the panel', async () => {
        const id = await opsmap.report({source_id: 'browser-panel', title: '面板之下', ...place});
        const {context, page, errors} = await visit(browser, opsmap);
        await page.setViewportSize({width: 1000, height: 700});
        await signIn(page, opsmap.person('operator'), `/?z=14&lat=${place.lat}&lon=${place.lon - 0.02}`);
        await page.click(row(id));
        await page.waitForSelector('#details:not([hidden])');
        await page.waitForURL(url => Number(url.searchParams.get('lon')) > place.lon - 0.01);

        assert.deepEqual(errors, []);
        await context.close();
    });

    test('no page asks any other host for anything', async () => {
        const {context, page, asked} = await visit(browser, opsmap);
        await signIn(page, opsmap.person('admin'));
        await page.waitForSelector('#map canvas');
        await page.goto('/accounts');
        await page.waitForSelector('table');
        await page.goto('/?z=16&lat=30.604&lon=114.299&lang=en');
        await page.waitForSelector('#map canvas');

        assert.ok(asked.length > 20, `only ${asked.length} requests were seen`);
        assert.deepEqual(foreign(asked, opsmap), []);
        await context.close();
    });
});
