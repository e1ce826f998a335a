// The token of this page, if it has one: from the address or for the invite in it, then only in this tab's memory.

import { el } from './dom.js';

const KEY = 'notecast-token';
const INVITE_KEY = 'notecast-invite';
const INVITE_RETRY_MS = 3000; // a tunnel that dropped comes back

const found = takeFromAddress();
let token = found.token ?? sessionStorage.getItem(KEY) ?? '';
let invite = found.invite ?? sessionStorage.getItem(INVITE_KEY) ?? '';

/** The token of this moment, '' for none. */
export function currentToken() {
  return token;
}

/** Calls back with a token that takes the place of the one before, which an invite's does now and then. */
export function onToken(listener) {
  listeners.add(listener);
}

const listeners = new Set();

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
  if (invite) await redeem();
  else if (token) remember('');
  else remember(await ask());
}

let redeeming;

/** Exchanges the invite for a token, and again before that one ends; a dead invite is forgotten. */
function redeem() {
  redeeming ??= askForToken().finally(() => (redeeming = undefined));
  return redeeming;
}

async function askForToken() {
  for (;;) {
    const response = await fetch('/api/v1/invites', {
      method: 'POST',
      cache: 'no-store',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ invite }),
    }).catch(() => undefined);
    if (response?.ok) {
      const { token: value, expiresInSeconds } = await response.json();
      remember(value);
      listeners.forEach((listener) => listener(value));
      setTimeout(() => invite && redeem(), 500 * expiresInSeconds);
      return;
    }
    if (response?.status === 401) {
      invite = '';
      sessionStorage.removeItem(INVITE_KEY);
      remember('');
      remember(await ask('This link is no longer good', 'Ask for a new one: links end when their tunnel does. Whoever has the server’s token can go on.'));
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, INVITE_RETRY_MS));
  }
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
  const invited = fragment.get('invite');
  const given = fragment.get('token') ?? url.searchParams.get('token');
  if (given === null && invited === null) return {};
  fragment.delete('invite');
  fragment.delete('token');
  url.searchParams.delete('token');
  url.hash = fragment.toString();
  history.replaceState(history.state, '', url);
  // what the tab had before was for another page
  for (const [key, value] of [[KEY, given], [INVITE_KEY, invited]]) {
    if (value === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  }
  return { token: given ?? '', invite: invited ?? '' };
}

let asking;

function ask(title = 'This server asks for its token',
  text = 'Whoever is not on its own machine needs it. The notebook or the terminal that started the server shows it.') {
  asking ??= new Promise((resolve) => {
    const input = el('input', { type: 'password', id: 'token', autocomplete: 'off', required: true });
    const dialog = el('dialog', { className: 'ask' },
      el('form', { method: 'dialog' },
        el('h2', {}, title),
        el('p', {}, text),
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
