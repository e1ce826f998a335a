// Cameras, microphones and screens, with every refusal in words that help.

/** Empty when the camera can be asked for; else why it cannot. */
export function whyNoDevices() {
  if (!window.isSecureContext) {
    return `Browsers give the camera only to https pages and to localhost. On the server's own machine open `
      + `http://localhost:${location.port || 80}${location.pathname}; from elsewhere open it through https.`;
  }
  if (!navigator.mediaDevices?.getUserMedia) {
    return 'This browser, or the frame this page is in, gives no access to cameras.';
  }
  return '';
}

/** The inputs as they are known now; names appear once a permission was given. */
export async function listDevices() {
  const all = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
  const named = (kind, word) => all
    .filter((device) => device.kind === kind)
    .map((device, i) => ({ id: device.deviceId, label: device.label || `${word} ${i + 1}` }));
  return { cameras: named('videoinput', 'Camera'), microphones: named('audioinput', 'Microphone') };
}

/**
 * Opens what a person chose, as a Map of role to track: 'video', then perhaps 'camera' (beside a screen), 'audio' (the
 * microphone), 'screen-audio'.
 *
 * @param wanted {source: 'camera' | 'screen', camera, cameraToo, microphone, screenSound, height, frameRate}; an empty
 *     camera is the browser's choice, microphone 'none' sends no voice
 */
export async function capture(wanted) {
  const { source, camera, cameraToo, microphone, screenSound, height, frameRate } = wanted;
  const rate = { frameRate: { ideal: frameRate } };
  const size = { height: { ideal: height }, width: { ideal: Math.round((height * 16) / 9) }, ...rate };
  const cameraSettings = { ...size, ...(camera && { deviceId: { exact: camera } }) };
  const audio = microphone === 'none' ? false : microphone ? { deviceId: { exact: microphone } } : true;
  if (source === 'camera') return roles({ plain: await withoutMissingMicrophone(cameraSettings, audio) });

  const screen = await navigator.mediaDevices.getDisplayMedia({ video: rate, audio: screenSound });
  try {
    const media = navigator.mediaDevices;
    const face = cameraToo ? await media.getUserMedia({ video: cameraSettings }) : undefined;
    const voice = audio ? await media.getUserMedia({ audio }).catch(() => undefined) : undefined;
    return roles({ screen, camera: face, plain: voice });
  } catch (error) {
    screen.getTracks().forEach((track) => track.stop());
    throw error;
  }
}

function roles({ plain, screen, camera }) {
  const found = [
    ['video', (screen ?? plain)?.getVideoTracks()[0]],
    ['camera', camera?.getVideoTracks()[0]],
    ['audio', plain?.getAudioTracks()[0]],
    ['screen-audio', screen?.getAudioTracks()[0]],
  ];
  return new Map(found.filter(([, track]) => track));
}

/** A machine with a camera and no microphone should still go live. */
async function withoutMissingMicrophone(video, audio) {
  try {
    return await navigator.mediaDevices.getUserMedia({ video, audio });
  } catch (error) {
    if (error.name !== 'NotFoundError' || audio !== true) throw error;
    return navigator.mediaDevices.getUserMedia({ video });
  }
}

/** What went wrong with a camera, and what to do. */
export function explain(error) {
  switch (error.name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser was not allowed to use it. Click the camera sign beside the address, allow it, and try again.';
    case 'NotFoundError':
      return 'No camera was found. Connect one and try again, or share a screen.';
    case 'NotReadableError':
    case 'AbortError':
      return 'The camera is there but does not start. Another program may be using it: close that and try again.';
    case 'OverconstrainedError':
      return 'The chosen device is gone. Choose another one.';
    default:
      return `The camera does not start: ${error.message || error.name}`;
  }
}
