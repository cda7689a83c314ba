// The whole test run: every suite in turn, one last line that sums them up.
//
//   node tests/run.mjs [FILTER]     FILTER is the name of a suite, or a part of the names of tests
//
// A suite that ends without telling its results counts as one failure: nothing passes by crashing.
import {spawn, spawnSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {basename, dirname, join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);
const scratch = mkdtempSync(join(tmpdir(), 'opsmap-test-'));
const filter = process.argv[2] ?? '';
const none = {passed: 0, failed: 0, skipped: 0};
const crashed = {...none, failed: 1};
delete process.env.OPSMAP_DB; // somebody's database is not for testing

let current;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => { current?.kill(signal); rmSync(scratch, {recursive: true, force: true}); process.exit(1); });

/** Runs a program with its output shown; its exit code, or null when it did not end within the minutes. */
function run(program, args, {cwd = root, minutes = 10, env = {}} = {}) {
    return new Promise(done => {
        const child = current = spawn(program, args, {cwd, stdio: ['ignore', 'inherit', 'inherit'], env: {...process.env, ...env}});
        const late = setTimeout(() => { console.error(`${basename(program)} did not end within ${minutes} minutes`); child.kill('SIGKILL'); }, minutes * 60_000);
        child.on('error', e => { clearTimeout(late); console.error(e.message); done(null); });
        child.on('close', code => { clearTimeout(late); done(code); });
    });
}

/** One check that is a test of its own. */
const single = async (program, args, options) => (await run(program, args, options)) === 0 ? {...none, passed: 1} : crashed;

/** Test files below a folder: NAME.test.js, NAME.test.mjs. */
function testFiles(folder) {
    return existsSync(folder) ? readdirSync(folder, {recursive: true}).map(String).filter(f => /\.test\.m?js$/.test(f) && !f.includes('node_modules')).sort().map(f => join(folder, f)) : [];
}

/** The development tools as tests/package-lock.json pins them. */
function developmentTools() {
    const stamp = at('tests/node_modules/.opsmap-lock');
    const lock = createHash('sha256').update(readFileSync(at('tests/package-lock.json'))).digest('hex');
    if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return true;
    console.log('installing the development tools (npm ci in tests/)');
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {cwd: at('tests'), encoding: 'utf8'});
    if (npm.status !== 0) { console.error(`npm ci failed: ${(npm.stderr || npm.error?.message || '').trim()}`); return false; }
    writeFileSync(stamp, lock);
    return true;
}

async function dotnet(names) {
    const built = await run('dotnet', ['build', at('tests/OpsMap.Tests'), '-c', 'Release', '-v', 'quiet', '-nologo', '-clp:ErrorsOnly;NoSummary', '-p:SkipClientLibs=true', '-p:UseSharedCompilation=false']);
    if (built !== 0) return crashed;
    const results = join(scratch, 'dotnet.json');
    const chosen = names ? ['-method', `*${names.replaceAll(' ', '_')}*`] : [];
    const code = await run('dotnet', [at('tests/OpsMap.Tests/bin/Release/net10.0/OpsMap.Tests.dll'), '-noLogo', '-noColor', '-ctrf', results, ...chosen], {minutes: 12});
    if (!existsSync(results)) return crashed;
    const {passed, failed, skipped, pending = 0, other = 0} = JSON.parse(readFileSync(results, 'utf8')).results.summary;
    return {passed, failed: failed + other + (code !== 0 && failed + other === 0 && passed + skipped > 0 ? 1 : 0), skipped: skipped + pending};
}

async function node(folder, names, options = {}) {
    const files = testFiles(folder);
    if (files.length === 0) return none;
    const results = join(scratch, `${basename(folder)}.json`);
    const chosen = names ? [`--test-name-pattern=${names.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')}`] : [];
    const code = await run(process.execPath, ['--test', ...options.arguments ?? [], ...chosen, `--test-reporter=${at('tests/reporter.mjs')}`, '--test-reporter-destination=stdout', ...files],
        {...options, env: {OPSMAP_TEST_RESULTS: results}});
    if (!existsSync(results)) return crashed;
    const counted = JSON.parse(readFileSync(results, 'utf8'));
    return code !== 0 && counted.failed === 0 ? {...counted, failed: 1} : counted;
}

const types = () => developmentTools() ? single(process.execPath, [at('tests/node_modules/typescript/bin/tsc'), '--noEmit', '--checkJs', '-p', at('tests/tsconfig.json')]) : crashed;
const libraries = () => single(process.execPath, [at('src/client-libs.mjs'), 'check']);

// In this order the quick ones speak first. The last two have no names inside, so a filter either is their name or leaves them out.
const suites = [
    ['js', names => node(at('tests/js'), names)],
    ['dotnet', dotnet],
    ['browser', names => developmentTools() ? node(at('tests/browser'), names, {arguments: ['--test-concurrency=1']}) : crashed],
    ['types', names => names ? none : types()],
    ['client-libraries', names => names ? none : libraries()],
];

const chosen = suites.filter(([name]) => name === filter);
const sum = {...none};
for (const [name, suite] of chosen.length ? chosen : suites) {
    const began = Date.now();
    console.log(`\n=== ${name}`);
    const counted = await suite(chosen.length ? '' : filter);
    for (const key of Object.keys(sum)) sum[key] += counted[key];
    console.log(`=== ${name}: ${counted.passed} passed, ${counted.failed} failed${counted.skipped ? `, ${counted.skipped} skipped` : ''} in ${((Date.now() - began) / 1000).toFixed(1)} s`);
}
rmSync(scratch, {recursive: true, force: true});
if (sum.passed + sum.failed + sum.skipped === 0) console.log(`no suite and no test is called '${filter}'`);
console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
process.exitCode = sum.failed > 0 || sum.passed === 0 ? 1 : 0;
