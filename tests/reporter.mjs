// Shows a node:test run line by line and leaves its counts in the file that OPSMAP_TEST_RESULTS names.
import {writeFileSync} from 'node:fs';
import {inspect} from 'node:util';

const unchosen = 'test name does not match pattern'; // how node 20 reports what a filter left out

/** @param {AsyncIterable<{type: string, data: any}>} events */
export default async function* report(events) {
    const counts = {passed: 0, failed: 0, skipped: 0};
    for await (const {type, data} of events) {
        if (type === 'test:stdout' || type === 'test:stderr') yield data.message;
        if ((type !== 'test:pass' && type !== 'test:fail') || data.details?.type === 'suite' || data.skip === unchosen) continue;
        const outcome = type === 'test:fail' && data.todo === undefined ? 'failed' : data.skip !== undefined || data.todo !== undefined ? 'skipped' : 'passed';
        counts[outcome]++;
        yield `  ${outcome === 'passed' ? 'ok' : outcome} - ${data.name} (${Math.round(data.details.duration_ms)} ms)\n`;
        if (outcome === 'failed') yield `${inspect(data.details.error?.cause ?? data.details.error, {depth: 5})}\n`.replaceAll(/^/gm, '    ');
    }
    writeFileSync(process.env.OPSMAP_TEST_RESULTS ?? '/dev/null', JSON.stringify(counts));
}
