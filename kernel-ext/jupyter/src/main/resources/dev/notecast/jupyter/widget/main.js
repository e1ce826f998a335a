// The widget: what anywidget calls.

import { renderLive } from './live.js';
import { renderPlots } from './plots.js';
import { renderPublish } from './publish.js';
import { renderStages } from './stages.js';
import { renderTable } from './table.js';
import { renderTunnel } from './tunnel.js';

const VIEWS = {
  live: renderLive, publish: renderPublish, table: renderTable, plots: renderPlots, stages: renderStages, tunnel: renderTunnel,
};

export default {
  render({ model, el }) {
    return VIEWS[model.get('mode')](model, el);
  },
};
