// The kernel's side of the widget: addresses with a token, and pictures when the server is out of reach.

import { pause } from './frame.js';

const SEEN_EVERY = 10; // pictures; the kernel takes few messages a second from pages
const ALIVE_MS = 2000;
const DOUBT_MS = 5000;

/** What a person does about a cell that `whenLost` was told of. */
export const LOST = 'The kernel was restarted, or is out of reach: run this cell again.';

/** Messages between a view and the kernel, whose own ones reach every view of the widget; `close` ends this view's part. */
export function connectKernel(model) {
  const listeners = new Set();
  let lost = false;
  let onlost = () => {};
  let doubt;
  const tell = (now) => {
    if (now !== lost) {
      lost = now;
      onlost(now);
    }
  };
  const receive = (content, buffers) => {
    clearTimeout(doubt);
    doubt = undefined;
    tell(false);
    listeners.forEach((listener) => listener(content, buffers));
  };
  // The page let go of the comm: for good when the kernel was restarted, for a moment when its connection dropped.
  const cutOff = () => {
    doubt ??= setTimeout(() => tell(true), DOUBT_MS);
  };
  model.on('msg:custom', receive);
  model.on('comm_live_update', cutOff);

  return {
    send(content) {
      try {
        model.send(content);
      } catch {
        cutOff(); // nobody is there to hear it
      }
    },
    get lost() {
      return lost;
    },
    /** Calls once the kernel has gone and does not answer, with true, and with false when it is there again. */
    whenLost(callback) {
      onlost = callback;
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /**
     * Addresses and a token for 'read' or 'publish', or {kind: 'stopped'}; null once `isOver()`. Asks until the kernel answers:
     * it is deaf while a cell runs.
     */
    async access(scope, isOver) {
      let answer = null;
      const stop = this.listen((content) => {
        if (content.kind === 'access' || content.kind === 'stopped') answer = content;
      });
      try {
        for (let i = 0; !answer && !isOver(); i++) {
          if (i % 200 === 0) this.send({ kind: 'hello', scope });
          await pause(50);
        }
        return answer;
      } finally {
        stop();
      }
    },
    close() {
      clearTimeout(doubt);
      model.off('msg:custom', receive);
      model.off('comm_live_update', cutOff);
    },
  };
}

/** Pictures through the kernel, only while they can be seen. @returns {ended, close()} */
export function playPictures(kernel, image, onStats, onWaiting) {
  let number = 0;
  let pictures = 0;
  let bytes = 0;
  let since = performance.now();
  let lastArrival = since;
  let visible = true;
  let finish;
  const ended = new Promise((resolve) => (finish = resolve));

  const want = (on) => {
    lastArrival = performance.now();
    kernel.send({ kind: 'pictures', on });
  };
  const stop = kernel.listen((content, buffers) => {
    if (content.kind === 'waiting') {
      lastArrival = performance.now();
      onWaiting(content.text);
    } else if (content.kind === 'picture' && buffers?.length) {
      lastArrival = performance.now();
      const old = image.src;
      image.src = URL.createObjectURL(new Blob([buffers[0]], { type: 'image/jpeg' }));
      URL.revokeObjectURL(old);
      number = content.number;
      pictures++;
      bytes += buffers[0].byteLength;
      if (number % SEEN_EVERY === 0) kernel.send({ kind: 'seen', number });
      const seconds = (lastArrival - since) / 1000;
      if (seconds >= 1) {
        onStats({ width: content.width, height: content.height, fps: pictures / seconds, bitrateBps: (bytes * 8) / seconds });
        since = lastArrival;
        pictures = bytes = 0;
      }
    }
  });
  const observer = new IntersectionObserver((entries) => {
    const now = entries.at(-1).isIntersecting;
    if (now !== visible) {
      visible = now;
      want(visible);
    }
  });
  observer.observe(image);
  const timer = setInterval(() => {
    if (!visible || document.hidden) return;
    kernel.send({ kind: 'seen', number });
    if (performance.now() - lastArrival > 4 * ALIVE_MS) {
      want(true); // the kernel gives up on pages that it does not hear from
    }
  }, ALIVE_MS);
  want(true);
  return {
    ended,
    close() {
      clearInterval(timer);
      observer.disconnect();
      stop();
      kernel.send({ kind: 'pictures', on: false });
      URL.revokeObjectURL(image.src);
      finish();
    },
  };
}
