package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.CodecParameters;
import java.util.List;

/** Answers the offer of a reader, to whom we send (WHEP). */
public final class ReadAnswer {
    private ReadAnswer() {}

    /**
     * Gives each m-line that the peer receives on the first track of its kind that is still free, under the peer's
     * payload type for the track's codec.
     *
     * @param tracks what there is to send, in the order of {@link NegotiatedMedia#trackIndex()}
     */
    public static NegotiationResult to(SessionDescription offer, List<CodecParameters> tracks, LocalTransport local) {
        throw new UnsupportedOperationException("in work");
    }
}
