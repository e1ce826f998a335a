package dev.notecast.media.egress.whep;

import dev.notecast.media.stats.TrackStatistics;
import dev.notecast.media.stream.MediaPacket;
import dev.notecast.media.stream.Stream;
import dev.notecast.media.stream.Track;
import dev.notecast.media.transport.RtpSender;
import dev.notecast.rtc.codec.MediaKind;
import dev.notecast.rtc.rtcp.FullIntraRequest;
import dev.notecast.rtc.rtcp.Nack;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.ReceiverReport;
import dev.notecast.rtc.rtcp.ReportBlock;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Turns the packets of a stream into one reader's copy and answers what the reader asks for: lost packets from the
 * stream's cache, keyframes from the publisher. One thread: the session's event loop.
 */
final class StreamToWebRtc {
    private final List<OutboundTrack> outboundTracks = new ArrayList<>();
    private final Set<MediaKind> unserved;

    /** @param unserved what the reader would take besides */
    StreamToWebRtc(List<NegotiatedMedia> media, Set<MediaKind> unserved, RtpSender sender, RandomGenerator random) {
        for (NegotiatedMedia each : media) {
            outboundTracks.add(new OutboundTrack(each, sender, random));
        }
        this.unserved = unserved;
    }

    /**
     * Goes on with a stream: each m-line takes the first track of its kind that is free and that it can carry, as in the
     * answer. False when the reader must negotiate anew: a codec is another one, or there is a track that it would take
     * and has no m-line for.
     */
    boolean begin(Stream next) {
        end();
        List<Track> free = new ArrayList<>(next.tracks());
        for (OutboundTrack outbound : outboundTracks) {
            Track track = firstFor(outbound, free);
            if (track != null) {
                free.remove(track);
                outbound.begin(next, track);
            } else if (has(outbound.kind(), free)) {
                return false;
            }
        }
        for (MediaKind kind : unserved) {
            if (has(kind, free)) {
                return false;
            }
        }
        return true;
    }

    private static Track firstFor(OutboundTrack outbound, List<Track> free) {
        for (Track track : free) {
            if (track.kind() == outbound.kind() && outbound.accepts(track)) {
                return track;
            }
        }
        return null;
    }

    private static boolean has(MediaKind kind, List<Track> tracks) {
        return tracks.stream().anyMatch(track -> track.kind() == kind);
    }

    void end() {
        outboundTracks.forEach(OutboundTrack::end);
    }

    void forward(MediaPacket packet, long nowNanos) {
        for (int i = 0; i < outboundTracks.size(); i++) {
            if (outboundTracks.get(i).carries(packet.track())) {
                outboundTracks.get(i).forward(packet, nowNanos);
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
                case PictureLossIndication pli -> requestKeyframe(find(pli.mediaSsrc()), nowNanos);
                case FullIntraRequest fir ->
                    fir.entries().forEach(entry -> requestKeyframe(find(entry.ssrc()), nowNanos));
                case ReceiverReport report -> {
                    for (ReportBlock block : report.reports()) {
                        OutboundTrack outbound = find(block.ssrc());
                        if (outbound != null) {
                            outbound.received(block, nowNanos);
                        }
                    }
                }
                default -> {} // estimates change nothing about what is forwarded
            }
        }
    }

    void tick(long nowNanos) {
        for (int i = 0; i < outboundTracks.size(); i++) {
            outboundTracks.get(i).tick(nowNanos);
        }
    }

    List<TrackStatistics> statistics() {
        return outboundTracks.stream().map(OutboundTrack::statistics).toList();
    }

    private OutboundTrack find(int ssrc) {
        for (OutboundTrack outbound : outboundTracks) {
            if (outbound.ssrc() == ssrc) {
                return outbound;
            }
        }
        return null;
    }

    private static void requestKeyframe(OutboundTrack outbound, long nowNanos) {
        if (outbound != null) {
            outbound.requestKeyframe(nowNanos);
        }
    }
}
