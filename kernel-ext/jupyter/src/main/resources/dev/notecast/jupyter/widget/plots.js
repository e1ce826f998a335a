// Plots that ask the kernel once a second for what is new, while they can be seen. Colours are the page's own.

import { connectKernel } from './kernel.js';
import { askWhileVisible, drawTable } from './table.js';

const PLOT_POINTS = 300; // one a second
const FEWEST_POINTS = 60; // that the width of a plot stands for
const PLOT_WIDTH = 300;
const PLOT_HEIGHT = 60;
const SVG = 'http://www.w3.org/2000/svg';

function plotValue(value, unit) {
  if (value === null || value === undefined) return '–';
  if (value >= 1e6) {
    return `${(value / 1e6).toFixed(1)} M${unit}`;
  }
  if (value >= 1e4) {
    return `${(value / 1e3).toFixed(0)} k${unit}`;
  }
  const digits = value < 10 && !Number.isInteger(value) ? 1 : 0;
  return `${value.toFixed(digits)}${unit && ` ${unit}`}`;
}

/** One plot: a title with the highest value, the lines, and under them what each is now. */
function createPlot(parent, plot) {
  const add = (tag, name, to) => {
    const node = document.createElement(tag);
    node.className = name;
    to.append(node);
    return node;
  };
  const root = add('figure', 'notecast-plot', parent);
  const head = add('figcaption', 'notecast-plot-head', root);
  add('span', 'notecast-plot-title', head).textContent = plot.title;
  const top = add('span', 'notecast-plot-top', head);
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', `0 0 ${PLOT_WIDTH} ${PLOT_HEIGHT}`);
  svg.setAttribute('preserveAspectRatio', 'none');
  svg.setAttribute('role', 'img');
  root.append(svg);
  const legend = add('div', 'notecast-plot-legend', root);
  const lines = plot.lines.map(({ name }, i) => {
    const path = document.createElementNS(SVG, 'path');
    path.dataset.line = i;
    svg.append(path);
    const now = add('span', 'notecast-plot-now', legend);
    now.dataset.line = i;
    return { name, path, now, values: [] };
  });

  const draw = () => {
    const known = lines.flatMap(({ values }) => values.filter((value) => value !== null));
    const highest = Math.max(0, ...known);
    const longest = Math.max(FEWEST_POINTS, ...lines.map(({ values }) => values.length));
    const step = PLOT_WIDTH / (longest - 1);
    for (const { name, path, now, values } of lines) {
      let d = '';
      let drawing = false;
      values.forEach((value, i) => {
        if (value !== null) {
          const x = PLOT_WIDTH - (values.length - 1 - i) * step;
          const y = PLOT_HEIGHT - 1 - (highest > 0 ? (value / highest) * (PLOT_HEIGHT - 3) : 0);
          d += `${drawing ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
        }
        drawing = value !== null;
      });
      path.setAttribute('d', d);
      now.textContent = `${name} ${plotValue(values.at(-1), plot.unit)}`;
    }
    top.textContent = `up to ${plotValue(highest, plot.unit)}`;
    svg.setAttribute('aria-label', `${plot.title}: ${lines.map(({ now }) => now.textContent).join(', ')}`);
  };
  return {
    /** The values that follow those which are here, or instead of them. */
    take(next, anew) {
      lines.forEach((line, i) => {
        line.values = (anew ? [] : line.values).concat(next.lines[i].values).slice(-PLOT_POINTS);
      });
      draw();
    },
  };
}

/** Shows plots with their table. Returns what ends it. */
export function renderPlots(model, el) {
  const root = document.createElement('div');
  root.className = 'notecast-plots';
  const title = document.createElement('div');
  title.className = 'notecast-title';
  const grid = document.createElement('div');
  grid.className = 'notecast-plot-grid';
  const hint = document.createElement('div');
  hint.className = 'notecast-plot-hint';
  const table = document.createElement('div');
  table.className = 'notecast-table';
  root.append(title, grid, hint, table);
  el.append(root);
  const kernel = connectKernel(model);
  let plots = null;
  let have = 0; // seconds in the plots
  let end = 0; // number of the second that follows what is here

  const show = (content) => {
    title.textContent = content.title;
    plots ??= content.plots.map((plot) => createPlot(grid, plot));
    const brought = Math.max(0, ...content.plots.flatMap((plot) => plot.lines.map(({ values }) => values.length)));
    const fresh = content.end - end;
    if (content.end > 0 && fresh !== 0) {
      // several views ask for different seconds, and every answer reaches all of them
      const anew = fresh < 0 || brought < fresh;
      const tail = anew ? brought : fresh;
      const newest = (values) => (tail > 0 ? values.slice(-tail) : []);
      content.plots.forEach((plot, i) => plots[i].take(
        { lines: plot.lines.map(({ values }) => ({ values: newest(values) })) }, anew));
      end = content.end;
      have = Math.min(PLOT_POINTS, (anew ? 0 : have) + tail);
      const minutes = Math.max(1, Math.round(have / 60));
      hint.textContent = `The last ${minutes === 1 ? 'minute' : `${minutes} minutes`}, with now at the right.`;
    }
    drawTable(table, content.table);
  };
  const stopAsking = askWhileVisible(root, kernel, () => ({ kind: 'plots', since: end }), show);
  return () => {
    stopAsking();
    kernel.close();
  };
}
