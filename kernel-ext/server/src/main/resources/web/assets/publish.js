// The publish page: choose a source, look at it, go live.

import { currentToken, onToken, renewToken } from './access.js';
import { capture, explain, listDevices, whyNoDevices } from './devices.js';
import { byId, copies, el, pagePath, setBadge } from './dom.js';
import { FilterChoice, filterName } from './filters.js';
import { PUBLISHER, StatsPanel } from './panel.js';
import { isMetered } from './pictures.js';
import { formatBitrate } from './stats.js';
import { FrameUploader } from './upload.js';
import { WhipClient, sendableCodecs } from './whip.js';

const MAX_PICTURES_PER_SECOND = 15;

const path = pagePath();
const preview = byId('preview');
const panel = new StatsPanel(byId('stats'), PUBLISHER);
byId('path').textContent = path;
document.title = `Publish ${path} · Notecast`;

const BADGES = {
  connecting: 'Connecting',
  live: 'On air',
  reconnecting: 'Reconnecting',
  unreachable: 'Off air',
  refused: 'Off air',
  dismissed: 'Off air',
  stopped: 'Off air',
};

const filters = new FilterChoice(byId('filter'), {
  url: `${location.origin}/${path}/filters`,
  onstate({ choices, filter, output, what }) {
    byId('filter-field').hidden = !choices.length;
    byId('filter-what').textContent = what;
    byId('filtered-link').hidden = !output;
    byId('filtered-link').href = `${location.origin}/${output}/`;
    byId('filtered-link').title = `'${output}': ${filterName(filter)}`;
  },
  onproblem: complain,
});

let tracks = new Map(); // by role, see capture(); what the preview shows
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
      cameraToo: byId('camera-too').checked,
      microphone: value('microphone'),
      screenSound: byId('screen-sound').checked,
      height: Number(value('resolution')),
      frameRate: Number(value('frame-rate')),
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
  for (const role of new Set([...tracks.keys(), ...next.keys()])) {
    await publisher?.replaceTrack(role, next.get(role));
  }
  closeSource();
  tracks = next;
  const video = tracks.get('video');
  const camera = tracks.get('camera');
  preview.srcObject = new MediaStream([video]);
  preview.classList.toggle('mirrored', source() === 'camera');
  byId('inset').hidden = !camera;
  byId('inset').srcObject = camera ? new MediaStream([camera]) : null;
  byId('invitation').hidden = true;
  hint();
  applyMutes();
  video.addEventListener('ended', sourceEnded); // unplugged, or "stop sharing"
  await fillDevices();
  choose(byId('camera'), source() === 'camera' ? video : camera);
  choose(byId('microphone'), tracks.get('audio'));
}

/** What the encoder should keep when it cannot keep everything. */
function hint() {
  const video = tracks.get('video');
  if (video) video.contentHint = value('hint') || (source() === 'screen' ? 'detail' : 'motion');
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
  for (const track of tracks.values()) {
    track.removeEventListener('ended', sourceEnded);
    track.stop();
  }
  tracks = new Map();
  preview.srcObject = null;
  byId('inset').hidden = true;
  byId('invitation').hidden = false;
  applyMutes();
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
  if (!tracks.size && !(await openSource())) return;
  complain('');
  publish(value('via') === 'upload' ? byUpload() : byWebRtc());
}

function byWebRtc() {
  return new WhipClient({
    url: `${location.origin}/${path}/whip`,
    token: currentToken(),
    tracks: new Map(tracks),
    codec: value('codec'),
    maxBitrateBps: Number(value('bitrate')),
    onstate: show,
    onstats: measure,
    onkept: (kept) => (byId('kept').hidden = !kept),
  });
}

function byUpload() {
  return new FrameUploader({
    url: `${location.origin}/${path}/frame`,
    token: currentToken(),
    video: preview,
    maxFps: MAX_PICTURES_PER_SECOND,
    onstate: show,
    onstats: measure,
  });
}

