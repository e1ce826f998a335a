// Shows stream.mjpg in an <img>. An <img> cannot say why it shows nothing, so the first request asks for that.

import { reach, refusal } from './reach.js';

const LOOK_MS = 1000;

/** @returns {ended, close()} once pictures are on their way; throws a PlayError where none come. */
export async function playMjpeg(access, image, onStats) {
  const url = new URL(access.mjpeg);
  url.searchParams.set('token', access.token);
  const answer = await reach(url);
  if (answer.status !== 200) throw await refusal(answer);
  await answer.body.cancel();

  let finish;
  const ended = new Promise((resolve) => (finish = resolve));
  const timer = setInterval(
    () => image.naturalWidth && onStats({ width: image.naturalWidth, height: image.naturalHeight }), LOOK_MS);
  image.referrerPolicy = 'no-referrer';
  image.addEventListener('error', finish);
  image.src = url.href;
  return {
    ended,
    close() {
      clearInterval(timer);
      image.removeEventListener('error', finish);
      image.removeAttribute('src'); // ends the request, and no token is left in the page
      finish();
    },
  };
}
