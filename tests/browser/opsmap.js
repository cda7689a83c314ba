import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {createServer} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createInterface} from 'node:readline';
import {fileURLToPath} from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const {port} = /** @type {import('node:net').AddressInfo} */ (server.address());
    server.close();
    return port;
}

/** A running `./opsmap up` on a data folder of its own; `stop` removes both. */
export class OpsMap {
    /** @param {string[]} options further words for `up` */
    static async start(...options) {
        const it = new OpsMap();
        it.data = await mkdtemp(join(tmpdir(), 'opsmap-browser-'));
        it.port = await freePort();
        it.options = options;
        await it.up();
        it.accounts = JSON.parse(await readFile(join(it.data, 'accounts.json'), 'utf8'));
        return it;
    }

    get url() { return `http://127.0.0.1:${this.port}`; }

    /** Starts the server (again) and waits for the line that says it is ready. */
    async up() {
        const errors = [];
        this.process = spawn(join(root, 'opsmap'), ['up', '--port', String(this.port), '--data', this.data, ...this.options], {stdio: ['ignore', 'pipe', 'pipe']});
        this.process.stderr.on('data', text => errors.push(String(text)));
        this.ended = once(this.process, 'exit');
        for await (const line of createInterface({input: this.process.stdout}))
            if (line.startsWith('OpsMap ready on ')) { this.process.stdout.resume(); return; }
        throw new Error(`opsmap ended before it was ready: ${errors.join('')}`);
    }

    /** Ends the server as a power cut would. */
    async kill() {
        this.process.kill('SIGKILL');
        await this.ended;
    }

    async stop() {
        if (this.process.exitCode === null && this.process.signalCode === null) this.process.kill('SIGTERM');
        await this.ended;
        const cluster = await readFile(join(this.data, 'cluster'), 'utf8').catch(() => '');
        for (const folder of [cluster.trim(), this.data]) if (folder) await rm(folder, {recursive: true, force: true});
    }

    /** Name and password of somebody with this role. @param {string} role */
    person(role) { return this.accounts.people.find(p => p.role === role); }

    /** Sends a report as a feed does; the answer's id. @param {object} item */
    async report(item) {
        const {feed, key} = this.accounts.feeds[0];
        const answer = await fetch(`${this.url}/api/feeds/${feed}/incidents`, {method: 'POST', headers: {'X-Api-Key': key, 'Content-Type': 'application/json'},
            body: JSON.stringify({category: 'manhole', datum: 'wgs84', reported_at: new Date().toISOString(), ...item})});
        const body = await answer.json();
        if (answer.status !== 200 || !body.ids?.[0]) throw new Error(`${answer.status} ${JSON.stringify(body)}`);
        return body.ids[0];
    }
}
