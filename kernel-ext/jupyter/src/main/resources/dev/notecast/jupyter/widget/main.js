// The widget: what anywidget calls.

import { renderLive } from './live.js';
import { renderPlots } from './plots.js';
import { renderPublish } from './publish.js';
import { renderTable } from './table.js';
import { renderTunnel } from './tunnel.js';

export default {
  render({ model, el }) {
    const render = { live: renderLive, publish: renderPublish, table: renderTable, plots: renderPlots, tunnel: renderTunnel }[model.get('mode')];
    return render(model, el);
  },
};
