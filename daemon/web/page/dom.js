// Making and changing elements: the little that the page needs instead of a framework.

// el('button', {class: 'x', onclick: f, 'aria-label': 't'}, 'text', child, …)
export function el(tag, properties = {}, ...children) {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(properties ?? {})) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
        else if (name === 'value' || name === 'checked' || name === 'selected' || name === 'disabled') e[name] = value;
        else e.setAttribute(name, value === true ? '' : value);
    }
    e.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
    return e;
}

export function put(e, ...children) {
    e.replaceChildren(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
    return e;
}

// Sets text, class or attribute only where it differs: the browser has nothing to do then.
export function say(e, text) {
    if (e.textContent !== text) e.textContent = text;
}
export function mark(e, name, on) {
    if (e.classList.contains(name) !== on) e.classList.toggle(name, on);
}
export function attribute(e, name, value) {
    if (e.getAttribute(name) !== value) e.setAttribute(name, value);
}

// Rows of a table or list, one an item, kept as long as the item is there: `make` builds one, `fill` brings it up to date.
export function rows(parent, items, key, make, fill) {
    const before = parent.rowsByKey ?? new Map(), now = new Map();
    let at = parent.firstElementChild;
    for (const item of items) {
        const k = key(item), row = before.get(k) ?? make(item);
        fill(row, item);
        now.set(k, row);
        before.delete(k);
        if (row === at) at = at.nextElementSibling;
        else parent.insertBefore(row, at);
    }
    for (const row of before.values()) row.remove();
    parent.rowsByKey = now;
}

export function table(...heads) {
    const body = el('tbody');
    return { body, table: el('table', {}, el('thead', {}, el('tr', {}, heads.map(([text, kind]) => el('th', { class: kind, scope: 'col' }, text)))), body) };
}

export function checkbox(label, checked, onchange, extra = {}) {
    return el('label', { class: 'check' }, el('input', { type: 'checkbox', checked, onchange: e => onchange(e.target.checked), ...extra }), el('span', {}, label));
}

export function choice(label, options, value, onchange, extra = {}) {
    const select = el('select', { 'aria-label': label, onchange: e => onchange(e.target.value), ...extra },
        options.map(([v, text]) => el('option', { value: v, selected: String(v) === String(value) }, text)));
    return el('label', { class: 'field' }, el('span', {}, label), select);
}

export function download(name, type, content) {
    const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
    const link = el('a', { href: url, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
}
