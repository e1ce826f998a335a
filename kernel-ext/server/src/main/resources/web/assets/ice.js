// The STUN and TURN servers to use, which the server names in the Link headers of its endpoints (RFC 9725 §4.6).

const ANSWER_MS = 3000; // most connections come about without them
const PARAMETERS = String.raw`((?:\s*;\s*[\w-]+\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]+))*)`;
const LINK = new RegExp(String.raw`<([^>]*)>${PARAMETERS}`, 'g');
const PARAMETER = /;\s*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g;

/** What the endpoint at `url` names, as RTCPeerConnection takes it: it has to know before the offer is made. */
export async function iceServersAt(url, token) {
  try {
    const response = await fetch(url, {
      method: 'OPTIONS',
      headers: token ? { Authorization: `Bearer ${token}` } : {},
      signal: AbortSignal.timeout(ANSWER_MS),
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const servers = response.ok ? iceServersIn(response.headers.get('Link') ?? '') : [];
    return isOnThisMachine(url) ? servers.filter(({ urls }) => urls.startsWith('turn')) : servers;
  } catch {
    return []; // the offer will tell what is wrong
  }
}

/** STUN tells nothing new there; TURN may be the way where only HTTP is forwarded. */
function isOnThisMachine(url) {
  return /^(localhost|127(\.\d+){3}|\[::1\])$/.test(new URL(url, location.href).hostname);
}

/** Reads one or more Link headers, joined by commas as fetch does. */
export function iceServersIn(header) {
  const servers = [];
  for (const [, urls, rest] of header.matchAll(LINK)) {
    const parameters = {};
    for (const [, name, quoted, plain] of rest.matchAll(PARAMETER)) {
      parameters[name.toLowerCase()] = quoted?.replace(/\\(.)/g, '$1') ?? plain;
    }
    const { rel, username, credential } = parameters;
    if (rel === 'ice-server') servers.push(urls.startsWith('turn') ? { urls, username, credential } : { urls });
  }
  return servers;
}
