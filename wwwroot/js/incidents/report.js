import {byId, el, fill} from '../dom.js';
import {incomplete} from '../form.js';
import {onLanguage, t, tOr} from '../i18n.js';
import {icon} from '../icons.js';
import {sentence} from '../shell/failure.js';
import {mercator} from '../map/mercator.js';
import {overlay} from '../map/overlay.js';
import {colour} from '../theme.js';

/** Reporting by hand: a click says where (or typed coordinates), a small form says what. What was typed stays until it was taken.
 * @param {import('leaflet').Map} map @param {import('../types.js').Deps} deps @param {{ask: (answer: ((lat: number, lon: number) => void)|null) => void}} pointing
 * @param {() => void} goOn takes the focus to the details that open next */
export function showReport(map, {api, lists, state, desk}, pointing, goOn) {
    const host = el('section', {class: 'report-panel', 'aria-labelledby': 'report-title', tabindex: '-1', hidden: true});
    byId('stage').append(host);
    const category = el('select', {class: 'input', required: true});
    const title = el('input', {class: 'input', required: true, maxlength: 200, autocomplete: 'off'});
    const description = el('textarea', {class: 'input', maxlength: 4000, rows: 3});
    const lon = el('input', {class: 'input num', inputmode: 'decimal', required: true, autocomplete: 'off', onchange: () => typed()});
    const lat = el('input', {class: 'input num', inputmode: 'decimal', required: true, autocomplete: 'off', onchange: () => typed()});
    const owner = el('p', {class: 'owner-line', 'aria-live': 'polite'});
    const answer = el('div', {class: 'answer'});
    const send = el('button', {type: 'submit', class: 'btn primary'});
    /** Where the focus was before. @type {Element|null} */
    let held = null;
    let asked = new AbortController();
    /** @type {{lat: number, lon: number}|null} */
    let place = null;

    const pin = overlay(map, 'report', 480, (ctx, view) => {
        if (host.hidden || !place) return;
        const [mx, my] = mercator(place);
        ctx.translate(view.x(mx) - 16, view.y(my) - 30);
        ctx.scale(32 / 24, 32 / 24);
        const drop = new Path2D('M12 22.500s7.500-6.800 7.500-13A7.500 7.500 0 0 0 4.500 9.500c0 6.200 7.500 13 7.500 13z');
        ctx.fillStyle = colour('accent');
        ctx.strokeStyle = colour('map-edge');
        ctx.lineWidth = 2;
        ctx.fill(drop);
        ctx.stroke(drop);
        ctx.fillStyle = colour('map-edge');
        ctx.beginPath();
        ctx.arc(12, 9.5, 2.8, 0, 2 * Math.PI);
        ctx.fill();
    });

    function draw() {
        const kept = category.value;
        fill(
            category,
            el('option', {value: '', text: t('report.choose')}),
            ...[...lists.categories.values()].map(c => el('option', {value: c.code, text: lists.category(c.code)})),
        );
        category.value = kept;
        send.textContent = t('report.send');
        fill(
            host,
            el(
                'header',
                {},
                el('h2', {id: 'report-title', text: t('report.title')}),
                el('button', {type: 'button', class: 'btn bare square', 'aria-label': t('close'), onclick: () => close()}, icon('close')),
            ),
            el('p', {class: 'note'}, t(place ? 'report.move_hint' : 'report.click_hint')),
            el(
                'form',
                {novalidate: true, onsubmit: submit, onfilled: () => fill(answer)},
                el(
                    'div',
                    {class: 'pair'},
                    el('label', {class: 'field'}, el('span', {text: t('report.lon')}), lon),
                    el('label', {class: 'field'}, el('span', {text: t('report.lat')}), lat),
                ),
                owner,
                el('label', {class: 'field'}, el('span', {text: t('report.category')}), category),
                el('label', {class: 'field'}, el('span', {text: t('report.what')}), title),
                el('label', {class: 'field'}, el('span', {text: t('report.more')}), description),
                answer,
                el('div', {class: 'acts'}, send, el('button', {type: 'button', class: 'btn', text: t('cancel'), onclick: () => close()})),
            ),
        );
    }

    /** @param {number} y @param {number} x */
    function put(y, x) {
        const first = place === null;
        place = {lat: +y.toFixed(6), lon: +x.toFixed(6)};
        lon.value = String(place.lon);
        lat.value = String(place.lat);
        for (const field of [lon, lat]) field.dispatchEvent(new Event('input', {bubbles: true}));
        pin.redraw();
        if (first) {
            draw();
            category.focus();
        }
        void whose();
    }

    function typed() {
        const [x, y] = [Number(lon.value), Number(lat.value)];
        if (lon.value && lat.value && Math.abs(x) <= 180 && Math.abs(y) <= 90) put(y, x);
    }

    /** Whose it would be, before it is sent. */
    async function whose() {
        asked.abort();
        asked = new AbortController();
        if (!place) return;
        try {
            const d = await api.get(`/api/responsible?lon=${place.lon}&lat=${place.lat}`, {signal: asked.signal});
            fill(owner, icon('place'), d.area ? `${lists.place(d.area)} · ${t(`class.${d.class}`)}` : tOr(`reason.${d.reason}`, t('area.none')));
        } catch {
            if (!asked.signal.aborted) fill(owner);
        }
    }

    async function submit(/** @type {Event} */ e) {
        e.preventDefault();
        if (incomplete(/** @type {HTMLFormElement} */ (e.currentTarget)))
            return fill(answer, el('div', {class: 'note red', role: 'alert', text: t(place ? 'form.missing' : 'report.click_hint')}));
        send.disabled = true;
        fill(answer);
        try {
            const made = await api.post('/api/incidents', {
                category: category.value,
                title: title.value.trim(),
                description: description.value.trim(),
                lon: Number(lon.value),
                lat: Number(lat.value),
                datum: 'wgs84',
            });
            title.value = description.value = '';
            close(true);
            desk.say(t('report.done', {id: made.id}));
            goOn();
            state.set({sel: {kind: 'incident', id: made.id}});
        } catch (problem) {
            const p = /** @type {import('../api.js').Problem} */ (problem);
            fill(
                answer,
                el(
                    'div',
                    {class: 'note red', role: 'alert'},
                    el('strong', {text: sentence(p)}),
                    p.detail && el('span', {text: p.detail}),
                    el('span', {text: t('report.kept')}),
                    p.traceId && el('span', {class: 'mono', text: `${t('failed.trace')} ${p.traceId}`}),
                ),
            );
        }
        send.disabled = false;
    }

    function open() {
        if (!host.hidden) return;
        held = document.activeElement;
        host.hidden = false;
        place = null;
        lon.value = lat.value = '';
        fill(owner);
        fill(answer);
        draw();
        document.body.classList.add('reporting');
        pointing.ask(put);
        (matchMedia('(pointer: coarse)').matches ? host : lon).focus({preventScroll: true}); // no keyboard on screen over the map that is to be touched
    }

    function close(sent = false) {
        host.hidden = true;
        place = null;
        document.body.classList.remove('reporting');
        pointing.ask(null);
        pin.redraw();
        const back = held && held !== document.body && held.isConnected ? held : document.querySelector('.tool-report');
        if (!sent && back instanceof HTMLElement) back.focus({preventScroll: true});
    }

    const unlanguage = onLanguage(() => {
        if (!host.hidden) {
            draw();
            void whose();
        }
    });
    return {
        open,
        close,
        isOpen: () => !host.hidden,
        stop() {
            unlanguage();
            close();
            pin.remove();
            host.remove();
        },
    };
}
