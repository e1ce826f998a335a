// Tells when a peer connection is up, weak or lost, and restarts ICE when the way to the server may have changed.

const CONNECT_MS = 8_000; // ICE and DTLS after the answer
const DISCONNECTED_MS = 2_000; // a hiccup often heals by itself
const RESTART_MS = 5_000; // then a new session is quicker

/**
 * Calls `onup()` whenever media can flow, `onrestart()` before ICE is restarted, which waits for it, and
 * `onlost(reason, wasUp)` once. Returns what ends the watch.
 */
export function watchLink(pc, session, { onup, onrestart, onlost }) {
  const listening = new AbortController();
  const { signal } = listening;
  let timer;
  let wasUp = false;
  let restarting = false;

  const end = () => {
    clearTimeout(timer);
    listening.abort();
  };
  const wait = (ms, action) => {
    clearTimeout(timer);
    timer = setTimeout(action, ms);
  };

  function lose(reason) {
    if (signal.aborted) return;
    end();
    onlost(reason, wasUp);
  }

  const unconnected = () => lose('no connection could be made');

  async function restart() {
    if (signal.aborted || restarting || !wasUp) return;
    restarting = true;
    wait(RESTART_MS, () => {
      restarting = false;
      if (pc.connectionState === 'connected') onup(); // the old way still worked
      else lose('the connection was lost');
    });
    try {
      await onrestart();
      if (!signal.aborted) await session.restart();
    } catch {
      lose('the connection was lost');
    }
  }

  function check() {
    if (signal.aborted) return;
    switch (pc.connectionState) {
      case 'connected':
        clearTimeout(timer);
        restarting = false;
        wasUp = true;
        onup();
        break;
      case 'disconnected':
        if (!restarting) wait(DISCONNECTED_MS, restart);
        break;
      case 'failed':
        if (wasUp) restart();
        else unconnected();
        break;
      case 'closed':
        lose('the connection was closed');
        break;
      default:
        if (!restarting) wait(CONNECT_MS, unconnected);
    }
  }

  pc.addEventListener('connectionstatechange', check, { signal });
  // the server says goodbye by closing DTLS, long before ICE notices
  for (const { receiver } of pc.getTransceivers()) {
    const transport = receiver.transport;
    transport?.addEventListener('statechange', () => {
      if (['closed', 'failed'].includes(transport.state)) lose('the server ended the session');
    }, { signal });
  }
  window.addEventListener('online', restart, { signal });
  let network = navigator.connection?.type; // 'change' comes for every new estimate of speed, too
  navigator.connection?.addEventListener?.('change', () => {
    if (navigator.connection.type === network) return;
    network = navigator.connection.type;
    restart();
  }, { signal });
  check(); // it may be up already
  return end;
}
