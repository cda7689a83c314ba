import {chromium} from 'playwright-core';

/** Debian's Chromium, without its own calls home. */
export const launch = () => chromium.launch({executablePath: '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']});

/** A page that remembers every address it asked for and every error it met.
 * @param {import('playwright-core').Browser} browser @param {import('./opsmap.js').OpsMap} opsmap @param {import('playwright-core').BrowserContextOptions} [options] */
export async function visit(browser, opsmap, options = {}) {
    const context = await browser.newContext({baseURL: opsmap.url, viewport: {width: 1440, height: 900}, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', ...options});
    const page = await context.newPage();
    /** @type {{asked: string[], errors: string[]}} */
    const seen = {asked: [], errors: []};
    context.on('request', request => seen.asked.push(request.url()));
    page.on('websocket', socket => seen.asked.push(socket.url()));
    page.on('pageerror', error => seen.errors.push(String(error)));
    page.on('console', message => { if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text())) seen.errors.push(message.text()); });
    return {context, page, ...seen};
}

/** Signs in through the page. @param {import('playwright-core').Page} page @param {{user: string, password: string}} person @param {string} [path] where to go */
export async function signIn(page, {user, password}, path = '/') {
    await page.goto(path);
    await page.waitForURL('**/sign-in**');
    await page.fill('#user', user);
    await page.fill('#password', password);
    await page.click('#go');
    await page.waitForURL(url => !url.pathname.startsWith('/sign-in'));
}

/** The addresses that are not this host's. @param {string[]} asked @param {{port: number}} opsmap */
export const foreign = (asked, {port}) => asked.filter(address => !/^(data|blob):/.test(address) && new URL(address).host !== `127.0.0.1:${port}`);
