export default {
  render({ model, el }) {
    return model.get('mode') === 'publish' ? renderPublish(model, el) : renderLive(model, el);
  },
};
