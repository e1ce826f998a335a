// The player that pages and notebook widgets share.

import { WhepClient } from './whep.js';

export { formatStats } from './stats.js';

/**
 * Plays a path in `element`: a <video>, or anything that a <video> is put into. Muted, since browsers start nothing else
 * by themselves; it goes on until `stop()`, through every publisher that comes and goes.
 *
 * @param options.whepUrl where to watch
 * @param options.token optional
 * @param options.onstate called with {state, text, status} whenever the state changes, see WhepClient
 * @param options.onstats called once a second with {width, height, fps, bitrateBps, codec, ..}
 * @param options.onkept optional, called with true while the server keeps the last seconds of the path, else false
 * @param options.onextras called with the tracks beyond the first video and the first sound, whenever they change
 * @param options.lines as of WhepClient, for who shows the first of each only
 * @returns {video, serverSees(), renew(token), again(), stop()}; again() opens another session, after one that was dismissed
 */
export function play(element, { whepUrl, token, lines, onstate = () => {}, onstats = () => {}, onkept, onextras = () => {} }) {
  const own = !(element instanceof HTMLVideoElement);
  const video = own ? document.createElement('video') : element;
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  if (own) element.append(video);

  const client = new WhepClient({
    url: whepUrl,
    token,
    ...(lines && { lines }),
    onstate,
    onstats,
    onkept,
    onend: () => keepPicture(video),
    onstream(stream, extras) {
      video.srcObject = stream;
      video.play().catch(() => {}); // a browser that starts nothing shows its own button
      onextras(extras);
    },
  });

  const leave = () => client.stop();
  const comeBack = ({ persisted }) => persisted && client.start();
  addEventListener('pagehide', leave);
  addEventListener('pageshow', comeBack);
  client.start();

  return {
    video,
    serverSees: () => client.serverSees(),
    renew: (next) => client.renew(next),
    again: () => client.start(),
    stop() {
      removeEventListener('pagehide', leave);
      removeEventListener('pageshow', comeBack);
      client.stop();
      video.srcObject = null;
      onextras([]);
      if (own) video.remove();
    },
  };
}

/** A stream that ends turns black: its last picture stays, as the poster, until the first of the next one is shown. */
function keepPicture(video) {
  if (!video.videoWidth || !video.srcObject) return;
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  video.poster = canvas.toDataURL('image/jpeg', 0.8);
  video.srcObject = null;
}
