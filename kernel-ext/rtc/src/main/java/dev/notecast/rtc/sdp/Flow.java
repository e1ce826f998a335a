package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import java.util.Set;

/** Which way media flows, seen from us, and what we do about it: only that is signalled. */
enum Flow {
    /** A publisher's: feedback goes back to it. */
    RECEIVE(
            Set.of(
                    ExtensionUris.MID,
                    ExtensionUris.TRANSPORT_WIDE_CC,
                    ExtensionUris.VIDEO_ORIENTATION,
                    ExtensionUris.AUDIO_LEVEL),
            Set.of("nack", "nack pli", "ccm fir", "transport-cc", "goog-remb"),
            Set.of("transport-cc"),
            Direction.RECVONLY),
    /** A reader's: without transport-wide numbers, since nothing would be made of the feedback on them. */
    SEND(
            Set.of(ExtensionUris.MID, ExtensionUris.VIDEO_ORIENTATION, ExtensionUris.AUDIO_LEVEL),
            Set.of("nack", "nack pli", "ccm fir"),
            Set.of(),
            Direction.SENDONLY),
    /** Both at once in one m-line: a peer's camera comes, and a picture goes back. */
    EXCHANGE(
            Set.of(
                    ExtensionUris.MID,
                    ExtensionUris.TRANSPORT_WIDE_CC,
                    ExtensionUris.VIDEO_ORIENTATION,
                    ExtensionUris.AUDIO_LEVEL),
            Set.of("nack", "nack pli", "ccm fir", "transport-cc", "goog-remb"),
            Set.of("transport-cc"),
            Direction.SENDRECV);

    private final Set<String> extensions;
    private final Set<String> videoFeedback;
    private final Set<String> audioFeedback;
    private final Direction direction;

    Flow(Set<String> extensions, Set<String> videoFeedback, Set<String> audioFeedback, Direction direction) {
        this.extensions = extensions;
        this.videoFeedback = videoFeedback;
        this.audioFeedback = audioFeedback;
        this.direction = direction;
    }

    /** URIs of the header extensions that are read or written. */
    Set<String> extensions() {
        return extensions;
    }

    /** Values of {@code a=rtcp-fb} that are acted on or sent. */
    Set<String> feedback(MediaKind kind) {
        return kind == MediaKind.VIDEO ? videoFeedback : audioFeedback;
    }

    /** What our SDP says. */
    Direction direction() {
        return direction;
    }

    /** Whether the peer, by its own direction, does the other half, or one of them. */
    boolean fits(Direction peer) {
        return switch (this) {
            case RECEIVE -> peer.sends();
            case SEND -> peer.receives();
            case EXCHANGE -> peer.sends() || peer.receives();
        };
    }

    /** What is left of it with this peer; a peer's sound is not sent back to it, where it would howl. */
    Flow with(Direction peer, MediaKind kind) {
        if (this != EXCHANGE || peer == Direction.SENDRECV && kind == MediaKind.VIDEO) {
            return this;
        }
        return peer.sends() ? RECEIVE : SEND;
    }
}
