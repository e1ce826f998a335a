// A pipeline's stages, asked of the kernel once a second while they can be seen.

import { drawWaterfall } from '/web/assets/waterfall.js';
import { connectKernel } from './kernel.js';
import { askWhileVisible } from './table.js';

/** Shows the stages. Returns what ends it. */
export function renderStages(model, el) {
  const root = document.createElement('div');
  root.className = 'notecast-stages';
  const title = document.createElement('div');
  title.className = 'notecast-title';
  const bars = document.createElement('div');
  root.append(title, bars);
  el.append(root);
  const kernel = connectKernel(model);
  const show = (content) => {
    title.textContent = content.title;
    if (content.stages.length) drawWaterfall(bars, content.stages);
    else bars.replaceChildren(content.whenEmpty);
  };
  const stopAsking = askWhileVisible(root, kernel, () => ({ kind: 'stages' }), show);
  return () => {
    stopAsking();
    kernel.close();
  };
}
