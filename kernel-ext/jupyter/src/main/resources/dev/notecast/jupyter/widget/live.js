// Live video of one path: WebRTC or MJPEG where the page reaches the server, else pictures through the kernel.

const RETRY_MS = 2000;
const CHECK_MS = 5000;
const STALLED_REPORTS = 3; // one a second

// A page from elsewhere that asks for 127.0.0.1 would ask the wrong machine, or make the browser ask the person.
function seemsReachable(address) {
  const loopback = (host) => ['localhost', '127.0.0.1', '[::1]'].includes(host);
  const page = window.location;
  const server = new URL(address);
  if (!page.protocol.startsWith('http')) {
    return true;
  }
  if (loopback(server.hostname)) {
    return loopback(page.hostname);
  }
  return page.protocol === 'http:' || server.protocol === 'https:';
}

function renderLive(model, el) {
  const path = model.get('path');
  const via = model.get('via');
  const frame = createFrame(el, path);
  const kernel = connectKernel(model);
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

  let emptyReports = 0;
  const report = (label) => (stats) => {
    emptyReports = stats.bps === 0 ? emptyReports + 1 : 0;
    if (emptyReports >= STALLED_REPORTS) {
      frame.say('waiting', `waiting · ${label}`, 'Nothing comes from the publisher.');
    } else {
      frame.say('live', `live · ${label}`);
    }
    frame.details([
      stats.width && `${stats.width}×${stats.height}`,
      stats.fps && `${Math.round(stats.fps)} fps`,
      stats.bps && bitrateText(stats.bps),
    ]);
  };

  const start = async (access) => {
    if (throughKernel) {
      frame.show(image);
      const waiting = (text) => frame.say('waiting', 'waiting', text);
      return playPictures(kernel, image, report('through the kernel'), waiting);
    }
    if (via !== 'webrtc' && !seemsReachable(access.whep)) {
      throw new PlayError('unreachable', 'This page cannot reach the server.');
    }
    if (via === 'mjpeg') {
      frame.show(image);
      return playMjpeg(access, image, report('MJPEG'));
    }
    frame.show(video);
    const session = await playWhep(access, video, report('WebRTC'));
    sound.hidden = false;
    return session;
  };

  // A server that stops says goodbye to nobody: ask the kernel whether it is still the same one.
  const watch = async (session, server) => {
    const isOver = () => over || playing !== session;
    while (!isOver()) {
      await pause(CHECK_MS);
      const now = await kernel.access('read', isOver);
      if (now && now.server !== server) {
        session.close();
      }
    }
  };

  const failed = (error) => {
    const mayFallBack = via !== 'webrtc' && (error.kind === 'unreachable' || error.kind === 'failed');
    if (mayFallBack) {
      throughKernel = true;
    } else if (error.kind === 'waiting') {
      frame.say('waiting', 'waiting', error.message);
    } else {
      frame.say('failed', 'failed', error.message);
    }
    return mayFallBack ? 0 : RETRY_MS;
  };

  const run = async () => {
    frame.say('waiting', 'connecting');
    while (!over) {
      const access = await kernel.access('read', () => over);
      if (over) {
        return;
      }
      let wait = RETRY_MS;
      if (access.kind === 'stopped') {
        frame.say('failed', 'stopped', 'The server has stopped. Start it with %sfu start.');
        throughKernel = via === 'comm';
      } else {
        try {
          playing = await start(access);
          if (over) {
            playing.close();
            return;
          }
          watch(playing, access.server);
          await playing.ended;
          frame.say('waiting', 'connecting again');
        } catch (error) {
          wait = failed(error);
        }
      }
      sound.hidden = true;
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
    kernel.close();
  };
}
