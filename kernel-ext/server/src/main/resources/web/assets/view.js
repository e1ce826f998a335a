// The viewer page: the pictures of one path, its state, sound when the person asks for it.

import { currentToken, onToken, renewToken, request, withToken } from './access.js';
import { byId, copies, formatDuration, pagePath, setBadge } from './dom.js';
import { StatsPanel, VIEWER } from './panel.js';
import { Pictures, isMetered } from './pictures.js';
import { formatStats, play } from './player.js';
import { serverFigures } from './stats.js';
import { Tiles } from './tiles.js';
import { drawWaterfall } from './waterfall.js';

const IDLE_MS = 3000; // then the controls fade

const path = pagePath();
const video = byId('video');
const pictures = new Pictures(byId('pictures'));
const tiles = new Tiles(byId('tiles'), video);
const panel = new StatsPanel(byId('stats'), VIEWER);
byId('path').textContent = path;
byId('pictures').alt = `Pictures of ${path}`;
document.title = `${path} · Notecast`;

const BADGES = {
  connecting: 'Connecting',
  waiting: 'Waiting',
  live: 'Live',
  stalled: 'Waiting',
  reconnecting: 'Reconnecting',
  unreachable: 'No WebRTC',
  unsupported: 'Cannot play',
  refused: 'Refused',
  dismissed: 'Ended',
  stopped: 'Stopped',
};

let player;
let shown = { state: 'connecting' };
let since = Date.now(); // of the waiting

function start() {
  player?.stop();
  player = play(video, {
    whepUrl: `${location.origin}/${path}/whep`,
    token: currentToken(),
    onstate: show,
    onstats: measure,
    onkept: (kept) => (byId('kept').hidden = !kept),
    onextras: (tracks) => tiles.show(tracks),
  });
}

const isWaiting = ({ state }) => state === 'waiting' || state === 'stalled';

async function show(next) {
  if (isWaiting(next) && !isWaiting(shown)) since = Date.now();
  shown = next;
  const { state, status } = next;
  if (['live', 'waiting', 'dismissed'].includes(state)) pictures.hide();
  if (state === 'unreachable' && !isMetered()) showPictures();
  describe();
  document.body.classList.toggle('playing', state === 'live' || pictures.shown);
  byId('mjpeg').href = withToken('stream.mjpg');
  if (status === 401) {
    await renewToken(currentToken());
    start();
  }
}

function showPictures() {
  pictures.show(withToken('stream.mjpg'));
  describe();
}

function describe() {
  const { state } = shown;
  const byPictures = pictures.shown;
  setBadge(byId('state'), byPictures ? 'live' : state, byPictures ? 'Pictures' : BADGES[state]);
  byId('message').hidden = byPictures || state === 'live' || state === 'stopped';
  byId('message').dataset.state = state;
  byId('message-text').textContent = sentence();
  byId('copy-message').hidden = state !== 'unsupported';
  byId('watch-again').hidden = state !== 'dismissed';
  byId('show-pictures').hidden = !['unreachable', 'unsupported'].includes(state);
  byId('transport').hidden = !(byPictures || state === 'live');
  if (byPictures) {
    byId('transport').textContent = 'MJPEG';
    byId('figures').textContent = 'WebRTC does not come through here: JPEG pictures instead. It is tried again now and then.';
    byId('unmute').hidden = true;
  } else if (state !== 'live') {
    byId('figures').textContent = '';
  }
  showSince();
}

function sentence() {
  if (isWaiting(shown)) return `Waiting for the publisher of '${path}'…`;
  if (shown.state === 'unreachable') return 'WebRTC does not come through on this network. It is tried again now and then.';
  return shown.text;
}

function showSince() {
  byId('message-since').textContent = isWaiting(shown) ? `for ${formatDuration(Math.floor((Date.now() - since) / 1000))}` : '';
}
setInterval(showSince, 1000);

let asking = false;
let seenByServer = {};

/** Only while somebody looks, and one question at a time. */
async function askServer() {
  if (asking || byId('stats').hidden) return;
  asking = true;
  const [session] = await Promise.all([player.serverSees(), showPipeline()]);
  seenByServer = session ? serverFigures(session) : {};
  asking = false;
}

/** Where the time goes, on a path that comes out of a pipeline. */
async function showPipeline() {
  const response = await request(`${location.origin}/${path}/pipeline`).catch(() => undefined);
  const pipeline = response?.status === 200 ? await response.json() : undefined;
  byId('pipeline').hidden = !pipeline;
  if (!pipeline) return;
  byId('pipeline-name').textContent = `${pipeline.in} through ${pipeline.filters}`;
  byId('pipeline-note').textContent = pipeline.problem ?? pipeline.note ?? '';
  if (pipeline.stages.some(({ frames }) => frames)) drawWaterfall(byId('stages'), pipeline.stages);
}

function measure(stats) {
  askServer();
  panel.show({ ...stats, ...seenByServer });
  if (shown.state !== 'live') return;
  byId('figures').textContent = formatStats(stats);
  byId('transport').textContent = stats.transport;
  byId('transport').hidden = !stats.transport;
  const sound = video.srcObject?.getAudioTracks().some((track) => !track.muted) ?? false;
  byId('unmute').hidden = !sound;
}

copies(byId('copy-message'), () => shown.text);
byId('show-pictures').addEventListener('click', showPictures);
byId('watch-again').addEventListener('click', () => player.again());

byId('unmute').addEventListener('click', () => {
  video.muted = !video.muted;
  byId('unmute').textContent = video.muted ? 'Unmute' : 'Mute';
});

byId('stats-button').addEventListener('click', () => {
  const stats = byId('stats');
  stats.hidden = !stats.hidden;
  byId('stats-button').setAttribute('aria-expanded', String(!stats.hidden));
});

const fullscreen = byId('fullscreen');
fullscreen.hidden = !document.documentElement.requestFullscreen && !video.webkitEnterFullscreen;
fullscreen.addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  else video.webkitEnterFullscreen();
});

const KEYS = { m: 'unmute', f: 'fullscreen', s: 'stats-button' };
addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
  const button = byId(KEYS[key.toLowerCase()]);
  if (button && !button.hidden && !ctrlKey && !metaKey && !altKey && target.tagName !== 'INPUT') button.click();
});

let idle;
for (const event of ['pointermove', 'pointerdown', 'keydown']) {
  addEventListener(event, () => {
    document.body.classList.remove('idle');
    clearTimeout(idle);
    idle = setTimeout(() => document.body.classList.add('idle'), IDLE_MS);
  });
}

onToken((token) => player?.renew(token)); // the session's later requests carry it
start();
