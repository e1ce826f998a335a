// WHIP and WHEP as HTTP: POST an offer, PATCH candidates in batches, DELETE at the end.

const BATCH_MS = 50; // candidates come in bursts

/** Why an offer was refused: the HTTP status, the server's own words, and when to come back. */
export class SignalingError extends Error {
  constructor(status, message, retryAfterMs) {
    super(message || `the server answered ${status}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/**
 * Offers what `pc` has been set up with, applies the answer and keeps sending candidates.
 * Resolves to a session with `end()`.
 */
export async function openSession(pc, url, token) {
  const trickle = new Trickle(pc);
  await pc.setLocalDescription();
  const response = await send('POST', url, token, { 'Content-Type': 'application/sdp' }, pc.localDescription.sdp);
  const text = await response.text();
  if (response.status !== 201) {
    const retryAfterMs = 1000 * (Number(response.headers.get('Retry-After')) || 0);
    throw new SignalingError(response.status, text.trim().slice(0, 300), retryAfterMs);
  }
  const session = new Session(new URL(response.headers.get('Location'), url), response.headers.get('ETag'), token);
  try {
    await pc.setRemoteDescription({ type: 'answer', sdp: text });
  } catch (error) {
    session.end();
    throw error;
  }
  trickle.into(session);
  return session;
}

class Session {
  #url;
  #etag;
  #token;

  constructor(url, etag, token) {
    this.#url = url;
    this.#etag = etag;
    this.#token = token;
  }

  /** Candidates that do not arrive cost nothing but a path: the server sees where checks come from. */
  async patch(fragment) {
    const headers = { 'Content-Type': 'application/trickle-ice-sdpfrag', ...(this.#etag && { 'If-Match': this.#etag }) };
    await send('PATCH', this.#url, this.#token, headers, fragment).catch(() => {});
  }

  /** Works while the page is being left, too. */
  end() {
    send('DELETE', this.#url, this.#token, {}, undefined, true).catch(() => {});
  }
}

/** Gathers candidates from the start and sends them once there is somewhere to send them to. */
class Trickle {
  #pc;
  #session;
  #waiting = [];
  #complete = false;
  #timer;

  constructor(pc) {
    this.#pc = pc;
    pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate?.candidate) this.#waiting.push(candidate.candidate);
      else this.#complete = true;
      this.#schedule();
    });
  }

  into(session) {
    this.#session = session;
    this.#schedule();
  }

  #schedule() {
    if (!this.#session || this.#timer || (!this.#waiting.length && !this.#complete)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pc.signalingState === 'closed') return;
      const fragment = sdpFragment(this.#pc.localDescription.sdp, this.#waiting, this.#complete);
      this.#waiting = [];
      this.#complete = false;
      this.#session.patch(fragment);
    }, BATCH_MS);
  }
}

/** RFC 8840 §9: credentials, then the candidates under the media section that carries the bundle. */
function sdpFragment(sdp, candidates, complete) {
  const first = (prefix) => sdp.split(/\r?\n/).find((line) => line.startsWith(prefix));
  return [
    first('a=ice-ufrag:'),
    first('a=ice-pwd:'),
    first('m='),
    first('a=mid:'),
    ...candidates.map((candidate) => `a=${candidate}`),
    ...(complete ? ['a=end-of-candidates'] : []),
    '',
  ].join('\r\n');
}

function send(method, url, token, headers, body, keepalive = false) {
  const authorization = token ? { Authorization: `Bearer ${token}` } : {};
  return fetch(url, {
    method,
    body,
    keepalive,
    headers: { ...headers, ...authorization },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
}
