// Chromium plays Opus in mono unless its own description asks for both channels (RFC 7587 §6.1).

/** The offer, with sound in stereo wherever it receives Opus. */
export function withStereo({ type, sdp }) {
  const [session, ...media] = sdp.split(/^(?=m=)/m);
  return { type, sdp: session + media.map((section) => (/^m=audio[^]*^a=recvonly/m.test(section) ? stereo(section) : section)).join('') };
}

function stereo(section) {
  const opus = /^a=rtpmap:(\d+) opus\/48000\/2/im.exec(section);
  if (!opus || section.includes('stereo=1')) return section;
  return section.replace(new RegExp(`^(a=fmtp:${opus[1]} [^\r\n]*)`, 'm'), '$1;stereo=1');
}
