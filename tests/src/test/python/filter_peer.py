"""Sends a VP8 film as it is, and counts the frames that come back: the same peer for every server.

filter_peer.py URL CLIP MODEL   prints the count four times a second
"""

import asyncio
import json
import sys
import urllib.request

from aiortc import RTCPeerConnection, RTCRtpSender, RTCSessionDescription
from aiortc.codecs import vpx
from aiortc.contrib.media import MediaPlayer

url, clip, model = sys.argv[1:]
frames = 0


def counted(self, encoded):
    """In the place of decoding, which would take time from the server on a small machine."""
    global frames
    frames += 1
    return []


vpx.Vp8Decoder.decode = counted


def post(offer):
    request = urllib.request.Request(url, offer.encode(), {"Content-Type": "application/json"})
    return json.loads(urllib.request.urlopen(request, timeout=60).read())


async def main():
    peer = RTCPeerConnection()
    peer.addTrack(MediaPlayer(clip, decode=False).video)
    vp8 = [codec for codec in RTCRtpSender.getCapabilities("video").codecs if codec.mimeType in ("video/VP8", "video/rtx")]
    peer.getTransceivers()[0].setCodecPreferences(vp8)
    await peer.setLocalDescription(await peer.createOffer())
    offer = {"sdp": peer.localDescription.sdp, "type": peer.localDescription.type, "model": model}
    answer = await asyncio.to_thread(post, json.dumps(offer))
    if answer.get("note"):
        sys.exit(answer["note"])
    await peer.setRemoteDescription(RTCSessionDescription(answer["sdp"], answer["type"]))
    while True:
        print(frames, flush=True)
        await asyncio.sleep(0.25)


asyncio.run(main())
