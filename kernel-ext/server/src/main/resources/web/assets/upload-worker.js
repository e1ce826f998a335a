// Encodes pictures as JPEG and sends them one by one, at a size and pace that the way to the server can carry.

const SLOW_MS = 300; // a round trip that calls for smaller pictures
const QUICK_MS = 120;
const QUICK_RUN = 10; // so many quick ones in a row, and they may grow again
const MAX_QUALITY = 0.85;
const MIN_QUALITY = 0.4;
const MIN_SCALE = 0.25;
const RETRY_MS = 1000;
const EMPTY_RETRY_MS = 100; // the source has no picture yet
const STATS_MS = 1000;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

let options;
let quality = 0.75;
let scale = 1;
let quickOnes = 0;
let period = newPeriod(); // what statistics are made of

function newPeriod() {
  return { startedMs: performance.now(), frames: 0, bytes: 0, latencyMs: 0 };
}

/** Smaller pictures when the way is slow: first their quality, then their size. */
function adapt(latencyMs) {
  quickOnes = latencyMs < QUICK_MS ? quickOnes + 1 : 0;
  if (latencyMs > SLOW_MS) {
    if (quality > MIN_QUALITY) quality = Math.max(MIN_QUALITY, quality - 0.1);
    else scale = Math.max(MIN_SCALE, scale * 0.75);
  } else if (quickOnes >= QUICK_RUN) {
    quickOnes = 0;
    if (scale < 1) scale = Math.min(1, scale / 0.75);
    else quality = Math.min(MAX_QUALITY, quality + 0.05);
  }
}

function count(size, { width, height }, latencyMs) {
  period.frames++;
  period.bytes += size;
  period.latencyMs += latencyMs;
  const seconds = (performance.now() - period.startedMs) / 1000;
  if (1000 * seconds < STATS_MS) return;
  postMessage({
    type: 'stats',
    width,
    height,
    fps: Math.round(period.frames / seconds),
    bitrateBps: Math.round((8 * period.bytes) / seconds),
    rttMs: Math.round(period.latencyMs / period.frames),
    bytes: Math.round(period.bytes / period.frames),
    codec: `JPEG ${Math.round(100 * quality)}`,
    transport: 'HTTP',
  });
  period = newPeriod();
}

/** Milliseconds until the next picture is wanted, or undefined when the server takes none. */
async function send(picture) {
  const canvas = new OffscreenCanvas(picture.width, picture.height);
  canvas.getContext('2d', { alpha: false }).drawImage(picture, 0, 0);
  picture.close();
  const body = await canvas.convertToBlob({ type: 'image/jpeg', quality });
  const startedMs = performance.now();
  const response = await fetch(options.url, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'image/jpeg', ...(options.token && { Authorization: `Bearer ${options.token}` }) },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  const text = await response.text();
  const latencyMs = performance.now() - startedMs;
  if (response.ok) {
    adapt(latencyMs);
    count(body.size, canvas, latencyMs);
    postMessage({ type: 'state', state: 'live', text: 'On air' });
    return Math.max(0, 1000 / options.maxFps - latencyMs);
  }
  if (response.status < 500 && response.status !== 429) {
    postMessage({ type: 'state', state: 'refused', text: text.trim(), status: response.status });
    return undefined;
  }
  postMessage({ type: 'state', state: 'reconnecting', text: text.trim() });
  return 1000 * (Number(response.headers.get('Retry-After')) || 1);
}

onmessage = async ({ data }) => {
  let waitMs = 0;
  if (data.url) options = data;
  else if (!data.picture) waitMs = EMPTY_RETRY_MS;
  else {
    waitMs = await send(data.picture).catch(() => {
      postMessage({ type: 'state', state: 'reconnecting', text: 'The server does not answer' });
      return RETRY_MS;
    });
  }
  if (waitMs === undefined) return;
  await wait(waitMs);
  postMessage({ type: 'grab', scale });
};
