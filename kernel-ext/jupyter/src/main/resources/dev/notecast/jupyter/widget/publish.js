// The way to the page where a browser's camera goes live. The link holds a token, so it is made when it is used.

import { LOST, connectKernel } from './kernel.js';

/** Shows the link. Returns what ends it. */
export function renderPublish(model, el) {
  const path = model.get('path');
  const root = document.createElement('div');
  root.className = 'notecast-publish';
  const text = document.createElement('span');
  text.textContent = `Send this browser's camera to “${path}”:`;
  const link = document.createElement('a');
  link.className = 'notecast-link';
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.textContent = 'asking the kernel…';
  root.append(text, link);
  el.append(root);

  const kernel = connectKernel(model);
  kernel.whenLost((lost) => {
    if (lost) root.replaceChildren(LOST);
    else root.replaceChildren(text, link);
  });
  let over = false;
  const refresh = async () => {
    const access = await kernel.access('publish', () => over);
    if (over) return;
    if (access.kind === 'stopped') {
      link.removeAttribute('href');
      link.textContent = 'the server has stopped';
    } else {
      link.href = `${access.publish}#token=${encodeURIComponent(access.token)}`;
      link.textContent = 'Open the publish page';
    }
  };
  refresh();
  const timer = setInterval(refresh, 5 * 60 * 1000); // tokens last ten minutes
  return () => {
    over = true;
    clearInterval(timer);
    kernel.close();
  };
}
