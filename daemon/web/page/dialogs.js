// What lies over the page for a moment: the keys, signing in, starting a handoff.
import { el, put } from './dom.js';
import { KEYS } from './keys.js';
import { t } from './strings.js';

const SHOWN = { ' ': '␣', ArrowUp: '↑', ArrowLeft: '←', ArrowDown: '↓', ArrowRight: '→', PageUp: 'PgUp', PageDown: 'PgDn', Escape: 'Esc' };
const shown = key => key.startsWith('Shift+') ? [el('kbd', {}, '⇧'), el('kbd', {}, key.slice(6))] : el('kbd', {}, SHOWN[key] ?? key);

function open(...content) {
    const dialog = document.getElementById('dialog');
    put(dialog, ...content);
    if (!dialog.open) dialog.showModal();
    return dialog;
}
const closer = () => el('button', { type: 'button', onclick: () => document.getElementById('dialog').close() }, t('close'));

export function help() {
    open(el('h2', {}, t('help'), closer()),
        el('div', { class: 'keys' }, KEYS.map(([keys, word]) => el('div', {}, el('span', { class: 'combo' }, keys.flatMap(shown)), el('span', {}, t(word))))));
}

// One form with fields [name, label, type]; `done` gets their values by name.
function form(title, fields, done) {
    const inputs = fields.map(([name, label, type, value = '']) => el('label', {}, label, el('input', { name, type, value, autocomplete: 'off' })));
    const dialog = open(el('form', {
        class: 'stack', method: 'dialog',
        onsubmit: e => {
            e.preventDefault();
            dialog.close();
            done(Object.fromEntries(new FormData(e.target)));
        },
    }, el('h2', {}, title), inputs, el('div', { class: 'row' }, el('button', { type: 'submit', class: 'on' }, t('send')), closer())));
    dialog.querySelector('input').focus();
}

export function signIn(app) {
    form(t('signIn'), [['token', t('token'), 'password'], ['position', t('position'), 'text', app.picture.welcome?.position]],
        values => app.enter(values));
}

export function handTo(title, done) {
    form(title, [['to', t('initiateTo'), 'text']], ({ to }) => done(to.trim()));
}
