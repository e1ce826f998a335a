// Publishes tracks by WHIP and keeps them up.

import { Peer } from './peer.js';

const RETRIES_WHEN_TAKEN = 8; // our own earlier session may still hold the path for a while

/** States: connecting, live, reconnecting, and those that do not try again: unreachable, refused, dismissed, stopped. */
export class WhipClient extends Peer {
  #senders = new Map();
  #takenTries = 0;

  /**
   * @param options {url, token, tracks: Map of role to MediaStreamTrack, in the order of the offer, codec: 'VP8', .. or '',
   *     maxBitrateBps: 0 for the browser's own choice, onstate({state, text, status}), onstats(stats)}
   */
  constructor(options) {
    super(options, 'out');
  }

  /** Sends another track in this role from now on, without a new session where the role is sent already. */
  async replaceTrack(role, track) {
    if (track) this.options.tracks.set(role, track);
    else this.options.tracks.delete(role);
    const sender = this.#senders.get(role);
    if (sender) await sender.replaceTrack(track ?? null);
    else if (track) this.#renew();
  }

  /** Sends with another codec from now on. */
  setCodec(codec) {
    this.options.codec = codec;
    this.#renew();
  }

  #renew() {
    if (this.connection) this.again('connecting', 'Connecting', 0);
  }

  async setMaxBitrate(maxBitrateBps) {
    this.options.maxBitrateBps = maxBitrateBps;
    await this.#limitBitrate();
  }

  prepare(pc) {
    this.#senders.clear();
    const { tracks } = this.options;
    const streams = [new MediaStream([...tracks.values()])]; // RFC 9725 §4.4.2: one
    for (const [role, track] of tracks) {
      const transceiver = pc.addTransceiver(track, { direction: 'sendonly', streams });
      this.#senders.set(role, transceiver.sender);
      if (track.kind === 'video') preferCodec(transceiver, this.options.codec);
    }
  }

  opened() {
    return this.#limitBitrate();
  }

  up() {
    this.#takenTries = 0;
    this.state('live', 'On air');
  }

  failed(error) {
    const mayBeOurs = error.status === 409 && this.wasUp && this.#takenTries++ < RETRIES_WHEN_TAKEN;
    const passing = !error.status || error.status >= 500 || error.status === 429 || mayBeOurs;
    if (passing && (this.wasUp || error.status)) {
      this.again('reconnecting', error.message, error.retryAfterMs || this.backoff.next());
      return;
    }
    this.drop();
    this.state('refused', error.status ? error.message : `Cannot publish: ${error.message}`, error.status);
  }

  unreachable(reason) {
    if (this.wasUp) {
      super.unreachable(reason); // it worked on this network: the server may be busy
      return;
    }
    this.drop();
    this.state('unreachable', reason);
  }

  async #limitBitrate() {
    const { maxBitrateBps } = this.options;
    for (const sender of this.#senders.values()) {
      const parameters = sender.getParameters();
      if (sender.track?.kind !== 'video' || !parameters.encodings?.length) continue;
      if (maxBitrateBps) parameters.encodings[0].maxBitrate = maxBitrateBps;
      else delete parameters.encodings[0].maxBitrate;
      await sender.setParameters(parameters).catch(() => {}); // a closed connection has none
    }
  }
}

/** The video codecs that this browser can send, by name, without retransmission and the like. */
export function sendableCodecs() {
  const names = (RTCRtpSender.getCapabilities?.('video')?.codecs ?? []).map(({ mimeType }) => mimeType.replace('video/', ''));
  return [...new Set(names)].filter((name) => !['rtx', 'red', 'ulpfec', 'flexfec-03'].includes(name.toLowerCase()));
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
