/** A refusal or a failure, as the server's problem answer told it. Status 0: no answer came at all. */
export class Problem extends Error {
    /** @param {number} status @param {{title?: string, detail?: string, traceId?: string, trace_id?: string}} body @param {number} [after] seconds to wait before the next try */
    constructor(status, body, after) {
        super(body.detail || body.title || `HTTP ${status}`);
        this.name = 'Problem';
        this.status = status;
        this.after = after;
        this.title = body.title ?? '';
        this.detail = body.detail ?? '';
        this.traceId = body.traceId ?? body.trace_id ?? '';
    }
}

let leaving = false;

/** To the sign-in page because the session has ended, and back here afterwards. */
export function goToSignIn() {
    if (leaving || location.pathname === '/sign-in') return;
    location.assign(`/sign-in?ended=1&next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** Signs out by somebody's own wish. */
export async function leave() {
    leaving = true;
    await api.drop('/api/session').catch(() => {});
    location.assign('/sign-in');
}

/** @param {string} method @param {string} path @param {{body?: unknown, signal?: AbortSignal, stay?: boolean}} [options] `stay`: a 401 is told, not followed */
async function send(method, path, {body, signal, stay} = {}) {
    let answer;
    try {
        answer = await fetch(path, {
            method,
            signal,
            credentials: 'same-origin',
            headers: {accept: 'application/json', ...(body === undefined ? {} : {'content-type': 'application/json'})},
            body: body === undefined ? undefined : JSON.stringify(body),
        });
    } catch (cause) {
        if (signal?.aborted) throw cause;
        throw new Problem(0, {title: 'offline'});
    }
    if (answer.status === 401 && !stay) goToSignIn();
    const text = await answer.text();
    let said;
    try {
        said = text ? JSON.parse(text) : null;
    } catch {
        said = {title: answer.statusText};
    }
    if (!answer.ok) throw new Problem(answer.status, said ?? {title: answer.statusText}, Number(answer.headers.get('retry-after')) || undefined);
    return said;
}

export const api = {
    /** @param {string} path @param {{signal?: AbortSignal, stay?: boolean}} [options] @returns {Promise<any>} */
    get: (path, options) => send('GET', path, options),
    /** @param {string} path @param {unknown} [body] @param {{signal?: AbortSignal, stay?: boolean}} [options] @returns {Promise<any>} */
    post: (path, body = {}, options = {}) => send('POST', path, {...options, body}),
    /** @param {string} path @returns {Promise<any>} */
    drop: path => send('DELETE', path),
};
