// Small helpers for pages. Text goes in as text, never as markup.

/** Makes an element: properties, then children; strings become text. */
export function el(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** The element of this page that has an id. */
export function byId(id) {
  return document.getElementById(id);
}

/** The path that this page is about, from its own address: /class/cam1/publish is 'class/cam1'. */
export function pagePath() {
  return location.pathname.replace(/^\//, '').replace(/\/(publish)?$/, '');
}

/** Shows a state in a badge; the colours are in the style sheet. */
export function setBadge(badge, state, text) {
  badge.dataset.state = state;
  badge.textContent = text;
}

/** Turns a button into one that copies what `text()` gives, now or later. */
export function copies(button, text) {
  const label = button.textContent;
  button.addEventListener('click', async () => {
    button.textContent = (await copy(await text())) ? 'Copied' : 'Select and copy';
    setTimeout(() => (button.textContent = label), 1500);
  });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // plain http pages of another machine have no clipboard
  }
}

function copyBySelection(text) {
  const area = el('textarea', { value: text, className: 'offscreen' });
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

/** Whole seconds as '1:05', from an hour on as '1:00:05'. */
export function formatDuration(seconds) {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours, minutes, rest] = parts.map((part) => String(part).padStart(2, '0'));
  return parts[0] ? `${parts[0]}:${minutes}:${rest}` : `${Number(minutes)}:${rest}`;
}
