// Where a picture's time goes: the stages of a pipeline as bars, one after the other, in a table that can be read aloud.

import { el } from './dom.js';

const ms = (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

/**
 * Draws stages in the place of what an element holds.
 *
 * @param stages as the server's JSON has them: {stage, total, p50Ms, p95Ms, frames, dropped}
 */
export function drawWaterfall(root, stages) {
  const rows = bars(stages);
  const end = Math.max(...rows.map(({ from, stage }) => from + stage.p95Ms)) || 1;
  root.replaceChildren(el('table', { className: 'waterfall' },
    el('caption', {}, 'Half of the pictures took as long as the strong bar, 95 of 100 no longer than the pale one.'),
    el('thead', {}, el('tr', {}, ...['Stage', `0 to ${ms(end)}`, 'Half', '95 of 100', 'Dropped'].map((name) => el('th', { scope: 'col' }, name)))),
    el('tbody', {}, ...rows.map((row) => line(row, end)))));
}

/** Each begins where those before it end, by half of the pictures; totals with the arrival. */
function bars(stages) {
  let from = 0;
  let arrival = 0;
  return stages.filter(({ frames, dropped }) => frames || dropped).map((stage) => {
    const bar = { stage, from: stage.total ? arrival : from };
    if (!stage.total) from += stage.p50Ms;
    if (stage.stage === 'capture') arrival = from;
    return bar;
  });
}

function line({ stage, from }, end) {
  const bar = (className, value) => {
    const part = el('span', { className });
    part.style.left = `${(100 * from) / end}%`;
    part.style.width = `${(100 * value) / end}%`;
    return part;
  };
  const track = el('td', { className: 'waterfall-track' }, bar('waterfall-most', stage.p95Ms), bar('waterfall-half', stage.p50Ms));
  track.setAttribute('aria-hidden', 'true');
  return el('tr', { className: stage.total ? 'waterfall-total' : '' },
    el('th', { scope: 'row' }, stage.stage),
    track,
    el('td', {}, stage.frames ? ms(stage.p50Ms) : '–'),
    el('td', {}, stage.frames ? ms(stage.p95Ms) : '–'),
    el('td', {}, stage.dropped ? String(stage.dropped) : ''));
}
