// A tunnel with its links and their QR codes, which the kernel gives to live pages only.

import { copies, el } from '/web/assets/dom.js';
import { connectKernel } from './kernel.js';
import { askWhileVisible } from './table.js';

const SVG = 'http://www.w3.org/2000/svg';
const STATES = {
  opening: 'Opening',
  open: 'Open',
  reopening: 'Dropped, it is tried again',
  failed: 'Ended',
  closed: 'Closed: its links are dead',
};

/** Shows a tunnel as it is. Returns what ends it. */
export function renderTunnel(model, root) {
  const box = el('div', { className: 'notecast-tunnel' }, 'asking the kernel…');
  root.append(box);
  const kernel = connectKernel(model);
  let last = '';
  const stop = askWhileVisible(box, kernel, () => ({ kind: 'tunnel' }), (content) => {
    const text = JSON.stringify(content);
    if (text === last) return; // or a button would vanish below the finger
    last = text;
    box.replaceChildren(...draw(content, model.get('path'), kernel));
  });
  return () => {
    stop();
    kernel.close();
  };
}

function draw({ tunnel, state, note, url, whip, watch, publish }, path, kernel) {
  const parts = [el('div', { className: 'notecast-title' }, `Tunnel by ${tunnel}: ${STATES[state] ?? state}`)];
  parts[0].dataset.state = state;
  if (note) parts.push(el('div', { className: 'notecast-tunnel-note' }, note));
  if (url && state !== 'closed') parts.push(el('div', {}, url));
  const links = [publish && link(`Publish to “${path}”`, publish), watch && link(`Watch “${path}”`, watch)].filter(Boolean);
  if (links.length) {
    parts.push(
      el('div', { className: 'notecast-tunnel-links' }, ...links),
      el('div', { className: 'notecast-tunnel-hint' }, 'Whoever has a link may do just that, until the tunnel is stopped.'));
  }
  if (whip && links.length) {
    parts.push(
      line('OBS (WHIP server)', whip, kernel),
      line('OBS (bearer token)', '<token>', kernel),
      line('ffmpeg', `ffmpeg -re -i input.mp4 -c:v libx264 -profile:v baseline -pix_fmt yuv420p -bf 0 -g 30 -c:a libopus -ar 48000 -ac 2 -f whip -authorization "<token>" "${whip}"`, kernel));
  }
  return parts;
}

function link(what, { url, size, modules }) {
  const copy = el('button', { type: 'button', className: 'notecast-copy' }, 'Copy link');
  copies(copy, () => url);
  return el('div', { className: 'notecast-tunnel-link' },
    qrCode(what, size, modules),
    el('a', { className: 'notecast-link', href: url, target: '_blank', rel: 'noopener noreferrer' }, what),
    copy);
}

function qrCode(what, size, modules) {
  const picture = document.createElementNS(SVG, 'svg');
  picture.setAttribute('viewBox', `0 0 ${size} ${size}`);
  picture.setAttribute('role', 'img');
  picture.setAttribute('aria-label', `QR code: ${what}`);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', modules);
  picture.append(path);
  return picture;
}

/** Shown with '<token>', copied with a token that the kernel makes when it is asked for. */
function line(what, text, kernel) {
  const button = el('button', { type: 'button', className: 'notecast-copy' }, 'Copy');
  copies(button, async () => (text.includes('<token>') ? text.replace('<token>', await askForToken(kernel)) : text));
  return el('div', { className: 'notecast-tunnel-line' }, el('span', {}, what), el('code', {}, text), button);
}

function askForToken(kernel) {
  return new Promise((resolve) => {
    const stop = kernel.listen((content) => {
      if (content.kind !== 'token') return;
      stop();
      resolve(content.token);
    });
    kernel.send({ kind: 'token' });
  });
}
