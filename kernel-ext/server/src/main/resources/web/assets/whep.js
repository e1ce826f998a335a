// Watches a path by WHEP, and keeps at it: waits when there is no stream, comes back when the session ends.

import { Backoff } from './backoff.js';
import { watchLink } from './link.js';
import { openSession } from './signaling.js';
import { StatsReader } from './stats.js';

const STATS_MS = 1000;
const STALL_TICKS = 3; // seconds without a packet until the viewer is told
const UNSUPPORTED_RETRY_MS = 5000; // the next publisher may send something else

/**
 * States: connecting, waiting (no stream yet), live, stalled (connected, nothing comes), reconnecting, unsupported,
 * refused (401, 403, 421: does not try again), stopped.
 */
export class WhepClient {
  #options;
  #pc;
  #session;
  #backoff = new Backoff();
  #timers = new Set();
  #unwatch = () => {};
  #run = 0; // grows with every attempt, so that late answers to an earlier one are dropped

  /** @param options {url, token, onstream(MediaStream), onstate({state, text, status}), onstats(stats)} */
  constructor(options) {
    this.#options = { onstream() {}, onstate() {}, onstats() {}, ...options };
  }

  start() {
    this.#drop();
    this.#state('connecting', 'Connecting');
    this.#connect();
  }

  stop() {
    this.#drop();
    this.#state('stopped', 'Stopped');
  }

  /** The current connection, for statistics. */
  get connection() {
    return this.#pc;
  }

  async #connect() {
    const run = ++this.#run;
    const pc = (this.#pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' }));
    const stream = new MediaStream();
    pc.addTransceiver('video', { direction: 'recvonly' });
    pc.addTransceiver('audio', { direction: 'recvonly' });
    pc.addEventListener('track', ({ track }) => stream.addTrack(track));
    try {
      const session = await openSession(pc, this.#options.url, this.#options.token);
      if (run !== this.#run) {
        session.end();
        return;
      }
      this.#session = session;
      this.#unwatch = watchLink(pc, {
        onup: () => this.#up(run, pc, stream),
        onlost: (reason) => run === this.#run && this.#again('reconnecting', `Reconnecting: ${reason}`, this.#backoff.next()),
      });
    } catch (error) {
      if (run === this.#run) this.#failed(error);
    }
  }

  #failed(error) {
    switch (error.status) {
      case 401:
      case 403:
      case 421:
        this.#drop();
        this.#state('refused', error.message, error.status);
        break;
      case 404:
        this.#backoff.reset();
        this.#again('waiting', 'Waiting for a stream', error.retryAfterMs || 2000);
        break;
      case 406:
        this.#again('unsupported', 'This browser cannot play what is sent', UNSUPPORTED_RETRY_MS);
        break;
      default: {
        const reason = error.status ? error.message : 'the server does not answer';
        this.#again('reconnecting', `Reconnecting: ${reason}`, error.retryAfterMs || this.#backoff.next());
      }
    }
  }

  #again(state, text, waitMs) {
    this.#drop();
    this.#state(state, text);
    this.#after(waitMs, () => this.#connect());
  }

  #up(run, pc, stream) {
    if (run !== this.#run) return;
    this.#backoff.reset();
    this.#options.onstream(stream);
    this.#state('live', 'Live');
    this.#measure(run, pc);
  }

  #measure(run, pc) {
    const reader = new StatsReader(pc, 'in');
    let packets = 0;
    let silentTicks = 0;
    const tick = async () => {
      const stats = await reader.read();
      if (run !== this.#run) return;
      silentTicks = stats.packets > packets ? 0 : silentTicks + 1;
      packets = stats.packets;
      if (silentTicks === STALL_TICKS) this.#state('stalled', 'Waiting for the publisher');
      if (silentTicks === 0) this.#state('live', 'Live');
      this.#options.onstats(stats);
      this.#after(STATS_MS, tick);
    };
    tick();
  }

  #after(ms, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  #drop() {
    this.#run++;
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#unwatch();
    this.#session?.end();
    this.#session = undefined;
    this.#pc?.close();
    this.#pc = undefined;
  }

  #lastState = '';

  #state(state, text, status) {
    if (this.#lastState === state + text) return;
    this.#lastState = state + text;
    this.#options.onstate({ state, text, status });
  }
}
