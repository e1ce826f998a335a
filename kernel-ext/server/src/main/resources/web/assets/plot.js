// A small live line: the last minute of one number, its name, and what it is now.

import { el } from './dom.js';

const POINTS = 60;
const WIDTH = 120;
const HEIGHT = 32;
const SVG = 'http://www.w3.org/2000/svg';

const svg = (tag, attributes) => {
  const element = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
};

/** Its `element` is for the page to place; `add` takes the next value. */
export class Plot {
  #name;
  #format;
  #values = [];
  #now = el('span', { className: 'plot-now' }, '–');
  #line = svg('polyline', { class: 'plot-line', 'vector-effect': 'non-scaling-stroke' });
  #area = svg('polygon', { class: 'plot-area' });
  #picture = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img' });

  /** @param format a number as text, with its unit */
  constructor(name, format) {
    this.#name = name;
    this.#format = format;
    this.#picture.append(this.#area, this.#line);
    this.element = el('div', { className: 'plot' }, el('span', { className: 'plot-name' }, name), this.#now, this.#picture);
    this.#picture.setAttribute('aria-label', `${name}: nothing yet`);
  }

  add(value) {
    this.#values.push(value);
    if (this.#values.length > POINTS) this.#values.shift();
    const top = Math.max(...this.#values) || 1;
    const step = WIDTH / (POINTS - 1);
    const left = WIDTH - (this.#values.length - 1) * step;
    const points = this.#values.map((each, i) => `${(left + i * step).toFixed(1)},${(HEIGHT - 1 - (each / top) * (HEIGHT - 4)).toFixed(1)}`);
    this.#line.setAttribute('points', points.join(' '));
    this.#area.setAttribute('points', [`${left.toFixed(1)},${HEIGHT}`, ...points, `${WIDTH},${HEIGHT}`].join(' '));
    this.#now.textContent = this.#format(value);
    this.#picture.setAttribute('aria-label',
      `${this.#name}: ${this.#format(value)}, in the last minute ${this.#format(Math.min(...this.#values))} to ${this.#format(top)}`);
  }
}
