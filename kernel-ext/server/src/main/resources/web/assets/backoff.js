// When to try again: soon at first, then more and more rarely.

const FIRST_MS = 500;
const MAX_MS = 8000;

export class Backoff {
  #attempts = 0;

  /** Milliseconds to wait now; a little random, so that many viewers do not come back at once. */
  next() {
    const wait = Math.min(MAX_MS, FIRST_MS * 2 ** this.#attempts++);
    return wait * (0.75 + Math.random() / 2);
  }

  reset() {
    this.#attempts = 0;
  }
}
