// Statistics for the curious: a few plots, and figures in words.

import { el } from './dom.js';
import { Plot } from './plot.js';
import { formatBitrate } from './stats.js';

const ms = (value) => `${Math.round(value)} ms`;
const percent = (value) => `${value.toFixed(1)} %`;
const count = (value) => String(Math.round(value));

/** What a viewer's page shows: [name, key of the statistics, format]. */
export const VIEWER = {
  plots: [['Bitrate', 'bitrateBps', formatBitrate], ['Frames a second', 'fps', count],
    ['Jitter buffer', 'bufferMs', ms], ['Round trip', 'rttMs', ms]],
  figures: [['Buffer + half a round trip', 'latencyMs', ms], ['Frames dropped', 'dropped', count], ['Freezes', 'freezes', count],
    ['Packets lost', 'lost', count], ['Asked again (NACK)', 'nacks', count], ['Keyframes asked (PLI)', 'plis', count],
    ['Codec', 'codec'], ['Transport', 'transport'], ['Server: loss', 'serverLoss', percent],
    ['Server: round trip', 'serverRttMs', ms], ['Server: sent again', 'serverResent', count], ['Server: way', 'serverWay'],
    ['ICE restarts', 'restarts', count]],
};

/** What a publisher's page shows, likewise. */
export const PUBLISHER = {
  plots: [['Bitrate', 'bitrateBps', formatBitrate], ['Frames a second', 'fps', count], ['Round trip', 'rttMs', ms]],
  figures: [['Encoder aims at', 'targetBps', formatBitrate], ['Limited by', 'limit'], ['Packets lost', 'lost', count],
    ['Asked again (NACK)', 'nacks', count], ['Keyframes asked (PLI)', 'plis', count], ['Sent again', 'retransmitted', count],
    ['Codec', 'codec'], ['Transport', 'transport'], ['ICE restarts', 'restarts', count]],
};

/** Fills an element with plots and figures; `show` takes the statistics of one more second. */
export class StatsPanel {
  #plots;
  #figures;

  constructor(element, { plots, figures }) {
    this.#plots = plots.map(([name, key, format]) => [key, new Plot(name, format)]);
    this.#figures = figures.map(([name, key, format = (value) => value]) => ({ key, format, cell: el('dd', {}, '–'), name }));
    element.append(
      el('div', { className: 'plots' }, ...this.#plots.map(([, plot]) => plot.element)),
      el('dl', { className: 'facts' }, ...this.#figures.map(({ name, cell }) => el('div', {}, el('dt', {}, name), cell))));
  }

  show(stats) {
    for (const [key, plot] of this.#plots) plot.add(stats[key] ?? 0);
    for (const { key, format, cell } of this.#figures) {
      cell.textContent = stats[key] === undefined || stats[key] === '' ? '–' : format(stats[key]);
    }
  }
}
