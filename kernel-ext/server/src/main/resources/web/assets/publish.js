// The publish page: choose a source, look at it, go live.

import { currentToken, renewToken } from './access.js';
import { capture, explain, listDevices, whyNoDevices } from './devices.js';
import { byId, copies, el, pagePath, setBadge } from './dom.js';
import { formatBitrate } from './stats.js';
import { WhipClient, sendableCodecs } from './whip.js';

const path = pagePath();
const preview = byId('preview');
byId('path').textContent = path;
document.title = `Publish ${path} · Notecast`;

const BADGES = { connecting: 'Connecting', live: 'On air', reconnecting: 'Reconnecting', refused: 'Off air', stopped: 'Off air' };

let stream; // what the preview shows
let publisher; // set while on air

const value = (id) => byId(id).value;
const source = () => byId('controls').elements.source.value;

function complain(text) {
  byId('problem').textContent = text;
  byId('problem').hidden = !text;
  if (text) byId('problem').scrollIntoView({ block: 'nearest' });
}

/** Opens what the controls say; the old tracks stop only when the new ones are there. */
async function openSource() {
  const why = whyNoDevices();
  if (why) {
    complain(why);
    return false;
  }
  try {
    const next = await capture({
      source: source(),
      camera: value('camera'),
      microphone: value('microphone'),
      height: Number(value('resolution')),
    });
    complain('');
    await use(next);
    return true;
  } catch (error) {
    complain(explain(error));
    return false;
  }
}

async function use(next) {
  for (const kind of ['video', 'audio']) {
    await publisher?.replaceTrack(kind, next.getTracks().find((track) => track.kind === kind) ?? null);
  }
  closeSource();
  stream = next;
  preview.srcObject = stream;
  preview.classList.toggle('mirrored', source() === 'camera');
  byId('invitation').hidden = true;
  const [video] = stream.getVideoTracks();
  video.contentHint = source() === 'screen' ? 'detail' : 'motion';
  video.addEventListener('ended', sourceEnded); // unplugged, or "stop sharing"
  await fillDevices();
  choose(byId('camera'), source() === 'camera' && video);
  choose(byId('microphone'), stream.getAudioTracks()[0]);
}

/** Shows which device it has become. */
function choose(select, track) {
  const id = track ? track.getSettings().deviceId : '';
  if (id && [...select.options].some((option) => option.value === id)) select.value = id;
}

function sourceEnded() {
  stop();
  closeSource();
  complain('The source has ended: it was unplugged, or sharing was stopped.');
}

function closeSource() {
  stream?.getTracks().forEach((track) => {
    track.removeEventListener('ended', sourceEnded);
    track.stop();
  });
  stream = undefined;
  preview.srcObject = null;
  byId('invitation').hidden = false;
}

async function fillDevices() {
  const { cameras, microphones } = await listDevices();
  fill(byId('camera'), cameras, 1);
  fill(byId('microphone'), microphones, 2);
}

/** Replaces the devices behind the first `fixed` options, and keeps the choice. */
function fill(select, devices, fixed) {
  const chosen = select.value;
  const known = devices.filter((device) => device.id);
  select.replaceChildren(...[...select.options].slice(0, fixed), ...known.map(({ id, label }) => el('option', { value: id }, label)));
  select.value = [...select.options].some((option) => option.value === chosen) ? chosen : '';
}

async function start() {
  if (!stream && !(await openSource())) return;
  complain('');
  publisher = new WhipClient({
    url: `${location.origin}/${path}/whip`,
    token: currentToken(),
    tracks: new Map(stream.getTracks().map((track) => [track.kind, track])),
    codec: value('codec'),
    maxBitrateBps: Number(value('bitrate')),
    onstate: show,
    onstats: measure,
  });
  setLive(true);
  publisher.start();
}

function stop() {
  publisher?.stop();
  publisher = undefined;
  setLive(false);
}

async function show({ state, text, status }) {
  setBadge(byId('state'), state, BADGES[state]);
  if (state === 'reconnecting') complain(text);
  if (state === 'live') complain('');
  byId('share').hidden = state !== 'live';
  if (state !== 'refused') return;
  publisher = undefined;
  setLive(false);
  if (status === 401) {
    await renewToken(currentToken());
    start();
  } else {
    complain(text);
  }
}

function setLive(live) {
  byId('start').textContent = live ? 'Stop' : 'Go live';
  byId('start').classList.toggle('danger', live);
  byId('codec').disabled = live; // negotiated at the start
  if (!live) measure({});
}

function measure({ width, height, fps, bitrateBps, codec, rttMs }) {
  byId('size').textContent = width ? `${width}×${height}` : '–';
  byId('fps').textContent = width ? `${fps} fps` : '–';
  byId('rate').textContent = bitrateBps ? formatBitrate(bitrateBps) : '–';
  byId('codec-used').textContent = codec || '–';
  byId('rtt').textContent = rttMs === undefined || !width ? '–' : `${rttMs} ms`;
}

byId('controls').addEventListener('submit', (event) => {
  event.preventDefault();
  if (publisher) stop();
  else start();
});
byId('preview-button').addEventListener('click', openSource);
byId('bitrate').addEventListener('change', () => publisher?.setMaxBitrate(Number(value('bitrate'))));
for (const id of ['camera', 'microphone', 'resolution']) {
  byId(id).addEventListener('change', () => stream && openSource());
}
byId('controls').elements.source.forEach((radio) => radio.addEventListener('change', () => {
  byId('camera-field').hidden = source() === 'screen';
  byId('preview-button').textContent = source() === 'screen' ? 'Choose a screen' : 'Turn on the camera';
  if (stream) openSource();
}));

const viewUrl = `${location.origin}/${path}/`;
byId('view-link').href = viewUrl;
copies(byId('copy-link'), () => viewUrl);

addEventListener('pagehide', stop);
navigator.mediaDevices?.addEventListener?.('devicechange', fillDevices);
byId('screen-choice').hidden = !navigator.mediaDevices?.getDisplayMedia;
byId('codec').append(...sendableCodecs().map((name) => el('option', { value: name }, name)));
complain(whyNoDevices());
fillDevices();
