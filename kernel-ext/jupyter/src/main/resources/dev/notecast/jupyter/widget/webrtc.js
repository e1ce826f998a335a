// Plays a path with the pages' own player, which waits for publishers and comes back after losses by itself. What the
// pages know from elsewhere comes from the kernel here: another token, another server, pictures through the kernel.

import { isMetered } from '/web/assets/pictures.js';
import { formatStats, play } from '/web/assets/player.js';
import { LOST } from './kernel.js';
import { PlayError, reach } from './reach.js';

const CHECK_MS = 5000; // while there is no picture: is this still the server?
const RENEW_MS = 5 * 60 * 1000; // tokens last ten minutes

/**
 * `ended` resolves when the server has to be asked for anew, and rejects with a PlayError when media does not come
 * through and pictures cannot stand in.
 *
 * @param stage {frame, video, sound, pictures, path, showImage(), showVideo(), onlive()}
 * @param withPictures whether JPEG pictures may stand in
 */
export async function playWebRtc(access, kernel, stage, withPictures) {
  await reach(new URL('/assets/icon.svg', access.whep)); // or the player would wait for a server that it never sees
  const { frame, pictures, video, sound } = stage;
  let shown = '';
  let finish;
  let fail;
  let over = false;
  let asking = false;
  const ended = new Promise((resolve, reject) => ([finish, fail] = [resolve, reject]));

  const check = async () => {
    if (asking || over || ['live', 'dismissed'].includes(shown)) return;
    asking = true;
    const now = await kernel.access('read', () => over);
    asking = false;
    if (now && now.server !== access.server) finish();
  };

  const renew = async () => {
    const now = await kernel.access('read', () => over);
    if (now?.server === access.server) player.renew(now.token);
  };

  const turnToPictures = (text) => {
    const url = new URL(access.mjpeg);
    if (isMetered(url.hostname)) {
      fail(new PlayError('unreachable', text));
      return;
    }
    url.searchParams.set('token', access.token);
    pictures.show(url.href);
    stage.showImage();
    frame.say('live', 'live · MJPEG');
    frame.details(['WebRTC does not come through here; it is tried again now and then']);
  };

  const onstate = ({ state, text }) => {
    if (over) return;
    shown = state;
    frame.action(null);
    if (state !== 'live') {
      sound.hidden = true;
      if (!pictures.shown) frame.details([]);
    }
    if (pictures.shown && !['live', 'waiting', 'dismissed'].includes(state)) return;
    if (pictures.shown) {
      pictures.hide();
      frame.details([]);
    }
    stage.showVideo();
    switch (state) {
      case 'live':
        stage.onlive();
        frame.say('live', 'live · WebRTC');
        break;
      case 'waiting':
      case 'stalled':
        frame.wait(`Waiting for the publisher of '${stage.path}'…`);
        break;
      case 'unreachable':
        if (withPictures) turnToPictures(text);
        else frame.say('failed', 'failed', 'WebRTC does not come through on this network. It is tried again now and then.');
        break;
      case 'unsupported':
        frame.say('failed', 'cannot play', text);
        if (withPictures) frame.action('Show as pictures', () => turnToPictures(text));
        break;
      case 'dismissed':
        frame.say('failed', 'ended', text);
        frame.action('Watch again', () => player.again());
        break;
      case 'refused':
        frame.say('waiting', 'connecting'); // the token is too old
        finish();
        break;
      case 'reconnecting':
        if (kernel.lost) frame.say('failed', 'stopped', LOST);
        else frame.say('waiting', 'reconnecting', text);
        check();
        break;
      default:
        frame.say('waiting', 'connecting');
    }
  };

  const onstats = (stats) => {
    if (over || shown !== 'live') return;
    frame.details([formatStats(stats)]);
    sound.hidden = !video.srcObject?.getAudioTracks().some((track) => !track.muted);
  };

  const player = play(video, { whepUrl: access.whep, token: access.token, lines: { video: 1, audio: 1 }, onstate, onstats });
  const timers = [setInterval(check, CHECK_MS), setInterval(renew, RENEW_MS)];
  return {
    ended,
    close() {
      over = true;
      timers.forEach(clearInterval);
      player.stop();
      pictures.hide();
      frame.action(null);
      sound.hidden = true;
      finish();
    },
  };
}
