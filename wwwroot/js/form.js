/** Marks the required fields that are empty and goes to the first; true when there are any. The browser's own bubbles speak its language, not the page's.
 * @param {HTMLFormElement} form */
export function incomplete(form) {
    const fields = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll('input, select, textarea')]);
    const missing = fields.filter(f => {
        const empty = f.required && !f.value.trim() && f.offsetParent !== null;
        if (empty) f.setAttribute('aria-invalid', 'true');
        else f.removeAttribute('aria-invalid');
        return empty;
    });
    missing[0]?.focus();
    return missing.length > 0;
}
