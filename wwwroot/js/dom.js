/** Makes an element. Keys: `class`, `text`, `data` (an object), `on…` (listeners), anything else is an attribute (false and null leave it out).
 * Text is always text: nothing here parses HTML.
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, any>} [props]
 * @param {...(Node|string|number|null|undefined|false)} children
 * @returns {HTMLElementTagNameMap[K]} */
export function el(tag, props = {}, ...children) {
    const node = document.createElement(tag);
    set(node, props);
    append(node, children);
    return node;
}

/** @param {Element} node @param {Record<string, any>} props */
export function set(node, props) {
    for (const [key, value] of Object.entries(props)) {
        if (value === null || value === undefined || value === false) node.removeAttribute(key === 'class' ? 'class' : key);
        else if (key === 'class') node.setAttribute('class', value);
        else if (key === 'text') node.textContent = value;
        else if (key === 'data') Object.assign(/** @type {HTMLElement} */ (node).dataset, value);
        else if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
        else node.setAttribute(key, value === true ? '' : value);
    }
}

/** @param {Element} node @param {(Node|string|number|null|undefined|false)[]} children */
function append(node, children) {
    for (const child of children) if (child !== null && child !== undefined && child !== false) node.append(child instanceof Node ? child : String(child));
}

/** Replaces everything inside a node.
 * @param {Element} node @param {...(Node|string|number|null|undefined|false)} children */
export function fill(node, ...children) {
    node.replaceChildren();
    append(node, children);
}

/** @param {string} name @param {Record<string, string>} props @param {...Element} children */
export function svg(name, props = {}, ...children) {
    const node = document.createElementNS('http://www.w3.org/2000/svg', name);
    for (const [key, value] of Object.entries(props)) node.setAttribute(key, value);
    node.append(...children);
    return node;
}

/** The element with this id; a page without it is broken.
 * @param {string} id @returns {HTMLElement} */
export function byId(id) {
    const node = document.getElementById(id);
    if (!node) throw new Error(`the page has no #${id}`);
    return node;
}

/** Runs `task` once in the next frame however often it is asked for.
 * @param {() => void} task */
export function once(task) {
    let asked = 0;
    return () => {
        asked ||= requestAnimationFrame(() => {
            asked = 0;
            task();
        });
    };
}
