// Runs in every page of a test before the page's own scripts: keeps the peer connections and reads counters from videos.
(() => {
  const peers = [];
  const Original = window.RTCPeerConnection;
  if (Original) {
    window.RTCPeerConnection = class extends Original {
      constructor(...args) {
        super(...args);
        peers.push(this);
      }
    };
  }

  const CELLS = 32;

  // The layout is described in CounterCode.java.
  function readCounter(video, canvas) {
    const width = video.videoWidth;
    const height = video.videoHeight;
    const strip = Math.floor(height / 12);
    if (width < 160 || strip < 2) return null;
    const top = height - strip + Math.floor(strip / 4);
    const rows = Math.floor(strip / 2);
    if (canvas.width !== width || canvas.height !== rows) {
      canvas.width = width;
      canvas.height = rows;
    }
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(video, 0, top, width, rows, 0, 0, width, rows);
    const pixels = context.getImageData(0, 0, width, rows).data;
    const bits = [];
    for (let cell = 0; cell < CELLS; cell++) {
      const left = Math.floor(cell * width / CELLS);
      const size = Math.floor((cell + 1) * width / CELLS) - left;
      const from = left + Math.floor(size / 4);
      const to = from + Math.max(1, Math.floor(size / 2));
      let sum = 0;
      for (let y = 0; y < rows; y++) {
        for (let x = from; x < to; x++) sum += pixels[4 * (y * width + x) + 1];
      }
      const mean = sum / (rows * (to - from));
      if (mean >= 96 && mean <= 160) return null;
      bits.push(mean > 160 ? 1 : 0);
    }
    const number = (from, to) => bits.slice(from, to).reduce((value, bit) => value * 2 + bit, 0);
    let check = 0b1010;
    for (let nibble = 4; nibble < 28; nibble += 4) check ^= number(nibble, nibble + 4);
    return number(0, 4) === 0b1011 && number(28, 32) === check ? number(4, 28) : null;
  }

  // Every frame that the page shows: its counter, or null when it could not be read.
  function watch(video) {
    const canvas = document.createElement('canvas');
    const seen = { counters: [], damaged: 0, firstFrameAt: null, presented: 0 };
    const onFrame = (now, frame) => {
      seen.firstFrameAt ??= performance.now();
      seen.presented = frame.presentedFrames;
      const counter = readCounter(video, canvas);
      if (counter === null) seen.damaged++;
      else seen.counters.push(counter);
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
    return seen;
  }

  // getStats of the newest connection as plain objects of one type and kind.
  async function stats(type, kind) {
    const peer = peers[peers.length - 1];
    if (!peer) return [];
    const report = await peer.getStats();
    return [...report.values()].filter((entry) => entry.type === type && (!kind || entry.kind === kind));
  }

  // MIME types of the video codecs that the newest connection really uses.
  async function videoCodecs() {
    const peer = peers[peers.length - 1];
    if (!peer) return [];
    const report = await peer.getStats();
    return [...report.values()]
      .filter((entry) => /^(in|out)bound-rtp$/.test(entry.type) && entry.kind === 'video' && entry.codecId)
      .map((entry) => report.get(entry.codecId).mimeType);
  }

  window.notecastProbe = { peers, watch, stats, videoCodecs, readCounter };
})();
