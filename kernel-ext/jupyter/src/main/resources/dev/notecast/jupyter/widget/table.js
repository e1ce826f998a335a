// A table that asks the kernel for its rows once a second while it can be seen.
const ROWS_MS = 1000;

function renderTable(model, el) {
  const root = document.createElement('div');
  root.className = 'notecast-table';
  el.append(root);
  const kernel = connectKernel(model);
  let visible = true;
  let askedAt = 0;

  const add = (tag, parent, text = '') => {
    const node = document.createElement(tag);
    node.textContent = text;
    parent.append(node);
    return node;
  };
  const draw = (content) => {
    root.replaceChildren();
    add('div', root, content.title).className = 'notecast-title';
    if (content.rows.length === 0) {
      add('div', root, content.whenEmpty);
      return;
    }
    const table = add('table', root);
    const head = add('tr', add('thead', table));
    content.columns.forEach((column) => add('th', head, column));
    const body = add('tbody', table);
    for (const row of content.rows) {
      const line = add('tr', body);
      row.forEach((cell) => add('td', line, cell));
    }
  };
  const stop = kernel.listen((content) => {
    if (content.kind === 'rows') {
      askedAt = 0;
      draw(content);
    }
  });
  // one question at a time: while a cell runs the kernel answers none
  const ask = () => {
    const now = performance.now();
    if (visible && !document.hidden && (askedAt === 0 || now - askedAt > 10 * ROWS_MS)) {
      askedAt = now;
      kernel.send({ kind: 'rows' });
    }
  };
  const observer = new IntersectionObserver((entries) => {
    visible = entries.at(-1).isIntersecting;
  });
  observer.observe(root);
  const timer = setInterval(ask, ROWS_MS);
  ask();
  return () => {
    clearInterval(timer);
    observer.disconnect();
    stop();
    kernel.close();
  };
}
