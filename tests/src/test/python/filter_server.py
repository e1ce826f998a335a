"""A filter on a video call as Python programs have it: aiortc receives and sends, OpenCV filters. Prints its port.

POST /webrtc/offer {sdp, type, model}   answers; what the peer sends comes back through the filter
GET /stats                              {frames, stages: {name: [p50, p95] in ms}} of the last ten seconds

The operations are those of the filters of the same names, with the same parameters, by the same version of OpenCV.

filter_server.py [--own-encoder] [--model NAME=FILE]...   aiortc's settings of the encoder instead of the server's that
                                                          it is compared with; networks for the filters that need one
"""

import argparse
import asyncio
import collections
import json
import os
import time

import cv2
import numpy
from aiortc import RTCPeerConnection, RTCSessionDescription, VideoStreamTrack
from aiortc.codecs import vpx
from aiortc.contrib.media import MediaRelay
from av import CodecContext, VideoFrame

SECONDS = 10
times = collections.defaultdict(collections.deque)
sent = 0
peers = set()


def timed(stage, action):
    began = time.perf_counter()
    result = action()
    now = time.perf_counter()
    recent = times[stage]
    recent.append((now, now - began))
    while now - recent[0][0] > SECONDS:
        recent.popleft()
    return result


def quantiles(stage):
    took = sorted(each for _, each in times[stage])
    return [round(1000 * took[min(len(took) - 1, int(share * len(took)))], 2) for share in (0.5, 0.95)] if took else [0, 0]


def copy():
    return None


def edge_detection():
    def apply(image):
        return cv2.cvtColor(cv2.Canny(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), 50, 150), cv2.COLOR_GRAY2BGR)

    return apply


