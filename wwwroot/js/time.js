import {language, t} from './i18n.js';

const zone = 'Asia/Shanghai'; // no daylight saving: always eight hours ahead of UTC
const shift = 8 * 3600_000;
const day = 24 * 3600_000;
let offset = 0; // the server's clock minus this one, ms

/** Learns the server's clock from the `at` of a batch.
 * @param {string} at */
export function observe(at) {
    const seen = Date.parse(at) - Date.now();
    if (!Number.isFinite(seen)) return;
    // A batch is never early, only late: the largest difference of late is the nearest to the truth.
    offset = Math.abs(seen - offset) > 5_000 ? seen : Math.max(offset - 5, seen);
}

/** The server's present instant in ms, as near as we know it. */
export const now = () => Date.now() + offset;

/** Midnight in the city that began the day of `ms`.
 * @param {number} [ms] */
export const dayStart = (ms = now()) => Math.floor((ms + shift) / day) * day - shift;

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/** @param {string} name @param {Intl.DateTimeFormatOptions} options */
function format(name, options) {
    const key = name + language();
    let made = formats.get(key);
    if (!made) formats.set(key, (made = new Intl.DateTimeFormat(language() === 'en' ? 'en-GB' : 'zh-CN', {timeZone: zone, hour12: false, ...options})));
    return made;
}

/** Date and time in full.
 * @param {string|null} iso */
export const full = iso =>
    iso
        ? format('full', {year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit'}).format(new Date(iso))
        : '—';

/** The time of day, with the date before it when that is not today.
 * @param {string} iso */
export function clock(iso) {
    const at = Date.parse(iso);
    const time = /** @type {const} */ ({hour: '2-digit', minute: '2-digit'});
    return at >= dayStart() && at < dayStart() + day ? format('time', time).format(at) : format('date', {month: '2-digit', day: '2-digit', ...time}).format(at);
}

/** How long ago, in one unit.
 * @param {string} iso @param {number} [at] */
export function ago(iso, at = now()) {
    const s = Math.max(0, (at - Date.parse(iso)) / 1000);
    if (s < 60) return t('time.now');
    if (s < 3600) return t('time.minutes', {n: Math.floor(s / 60)});
    if (s < 86_400) return t('time.hours', {n: Math.floor(s / 3600)});
    return t('time.days', {n: Math.floor(s / 86_400)});
}

/** A length of time as one or two words.
 * @param {number} ms */
export function span(ms) {
    const s = Math.max(0, Math.round(ms / 1000));
    if (s < 90) return t('span.seconds', {n: s});
    if (s < 5400) return t('span.minutes', {n: Math.round(s / 60)});
    return t('span.hours', {n: Math.round(s / 3600)});
}
