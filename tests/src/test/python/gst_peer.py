"""GStreamer's webrtcbin as a WHIP publisher or a WHEP reader; needs python3-gi and GStreamer's plugins.

gst_peer.py publish URL CLIP VIDEO AUDIO    sends a YUV4MPEG2 file and a tone; VIDEO or AUDIO may be none
gst_peer.py read URL VIDEO                  writes the decoded pictures to stdout, one byte of luma a pixel
"""

import sys
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
    """One offer with all candidates in it, as a client without trickle sends it."""

    def __init__(self, pipeline, url):
        self.pipeline, self.url, self.posted = pipeline, url, False
        self.rtc = pipeline.get_by_name("rtc")
        self.rtc.connect("on-negotiation-needed", self.offer)
        self.rtc.connect("notify::ice-gathering-state", self.gathered)

    def offer(self, *_):
        def created(promise, *_):
            promise.wait()
            reply = promise.get_reply()
            offer = reply.get_value("offer")
            self.rtc.emit("set-local-description", offer, Gst.Promise.new())

        self.rtc.emit("create-offer", None, Gst.Promise.new_with_change_func(created, None))

    def gathered(self, *_):
        if self.rtc.get_property("ice-gathering-state") == GstWebRTC.WebRTCICEGatheringState.COMPLETE:
            GLib.idle_add(self.post)

    def post(self):
        if self.posted:
            return
        self.posted = True
        offer = self.rtc.get_property("local-description").sdp.as_text()
        request = urllib.request.Request(self.url, offer.encode(), {"Content-Type": "application/sdp"})
        try:
            with urllib.request.urlopen(request, timeout=10) as response:
                answer = response.read()
        except urllib.error.HTTPError as error:
            fail(f"{error.code} {error.read().decode()}")
            return
        _, sdp = GstSdp.SDPMessage.new()
        GstSdp.sdp_message_parse_buffer(answer, sdp)
        description = GstWebRTC.WebRTCSessionDescription.new(GstWebRTC.WebRTCSDPType.ANSWER, sdp)
        self.rtc.emit("set-remote-description", description, Gst.Promise.new())
        print("answered", file=sys.stderr, flush=True)


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
session = Session(running, address)
bus = running.get_bus()
bus.add_signal_watch()
bus.connect("message", on_message)
running.set_state(Gst.State.PLAYING)
loop.run()
running.set_state(Gst.State.NULL)
sys.exit(exit_code)
