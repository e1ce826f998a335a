export default {
  render({ model, el }) {
    const render = { live: renderLive, publish: renderPublish, table: renderTable }[model.get('mode')];
    return render(model, el);
  },
};
