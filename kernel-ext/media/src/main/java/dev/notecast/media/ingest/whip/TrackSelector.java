package dev.notecast.media.ingest.whip;

import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.sdp.ExtensionUris;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the track of an SSRC that is not known yet (RFC 8843 §9.2): by the mid in the packet, which browsers send until
 * the first receiver report only, then by the SSRCs in the offer, then by the payload type if just one track has it.
 */
final class TrackSelector {
    private final List<InboundTrack> tracks;
    private final boolean[] midIds = new boolean[256]; // of header extensions
    private final RtpPacket.ExtensionVisitor readMid = this::readMid;
    private byte[] mid; // of the packet that is being read, null without

    TrackSelector(List<InboundTrack> tracks) {
        this.tracks = tracks;
        for (InboundTrack track : tracks) {
            track.media().extensions().forEach((id, uri) -> midIds[id] |= uri.equals(ExtensionUris.MID));
        }
    }

    /** Makes the packet's SSRC known to its track; false when it has none, or another SSRC speaks there. */
    boolean adopt(RtpPacket packet, long nowNanos) {
        mid = null;
        packet.forEachExtension(readMid);
        InboundTrack track = mid == null ? bySsrc(packet.ssrc()) : byMid();
        boolean certain = track != null;
        if (mid != null && !certain) {
            return false;
        }
        if (certain && track.carries(packet.payloadType())) {
            return track.adopt(packet.ssrc(), mid != null, nowNanos);
        }
        if (certain && track.repairs(packet.payloadType())) {
            track.adoptRtx(packet.ssrc());
            return true;
        }
        return !certain && adoptByPayloadType(packet, nowNanos);
    }

    private boolean adoptByPayloadType(RtpPacket packet, long nowNanos) {
        List<InboundTrack> carrying = new ArrayList<>(1);
        List<InboundTrack> repairing = new ArrayList<>(1);
        for (InboundTrack track : tracks) {
            if (track.carries(packet.payloadType())) {
                carrying.add(track);
            } else if (track.repairs(packet.payloadType())) {
                repairing.add(track);
            }
        }
        if (carrying.size() == 1) {
            return carrying.getFirst().adopt(packet.ssrc(), false, nowNanos);
        }
        if (repairing.size() > 1) {
            // RFC 4588 §5.3: the one that was asked for this packet, if only one was
            repairing.removeIf(track -> !track.awaits(original(packet)));
        }
        if (repairing.size() == 1) {
            repairing.getFirst().adoptRtx(packet.ssrc());
            return true;
        }
        return false;
    }

    private static int original(RtpPacket rtx) {
        int at = rtx.payloadOffset();
        return rtx.payloadLength() < 2 ? -1 : (rtx.data()[at] & 0xFF) << 8 | rtx.data()[at + 1] & 0xFF;
    }

    private InboundTrack byMid() {
        for (InboundTrack track : tracks) {
            if (Arrays.equals(mid, track.media().mid().getBytes(StandardCharsets.UTF_8))) {
                return track;
            }
        }
        return null;
    }

    private InboundTrack bySsrc(int ssrc) {
        for (InboundTrack track : tracks) {
            if (track.media().ssrcs().contains(ssrc) || track.media().rtxSsrcs().containsKey(ssrc)) {
                return track;
            }
        }
        return null;
    }

    private void readMid(int id, byte[] data, int offset, int length) {
        if (midIds[id]) {
            mid = Arrays.copyOfRange(data, offset, offset + length);
        }
    }
}
