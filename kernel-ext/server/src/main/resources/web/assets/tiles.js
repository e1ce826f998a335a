// The tracks beyond the first video and the first sound: a tile for each further picture, each further sound mixed in.

import { el } from './dom.js';

/** Keeps their elements in a box, whose `data-count` tells the style sheet how many pictures there are. */
export class Tiles {
  #box;
  #main;
  #extras = [];

  /** @param main the <video> inside `box` that shows the first picture, and whose sound setting counts for all */
  constructor(box, main) {
    this.#box = box;
    this.#main = main;
    main.addEventListener('volumechange', () => this.#extras.forEach(({ element }) => {
      if (element instanceof HTMLAudioElement) element.muted = main.muted;
    }));
  }

  /** Replaces all; a video gets its place when its first picture is there. */
  show(tracks) {
    this.#extras.forEach(({ element }) => element.remove());
    this.#extras = tracks.map((track) => {
      const isVideo = track.kind === 'video';
      const element = el(isVideo ? 'video' : 'audio', { autoplay: true, playsInline: true, srcObject: new MediaStream([track]) });
      element.muted = isVideo || this.#main.muted;
      element.hidden = true;
      if (isVideo) element.addEventListener('loadeddata', () => this.#place(element));
      this.#box.append(element);
      element.play?.().catch(() => {});
      return { element };
    });
    this.#count();
  }

  #place(element) {
    element.hidden = false;
    this.#count();
  }

  #count() {
    this.#box.dataset.count = 1 + this.#extras.filter(({ element }) => element instanceof HTMLVideoElement && !element.hidden).length;
  }
}
