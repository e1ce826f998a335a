// The viewer page: one video, its state, sound when the person asks for it.

import { currentToken, renewToken, withToken } from './access.js';
import { byId, pagePath, setBadge } from './dom.js';
import { formatStats, play } from './player.js';

const IDLE_MS = 3000; // then the controls fade

const path = pagePath();
const video = byId('video');
byId('path').textContent = path;
document.title = `${path} · Notecast`;

const BADGES = {
  connecting: 'Connecting',
  waiting: 'Waiting',
  live: 'Live',
  stalled: 'Paused',
  reconnecting: 'Reconnecting',
  unsupported: 'Cannot play',
  refused: 'Refused',
  stopped: 'Stopped',
};

let player;

function start() {
  player?.stop();
  player = play(video, { whepUrl: `${location.origin}/${path}/whep`, token: currentToken(), onstate: show, onstats: measure });
}

async function show({ state, text, status }) {
  setBadge(byId('state'), state, BADGES[state]);
  byId('message').hidden = state === 'live' || state === 'stopped';
  byId('message').dataset.state = state;
  byId('message-text').textContent = state === 'waiting' ? `Waiting for a stream on ${path}` : text;
  if (state !== 'live') byId('figures').textContent = '';
  document.body.classList.toggle('playing', state === 'live');
  byId('mjpeg').href = withToken('stream.mjpg');
  if (status === 401) {
    await renewToken(currentToken());
    start();
  }
}

function measure(stats) {
  byId('figures').textContent = formatStats(stats);
  const sound = video.srcObject?.getAudioTracks().some((track) => !track.muted) ?? false;
  byId('unmute').hidden = !sound;
}

byId('unmute').addEventListener('click', () => {
  video.muted = !video.muted;
  byId('unmute').textContent = video.muted ? 'Unmute' : 'Mute';
});

const fullscreen = byId('fullscreen');
fullscreen.hidden = !document.documentElement.requestFullscreen && !video.webkitEnterFullscreen;
fullscreen.addEventListener('click', () => {
  if (document.fullscreenElement) document.exitFullscreen();
  else if (document.documentElement.requestFullscreen) document.documentElement.requestFullscreen();
  else video.webkitEnterFullscreen();
});

let idle;
for (const event of ['pointermove', 'pointerdown', 'keydown']) {
  addEventListener(event, () => {
    document.body.classList.remove('idle');
    clearTimeout(idle);
    idle = setTimeout(() => document.body.classList.add('idle'), IDLE_MS);
  });
}

start();
