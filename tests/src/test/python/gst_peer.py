"""GStreamer's webrtcbin as a WHIP publisher or a WHEP reader; needs python3-gi and GStreamer's plugins.

gst_peer.py publish URL CLIP VIDEO AUDIO    sends a YUV4MPEG2 file and a tone; VIDEO or AUDIO may be none. Its offer
                                            has no candidates: they follow one by one (trickle)
gst_peer.py read URL VIDEO                  writes the decoded pictures to stdout, one byte of luma a pixel. Its offer
                                            waits for all candidates
"""

import re
import sys
import urllib.parse
import urllib.error
import urllib.request

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstSdp", "1.0")
gi.require_version("GstWebRTC", "1.0")
from gi.repository import GLib, Gst, GstSdp, GstWebRTC  # noqa: E402

VIDEO = {
    "h264": "x264enc tune=zerolatency speed-preset=ultrafast key-int-max=15 ! rtph264pay",
    "h264-b-frames": "x264enc speed-preset=veryfast bframes=2 b-adapt=false key-int-max=15 rc-lookahead=5"
    " ! video/x-h264,profile=main ! rtph264pay config-interval=-1",
    "h265": "x265enc tune=zerolatency speed-preset=ultrafast key-int-max=15 ! rtph265pay",
    "vp8": "vp8enc deadline=1 cpu-used=8 keyframe-max-dist=15 ! rtpvp8pay picture-id-mode=15-bit",
    "vp9": "vp9enc deadline=1 cpu-used=8 keyframe-max-dist=15 ! rtpvp9pay picture-id-mode=15-bit",
}
AUDIO = {
    "opus": "opusenc ! rtpopuspay pt=111",
    "pcmu": "audioresample ! audio/x-raw,rate=8000,channels=1 ! mulawenc ! rtppcmupay",
    "pcma": "audioresample ! audio/x-raw,rate=8000,channels=1 ! alawenc ! rtppcmapay",
}
READ = {
    "h264": ("H264", "rtph264depay ! avdec_h264"),
    "h265": ("H265", "rtph265depay ! h265parse ! avdec_h265"),
    "vp8": ("VP8", "rtpvp8depay ! vp8dec"),
}


def publisher(clip, video, audio):
    parts = ["webrtcbin name=rtc bundle-policy=max-bundle"]
    if video != "none":
        # a real camera's pace, and no more of the clip in memory than that
        parts.append(f"filesrc location={clip} ! y4mdec ! identity sync=true ! queue ! videoconvert"
                     f" ! {VIDEO[video]} pt=96 ! rtc.")
    if audio != "none":
        parts.append(f"audiotestsrc is-live=true wave=ticks ! audioconvert ! {AUDIO[audio]} ! rtc.")
    return Gst.parse_launch(" ".join(parts))


def reader(video):
    name, decoder = READ[video]
    pipeline = Gst.Pipeline.new()
    rtc = Gst.parse_launch("webrtcbin name=rtc bundle-policy=max-bundle")
    pipeline.add(rtc)
    caps = Gst.Caps.from_string(f"application/x-rtp,media=video,encoding-name={name},payload=97,clock-rate=90000,"
                                "rtcp-fb-nack-pli=true")
    rtc.emit("add-transceiver", GstWebRTC.WebRTCRTPTransceiverDirection.RECVONLY, caps)

    def decode(_, pad):
        sink = Gst.parse_bin_from_description(
            f"{decoder} ! videoconvert ! video/x-raw,format=GRAY8 ! fdsink fd=1 sync=false", True)
        pipeline.add(sink)
        sink.sync_state_with_parent()
        pad.link(sink.get_static_pad("sink"))

    rtc.connect("pad-added", decode)
    return pipeline


class Session:
    def __init__(self, pipeline, url, trickle):
        self.pipeline, self.url, self.trickle = pipeline, url, trickle
        self.posted, self.location, self.waiting = False, None, []
        self.rtc = pipeline.get_by_name("rtc")
        self.rtc.connect("on-negotiation-needed", self.offer)
        self.rtc.connect("notify::ice-gathering-state", self.gathered)
        if trickle:
            self.rtc.connect("on-ice-candidate", lambda _, line, candidate: GLib.idle_add(self.candidate, candidate))

    def offer(self, *_):
        def created(promise, *_):
            promise.wait()
            reply = promise.get_reply()
            offer = reply.get_value("offer")
            self.rtc.emit("set-local-description", offer, Gst.Promise.new_with_change_func(described, None))

        def described(*_):
            if self.trickle:
                GLib.idle_add(self.post)

        self.rtc.emit("create-offer", None, Gst.Promise.new_with_change_func(created, None))

    def gathered(self, *_):
        if self.rtc.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(*((self.candidate, "end-of-candidates") if self.trickle else (self.post,)))

    def post(self):
        if self.posted:
            return
        self.posted = True
        self.sdp = self.rtc.get_property("local-description").sdp.as_text()
        if self.trickle:  # some may be there already
            self.sdp = re.sub("^a=candidate.*\r\n", "", self.sdp, flags=re.MULTILINE)
        with self.send("POST", self.url, self.sdp, "application/sdp") as response:
            answer = response.read()
            self.location = urllib.parse.urljoin(self.url, response.headers["Location"])
            self.etag = response.headers["ETag"]
        _, sdp = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(answer, sdp)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        self.rtc.emit("set-remote-description", description, Gst.Promise.new())
        print(f"answered; candidates in the offer: {self.sdp.count('a=candidate')}", file=sys.stderr, flush=True)
        while self.waiting:
            self.candidate(self.waiting.pop(0))

    def candidate(self, candidate):
        """RFC 8840 section 9: the credentials, then the candidate below the line of media that it is for."""
        if self.location is None:
            self.waiting.append(candidate)
            return
        first = [re.search(f"^{start}.*", self.sdp, re.MULTILINE)[0].strip()
                 for start in ("a=ice-ufrag", "a=ice-pwd", "m=", "a=mid")]
        fragment = "\r\n".join([*first, f"a={candidate}", ""])
        with self.send("PATCH", self.location, fragment, "application/trickle-ice-sdpfrag") as response:
            print(f"trickled: {response.status} {candidate}", file=sys.stderr, flush=True)

    def send(self, method, url, body, content_type):
        headers = {"Content-Type": content_type}
        if method == "PATCH":
            headers["If-Match"] = self.etag
        try:
            request = urllib.request.Request(url, body.encode(), headers, method=method)
            return urllib.request.urlopen(request, timeout=30)
        except urllib.error.HTTPError as error:
            fail(f"{error.code} {error.read().decode()}")
            raise


def fail(reason):
    print(reason, file=sys.stderr, flush=True)
    global exit_code
    exit_code = 1
    loop.quit()


def on_message(_, message):
    if message.type == Gst.MessageType.ERROR:
        fail(message.parse_error()[0].message)
    elif message.type == Gst.MessageType.EOS:
        loop.quit()


Gst.init(None)
exit_code = 0
loop = GLib.MainLoop()
role, address, *options = sys.argv[1:]
running = publisher(*options) if role == "publish" else reader(*options)
session = Session(running, address, trickle=role == "publish")
bus = running.get_bus()
bus.add_signal_watch()
bus.connect("message", on_message)
running.set_state(Gst.State.PLAYING)
loop.run()
running.set_state(Gst.State.NULL)
sys.exit(exit_code)
