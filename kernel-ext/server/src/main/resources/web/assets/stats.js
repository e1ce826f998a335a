// What getStats says about the media of a connection, as a person wants to read it.

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

  /**
   * Of all media: bitrateBps, packets, lost, nacks, plis, retransmitted, rttMs, transport. Of the first video that flows:
   * width, height, fps, codec, frames, dropped, freezes, bufferMs, latencyMs, limit, targetBps. 0 or '' where nothing is
   * known.
   */
  async read() {
    const report = await this.#pc.getStats();
    const entries = [...report.values()];
    const rtp = entries.filter((entry) => entry.type === this.#type);
    const videos = rtp.filter((entry) => entry.kind === 'video');
    const video = videos.find((entry) => entry.framesDecoded || entry.framesEncoded) ?? videos[0] ?? {};
    const sum = (list, ...names) => list.reduce((total, entry) => total + names.reduce((n, name) => n + (entry[name] ?? 0), 0), 0);
    const now = {
      atMs: performance.now(),
      bytes: sum(rtp, 'bytesReceived', 'bytesSent'),
      frames: video.framesDecoded ?? video.framesEncoded ?? 0,
      bufferSeconds: video.jitterBufferDelay ?? 0,
      buffered: video.jitterBufferEmittedCount ?? 0,
    };
    const last = this.#last ?? now;
    this.#last = now;
    const seconds = (now.atMs - last.atMs) / 1000;
    const rate = (name) => (seconds > 0 ? Math.max(0, now[name] - last[name]) / seconds : 0);
    const emitted = now.buffered - last.buffered;
    const bufferMs = emitted > 0 ? Math.round((1000 * (now.bufferSeconds - last.bufferSeconds)) / emitted) : 0;
    const pair = selectedPair(entries, report);
    const rttMs = Math.round((pair?.currentRoundTripTime ?? 0) * 1000);
    const remote = entries.filter((entry) => entry.type === 'remote-inbound-rtp');
    return {
      width: video.frameWidth ?? 0,
      height: video.frameHeight ?? 0,
      fps: Math.round(rate('frames')),
      bitrateBps: Math.round(rate('bytes') * 8),
      codec: report.get(video.codecId)?.mimeType?.replace('video/', '') ?? '',
      frames: now.frames,
      packets: sum(rtp, 'packetsReceived', 'packetsSent'),
      lost: Math.max(0, sum(rtp, 'packetsLost') + sum(remote, 'packetsLost')),
      nacks: sum(rtp, 'nackCount'),
      plis: sum(rtp, 'pliCount'),
      retransmitted: sum(rtp, 'retransmittedPacketsSent', 'retransmittedPacketsReceived'),
      dropped: video.framesDropped ?? 0,
      freezes: video.freezeCount ?? 0,
      bufferMs,
      rttMs,
      latencyMs: bufferMs ? Math.round(bufferMs + rttMs / 2) : 0,
      transport: transport(pair, report),
      limit: video.qualityLimitationReason ?? '',
      targetBps: sum(videos, 'targetBitrate'),
    };
  }
}

/** A session as the server's JSON describes it: serverLoss in percent, serverRttMs, serverResent, serverWay. */
export function serverFigures({ pair, tracks }) {
  const reported = tracks.map((track) => track.lastLossPercent).filter((loss) => loss !== null);
  return {
    serverLoss: reported.length ? Math.max(...reported) : undefined,
    serverRttMs: pair?.roundTripMs ?? undefined,
    serverResent: tracks.reduce((sum, track) => sum + track.retransmitted, 0),
    serverWay: pair ? `${pair.protocol.toUpperCase()}, ${pair.localType} to ${pair.remoteType}` : '',
  };
}

function selectedPair(entries, report) {
  const chosen = entries.find((entry) => entry.type === 'transport' && entry.selectedCandidatePairId);
  return report.get(chosen?.selectedCandidatePairId)
    ?? entries.find((entry) => entry.type === 'candidate-pair' && entry.nominated && entry.state === 'succeeded');
}

/** How packets travel: 'UDP', 'TCP', or either through a relay. */
function transport(pair, report) {
  const local = report.get(pair?.localCandidateId);
  const remote = report.get(pair?.remoteCandidateId);
  if (!local) return '';
  const protocol = (local.relayProtocol ?? local.protocol ?? '').toUpperCase();
  return [local.candidateType, remote?.candidateType].includes('relay') ? `${protocol} relay` : protocol;
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
