// The index page: what is live now, and how to go live.

import { currentToken, request, withToken } from './access.js';
import { byId, copies, el, formatDuration, setBadge } from './dom.js';
import { formatBitrate } from './stats.js';

const POLL_MS = 2000;
const SEGMENT = '[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}';
const PATH = new RegExp(`^${SEGMENT}(/${SEGMENT}){0,3}$`);

const COMMANDS = {
  obs: (whip) => whip,
  token: () => '<token>',
  ffmpeg: (whip, token) => lines(
    'ffmpeg -re -i input.mp4',
    '-c:v libx264 -profile:v baseline -pix_fmt yuv420p -bf 0 -g 30',
    '-c:a libopus -ar 48000 -ac 2',
    `-f whip${token && ` -authorization "${token}"`} "${whip}"`),
  gstreamer: (whip, token) => lines(
    'gst-launch-1.0 whipclientsink name=out',
    `signaller::whip-endpoint="${whip}"`,
    token && `signaller::auth-token="${token}"`,
    'videotestsrc is-live=true ! videoconvert ! out.',
    'audiotestsrc is-live=true ! audioconvert ! out.'),
};

const NAMES = { obs: 'server', token: 'bearer token' }; // of what is no command

/** One shell command over several lines. */
function lines(...parts) {
  return parts.filter(Boolean).join(' \\\n  ');
}

async function poll() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    setBadge(byId('server'), 'reconnecting', 'Server does not answer');
  }
  setTimeout(poll, POLL_MS);
}

async function refresh() {
  const [paths, status] = await Promise.all(['/api/v1/paths', '/api/v1/status'].map(async (url) => {
    const response = await request(url);
    if (!response.ok) throw new Error((await response.text()).trim());
    return response.json();
  }));
  setBadge(byId('server'), 'live', 'Running');
  if (shownFor !== currentToken()) showCommands(); // the person has been asked for one
  byId('summary').textContent = summary(status);
  showStreams(paths.paths);
}

function summary({ streams, viewers, cpuPercent, uptimeSeconds }) {
  const count = (n, word) => `${n} ${word}${n === 1 ? '' : 's'}`;
  return `${count(streams, 'stream')}, ${count(viewers, 'viewer')}, CPU ${Math.round(cpuPercent)} %, up ${formatDuration(uptimeSeconds)}`;
}

function showStreams(paths) {
  byId('streams').hidden = paths.length === 0;
  byId('empty').hidden = paths.length > 0;
  byId('streams').tBodies[0].replaceChildren(...paths.map(row));
}

function row(path) {
  const base = `/${path.path}/`;
  const live = path.publisher !== null;
  const size = path.width ? `${path.width}×${path.height}` : '';
  const cell = (label, ...content) => {
    const td = el('td', {}, ...content);
    td.dataset.label = label;
    return td;
  };
  return el('tr', { className: live ? '' : 'waiting' },
    cell('Path', el('a', { href: base, className: 'path' }, path.path)),
    cell('From', live ? path.publisher : 'waiting for a publisher'),
    cell('Media', [size, ...path.codecs].filter(Boolean).join(' · ') || '–', ...warning(path)),
    cell('Viewers', el('span', { title: path.readers.join('\n') }, String(path.readerCount))),
    cell('Bitrate', live ? formatBitrate(path.bitrateBps) : '–'),
    cell('fps', live && path.frames > 0 ? String(Math.round(path.fps)) : '–'),
    cell('On air', live ? formatDuration(path.uptimeSeconds) : '–'),
    cell('', el('a', { href: base }, 'Watch'), el('a', { href: withToken(`${base}stream.mjpg`) }, 'MJPEG'), el('a', { href: withToken(`${base}snapshot.jpg`) }, 'Snapshot')));
}

function warning({ warning: why }) {
  return why ? [el('div', { className: 'problem' }, `No WebRTC viewers: ${why}`)] : [];
}

let shownFor;

function showCommands() {
  shownFor = currentToken();
  const path = byId('path').value.trim();
  const valid = PATH.test(path);
  byId('path-problem').hidden = valid;
  byId('path-problem').textContent = "A path has one to four parts of letters, digits, '_', '-' and '.', with '/' between, like class/cam1.";
  if (!valid) return;
  byId('publish-link').href = `/${path}/publish`;
  const token = currentToken() ? '<token>' : ''; // this page got in without one: so do programs beside it
  document.querySelectorAll('[data-with-token]').forEach((element) => (element.hidden = !token));
  for (const [box, text] of commandTexts) {
    text.textContent = COMMANDS[box.dataset.command](`${location.origin}/${path}/whip`, token);
  }
}

const commandTexts = [...document.querySelectorAll('[data-command]')].map((box) => {
  const text = el('code');
  const button = el('button', { type: 'button', className: 'button small' }, 'Copy');
  button.title = `Copy: ${box.closest('.way').querySelector('h3').textContent}, ${NAMES[box.dataset.command] ?? 'command'}`;
  copies(button, () => text.textContent);
  box.append(text, button);
  return [box, text];
});

byId('path').addEventListener('input', showCommands);
showCommands();
poll();
