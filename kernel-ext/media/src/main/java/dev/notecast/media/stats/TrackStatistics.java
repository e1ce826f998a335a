package dev.notecast.media.stats;

import dev.notecast.rtc.codec.MediaKind;
import java.time.Duration;
import java.util.Optional;

/**
 * What one track of a session has carried so far; counters only grow, rates are made from two of these.
 *
 * @param index of the track in its stream
 * @param inbound whether it comes from the peer; a session of both directions has each index twice
 * @param codec its name in SDP
 * @param packets sent or received, without those sent again
 * @param bytes of RTP, headers included, without what was sent again
 * @param lost as the receiving side counts it (RFC 3550 §6.4.1): ours for a publisher, the viewer's own report otherwise
 * @param lossFraction of the receiving side's last report interval, 0..1
 * @param jitter between arrivals (RFC 3550 §6.4.1), as the receiving side sees it
 * @param roundTrip by reports (RFC 3550 §6.4.1); empty until one came back
 * @param frames complete or begun, 0 for audio
 * @param keyframes among them
 * @param nacks packets asked for again
 * @param retransmitted packets sent again: by us to a viewer, by the publisher to us
 * @param keyframeRequests PLI and FIR sent to a publisher or received from a viewer
 * @param dropped packets that were not forwarded: a queue was full, or the viewer cannot take them
 */
public record TrackStatistics(
        int index,
        boolean inbound,
        MediaKind kind,
        String codec,
        int ssrc,
        long packets,
        long bytes,
        long lost,
        double lossFraction,
        Duration jitter,
        Optional<Duration> roundTrip,
        long frames,
        long keyframes,
        long nacks,
        long retransmitted,
        long keyframeRequests,
        long dropped) {}
