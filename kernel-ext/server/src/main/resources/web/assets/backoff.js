// When to try again: at once, then more and more rarely.

const FIRST_MS = 500;
const MAX_MS = 8000;
const SPREAD_MS = 100; // of the first attempts of many viewers

/** How long to wait before each of several attempts, until one succeeds. */
export class Backoff {
  #attempts = 0;

  /** Milliseconds to wait now; a little random, so that many viewers do not come back at once. */
  next() {
    if (this.#attempts++ === 0) return Math.random() * SPREAD_MS;
    const wait = Math.min(MAX_MS, FIRST_MS * 2 ** (this.#attempts - 2));
    return wait * (0.75 + Math.random() / 2);
  }

  reset() {
    this.#attempts = 0;
  }
}