function publish(next) {
  publisher = next;
  byId('send-pictures').hidden = true;
  byId('rtt-name').textContent = next instanceof FrameUploader ? 'Upload' : 'Round trip';
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
  if (state === 'live' && !(publisher instanceof FrameUploader)) complain('');
  byId('share').hidden = state !== 'live';
  if (state === 'live') filters.refresh(); // the notebook may have chosen another one meanwhile
  if (state === 'unreachable') withoutWebRtc(text);
  if (state === 'dismissed') {
    publisher = undefined;
    setLive(false);
    complain(`${text} 'Go live' starts another one.`);
  }
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

/** JPEG pictures by HTTP instead, unless a tunnel counts them or the person wants WebRTC. */
function withoutWebRtc(reason) {
  publisher = undefined;
  setLive(false);
  if (value('via') === 'auto' && !isMetered()) {
    sendPictures();
    return;
  }
  byId('send-pictures').hidden = false;
  complain(`WebRTC does not come through on this network: ${reason}.`);
}

function sendPictures() {
  publish(byUpload());
  complain('WebRTC does not come through on this network. JPEG pictures are sent instead: no sound, and fewer frames.');
}

function setLive(live) {
  byId('start').textContent = live ? 'Stop' : 'Go live';
  byId('start').classList.toggle('danger', live);
  byId('via').disabled = live;
  if (live) return;
  measure({});
  byId('kept').hidden = true;
}

function measure(stats) {
  const { width, height, fps, bitrateBps, codec, rttMs, transport } = stats;
  byId('size').textContent = width ? `${width}×${height}` : '–';
  byId('fps').textContent = width ? `${fps} fps` : '–';
  byId('rate').textContent = bitrateBps ? formatBitrate(bitrateBps) : '–';
  byId('codec-used').textContent = codec || '–';
  byId('rtt').textContent = rttMs === undefined || !width ? '–' : `${rttMs} ms`;
  byId('transport').textContent = transport ?? '';
  byId('transport').hidden = !transport;
  if (publisher) panel.show(stats);
}

const isPressed = (id) => byId(id).getAttribute('aria-pressed') === 'true';

function applyMutes() {
  const picture = ['video', 'camera'].map((role) => tracks.get(role)).filter(Boolean);
  const sound = ['audio', 'screen-audio'].map((role) => tracks.get(role)).filter(Boolean);
  picture.forEach((track) => (track.enabled = !isPressed('mute-picture')));
  sound.forEach((track) => (track.enabled = !isPressed('mute-sound')));
  byId('mute-picture').disabled = !picture.length;
  byId('mute-sound').disabled = !sound.length;
  byId('mute-picture').textContent = isPressed('mute-picture') ? 'Start picture' : 'Stop picture';
  byId('mute-sound').textContent = isPressed('mute-sound') ? 'Unmute' : 'Mute';
}

for (const id of ['mute-sound', 'mute-picture']) {
  byId(id).addEventListener('click', () => {
    byId(id).setAttribute('aria-pressed', String(!isPressed(id)));
    applyMutes();
  });
}

byId('controls').addEventListener('submit', (event) => {
  event.preventDefault();
  if (publisher) stop();
  else start();
});
byId('preview-button').addEventListener('click', openSource);
byId('send-pictures').addEventListener('click', sendPictures);
byId('bitrate').addEventListener('change', () => publisher?.setMaxBitrate(Number(value('bitrate'))));
byId('codec').addEventListener('change', () => publisher?.setCodec(value('codec')));
byId('hint').addEventListener('change', hint);
for (const id of ['camera', 'microphone', 'resolution', 'frame-rate', 'camera-too', 'screen-sound']) {
  byId(id).addEventListener('change', () => {
    showSourceFields();
    if (tracks.size) openSource();
  });
}
byId('controls').elements.source.forEach((radio) => radio.addEventListener('change', () => {
  showSourceFields();
  if (tracks.size) openSource();
}));

function showSourceFields() {
  const screen = source() === 'screen';
  byId('camera-too-field').hidden = byId('screen-sound-field').hidden = !screen;
  byId('camera-field').hidden = screen && !byId('camera-too').checked;
  byId('preview-button').textContent = screen ? 'Choose a screen' : 'Turn on the camera';
}

const KEYS = { m: 'mute-sound', v: 'mute-picture' };
addEventListener('keydown', ({ key, target, ctrlKey, metaKey, altKey }) => {
  const typing = ['INPUT', 'SELECT', 'TEXTAREA'].includes(target.tagName);
  if (KEYS[key] && !typing && !ctrlKey && !metaKey && !altKey) byId(KEYS[key]).click();
});

const viewUrl = `${location.origin}/${path}/`;
byId('view-link').href = viewUrl;
copies(byId('copy-link'), () => viewUrl);

addEventListener('pagehide', stop);
navigator.mediaDevices?.addEventListener?.('devicechange', fillDevices);
byId('screen-choice').hidden = !navigator.mediaDevices?.getDisplayMedia;
byId('codec').append(...sendableCodecs().map((name) => el('option', { value: name }, name)));
const via = new URLSearchParams(location.search).get('via');
if ([...byId('via').options].some((option) => option.value === via)) byId('via').value = via;
complain(whyNoDevices());
fillDevices();
filters.refresh();
addEventListener('focus', () => filters.refresh());

onToken((token) => publisher?.renew?.(token)); // the session's later requests carry it
