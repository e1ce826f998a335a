// Watches a path by WHEP, and keeps at it: waits when there is no stream, comes back when the session ends.

import { Peer } from './peer.js';

const LINES = { video: 4, audio: 2 }; // asked for; the server leaves unused those that the stream does not fill
const STALL_MS = 2000; // without a packet until the viewer is told
const STALLED_STATS_MS = 250; // then look more often, so that the picture's return shows
const UNSUPPORTED_RETRY_MS = 5000; // the next publisher may send something else
const UNREACHABLE_RETRY_MS = 30_000; // networks change

/**
 * States: connecting, waiting (no stream yet), live, stalled (connected, nothing comes), reconnecting, unreachable (the
 * server answers, media does not come through: tries again now and then), unsupported, and those that do not try again:
 * refused (401, 403, 421), dismissed (ended on purpose by the server), stopped.
 */
export class WhepClient extends Peer {
  #stream;
  #extras;
  #packets;
  #silentSince;

  /**
   * @param options {url, token, onstream(MediaStream, extras), onend(), onstate({state, text, status}), onstats(stats)};
   *     extras are the tracks after the first video and the first sound, of which some may never carry anything. onend
   *     comes just before the stream ends. options.lines {video, audio}: how many tracks to ask for, each adds 3 kB to the
   *     offer
   */
  constructor(options) {
    super({ lines: LINES, onstream() {}, onend() {}, ...options }, 'in');
  }

  prepare(pc) {
    const stream = (this.#stream = new MediaStream());
    const extras = (this.#extras = []);
    const { video, audio } = this.options.lines;
    for (let i = 0; i < video; i++) pc.addTransceiver('video', { direction: 'recvonly' });
    for (let i = 0; i < audio; i++) pc.addTransceiver('audio', { direction: 'recvonly' });
    this.#packets = 0;
    this.#silentSince = undefined;
    pc.addEventListener('track', ({ track }) => {
      if (stream.getTracks().some(({ kind }) => kind === track.kind)) extras.push(track);
      else stream.addTrack(track);
    });
  }

  up() {
    if (this.#silentSince === undefined) this.options.onstream(this.#stream, this.#extras);
    this.#silentSince = performance.now();
    this.state('live', 'Live');
  }

  drop() {
    if (this.connection) this.options.onend();
    super.drop();
  }

  measured(stats) {
    const nowMs = performance.now();
    if (stats.packets > this.#packets) this.#silentSince = nowMs;
    this.#packets = stats.packets;
    const stalled = nowMs - this.#silentSince > STALL_MS;
    if (stalled) this.state('stalled', 'Nothing comes from the publisher');
    else this.state('live', 'Live');
    return stalled ? STALLED_STATS_MS : super.measured(stats);
  }

  failed(error) {
    switch (error.status) {
      case 401:
      case 403:
      case 421:
        this.drop();
        this.state('refused', error.message, error.status);
        break;
      case 404:
        this.backoff.reset();
        this.again('waiting', 'No stream yet', error.retryAfterMs || 2000);
        break;
      case 406:
        this.again('unsupported', error.message, UNSUPPORTED_RETRY_MS);
        break;
      default:
        this.again('reconnecting', `Reconnecting: ${error.status ? error.message : 'the server does not answer'}`,
          error.retryAfterMs || this.backoff.next());
    }
  }

  unreachable(reason) {
    this.again('unreachable', reason, UNREACHABLE_RETRY_MS);
  }
}
