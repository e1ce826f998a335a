// Plays a WHEP endpoint in a <video>.

class PlayError extends Error {
  // kind: unreachable (no connection to the server), waiting (no stream there), refused, failed (no media)
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

const CONNECT_TIMEOUT_MS = 10000;
const STATS_MS = 1000;

// fetch that tells "cannot get there" from an answer.
async function reach(url, options) {
  try {
    return await fetch(url, { ...options, referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(5000) });
  } catch {
    throw new PlayError('unreachable', 'This page cannot reach the server.');
  }
}

async function refusal(response) {
  const text = (await response.text().catch(() => '')).slice(0, 300);
  if (response.status === 404 || response.status === 503) {
    return new PlayError('waiting', text || 'Nothing is published here yet.');
  }
  return new PlayError('refused', text || `The server answered ${response.status}.`);
}

// Resolves when the video plays; `ended` of the result resolves when it has stopped for good.
async function playWhep(access, video, onStats) {
  const peer = new RTCPeerConnection();
  const stream = new MediaStream();
  let session = null;
  let timer = 0;
  let finish;
  const ended = new Promise((resolve) => (finish = resolve));

  const close = () => {
    clearInterval(timer);
    peer.close();
    if (session) {
      fetch(session, { method: 'DELETE', keepalive: true, referrerPolicy: 'no-referrer',
        headers: { Authorization: `Bearer ${access.token}` } }).catch(() => {});
      session = null;
    }
    finish();
  };

  try {
    peer.addTransceiver('video', { direction: 'recvonly' });
    peer.addTransceiver('audio', { direction: 'recvonly' });
    peer.addEventListener('track', (event) => stream.addTrack(event.track));
    peer.addEventListener('connectionstatechange', () => {
      if (peer.connectionState === 'failed' || peer.connectionState === 'closed') {
        close();
      }
    });
    await peer.setLocalDescription();
    const answer = await reach(access.whep, {
      method: 'POST',
      headers: { 'Content-Type': 'application/sdp', Authorization: `Bearer ${access.token}` },
      body: peer.localDescription.sdp,
    });
    if (answer.status !== 201) {
      throw await refusal(answer);
    }
    const location = answer.headers.get('Location');
    session = location ? new URL(location, access.whep).href : null;
    await peer.setRemoteDescription({ type: 'answer', sdp: await answer.text() });
    video.srcObject = stream;
    await Promise.race([
      new Promise((resolve) => video.addEventListener('playing', resolve, { once: true })),
      ended.then(() => Promise.reject(new PlayError('failed', 'The media connection failed.'))),
      pause(CONNECT_TIMEOUT_MS).then(() => Promise.reject(new PlayError('failed', 'No picture came in time.'))),
    ]);
  } catch (error) {
    close();
    throw error;
  }
  timer = setInterval(watchStats(peer, onStats), STATS_MS);
  return { ended, close };
}

function watchStats(peer, onStats) {
  let before = null;
  return async () => {
    for (const entry of (await peer.getStats()).values()) {
      if (entry.type === 'inbound-rtp' && entry.kind === 'video') {
        const seconds = before ? (entry.timestamp - before.timestamp) / 1000 : 0;
        onStats({
          width: entry.frameWidth,
          height: entry.frameHeight,
          fps: seconds ? (entry.framesDecoded - before.framesDecoded) / seconds : 0,
          bps: seconds ? ((entry.bytesReceived - before.bytesReceived) * 8) / seconds : 0,
        });
        before = entry;
      }
    }
  };
}
