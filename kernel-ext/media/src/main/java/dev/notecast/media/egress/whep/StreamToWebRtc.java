package dev.notecast.media.egress.whep;

import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RtpSender;
import dev.notecast.rtc.rtcp.FullIntraRequest;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Turns the packets of a stream into one reader's copy and answers what the reader asks for: lost packets from the
 * stream's cache, keyframes from the publisher. One thread: the session's event loop.
 */
final class StreamToWebRtc {
    private final List<OutboundTrack> outboundTracks = new ArrayList<>();
    private Stream stream;

    StreamToWebRtc(List<NegotiatedMedia> media, RtpSender sender, RandomGenerator random) {
        for (NegotiatedMedia each : media) {
            outboundTracks.add(new OutboundTrack(each, sender, random));
        }
    }

    /** Goes on with a stream; false when one of its codecs is not what was negotiated. */
    boolean begin(Stream next) {
        stream = next;
        for (OutboundTrack outbound : outboundTracks) {
            outbound.end();
        }
        for (Track track : next.tracks()) {
            for (OutboundTrack outbound : outboundTracks) {
                if (outbound.kind() == track.kind()) {
                    if (!outbound.accepts(track)) {
                        return false;
                    }
                    outbound.begin(next, track);
                }
            }
        }
        return true;
    }

    void end() {
        stream = null;
        outboundTracks.forEach(OutboundTrack::end);
    }

    void forward(MediaPacket packet, long nowNanos) {
        for (OutboundTrack outbound : outboundTracks) {
            if (outbound.carries(packet.track())) {
                outbound.forward(packet, nowNanos);
                return;
            }
        }
    }

    void receive(List<RtcpPacket> packets, long nowNanos) {
        for (RtcpPacket packet : packets) {
            switch (packet) {
                case Nack nack -> {
                    OutboundTrack outbound = find(nack.mediaSsrc());
                    if (outbound != null) {
                        outbound.resend(nack.lost(), nowNanos);
                    }
                }
                case PictureLossIndication pli -> requestKeyframe(find(pli.mediaSsrc()));
                case FullIntraRequest fir -> fir.entries().forEach(entry -> requestKeyframe(find(entry.ssrc())));
                default -> {} // reports and estimates change nothing about what is forwarded
            }
        }
    }

    void tick(long nowNanos) {
        outboundTracks.forEach(outbound -> outbound.report(nowNanos));
    }

    private OutboundTrack find(int ssrc) {
        for (OutboundTrack outbound : outboundTracks) {
            if (outbound.ssrc() == ssrc) {
                return outbound;
            }
        }
        return null;
    }

    private static void requestKeyframe(OutboundTrack outbound) {
        if (outbound != null) {
            outbound.requestKeyframe();
        }
    }
}
