// The box around the picture: a stage, a line that says how it goes, and buttons. Text goes in as text, never as HTML.

import { formatDuration } from '/web/assets/dom.js';

/**
 * Puts the box into `el`.
 *
 * @returns {say, wait, action, details, show, button, element, close}; say(tone, text, reason) has the tones live, waiting and
 *     failed, and a reason stands in the middle of the stage
 */
export function createFrame(el, title) {
  const make = (tag, name, parent) => {
    const node = document.createElement(tag);
    node.className = name;
    parent?.append(node);
    return node;
  };
  const root = make('div', 'notecast', el);
  const stage = make('div', 'notecast-stage', root);
  const notice = make('div', 'notecast-notice', stage);
  const reasonText = make('span', '', notice);
  const since = make('span', 'notecast-since', notice);
  const choice = make('button', 'notecast-choice', notice);
  choice.type = 'button';
  choice.hidden = true;
  const bar = make('div', 'notecast-bar', root);
  const light = make('span', 'notecast-light', bar);
  const state = make('span', 'notecast-state', bar);
  const name = make('span', 'notecast-name', bar);
  const details = make('span', 'notecast-details', bar);
  name.textContent = title;
  state.setAttribute('role', 'status');

  let waitingSince = 0; // 0 when it does not wait
  const showSince = () => {
    since.textContent = waitingSince ? `for ${formatDuration(Math.floor((Date.now() - waitingSince) / 1000))}` : '';
  };
  const timer = setInterval(showSince, 1000);

  const say = (tone, text, reason = '', waits = false) => {
    root.dataset.state = tone;
    light.title = tone;
    state.textContent = text;
    reasonText.textContent = reason;
    notice.hidden = reason === '';
    waitingSince = waits ? waitingSince || Date.now() : 0;
    showSince();
  };

  return {
    say,
    isLive: () => root.dataset.state === 'live',
    /** Nothing is wrong, but nothing comes: says since when. */
    wait(reason) {
      say('waiting', 'waiting', reason, true);
    },
    /** A choice below the reason; null takes it away. */
    action(label, onClick) {
      choice.hidden = label === null;
      choice.textContent = label ?? '';
      choice.onclick = onClick ?? null;
    },
    details(parts) {
      details.textContent = parts.filter(Boolean).join(' · ');
    },
    /** One of what was shown before, or new; a video that leaves the page would pause. */
    show(media) {
      if (media.parentNode !== stage) stage.prepend(media);
      stage.querySelectorAll('video, img').forEach((other) => (other.hidden = other !== media));
    },
    button(label, onClick) {
      const button = make('button', 'notecast-button', bar);
      button.type = 'button';
      button.textContent = label;
      button.addEventListener('click', () => onClick(button));
      return button;
    },
    element: make,
    close() {
      clearInterval(timer);
    },
  };
}

/** Resolves after so many milliseconds. */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
