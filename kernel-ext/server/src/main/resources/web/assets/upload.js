// Publishes pictures by plain HTTP, for networks where WebRTC does not come through: one JPEG after the other.

/**
 * States as of WhipClient. A worker encodes and sends, so that a busy page or one in the background does not stop it; there
 * is never more than one picture on its way, so nothing piles up.
 */
export class FrameUploader {
  #options;
  #worker;

  /** @param options {url, token, video: the element that shows the source, maxFps, onstate, onstats} */
  constructor(options) {
    this.#options = options;
  }

  start() {
    const { url, token, maxFps, onstate, onstats } = this.#options;
    onstate({ state: 'connecting', text: 'Connecting' });
    this.#worker = new Worker(new URL('./upload-worker.js', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data: { type, ...message } }) => {
      if (type === 'grab') this.#grab(message.scale);
      else if (type === 'stats') onstats(message);
      else onstate(message);
      if (message.state === 'refused') this.#end();
    };
    this.#worker.postMessage({ url, token, maxFps });
  }

  stop() {
    this.#end();
    this.#options.onstate({ state: 'stopped', text: 'Off air' });
  }

  /** The element that is watched shows the new track already. */
  async replaceTrack() {}

  async setMaxBitrate() {}

  setCodec() {}

  async #grab(scale) {
    const { video } = this.#options;
    const worker = this.#worker;
    let picture = null;
    if (video.videoWidth) {
      const even = (size) => Math.max(16, 2 * Math.round((size * scale) / 2));
      const size = { resizeWidth: even(video.videoWidth), resizeHeight: even(video.videoHeight) };
      picture = await createImageBitmap(video, size).catch(() => null);
    }
    if (worker === this.#worker) worker?.postMessage({ picture }, picture ? [picture] : []);
  }

  #end() {
    this.#worker?.terminate();
    this.#worker = undefined;
  }
}
