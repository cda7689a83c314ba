import {byId, el, fill} from '../dom.js';
import {onLanguage, t} from '../i18n.js';
import {icon} from '../icons.js';
import {failure} from './failure.js';

/** @typedef {{title: string, kicker: string, mark?: Element, body: (Node|null|false)[], foot?: Node[]}} Page what a kind of thing shows of itself
 * @typedef {(id: any, signal: AbortSignal) => Promise<{draw: () => Page, place?: {lat: number, lon: number}|null, stop?: () => void}>} Opener */

/** The panel on the right: whatever is chosen, by an opener for each kind. A skeleton after 300 ms, and a failure that can be tried again.
 * @param {import('../state.js').State} state @param {Record<string, Opener>} openers @param {(place: {lat: number, lon: number}) => void} sight brings a place into sight */
export function showPanel(state, openers, sight) {
    const host = byId('details');
    const scroller = el('div', {class: 'details-body'});
    const head = el('header', {class: 'details-head'});
    const foot = el('footer', {class: 'details-foot', hidden: true});
    host.append(head, scroller, foot);
    let pending = new AbortController();
    /** @type {(() => void)|undefined} */
    let stopThing;
    /** @type {(() => Page)|null} */
    let draw = null;
    /** What was open last, and whether the focus goes into what opens next. */
    let last = state.now.sel;
    let wanted = false;

    /** @param {boolean} shown */
    const show = shown => {
        host.hidden = !shown;
        document.body.classList.toggle('has-details', shown);
    };
    const close = () => state.set({sel: null});

    /** @param {{title: string, kicker: string, mark?: Element}} about */
    function drawHead({title, kicker, mark}) {
        fill(
            head,
            el('div', {class: 'details-title'}, el('p', {class: 'kicker'}, mark ?? null, kicker), el('h2', {text: title})),
            el(
                'div',
                {class: 'details-acts'},
                el(
                    'button',
                    {type: 'button', class: 'btn bare square', 'aria-label': t('details.link'), title: t('details.link'), onclick: copyLink},
                    icon('link'),
                ),
                el('button', {type: 'button', class: 'btn bare square', 'aria-label': t('close'), title: `${t('close')} (Esc)`, onclick: close}, icon('close')),
            ),
        );
    }

    async function copyLink(/** @type {Event} */ e) {
        state.settle();
        const button = /** @type {HTMLElement} */ (e.currentTarget);
        try {
            await navigator.clipboard.writeText(location.href);
            fill(button, icon('check'));
        } catch {
            prompt(t('details.link'), location.href);
        }
        setTimeout(() => fill(button, icon('link')), 1_600);
    }

    function redraw() {
        if (!draw) return;
        const giveBack = keepFocus();
        const page = draw();
        const at = scroller.scrollTop;
        drawHead(page);
        fill(scroller, ...page.body);
        foot.hidden = !page.foot?.length;
        fill(foot, ...(page.foot ?? []));
        scroller.scrollTop = at;
        giveBack();
    }

    /** What is drawn anew loses the focus: it goes to the same field, the button of the same name, or the panel. */
    function keepFocus() {
        const at = document.activeElement;
        if (!(at instanceof HTMLElement) || at === host || !host.contains(at)) return () => {};
        const name = (/** @type {Element} */ e) => e.getAttribute('aria-label') ?? e.textContent;
        const was = name(at);
        return () => {
            if (host.contains(document.activeElement)) return;
            const again = host.contains(at) ? at : [...host.querySelectorAll('button')].find(b => !b.disabled && name(b) === was);
            (again ?? host).focus({preventScroll: true});
        };
    }

    async function open() {
        pending.abort();
        stopThing?.();
        stopThing = undefined;
        draw = null;
        const mine = (pending = new AbortController());
        const {sel} = state.now;
        if (!sel) {
            const held = host.contains(document.activeElement);
            show(false);
            const row = last?.kind === 'incident' ? document.querySelector(`[data-incident="${last.id}"]`) : null;
            if (held) /** @type {HTMLElement} */ (row ?? byId('list')).focus({preventScroll: true});
            return;
        }
        last = sel;
        const slow = setTimeout(
            () => {
                if (mine === pending) drawSkeleton();
            },
            host.hidden ? 120 : 300,
        );
        try {
            const thing = await openers[sel.kind](sel.id, mine.signal);
            if (mine !== pending) return thing.stop?.();
            stopThing = thing.stop;
            draw = thing.draw;
            show(true);
            scroller.scrollTop = 0;
            redraw();
            if (wanted || (host.contains(document.activeElement) && document.activeElement !== host)) host.focus({preventScroll: true});
            wanted = false;
            if (thing.place) sight(thing.place);
        } catch (problem) {
            if (mine !== pending) return;
            show(true);
            drawHead({title: t('failed.title'), kicker: t(`kind.${sel.kind}`)});
            foot.hidden = true;
            fill(
                scroller,
                failure(problem, () => void open()),
            );
        } finally {
            clearTimeout(slow);
        }
    }

    function drawSkeleton() {
        show(true);
        drawHead({title: t('loading'), kicker: state.now.sel ? t(`kind.${state.now.sel.kind}`) : ''});
        foot.hidden = true;
        fill(
            scroller,
            ...[60, 120, 90, 160].map(h => {
                const s = el('div', {class: 'skeleton'});
                s.style.height = `${h}px`;
                return s;
            }),
        );
    }

    const stops = [
        state.on((_, changed) => {
            if (changed.has('sel')) void open();
        }),
        onLanguage(redraw),
    ];
    void open();
    return {
        redraw,
        close,
        focus: () => host.focus(),
        /** The focus goes into what opens next. */
        focusNext: () => {
            wanted = true;
        },
        stop() {
            stops.forEach(stop => stop());
            pending.abort();
            stopThing?.();
            host.replaceChildren();
        },
    };
}