def face_detection():
    cascade = cv2.CascadeClassifier(os.path.join(cv2.data.haarcascades, "haarcascade_frontalface_alt2.xml"))

    def apply(image):
        height, width = image.shape[:2]
        grey = cv2.cvtColor(cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
        for x, y, w, h in cascade.detectMultiScale(cv2.equalizeHist(grey), 1.1, 4, 0, (30, 30)):
            cv2.rectangle(image, (2 * x, 2 * y), (2 * (x + w), 2 * (y + h)), (120, 230, 60), max(2, height // 240))
        return image

    return apply


def background_blur():
    background = cv2.createBackgroundSubtractorMOG2(500, 16, False)
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7))

    def apply(image):
        height, width = image.shape[:2]
        quarter = (width // 4, height // 4)
        small = cv2.resize(image, quarter, interpolation=cv2.INTER_AREA)
        moving = cv2.dilate(cv2.medianBlur(background.apply(small), 5), element)
        mask = cv2.resize(moving, (width, height), interpolation=cv2.INTER_NEAREST)
        reach = 2 * max(1, 40 * min(width, height) // 4000) + 1
        blurred = cv2.resize(cv2.blur(small, (reach, reach)), (width, height), interpolation=cv2.INTER_LINEAR)
        sharp = mask.astype(numpy.float32) / 255
        return cv2.blendLinear(image, blurred, sharp, 1 - sharp)

    return apply


def stylize():
    def apply(image):
        height, width = image.shape[:2]
        few = (320, round(height * 320 / width))
        styled = cv2.stylization(cv2.resize(image, few, interpolation=cv2.INTER_AREA), sigma_s=60, sigma_r=0.45)
        return cv2.resize(styled, (width, height), interpolation=cv2.INTER_LINEAR)

    return apply


def object_detection():
    """YOLOX's letterbox, network and decoding; boxes are drawn."""
    session = network("object_detection")
    name = session.get_inputs()[0].name
    side = 640
    strides = [(stride, x, y) for stride in (8, 16, 32) for y in range(side // stride) for x in range(side // stride)]
    stride, grid = numpy.array([[s] for s, _, _ in strides]), numpy.array([[x, y] for _, x, y in strides])

    def apply(image):
        height, width = image.shape[:2]
        ratio = min(side / width, side / height)
        padded = numpy.full((side, side, 3), 114, numpy.uint8)
        resized = cv2.resize(image, (round(width * ratio), round(height * ratio)), interpolation=cv2.INTER_LINEAR)
        padded[: resized.shape[0], : resized.shape[1]] = resized
        found = session.run(None, {name: padded.transpose(2, 0, 1)[None].astype(numpy.float32)})[0][0]
        scores = found[:, 4] * found[:, 5:].max(axis=1)
        kept = scores > 0.35
        centres = (found[kept, :2] + grid[kept]) * stride[kept]
        sizes = numpy.exp(found[kept, 2:4]) * stride[kept]
        boxes = numpy.concatenate([centres - sizes / 2, sizes], axis=1) / ratio
        for i in cv2.dnn.NMSBoxes(boxes.tolist(), scores[kept].tolist(), 0.35, 0.45):
            x, y, w, h = boxes[i].astype(int).tolist()
            cv2.rectangle(image, (x, y), (x + w, y + h), (120, 230, 60), 2)
        return image

    return apply


def segmentation():
    """FCN's normalization and network; each kind of thing has a colour."""
    session = network("segmentation")
    name, (_, _, rows, columns) = session.get_inputs()[0].name, session.get_inputs()[0].shape
    mean, deviation = numpy.float32([0.485, 0.456, 0.406]), numpy.float32([0.229, 0.224, 0.225])
    palette = numpy.array([[i * 37 % 256, i * 91 % 256, i * 151 % 256] for i in range(21)], numpy.uint8)

    def apply(image):
        height, width = image.shape[:2]
        small = cv2.resize(image, (columns, rows), interpolation=cv2.INTER_AREA)
        rgb = (cv2.cvtColor(small, cv2.COLOR_BGR2RGB).astype(numpy.float32) / 255 - mean) / deviation
        kinds = session.run(None, {name: rgb.transpose(2, 0, 1)[None]})[0][0].argmax(axis=0).astype(numpy.uint8)
        whole = cv2.resize(kinds, (width, height), interpolation=cv2.INTER_NEAREST)
        mixed = cv2.addWeighted(image, 0.45, palette[whole], 0.55, 0)
        return numpy.where((whole > 0)[..., None], mixed, image)

    return apply


def network(filter_name):
    import onnxruntime

    return onnxruntime.InferenceSession(dict(arguments.model)[filter_name], providers=["CPUExecutionProvider"])


FILTERS = {
    each.__name__: each
    for each in (copy, edge_detection, face_detection, background_blur, stylize, object_detection, segmentation)
}


class Filtered(VideoStreamTrack):
    """As in aiortc's own example: a track that asks another one for a frame and changes it. Beyond the example it takes the
    newest frame where the filter is slower than the film, and filters on another thread than packets come in on."""

    def __init__(self, track, apply):
        super().__init__()
        self.track = track
        self.apply = apply

    async def recv(self):
        frame = await self.track.recv()
        if self.apply is None:
            return frame
        return await asyncio.to_thread(self.filtered, frame)

    def filtered(self, frame):
        image = timed("to BGR", lambda: frame.to_ndarray(format="bgr24"))
        image = timed("filter", lambda: self.apply(image))
        filtered = timed("from BGR", lambda: VideoFrame.from_ndarray(image, format="bgr24"))
        filtered.pts, filtered.time_base = frame.pts, frame.time_base
        return filtered


def same_encoder(width, height):
    """The settings of the server's own encoder, by the same library."""
    codec = CodecContext.create("libvpx", "w")
    codec.width, codec.height, codec.pix_fmt = width, height, "yuv420p"
    codec.bit_rate = max(500_000, min(6_000_000, 2 * width * height))
    codec.gop_size, codec.qmax, codec.thread_count = 300, 45, 1
    codec.options = {
        "bufsize": str(codec.bit_rate), "minrate": str(codec.bit_rate), "maxrate": str(codec.bit_rate),
        "cpu-used": "8", "deadline": "realtime", "lag-in-frames": "0", "static-thresh": "100",
    }
    return codec


def watch_codecs(own_encoder):
    decode, encode = vpx.Vp8Decoder.decode, vpx.Vp8Encoder.encode

    def encoded(self, frame, force_keyframe=False):
        global sent
        if self.codec is None and not own_encoder:
            self.codec = same_encoder(frame.width, frame.height)
        if not own_encoder:
            self._Vp8Encoder__target_bitrate = self.codec.bit_rate  # whatever the viewer estimates
        result = timed("encode", lambda: encode(self, frame, force_keyframe))
        sent += 1
        return result

    vpx.Vp8Decoder.decode = lambda self, frame: timed("decode", lambda: decode(self, frame))
    vpx.Vp8Encoder.encode = encoded


async def answer(offer):
    for peer in list(peers):
        await peer.close()
    peers.clear()
    times.clear()
    peer = RTCPeerConnection()
    peers.add(peer)
    apply = FILTERS[offer.get("model") or "copy"]()

    @peer.on("track")
    def on_track(track):
        peer.addTrack(Filtered(MediaRelay().subscribe(track, buffered=False), apply))

    await peer.setRemoteDescription(RTCSessionDescription(offer["sdp"], offer["type"]))
    await peer.setLocalDescription(await peer.createAnswer())
    return {"sdp": peer.localDescription.sdp, "type": peer.localDescription.type, "pc_id": "1"}


async def serve(reader, writer):
    """As much HTTP as the two requests take."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    method, path = head.split(" ", 2)[:2]
    lengths = [line.split(":")[1] for line in head.splitlines() if line.lower().startswith("content-length:")]
    body = await reader.readexactly(int(lengths[0]) if lengths else 0)
    if (method, path) == ("POST", "/webrtc/offer"):
        reply = await answer(json.loads(body))
    else:
        reply = {"frames": sent, "stages": {stage: quantiles(stage) for stage in times}}
    content = json.dumps(reply).encode()
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n")
    writer.write(b"Content-Length: %d\r\n\r\n" % len(content) + content)
    await writer.drain()
    writer.close()


async def main():
    watch_codecs(arguments.own_encoder)
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


parser = argparse.ArgumentParser()
parser.add_argument("--own-encoder", action="store_true")
parser.add_argument("--model", action="append", default=[], type=lambda text: text.split("=", 1))
arguments = parser.parse_args()
asyncio.run(main())
