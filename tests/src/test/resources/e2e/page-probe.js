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
  function readCounter(picture, width, height, canvas) {
    const strip = Math.floor(height / 12);
    if (width < 160 || strip < 2) return null;
    const top = height - strip + Math.floor(strip / 4);
    const rows = Math.floor(strip / 2);
    if (canvas.width !== width || canvas.height !== rows) {
      canvas.width = width;
      canvas.height = rows;
    }
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(picture, 0, top, width, rows, 0, 0, width, rows);
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

  // The counters of the frames that a page shows; frames in between are skipped when the machine is busy.
  function watchPicture(video) {
    const canvas = document.createElement('canvas');
    const seen = { counters: [], times: [] };
    const onFrame = () => {
      const counter = readCounter(video, video.videoWidth, video.videoHeight, canvas);
      if (counter !== null) {
        seen.counters.push(counter);
        seen.times.push(Date.now());
      }
      video.requestVideoFrameCallback(onFrame);
    };
    video.requestVideoFrameCallback(onFrame);
    return seen;
  }

  // The counters of all frames that come out of the decoder, shown or not (Chromium only).
  function watchDecoder(video) {
    const canvas = document.createElement('canvas');
    const seen = { counters: [], times: [], unreadable: 0, video, stream: video.srcObject };
    const track = video.srcObject.getVideoTracks()[0];
    const frames = new MediaStreamTrackProcessor({ track, maxBufferSize: 90 }).readable.getReader();
    const read = async () => {
      for (let next = await frames.read(); !next.done; next = await frames.read()) {
        const counter = readCounter(next.value, next.value.displayWidth, next.value.displayHeight, canvas);
        next.value.close();
        if (counter === null) {
          seen.unreadable++;
        } else {
          seen.counters.push(counter);
          seen.times.push(Date.now());
        }
      }
    };
    read();
    return seen;
  }

  // The colours of a spot, in the order in which frames came out of the decoder, and when the page showed a frame (Chromium
  // only). A colour is one of 27: each channel a digit of 0, 1 or 2 where it is near 0, 128 or 255.
  function watchColours(video, x, y) {
    const size = 8;
    const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true });
    const seen = { colours: [], times: [], video, stream: video.srcObject };
    const track = video.srcObject.getVideoTracks()[0];
    const frames = new MediaStreamTrackProcessor({ track, maxBufferSize: 90 }).readable.getReader();
    const read = async () => {
      for (let next = await frames.read(); !next.done; next = await frames.read()) {
        context.drawImage(next.value, x, y, size, size, 0, 0, size, size);
        next.value.close();
        const { data } = context.getImageData(0, 0, size, size);
        const means = [0, 1, 2].map((channel) => {
          let sum = 0;
          for (let i = channel; i < data.length; i += 4) sum += data[i];
          return sum / (size * size);
        });
        const digits = means.map((mean) => Math.round(mean / 127.5));
        const clear = means.every((mean, i) => Math.abs(mean - digits[i] * 127.5) < 40);
        const colour = digits.join('');
        if (clear && seen.colours.at(-1) !== colour) seen.colours.push(colour);
      }
    };
    read();
    const onFrame = (now) => {
      seen.times.push(now);
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
    return [...report.values()]
      .filter((entry) => entry.type === type && (!kind || entry.kind === kind))
      .map((entry) => ({ ...entry, mimeType: report.get(entry.codecId)?.mimeType }));
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

  // How many peer connections the page has made so far.
  const connections = () => peers.length;


  // The ways of the newest connection's media, one with max-bundle: both ends as getStats describes them.
  async function way() {
    const peer = peers[peers.length - 1];
    const report = await peer.getStats();
    const transport = [...report.values()].find((entry) => entry.type === 'transport');
    const pair = report.get(transport.selectedCandidatePairId);
    return {
      local: report.get(pair.localCandidateId),
      remote: report.get(pair.remoteCandidateId),
      roundTripTime: pair.currentRoundTripTime, // s
    };
  }

  window.notecastProbe = { watchPicture, watchDecoder, watchColours, stats, videoCodecs, way, connections };
})();
