// SDP fragments (RFC 8840 §9): our candidates for the server, and its new ones after an ICE restart.

const BATCH_MS = 50; // candidates come in bursts

/** Gathers candidates from the start and sends them in batches once there is somewhere to send them to. */
export class Trickle {
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

  /** Keeps what comes until there is a session again, and forgets what belongs to the generation before. */
  hold() {
    this.#session = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.take();
  }

  /** What has not been sent yet. */
  take() {
    const taken = this.#waiting;
    this.#waiting = [];
    this.#complete = false;
    return taken;
  }

  #schedule() {
    if (!this.#session || this.#timer || (!this.#waiting.length && !this.#complete)) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#pc.signalingState === 'closed') return;
      const complete = this.#complete;
      this.#session.patch(sdpFragment(this.#pc.localDescription.sdp, this.take(), complete));
    }, BATCH_MS);
  }
}

/** Credentials, then the candidates under the media section that carries the bundle. */
export function sdpFragment(sdp, candidates, complete) {
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

/** The answer as it was, with the credentials and candidates of the server's new ICE generation. */
export function restartedAnswer(answer, fragment) {
  const fresh = fragment.split(/\r?\n/);
  const credential = (prefix) => fresh.find((line) => line.startsWith(prefix));
  const candidates = fresh.filter((line) => line.startsWith('a=candidate:'));
  const result = [];
  let inMedia = false;
  for (const line of answer.trimEnd().split(/\r?\n/)) {
    inMedia ||= line.startsWith('m=');
    if (line.startsWith('a=ice-ufrag:')) {
      result.push(credential('a=ice-ufrag:') ?? line);
    } else if (line.startsWith('a=ice-pwd:')) {
      result.push(credential('a=ice-pwd:') ?? line);
      if (inMedia) result.push(...candidates.splice(0)); // once: one transport carries the bundle
    } else if (!line.startsWith('a=candidate:') && line !== 'a=end-of-candidates') {
      result.push(line);
    }
  }
  return [...result, ''].join('\r\n');
}
