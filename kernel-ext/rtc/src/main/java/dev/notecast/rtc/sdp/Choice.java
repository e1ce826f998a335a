package dev.notecast.rtc.sdp;

import java.util.List;

/** What an answerer does with one audio or video m-line of an offer. */
sealed interface Choice {
    /**
     * Uses it.
     *
     * @param trackIndex see {@link NegotiatedMedia#trackIndex()}
     */
    record Use(int trackIndex, OfferedFormat format) implements Choice {}

    /** Keeps it without any media: there is nothing for it now. */
    record Leave() implements Choice {}

    /** Rejects it, since there is something for it in a codec that is not shared. */
    record Reject(String reason) implements Choice {}

    /** Refuses the whole offer: with a part of it alone nobody would be served. */
    record Refuse(Refused refused) implements Choice {}

    /** Called for each m-line that the peer is ready to use, in order. */
    @FunctionalInterface
    interface Chooser {
        /** @param formats those of the m-line that are spoken here, in the peer's order */
        Choice choose(MediaDescription media, List<OfferedFormat> formats);
    }
}
