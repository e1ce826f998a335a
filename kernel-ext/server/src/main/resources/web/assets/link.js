// Tells when a peer connection is up and when it is lost, with the patience that each loss deserves.

const CONNECT_MS = 12_000; // ICE and DTLS after the answer
const DISCONNECTED_MS = 3_000; // a hiccup often heals by itself

/** Calls `onup()` when media can flow, and `onlost(reason)` once. */
export function watchLink(pc, { onup, onlost }) {
  let lost = false;
  let timer;

  function lose(reason) {
    if (lost) return;
    lost = true;
    clearTimeout(timer);
    onlost(reason);
  }

  function check() {
    if (lost) return;
    clearTimeout(timer);
    switch (pc.connectionState) {
      case 'connected':
        onup();
        break;
      case 'disconnected':
        timer = setTimeout(() => lose('the connection was lost'), DISCONNECTED_MS);
        break;
      case 'failed':
        lose('no connection could be made');
        break;
      case 'closed':
        lose('the connection was closed');
        break;
      default:
        timer = setTimeout(() => lose('no connection could be made'), CONNECT_MS);
    }
  }

  pc.addEventListener('connectionstatechange', check);
  check(); // it may be up already
  // the server says goodbye by closing DTLS, long before ICE notices
  for (const { receiver } of pc.getTransceivers()) {
    receiver.transport?.addEventListener('statechange', () => {
      if (['closed', 'failed'].includes(receiver.transport?.state)) lose('the server ended the session');
    });
  }

  return () => {
    lost = true;
    clearTimeout(timer);
  };
}
