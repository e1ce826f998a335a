// Asks the server something, and tells "cannot get there" from an answer.

const ANSWER_MS = 5000;

/** Why a path does not play. */
export class PlayError extends Error {
  /** @param kind 'unreachable' (no connection to the server, or none for media), 'waiting' (no stream there) or 'refused' */
  constructor(kind, message) {
    super(message);
    this.kind = kind;
  }
}

/** The server's answer, whatever it is; throws an unreachable PlayError when none comes in 5 s. */
export async function reach(url) {
  try {
    return await fetch(url, { cache: 'no-store', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(ANSWER_MS) });
  } catch {
    throw new PlayError('unreachable', 'This page cannot reach the server.');
  }
}

/** The PlayError that an answer other than 200 stands for. */
export async function refusal(response) {
  const text = (await response.text().catch(() => '')).trim().slice(0, 300);
  if (response.status === 404 || response.status === 503) {
    return new PlayError('waiting', text || 'Nothing is published here yet.');
  }
  return new PlayError('refused', text || `The server answered ${response.status}.`);
}
