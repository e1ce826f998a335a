// What getStats says about the video of a connection, as a person wants to read it.

/** Reads once per call; rates are those since the call before. */
export class StatsReader {
  #pc;
  #type;
  #last;

  /** @param direction 'in' for what is received, 'out' for what is sent */
  constructor(pc, direction) {
    this.#pc = pc;
    this.#type = direction === 'in' ? 'inbound-rtp' : 'outbound-rtp';
  }

  /** {width, height, fps, bitrateBps, codec, frames, packets, rttMs, limit}; 0 or '' where nothing is known yet. */
  async read() {
    const report = [...(await this.#pc.getStats()).values()];
    const rtp = report.filter((entry) => entry.type === this.#type);
    const video = rtp.find((entry) => entry.kind === 'video') ?? {};
    const pair = report.find((entry) => entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded');
    const sum = (...names) => rtp.reduce((total, entry) => total + names.reduce((n, name) => n + (entry[name] ?? 0), 0), 0);
    const now = { atMs: performance.now(), bytes: sum('bytesReceived', 'bytesSent'), frames: video.framesDecoded ?? video.framesEncoded ?? 0 };
    const seconds = this.#last ? (now.atMs - this.#last.atMs) / 1000 : 0;
    const rate = (name) => (seconds > 0 ? Math.max(0, now[name] - this.#last[name]) / seconds : 0);
    const result = {
      width: video.frameWidth ?? 0,
      height: video.frameHeight ?? 0,
      fps: Math.round(rate('frames')),
      bitrateBps: Math.round(rate('bytes') * 8),
      codec: report.find((entry) => entry.id === video.codecId)?.mimeType?.replace('video/', '') ?? '',
      frames: now.frames,
      packets: sum('packetsReceived', 'packetsSent'),
      rttMs: Math.round((pair?.currentRoundTripTime ?? 0) * 1000),
      limit: video.qualityLimitationReason ?? '',
    };
    this.#last = now;
    return result;
  }
}

/** 2 500 000 as '2.5 Mbps'. */
export function formatBitrate(bps) {
  if (bps >= 1e6) return `${(bps / 1e6).toFixed(1)} Mbps`;
  return `${Math.round(bps / 1e3)} kbps`;
}

/** '1280×720 · 30 fps · 2.5 Mbps', without what is not known. */
export function formatStats({ width, height, fps, bitrateBps, codec }) {
  return [
    width && `${width}×${height}`,
    width && `${fps} fps`,
    bitrateBps && formatBitrate(bitrateBps),
    codec,
  ].filter(Boolean).join(' · ');
}
