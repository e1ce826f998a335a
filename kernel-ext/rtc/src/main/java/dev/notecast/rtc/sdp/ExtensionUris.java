package dev.notecast.rtc.sdp;

/** RTP header extensions by the names of {@code a=extmap} (RFC 8285 §5). */
public final class ExtensionUris {
    /** RFC 9143 §15: which m-line a packet belongs to. */
    public static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";

    public static final String TRANSPORT_WIDE_CC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    /** How a camera is held: 3GPP TS 26.114 §7.4.5. */
    public static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";

    /** RFC 6464. */
    public static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";

    private ExtensionUris() {}
}
