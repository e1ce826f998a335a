// The token of this page, if it has one: from the address, then only in this tab's memory.

import { el } from './dom.js';

const KEY = 'notecast-token';

let token = takeFromAddress() ?? sessionStorage.getItem(KEY) ?? '';

export function currentToken() {
  return token;
}

/** An address for an <img> or a link, which cannot carry a header. */
export function withToken(url) {
  if (!token) return url;
  const result = new URL(url, location.href);
  result.searchParams.set('token', token);
  return result.href;
}

/** fetch with the token; asks the person for one when the server wants it. */
export async function request(url, options = {}) {
  for (;;) {
    const used = token;
    const response = await fetch(url, {
      cache: 'no-store',
      credentials: 'omit',
      ...options,
      headers: { ...options.headers, ...(used && { Authorization: `Bearer ${used}` }) },
    });
    if (response.status !== 401) return response;
    await renewToken(used);
  }
}

/** Forgets a token that was refused; when there was none, asks for one. */
export async function renewToken(refused) {
  if (refused !== token) return;
  if (token) remember('');
  else remember(await ask());
}

function remember(value) {
  token = value;
  if (value) sessionStorage.setItem(KEY, value);
  else sessionStorage.removeItem(KEY);
}

/** Out of the address bar at once, so that nobody copies it with the link. */
function takeFromAddress() {
  const url = new URL(location.href);
  const fragment = new URLSearchParams(url.hash.slice(1));
  const found = fragment.get('token') ?? url.searchParams.get('token');
  if (found === null) return null;
  fragment.delete('token');
  url.searchParams.delete('token');
  url.hash = fragment.toString();
  history.replaceState(history.state, '', url);
  sessionStorage.setItem(KEY, found);
  return found;
}

let asking;

function ask() {
  asking ??= new Promise((resolve) => {
    const input = el('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
    const dialog = el('dialog', { className: 'ask' },
      el('form', { method: 'dialog' },
        el('h2', {}, 'This server asks for its token'),
        el('p', {}, 'Whoever is not on its own machine needs it. The notebook or the terminal that started the server shows it.'),
        el('label', { htmlFor: 'token' }, 'Token'),
        input,
        el('button', { className: 'primary' }, 'Continue')));
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('close', () => {
      dialog.remove();
      asking = undefined;
      resolve(input.value.trim());
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
