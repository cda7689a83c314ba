import {el, fill} from '../dom.js';
import {incomplete} from '../form.js';
import {t, tOr} from '../i18n.js';
import {sentence} from '../shell/failure.js';

/** @typedef {import('../types.js').Case} Case
 * @typedef {import('../types.js').Move} Move */

/** The moves the server allows, as buttons; one that needs a unit or a reason asks for it first. What was typed outlives a refusal and a change from elsewhere.
 * @param {Pick<import('../types.js').Deps, 'api'|'lists'>} deps @param {() => Case} now @param {() => Promise<void>} refresh @param {() => void} redraw */
export function showMoves({api, lists}, now, refresh, redraw) {
    /** @type {Move|null} */
    let chosen = null;
    /** @type {import('../api.js').Problem|null} */
    let refusal = null;
    let busy = false;
    const unit = el('select', {class: 'input', required: true});
    const reason = el('textarea', {class: 'input', rows: 2, maxlength: 500});
    const note = el('textarea', {class: 'input', rows: 2, maxlength: 1000});

    /** @param {Move} move */
    async function make(move) {
        busy = true;
        refusal = null;
        redraw();
        try {
            await api.post(`/api/incidents/${now().id}/transitions`, {
                to: move.to,
                ...(move.needs.includes('unit') && {unit: unit.value}),
                ...(reason.value.trim() && {reason: reason.value.trim()}),
                ...(note.value.trim() && {note: note.value.trim()}),
            });
            chosen = null;
            reason.value = note.value = '';
        } catch (problem) {
            refusal = /** @type {import('../api.js').Problem} */ (problem);
        }
        busy = false;
        await refresh();
        redraw();
    }

    /** Why the last move was refused, and what to do. */
    const told = () =>
        refusal &&
        el(
            'div',
            {class: 'note red', role: 'alert'},
            el('strong', {text: refusal.status === 409 ? t('move.conflict') : refusal.status === 404 ? t('move.gone') : sentence(refusal)}),
            refusal.detail && el('span', {text: refusal.detail}),
            refusal.traceId && refusal.status >= 500 && el('span', {class: 'mono', text: `${t('failed.trace')} ${refusal.traceId}`}),
        );

    /** @param {Move} move */
    const press = move => {
        refusal = null;
        if (!move.needs.length) return void make(move);
        chosen = move;
        redraw();
        (move.needs.includes('unit') ? unit : reason).focus();
    };

    function form(/** @type {Move} */ move) {
        if (!unit.options.length)
            fill(
                unit,
                ...['street', 'district', 'city'].map(level => {
                    const group = el('optgroup', {label: t(`level.${level}`)});
                    group.append(
                        ...lists.departments
                            .filter(d => d.level === level)
                            .map(d => el('option', {value: d.code, text: d.name, selected: d.area_code !== null && d.area_code === now().area?.code})),
                    );
                    return group;
                }),
            );
        return el(
            'form',
            {
                class: 'move-form',
                novalidate: true,
                onsubmit: (/** @type {Event} */ e) => {
                    e.preventDefault();
                    if (!incomplete(/** @type {HTMLFormElement} */ (e.currentTarget))) void make(move);
                },
            },
            el('h3', {text: tOr(`move.${move.to}`, move.to)}),
            move.needs.includes('unit') && el('label', {class: 'field'}, el('span', {text: t('move.unit')}), unit),
            move.needs.includes('reason') && el('label', {class: 'field'}, el('span', {text: t('move.reason')}), ((reason.required = true), reason)),
            !move.needs.includes('reason') && el('label', {class: 'field'}, el('span', {text: t('move.note')}), note),
            told(),
            el(
                'div',
                {class: 'acts'},
                el('button', {type: 'submit', class: 'btn primary', disabled: busy, text: t('move.confirm')}),
                el('button', {
                    type: 'button',
                    class: 'btn',
                    text: t('cancel'),
                    onclick: () => {
                        chosen = null;
                        refusal = null;
                        redraw();
                    },
                }),
            ),
        );
    }

    return {
        /** @returns {Node[]} */
        draw() {
            const moves = now().moves ?? [];
            if (chosen && !moves.some(m => m.to === chosen?.to)) chosen = refusal ? chosen : null;
            if (chosen) return [form(chosen)];
            const label = (/** @type {Move} */ m) => tOr(`move.${m.to}`, m.to);
            const refused = told();
            return [
                ...(refused ? [refused] : []),
                ...(moves.length
                    ? [
                          el(
                              'div',
                              {class: 'acts'},
                              ...moves.map((m, at) =>
                                  el('button', {
                                      type: 'button',
                                      class: `btn${at === 0 && m.to !== 'void' ? ' primary' : m.to === 'void' ? ' danger' : ''}`,
                                      disabled: busy,
                                      text: label(m) + (m.needs.length ? '…' : ''),
                                      onclick: () => press(m),
                                  }),
                              ),
                          ),
                      ]
                    : [el('p', {class: 'quiet', text: t(`turn.${now().status}`)})]),
            ];
        },
    };
}
