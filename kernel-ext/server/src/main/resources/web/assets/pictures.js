// MJPEG in an <img>, for networks where WebRTC does not come through.

const RETRY_MS = 2000;
const TUNNELS = ['ngrok.io', 'ngrok.app', 'ngrok.dev', 'ngrok-free.app', 'ngrok-free.dev', 'trycloudflare.com', 'loca.lt',
  'lhr.life', 'localhost.run', 'serveo.net', 'pinggy.link'];

/** Whether what goes through this address is counted by a public tunnel, so that pictures should be asked for. */
export function isMetered(host = location.hostname) {
  return TUNNELS.some((name) => host === name || host.endsWith(`.${name}`));
}

/** Shows a stream of JPEG pictures in an <img>, and asks for it again when it breaks off. */
export class Pictures {
  #image;
  #timer;
  #url = '';

  constructor(image) {
    this.#image = image;
    image.addEventListener('error', () => {
      if (!this.#url) return;
      this.#timer = setTimeout(() => this.#load(), RETRY_MS);
    });
  }

  get shown() {
    return this.#url !== '';
  }

  show(url) {
    if (this.shown) return;
    this.#url = url;
    this.#image.hidden = false;
    this.#load();
  }

  hide() {
    clearTimeout(this.#timer);
    this.#url = '';
    this.#image.removeAttribute('src'); // ends the request
    this.#image.hidden = true;
  }

  #load() {
    const url = new URL(this.#url, location.href);
    url.searchParams.set('at', Date.now());
    this.#image.src = url.href;
  }
}
