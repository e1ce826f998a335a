package dev.notecast.rtc.codec;

/** The media types of SDP m-lines that carry RTP here. */
public enum MediaKind {
    AUDIO,
    VIDEO;

    /** The word in an m-line: {@code audio} or {@code video}. */
    public String sdpName() {
        return this == AUDIO ? "audio" : "video";
    }
}
