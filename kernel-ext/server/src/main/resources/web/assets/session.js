// One WHIP or WHEP session as HTTP (RFC 9725): POST an offer, PATCH candidates and ICE restarts, DELETE at the end.

import { Trickle, restartedAnswer, sdpFragment } from './fragment.js';
import { withStereo } from './stereo.js';

const FRAGMENT_TYPE = 'application/trickle-ice-sdpfrag';
const MAX_WORDS = 1000; // of the server's text that a page shows
const ASK_MS = 5000; // for an answer that is only good to know
const GONE = 410;

/** Why an offer was refused: the HTTP status, the server's own words, and when to come back. */
class SignalingError extends Error {
  constructor(status, message, retryAfterMs = 0) {
    super(message || `the server answered ${status}`);
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

async function refusal(response) {
  const text = (await response.text()).trim().slice(0, MAX_WORDS);
  return new SignalingError(response.status, text, 1000 * (Number(response.headers.get('Retry-After')) || 0));
}

/**
 * Offers what `pc` has been set up with, applies the answer and keeps sending candidates.
 *
 * @param token gives the token of this moment, '' for none
 */
export async function openSession(pc, url, token) {
  const trickle = new Trickle(pc);
  await pc.setLocalDescription(withStereo(await pc.createOffer()));
  const response = await send('POST', url, token, { 'Content-Type': 'application/sdp' }, pc.localDescription.sdp);
  if (response.status !== 201) throw await refusal(response);
  const session = new Session(pc, trickle, new URL(response.headers.get('Location'), url), response.headers.get('ETag'), token);
  try {
    await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });
  } catch (error) {
    session.end();
    throw error;
  }
  trickle.into(session);
  return session;
}

class Session {
  #pc;
  #trickle;
  #url;
  #etag;
  #token;

  constructor(pc, trickle, url, etag, token) {
    this.#pc = pc;
    this.#trickle = trickle;
    this.#url = url;
    this.#etag = etag;
    this.#token = token;
  }

  /** Candidates that do not arrive cost nothing but a path: the server sees where checks come from. */
  async patch(fragment) {
    await this.#patch(this.#etag, fragment).catch(() => {});
  }

  /**
   * A new ICE generation (§4.3.3) with the same keys, so that media goes on; throws a SignalingError where the server
   * does not take it, and the connection is of no more use then.
   */
  async restart() {
    this.#trickle.hold();
    await this.#pc.setLocalDescription(withStereo(await this.#pc.createOffer({ iceRestart: true })));
    const response = await this.#patch('*', sdpFragment(this.#pc.localDescription.sdp, this.#trickle.take(), false));
    if (response.status !== 200) throw await refusal(response);
    this.#etag = response.headers.get('ETag');
    const sdp = restartedAnswer(this.#pc.currentRemoteDescription.sdp, await response.text());
    await this.#pc.setRemoteDescription({ type: 'answer', sdp });
    this.#trickle.into(this);
  }

  /** What the server counts of this session; undefined where it does not say. */
  async serverSees() {
    const response = await send('GET', `${this.#url}/stats`, this.#token, {});
    return response.ok ? response.json() : undefined;
  }

  /** Why the server has ended this session for good; empty when another may follow it. Throws when it does not answer. */
  async dismissal() {
    const response = await send('GET', `${this.#url}/stats`, this.#token, {}, undefined, false, AbortSignal.timeout(ASK_MS));
    return response.status === GONE ? (await refusal(response)).message : '';
  }

  /** Works while the page is being left, too. */
  end() {
    send('DELETE', this.#url, this.#token, {}, undefined, true).catch(() => {});
  }

  #patch(etag, fragment) {
    const headers = { 'Content-Type': FRAGMENT_TYPE, ...(etag && { 'If-Match': etag }) };
    return send('PATCH', this.#url, this.#token, headers, fragment);
  }
}

function send(method, url, token, headers, body, keepalive = false, signal = undefined) {
  const shown = token();
  const authorization = shown ? { Authorization: `Bearer ${shown}` } : {};
  return fetch(url, {
    method,
    body,
    keepalive,
    signal,
    headers: { ...headers, ...authorization },
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
}
