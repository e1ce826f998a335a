// What a publisher and a viewer have in common: one connection at a time, and the next one when that is lost.

import { Backoff } from './backoff.js';
import { iceServersAt } from './ice.js';
import { watchLink } from './link.js';
import { openSession } from './session.js';
import { StatsReader } from './stats.js';

const STATS_MS = 1000;
const KEPT_MS = 30_000;

/** Subclasses say what is offered, and what an error means to them. */
export class Peer {
  options;
  backoff = new Backoff();
  wasUp = false; // since the last start()
  #direction;
  #pc;
  #session;
  #restarts = 0;
  #timers = new Set();
  #unwatch = () => {};
  #run = 0; // grows with every attempt, so that late answers to an earlier one are dropped
  #lastState = '';
  #unexplained; // the last session, until the server has said whether another may follow it

  /**
   * @param options of the subclass; iceServers as RTCPeerConnection takes them, for others than the server names
   * @param direction of the media: 'in' or 'out'
   */
  constructor(options, direction) {
    this.options = { onstate() {}, onstats() {}, ...options };
    this.#direction = direction;
  }

  start() {
    this.drop();
    this.wasUp = false;
    this.#unexplained = undefined;
    this.state('connecting', 'Connecting');
    this.connect();
  }

  stop() {
    this.drop();
    this.state('stopped', 'Stopped');
  }

  /** Another token from now on: they do not live for ever. */
  renew(token) {
    this.options.token = token;
  }

  /** The current connection, for statistics. */
  get connection() {
    return this.#pc;
  }

  /** What the server counts of the session, as JSON; undefined where there is none or it does not answer. */
  async serverSees() {
    return this.#session?.serverSees().catch(() => undefined);
  }

  /** Adds transceivers to a new connection. */
  prepare(pc) {}

  /** The answer is there. */
  async opened(pc) {}

  /** Media can flow, for the first time on this connection or again. */
  up(pc) {}

  /** The offer was refused, or the server was not reached. */
  failed(error) {}

  /** No connection was ever made, though the server answered. */
  unreachable(reason) {
    this.again('reconnecting', `Reconnecting: ${reason}`);
  }

  /** The server ended the session on purpose: it stays ended until somebody wants another. */
  dismissed(why) {
    this.drop();
    this.state('dismissed', sentence(why));
  }

  /** Statistics have come; milliseconds until the next ones. */
  measured(stats) {
    return STATS_MS;
  }

  async connect() {
    const run = ++this.#run;
    const current = () => run === this.#run;
    const iceServers = await this.#iceServers();
    if (!current()) return;
    const pc = (this.#pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle', iceServers }));
    try {
      if (this.#unexplained) await this.#explain(current);
      if (!current()) return;
      this.prepare(pc);
      const session = await openSession(pc, this.options.url, () => this.options.token ?? '');
      if (!current()) {
        session.end();
        return;
      }
      this.#session = session;
      await this.opened(pc);
      if (current()) this.#watch(pc, session, current);
    } catch (error) {
      if (current()) this.failed(error);
    }
  }

  #watch(pc, session, current) {
    let measuring = false;
    this.#unwatch = watchLink(pc, session, {
      onup: () => {
        this.backoff.reset();
        this.wasUp = true;
        this.up(pc);
        if (measuring) return;
        measuring = true;
        this.#measure(new StatsReader(pc, this.#direction), current);
        this.#askWhatIsKept(current);
      },
      onrestart: async () => {
        this.#restarts++;
        if (pc.connectionState !== 'connected') this.state('reconnecting', 'Looking for another way to the server');
        await this.#renewCredentials(pc);
      },
      onlost: async (reason, wasUp) => {
        this.#unexplained = session;
        await this.#explain(current).catch(() => {}); // no answer: asked again before the next session
        if (!current()) return;
        if (wasUp) this.again('reconnecting', `Reconnecting: ${reason}`);
        else this.unreachable(reason);
      },
    });
  }

  async #iceServers() {
    return this.options.iceServers ?? iceServersAt(this.options.url, this.options.token);
  }

  /** Those of TURN servers end after a while, and a restart asks for new allocations. */
  async #renewCredentials(pc) {
    const old = pc.getConfiguration();
    if (!old.iceServers.some(({ credential }) => credential)) return;
    const iceServers = await this.#iceServers();
    if (iceServers.length > 0 && pc.signalingState !== 'closed') pc.setConfiguration({ ...old, iceServers });
  }

  /**
   * Gives up where the server has ended the last session for good; throws when it does not answer. Two publishers that
   * came back without asking would take the path from each other for ever.
   */
  async #explain(current) {
    const why = await this.#unexplained.dismissal();
    if (!current()) return;
    this.#unexplained = undefined; // never asked again: soon it may be our own next session that has taken its path
    if (why) this.dismissed(why);
  }

  async #measure(reader, current) {
    const stats = { ...(await reader.read()), restarts: this.#restarts };
    if (!current()) return;
    const nextMs = this.measured(stats);
    this.options.onstats(stats);
    this.after(nextMs, () => this.#measure(reader, current));
  }

  /** People have a right to know; seldom, as requests through some tunnels are counted. */
  async #askWhatIsKept(current) {
    if (!this.options.onkept) return;
    const seen = await this.serverSees();
    if (!current()) return;
    this.options.onkept(seen?.kept ?? false);
    this.after(KEPT_MS, () => this.#askWhatIsKept(current));
  }

  /** Gives this connection up and makes another. */
  again(state, text, waitMs = this.backoff.next()) {
    this.drop();
    this.state(state, text);
    this.after(waitMs, () => this.connect());
  }

  after(ms, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, ms);
    this.#timers.add(timer);
  }

  drop() {
    this.#run++;
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
    this.#unwatch();
    this.#unwatch = () => {};
    this.#session?.end();
    this.#session = undefined;
    this.#pc?.close();
    this.#pc = undefined;
  }

  state(state, text, status) {
    if (this.#lastState === state + text) return;
    this.#lastState = state + text;
    this.options.onstate({ state, text, status });
  }
}

function sentence(words) {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}
