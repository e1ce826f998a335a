// Live video of one path: WebRTC or MJPEG where the page reaches the server, else pictures through the kernel.

import { Backoff } from '/web/assets/backoff.js';
import { formatBitrate } from '/web/assets/stats.js';
import { Pictures } from '/web/assets/pictures.js';
import { createFrame, pause } from './frame.js';
import { LOST, connectKernel, playPictures } from './kernel.js';
import { playMjpeg } from './mjpeg.js';
import { PlayError } from './reach.js';
import { playWebRtc } from './webrtc.js';

const RETRY_MS = 2000;
const STALLED_REPORTS = 3; // one a second

/** A page from elsewhere that asks for 127.0.0.1 would ask the wrong machine, or make the browser ask the person. */
function seemsReachable(address) {
  const loopback = (host) => ['localhost', '127.0.0.1', '[::1]'].includes(host);
  const page = window.location;
  const server = new URL(address);
  if (!page.protocol.startsWith('http')) return true;
  if (loopback(server.hostname)) return loopback(page.hostname);
  return page.protocol === 'http:' || server.protocol === 'https:';
}

/** Shows the path that the model names, by the ways that its `via` allows. Returns what ends it. */
export function renderLive(model, el) {
  const path = model.get('path');
  const via = model.get('via');
  const frame = createFrame(el, path);
  const kernel = connectKernel(model);
  const backoff = new Backoff();
  let over = false;
  let playing = null;
  let throughKernel = via === 'comm';

  const video = frame.element('video', 'notecast-media');
  video.muted = video.autoplay = video.playsInline = true;
  const image = frame.element('img', 'notecast-media');
  image.alt = `live pictures of ${path}`;
  const sound = frame.button('Sound on', (button) => {
    video.muted = !video.muted;
    button.textContent = video.muted ? 'Sound on' : 'Sound off';
  });
  sound.hidden = true;
  const stage = {
    frame,
    path,
    video,
    sound,
    pictures: new Pictures(image),
    showVideo: () => frame.show(video),
    showImage: () => frame.show(image),
    onlive: () => backoff.reset(),
  };

  // A video that still plays needs no kernel: the page's connection to it has dropped, nothing else.
  kernel.whenLost((lost) => {
    if (lost && (throughKernel || !frame.isLive())) frame.say('failed', 'stopped', LOST);
  });

  let emptyReports = 0;
  const report = (label) => (stats) => {
    emptyReports = stats.bitrateBps === 0 ? emptyReports + 1 : 0;
    if (emptyReports >= STALLED_REPORTS) frame.wait(`Waiting for the publisher of '${path}'…`);
    else frame.say('live', `live · ${label}`);
    frame.details([
      stats.width && `${stats.width}×${stats.height}`,
      stats.fps && `${Math.round(stats.fps)} fps`,
      stats.bitrateBps && formatBitrate(stats.bitrateBps),
    ]);
  };

  const start = async (access) => {
    if (throughKernel) {
      stage.showImage();
      return playPictures(kernel, image, report('through the kernel'), (text) => frame.wait(text));
    }
    if (via !== 'webrtc' && !seemsReachable(access.whep)) throw new PlayError('unreachable', 'This page cannot reach the server.');
    if (via === 'mjpeg') {
      stage.showImage();
      return playMjpeg(access, image, report('MJPEG'));
    }
    return playWebRtc(access, kernel, stage, via === 'auto');
  };

  const failed = (error) => {
    if (via !== 'webrtc' && error.kind === 'unreachable') {
      throughKernel = true;
      return 0;
    }
    if (error.kind === 'waiting') frame.wait(error.message);
    else frame.say('failed', 'failed', error.message);
    return RETRY_MS;
  };

  const run = async () => {
    frame.say('waiting', 'connecting');
    while (!over) {
      const access = await kernel.access('read', () => over);
      if (over) return;
      let wait = RETRY_MS;
      if (access.kind === 'stopped') {
        frame.say('failed', 'stopped', 'The server has stopped. Start it with %sfu start.');
        throughKernel = via === 'comm';
        backoff.reset();
      } else {
        try {
          playing = await start(access);
          if (over) {
            playing.close();
            return;
          }
          await playing.ended;
          wait = backoff.next();
        } catch (error) {
          wait = failed(error);
        }
      }
      playing?.close();
      playing = null;
      frame.details([]);
      await pause(wait);
    }
  };
  run();

  return () => {
    over = true;
    playing?.close();
    frame.close();
    kernel.close();
  };
}
