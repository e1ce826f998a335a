"""aiortc as a WHIP publisher or a WHEP reader.

aiortc_peer.py publish URL CLIP    sends a film, with the codec that aiortc prefers
aiortc_peer.py read URL            writes the decoded pictures to stdout, one byte of luma a pixel
"""

import asyncio
import sys
import urllib.error
import urllib.request

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer


async def connect(peer, url):
    await peer.setLocalDescription(await peer.createOffer())
    request = urllib.request.Request(url, peer.localDescription.sdp.encode(), {"Content-Type": "application/sdp"})
    try:
        answer = await asyncio.to_thread(lambda: urllib.request.urlopen(request, timeout=10).read())
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.code} {error.read().decode()}")
    await peer.setRemoteDescription(RTCSessionDescription(answer.decode(), "answer"))
    print("answered", file=sys.stderr, flush=True)


async def publish(url, clip):
    peer = RTCPeerConnection()
    peer.addTrack(MediaPlayer(clip).video)
    await connect(peer, url)
    await asyncio.Event().wait()


async def read(url):
    peer = RTCPeerConnection()
    video = peer.addTransceiver("video", direction="recvonly").receiver
    await connect(peer, url)
    while True:
        frame = await video.track.recv()
        sys.stdout.buffer.write(frame.reformat(format="gray").to_ndarray().tobytes())
        sys.stdout.buffer.flush()


role, *arguments = sys.argv[1:]
asyncio.run(publish(*arguments) if role == "publish" else read(*arguments))
