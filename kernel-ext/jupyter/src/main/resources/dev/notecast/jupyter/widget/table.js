// A table that asks the kernel for its rows once a second while it can be seen.

import { LOST, connectKernel } from './kernel.js';

const LONG = 28; // characters; what is shorter stays on one line
const ASK_MS = 1000;

/** Shows rows of text in the place of what `root` holds. */
export function drawTable(root, content) {
  const add = (tag, parent, text = '') => {
    const node = document.createElement(tag);
    node.textContent = text;
    parent.append(node);
    return node;
  };
  root.replaceChildren();
  add('div', root, content.title).className = 'notecast-title';
  if (content.rows.length === 0) {
    add('div', root, content.whenEmpty);
    return;
  }
  const table = add('table', root);
  const head = add('tr', add('thead', table));
  content.columns.forEach((column) => {
    add('th', head, column).scope = 'col';
  });
  const body = add('tbody', table);
  for (const row of content.rows) {
    const line = add('tr', body);
    row.forEach((cell) => add('td', line, cell).classList.toggle('notecast-short', cell.length < LONG));
  }
}

/**
 * Sends a question once a second while somebody can see the element, one at a time: while a cell runs the kernel answers none.
 * Below the element it says when the kernel has gone. Answers are messages of the question's kind; those to other views come
 * here too. Returns what ends the asking.
 */
export function askWhileVisible(element, kernel, question, answered) {
  let visible = true;
  let askedAt = 0;
  const notice = document.createElement('div');
  notice.className = 'notecast-lost';
  notice.textContent = LOST;
  kernel.whenLost((lost) => {
    element.classList.toggle('notecast-old', lost);
    if (lost) element.after(notice);
    else notice.remove();
  });
  const stop = kernel.listen((content) => {
    if (content.kind === question().kind) {
      askedAt = 0;
      answered(content);
    }
  });
  const ask = () => {
    const now = performance.now();
    if (visible && !document.hidden && (askedAt === 0 || now - askedAt > 10 * ASK_MS)) {
      askedAt = now;
      kernel.send(question());
    }
  };
  const observer = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
  });
  observer.observe(element);
  const timer = setInterval(ask, ASK_MS);
  ask();
  return () => {
    clearInterval(timer);
    observer.disconnect();
    stop();
  };
}

/** Shows the table. Returns what ends it. */
export function renderTable(model, el) {
  const root = document.createElement('div');
  root.className = 'notecast-table';
  el.append(root);
  const kernel = connectKernel(model);
  const stopAsking = askWhileVisible(root, kernel, () => ({ kind: 'table' }), (content) => drawTable(root, content));
  return () => {
    stopAsking();
    kernel.close();
  };
}
