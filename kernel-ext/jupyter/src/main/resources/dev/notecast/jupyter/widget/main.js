export default {
  render({ model, el }) {
    const render = { live: renderLive, publish: renderPublish, table: renderTable, plots: renderPlots }[model.get('mode')];
    return render(model, el);
  },
};
