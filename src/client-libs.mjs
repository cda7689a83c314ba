// Fills wwwroot/lib with what libman.json names, from npm packages whose integrity the lock file pins.
//
//   node src/client-libs.mjs restore       npm ci when needed, then copy changed files and delete strays
//   node src/client-libs.mjs check         manifest, package.json, lock and files agree; our own pages name no foreign host
//   node src/client-libs.mjs seed-libman   fill LibMan's own cache, so that `libman restore` works without a network
//
// LibMan itself checks no hashes and wants a network; npm does the one and a lock file spares the other.
import {spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {dirname, join, relative, resolve, sep} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const json = path => JSON.parse(readFileSync(path, 'utf8'));

/** What the manifest asks for: one entry a library. */
function libraries() {
    return json(at('libman.json')).libraries.map(({library, destination, files}) => {
        const cut = library.lastIndexOf('@');
        return {name: library.slice(0, cut), version: library.slice(cut + 1), destination, files};
    });
}

/** Sentences about everything in which manifest, package.json and lock differ. */
function disagreements() {
    const wanted = json(at('package.json')).dependencies ?? {};
    const locked = json(at('package-lock.json')).packages;
    const named = libraries();
    return named
        .flatMap(({name, version, destination}) => {
            const lock = locked[`node_modules/${name}`];
            return [
                wanted[name] !== version && `libman.json has ${name} ${version}, package.json has ${wanted[name]}`,
                lock?.version !== version && `libman.json has ${name} ${version}, package-lock.json has ${lock?.version}`,
                lock && !lock.integrity && `package-lock.json has no integrity for ${name}`,
                !destination.startsWith('wwwroot/lib/') && `${name} would be written to ${destination}, outside wwwroot/lib/`,
            ].filter(Boolean);
        })
        .concat(
            Object.keys(wanted)
                .filter(name => !named.some(l => l.name === name))
                .map(name => `package.json has ${name}, libman.json does not`),
        );
}

/** True when node_modules holds exactly what the lock pins. */
function installed() {
    const stamp = at('node_modules', '.package-lock.json');
    if (!existsSync(stamp)) return false;
    const [have, want] = [json(stamp).packages, json(at('package-lock.json')).packages];
    return libraries().every(({name}) => {
        const key = `node_modules/${name}`;
        return (
            have[key]?.integrity === want[key]?.integrity && existsSync(at(key, 'package.json')) && json(at(key, 'package.json')).version === want[key].version
        );
    });
}

/** Every file below a folder, as paths relative to it. */
function filesBelow(folder) {
    if (!existsSync(folder)) return [];
    return readdirSync(folder, {recursive: true})
        .map(String)
        .filter(f => statSync(join(folder, f)).isFile());
}

/** Files wanted below wwwroot/lib: path there -> path in node_modules. */
function wantedFiles() {
    return new Map(
        libraries().flatMap(({name, destination, files}) => files.map(f => [relative('wwwroot/lib', join(destination, f)), at('node_modules', name, f)])),
    );
}

function restore() {
    const wrong = disagreements();
    if (wrong.length) return fail(wrong);
    if (!installed()) {
        const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: root, encoding: 'utf8', shell: process.platform === 'win32'});
        if (npm.status !== 0) return fail([`npm ci failed: ${(npm.stderr || npm.error?.message || '').trim()}`]);
    }
    const wanted = wantedFiles();
    const missing = [...wanted.values()].filter(f => !existsSync(f));
    if (missing.length) return fail(missing.map(f => `the package has no ${relative(at('node_modules'), f)}`));
    let copied = 0;
    for (const [target, source] of wanted) {
        const path = at('wwwroot/lib', target);
        const bytes = readFileSync(source);
        if (existsSync(path) && readFileSync(path).equals(bytes)) continue;
        mkdirSync(dirname(path), {recursive: true});
        writeFileSync(path, bytes);
        copied++;
    }
    const strays = filesBelow(at('wwwroot/lib')).filter(f => !wanted.has(f));
    strays.forEach(f => rmSync(at('wwwroot/lib', f)));
    console.log(`client libraries: ${wanted.size} files, ${copied} copied, ${strays.length} removed`);
    return 0;
}

// A namespace is a name, not an address that anybody fetches.
const foreign = /(?:https?:|wss?:)?\/\/(?!www\.w3\.org\/)[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;

/** Lines of our own pages, scripts and styles that name a host. */
function foreignHosts() {
    return filesBelow(at('wwwroot'))
        .filter(f => !f.startsWith(`lib${sep}`) && /\.(html|css|js|json|svg|webmanifest)$/.test(f))
        .flatMap(f =>
            readFileSync(at('wwwroot', f), 'utf8')
                .split('\n')
                .flatMap((line, i) => (line.match(foreign) ?? []).map(host => `wwwroot/${f}:${i + 1} names a foreign host: ${host}`)),
        );
}

function check() {
    const wanted = wantedFiles();
    const differing = [...wanted].filter(
        ([target, source]) =>
            !existsSync(at('wwwroot/lib', target)) || !existsSync(source) || !readFileSync(at('wwwroot/lib', target)).equals(readFileSync(source)),
    );
    const wrong = [
        ...disagreements(),
        ...differing.map(([target]) => `wwwroot/lib/${target} is missing or differs from its package; run: node src/client-libs.mjs restore`),
        ...filesBelow(at('wwwroot/lib'))
            .filter(f => !wanted.has(f))
            .map(f => `wwwroot/lib/${f} is not in libman.json`),
        ...foreignHosts(),
    ];
    if (wrong.length) return fail(wrong);
    console.log(`client libraries: ${wanted.size} files as pinned, no foreign host named`);
    return 0;
}

/** LibMan's cache: one file list a version, and the files themselves. */
function seedLibman() {
    const local = process.platform === 'win32' ? process.env.LOCALAPPDATA : process.env.XDG_DATA_HOME || join(homedir(), '.local/share');
    for (const {name, version, files} of libraries()) {
        const cache = join(local, '.librarymanager/cache/jsdelivr', name);
        const all = filesBelow(at('node_modules', name)).map(f => f.split(sep).join('/'));
        mkdirSync(cache, {recursive: true});
        writeFileSync(join(cache, `${version}-filelist.json`), JSON.stringify({files: all.map(f => ({name: `/${f}`}))}));
        for (const file of files) {
            mkdirSync(dirname(join(cache, version, file)), {recursive: true});
            writeFileSync(join(cache, version, file), readFileSync(at('node_modules', name, file)));
        }
    }
    return 0;
}

function fail(sentences) {
    sentences.forEach(s => console.error(`client libraries: ${s}`));
    return 1;
}

const commands = {restore, check, 'seed-libman': seedLibman};
const command = commands[process.argv[2]];
if (!command) console.error(`usage: node src/client-libs.mjs ${Object.keys(commands).join('|')}`);
process.exitCode = command ? command() : 2;
