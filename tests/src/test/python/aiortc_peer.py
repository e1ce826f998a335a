"""aiortc as a WHIP publisher, as a WHEP reader, or as a client of a server like that of its own examples.

aiortc_peer.py publish URL CLIP    sends a film, with the codec that aiortc prefers
aiortc_peer.py read URL            writes the decoded pictures to stdout, one byte of luma a pixel
aiortc_peer.py exchange URL CLIP MODEL   offers in JSON, sends a film, and writes what comes back as read does, by way of
                                         a filter where MODEL is not empty
"""

import asyncio
import json
import sys
import urllib.error
import urllib.request

from aiortc import RTCPeerConnection, RTCSessionDescription
from aiortc.contrib.media import MediaPlayer


async def post(url, body, content_type):
    request = urllib.request.Request(url, body.encode(), {"Content-Type": content_type})
    try:
        answer = await asyncio.to_thread(lambda: urllib.request.urlopen(request, timeout=30).read())
    except urllib.error.HTTPError as error:
        sys.exit(f"{error.code} {error.read().decode()}")
    print("answered", file=sys.stderr, flush=True)
    return answer.decode()


async def connect(peer, url):
    await peer.setLocalDescription(await peer.createOffer())
    answer = await post(url, peer.localDescription.sdp, "application/sdp")
    await peer.setRemoteDescription(RTCSessionDescription(answer, "answer"))


async def publish(url, clip):
    peer = RTCPeerConnection()
    peer.addTrack(MediaPlayer(clip).video)
    await connect(peer, url)
    await asyncio.Event().wait()


async def read(url):
    peer = RTCPeerConnection()
    video = peer.addTransceiver("video", direction="recvonly").receiver
    await connect(peer, url)
    await write(video.track)


async def exchange(url, clip, model):
    peer = RTCPeerConnection()
    peer.addTrack(MediaPlayer(clip).video)
    await peer.setLocalDescription(await peer.createOffer())
    offer = json.dumps({"sdp": peer.localDescription.sdp, "type": peer.localDescription.type, "model": model})
    answer = json.loads(await post(url, offer, "application/json"))
    await peer.setRemoteDescription(RTCSessionDescription(sdp=answer["sdp"], type=answer["type"]))
    await write(peer.getReceivers()[0].track)


async def write(track):
    while True:
        frame = await track.recv()
        sys.stdout.buffer.write(frame.reformat(format="gray").to_ndarray().tobytes())
        sys.stdout.buffer.flush()


role, *arguments = sys.argv[1:]
asyncio.run({"publish": publish, "read": read, "exchange": exchange}[role](*arguments))
