// Publishes a MediaStream by WHIP and keeps it up.

import { Backoff } from './backoff.js';
import { watchLink } from './link.js';
import { openSession } from './signaling.js';
import { StatsReader } from './stats.js';

const STATS_MS = 1000;
const RETRIES_WHEN_TAKEN = 8; // our own earlier session may still hold the path for a while

/** States: connecting, live, reconnecting, refused (does not try again), stopped. */
export class WhipClient {
  #options;
  #pc;
  #session;
  #sender = {};
  #backoff = new Backoff();
  #timers = new Set();
  #unwatch = () => {};
  #run = 0;
  #wasLive = false;
  #takenTries = 0;

  /**
   * @param options {url, token, stream, codec: 'VP8' | 'H264' | '', maxBitrateBps: 0 for the browser's own choice,
   *     onstate({state, text, status}), onstats(stats)}
   */
  constructor(options) {
    this.#options = { onstate() {}, onstats() {}, ...options };
  }

  start() {
    this.#drop();
    this.#options.onstate({ state: 'connecting', text: 'Connecting' });
    this.#connect();
  }

  stop() {
    this.#drop();
    this.#options.onstate({ state: 'stopped', text: 'Off air' });
  }

  get connection() {
    return this.#pc;
  }

  /** Sends another track of the same kind from now on; null sends nothing. */
  async replaceTrack(kind, track) {
    await this.#sender[kind]?.replaceTrack(track);
  }

  async setMaxBitrate(maxBitrateBps) {
    this.#options.maxBitrateBps = maxBitrateBps;
    await this.#limitBitrate();
  }

  async #connect() {
    const run = ++this.#run;
    const { url, token, stream } = this.#options;
    const pc = (this.#pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' }));
    for (const track of stream.getTracks()) {
      const transceiver = pc.addTransceiver(track, { direction: 'sendonly', streams: [stream] });
      this.#sender[track.kind] = transceiver.sender;
      if (track.kind === 'video') preferCodec(transceiver, this.#options.codec);
    }
    try {
      const session = await openSession(pc, url, token);
      if (run !== this.#run) {
        session.end();
        return;
      }
      this.#session = session;
      await this.#limitBitrate();
      this.#unwatch = watchLink(pc, {
        onup: () => run === this.#run && this.#up(run, pc),
        onlost: (reason) => run === this.#run && this.#again(reason, this.#backoff.next()),
      });
    } catch (error) {
      if (run === this.#run) this.#failed(error);
    }
  }

  #failed(error) {
    const mayBeOurs = error.status === 409 && this.#wasLive && this.#takenTries++ < RETRIES_WHEN_TAKEN;
    const passing = !error.status || error.status >= 500 || error.status === 429 || mayBeOurs;
    if (passing && (this.#wasLive || error.status)) {
      this.#again(error.message, error.retryAfterMs || this.#backoff.next());
      return;
    }
    this.#drop();
    const text = error.status ? error.message : `Cannot publish: ${error.message}`;
    this.#options.onstate({ state: 'refused', text, status: error.status });
  }

  #again(reason, waitMs) {
    this.#drop();
    this.#options.onstate({ state: 'reconnecting', text: `Reconnecting: ${reason}` });
    this.#after(waitMs, () => this.#connect());
  }

  #up(run, pc) {
    this.#backoff.reset();
    this.#wasLive = true;
    this.#takenTries = 0;
    this.#options.onstate({ state: 'live', text: 'On air' });
    const reader = new StatsReader(pc, 'out');
    const tick = async () => {
      const stats = await reader.read();
      if (run !== this.#run) return;
      this.#options.onstats(stats);
      this.#after(STATS_MS, tick);
    };
    tick();
  }

  async #limitBitrate() {
    const sender = this.#sender.video;
    if (!sender) return;
    const parameters = sender.getParameters();
    if (!parameters.encodings?.length) return;
    const { maxBitrateBps } = this.#options;
    if (maxBitrateBps) parameters.encodings[0].maxBitrate = maxBitrateBps;
    else delete parameters.encodings[0].maxBitrate;
    await sender.setParameters(parameters).catch(() => {}); // a closed connection has none
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
    this.#sender = {};
  }
}

/** Whether this browser can send the codec at all. */
export function canSend(codec) {
  return codecsNamed(codec).length > 0;
}

function codecsNamed(name) {
  const all = RTCRtpSender.getCapabilities?.('video')?.codecs ?? [];
  return all.filter((codec) => codec.mimeType.toLowerCase() === `video/${name.toLowerCase()}`);
}

function preferCodec(transceiver, name) {
  if (!name || !transceiver.setCodecPreferences) return;
  const wanted = codecsNamed(name);
  if (wanted.length) transceiver.setCodecPreferences([...wanted, ...codecsNamed('rtx')]);
}
