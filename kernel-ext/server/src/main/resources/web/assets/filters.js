// The filter that a path's video goes through on its way to another path, and choosing another one.

import { currentToken } from './access.js';
import { el } from './dom.js';

const NONE = 'copy';

/** 'edge_detection' as 'Edge detection'; what has parameters stays as it is. */
export function filterName(filter) {
  if (filter === NONE) return 'None';
  if (!/^\w+$/.test(filter)) return filter;
  const words = filter.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Fills a <select> with what may be chosen, and tells the server what was. */
export class FilterChoice {
  #select;
  #options;

  /**
   * @param options {url, onstate({choices, filter, output, what}) when the server has said how it is, onproblem(text)};
   *     choices are empty where this page may choose nothing
   */
  constructor(select, options) {
    this.#select = select;
    this.#options = options;
    select.addEventListener('change', () => this.#choose());
  }

  /** Asks quietly: a server that asks for a token here does so for everything else, too. */
  async refresh() {
    const response = await this.#request({}).catch(() => undefined);
    if (response?.ok) this.#show(await response.json());
  }

  async #choose() {
    const body = JSON.stringify({ filter: this.#select.value });
    try {
      const response = await this.#request({ method: 'PUT', headers: { 'Content-Type': 'application/json' }, body });
      if (!response.ok) throw new Error((await response.text()).trim());
      this.#options.onproblem('');
      this.#show(await response.json());
    } catch (error) {
      this.#options.onproblem(`The filter was not changed: ${error.message}`);
      await this.refresh();
    }
  }

  #show(state) {
    const { filter, choices } = state;
    const all = choices.some((choice) => choice.filter === filter) ? choices : [{ filter }, ...choices]; // the notebook's own
    this.#select.replaceChildren(...all.map((choice) => el('option', { value: choice.filter }, filterName(choice.filter))));
    this.#select.value = filter;
    const what = all.find((choice) => choice.filter === filter).what ?? '';
    this.#options.onstate({ ...state, what });
  }

  #request({ headers = {}, ...options }) {
    const token = currentToken();
    return fetch(this.#options.url, {
      ...options,
      headers: { ...headers, ...(token && { Authorization: `Bearer ${token}` }) },
      cache: 'no-store',
      credentials: 'omit',
    });
  }
}
