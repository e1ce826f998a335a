// The box around the picture: a stage, a line that says how it goes, and buttons. Text goes in as text, never as HTML.
function createFrame(el, title) {
  const make = (tag, name, parent) => {
    const node = document.createElement(tag);
    node.className = name;
    parent?.append(node);
    return node;
  };
  const root = make('div', 'notecast', el);
  const stage = make('div', 'notecast-stage', root);
  const notice = make('div', 'notecast-notice', stage);
  const bar = make('div', 'notecast-bar', root);
  const light = make('span', 'notecast-light', bar);
  const state = make('span', 'notecast-state', bar);
  const name = make('span', 'notecast-name', bar);
  const details = make('span', 'notecast-details', bar);
  name.textContent = title;
  state.setAttribute('role', 'status');

  return {
    root,
    stage,
    // tone: live, waiting or failed; a long reason stands in the middle of the stage
    say(tone, text, reason = '') {
      root.dataset.state = tone;
      light.title = tone;
      state.textContent = text;
      notice.textContent = reason;
      notice.hidden = reason === '';
    },
    details(parts) {
      details.textContent = parts.filter(Boolean).join(' · ');
    },
    show(media) {
      stage.querySelector('video, img')?.remove();
      if (media) {
        stage.prepend(media);
      }
    },
    button(label, onClick) {
      const button = make('button', 'notecast-button', bar);
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => onClick(button));
      return button;
    },
    element: make,
  };
}

function bitrateText(bps) {
  return bps >= 1e6 ? `${(bps / 1e6).toFixed(1)} Mbit/s` : `${Math.round(bps / 1e3)} kbit/s`;
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
