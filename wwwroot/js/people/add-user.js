import {api} from '../api.js';
import {el, fill} from '../dom.js';
import {incomplete} from '../form.js';
import {t} from '../i18n.js';
import {sentence} from '../shell/failure.js';
import {openDialog} from './dialogs.js';

const roles = [
    'operator',
    'dispatcher',
    'duty-lead',
    'street-chief',
    'street-staff',
    'responder',
    'patroller',
    'planner',
    'reporter',
    'wall',
    'auditor',
    'admin',
];
const ofStreet = ['street-chief', 'street-staff'],
    ofUnit = ['responder', 'patroller'];

/** The form of a new account; what was typed stays when it is refused.
 * @param {(made: any) => void} done called with the new account and its password */
export function addUser(done) {
    const name = el('input', {class: 'input', required: true, maxlength: 80, autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false'});
    const display = el('input', {class: 'input', maxlength: 80, autocomplete: 'off'});
    const role = el('select', {class: 'input', onchange: () => fit()}, ...roles.map(value => el('option', {value, text: t(`role.${value}`)})));
    const area = el('input', {class: 'input', list: 'streets', autocomplete: 'off', placeholder: t('people.pick_area')});
    const unit = el('input', {class: 'input', list: 'units', autocomplete: 'off'});
    const streets = el('datalist', {id: 'streets'}),
        units = el('datalist', {id: 'units'});
    const areaField = el('label', {class: 'field'}, el('span', {text: t('people.area')}), area);
    const unitField = el('label', {class: 'field'}, el('span', {text: t('people.unit')}), unit);
    const answer = el('div');
    /** @type {Map<string, string>} what the list offers -> code */
    const codes = new Map();

    const fit = () => {
        areaField.hidden = !ofStreet.includes(role.value);
        unitField.hidden = !ofUnit.includes(role.value);
    };
    api.get('/api/areas?level=street&limit=2000').then(
        ({items}) => {
            for (const s of items) codes.set(`${s.name} ${s.code}`, s.code);
            fill(streets, ...[...codes.keys()].map(value => el('option', {value})));
        },
        () => {},
    );
    api.get('/api/departments').then(
        ({items}) => fill(units, ...items.map((/** @type {any} */ d) => el('option', {value: d.code, text: d.name}))),
        () => {},
    );

    /** @param {string} words @param {string} [more] */
    const refuse = (words, more) => fill(answer, el('div', {class: 'note red', role: 'alert'}, el('strong', {text: words}), more && el('span', {text: more})));
    /** The street's code: as chosen, or typed as a name that only one street has. */
    const street = () =>
        codes.get(area.value) ??
        [...codes].filter(([label, code]) => code === area.value.trim() || label.startsWith(`${area.value.trim()} `)).map(([, code]) => code)[0];

    openDialog(t('people.add'), close => {
        const form = el(
            'form',
            {
                class: 'form',
                novalidate: true,
                onsubmit: async (/** @type {Event} */ e) => {
                    e.preventDefault();
                    fill(answer);
                    if (incomplete(/** @type {HTMLFormElement} */ (e.currentTarget))) return refuse(t('form.missing'));
                    const wantsArea = ofStreet.includes(role.value);
                    if (wantsArea && !area.value.trim()) return refuse(t('people.needs_area'));
                    if (wantsArea && !street()) return refuse(t('people.no_area', {name: area.value.trim()}));
                    try {
                        const made = await api.post('/api/users', {
                            name: name.value.trim(),
                            role: role.value,
                            ...(display.value.trim() && {display_name: display.value.trim()}),
                            ...(wantsArea && {area: street()}),
                            ...(ofUnit.includes(role.value) && unit.value.trim() && {unit: unit.value.trim()}),
                        });
                        close();
                        done(made);
                    } catch (problem) {
                        const p = /** @type {import('../api.js').Problem} */ (problem);
                        refuse(p.status === 409 ? t('people.taken') : sentence(p), p.detail);
                    }
                },
            },
            el(
                'div',
                {class: 'two'},
                el('label', {class: 'field'}, el('span', {text: t('people.name')}), name),
                el('label', {class: 'field'}, el('span', {text: `${t('people.display')} (${t('people.optional')})`}), display),
            ),
            el('label', {class: 'field'}, el('span', {text: t('people.role')}), role),
            areaField,
            unitField,
            streets,
            units,
            answer,
            el(
                'div',
                {class: 'acts'},
                el('button', {type: 'button', class: 'btn', text: t('cancel'), onclick: close}),
                el('button', {type: 'submit', class: 'btn primary', text: t('people.create')}),
            ),
        );
        return [form];
    });
    fit();
    name.focus();
}
