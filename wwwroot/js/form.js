/** Marks the required fields that are empty and goes to the first; true when there are any. A mark goes as soon as its field is filled; with the last of them the
 * form is sent `filled`. The browser's own bubbles speak its language, not the page's.
 * @param {HTMLFormElement} form */
export function incomplete(form) {
    const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input, select, textarea')]);
    const missing = fields.filter(f => {
        const empty = f.required && !f.value.trim() && f.offsetParent !== null;
        if (empty) mark(form, f);
        else f.removeAttribute('aria-invalid');
        return empty;
    });
    missing[0]?.focus();
    return missing.length > 0;
}

/** @param {HTMLFormElement} form @param {HTMLInputElement} field */
function mark(form, field) {
    if (field.getAttribute('aria-invalid') === 'true') return;
    field.setAttribute('aria-invalid', 'true');
    const look = () => {
        if (!field.value.trim()) return;
        field.removeEventListener('input', look);
        field.removeAttribute('aria-invalid');
        if (!form.querySelector('[aria-invalid]')) form.dispatchEvent(new Event('filled'));
    };
    field.addEventListener('input', look);
}
