package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.MediaKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An m-line and the attributes under it (RFC 8866 §5.14).
 *
 * @param type {@code audio}, {@code video}, {@code application}, ..
 * @param port 0 means rejected, unless the m-line is {@code bundle-only}
 * @param formats payload types, for RTP
 */
public record MediaDescription(String type, int port, String protocol, List<String> formats, Attributes attributes) {
    private static final Set<String> PROFILES = Set.of(
            "UDP/TLS/RTP/SAVPF",
            "UDP/TLS/RTP/SAVP",
            "TCP/DTLS/RTP/SAVPF",
            "TCP/DTLS/RTP/SAVP",
            "RTP/SAVPF",
            "RTP/SAVP",
            "RTP/AVPF",
            "RTP/AVP");

    public MediaDescription {
        formats = List.copyOf(formats);
    }

    /** Whether it carries audio or video, and which. */
    public Optional<MediaKind> kind() {
        for (MediaKind kind : MediaKind.values()) {
            if (kind.sdpName().equals(type)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Whether it is audio or video over RTP, in any profile that a browser takes for ours (RFC 9429 §5.1.3). */
    boolean isRtp() {
        return kind().isPresent() && PROFILES.contains(protocol);
    }

    /** The value of {@code a=mid}, empty when there is none. */
    public String mid() {
        return attributes.first("mid").orElse("");
    }

    /** Whether the m-line is in use (RFC 8843 §6: port 0 with {@code bundle-only} is). */
    public boolean isActive() {
        return port != 0 || attributes.has("bundle-only");
    }

    void writeTo(StringBuilder sdp) {
        sdp.append("m=").append(type).append(' ').append(port).append(' ').append(protocol);
        for (String format : formats) {
            sdp.append(' ').append(format);
        }
        sdp.append("\r\nc=IN IP4 0.0.0.0\r\n"); // with ICE the address is in the candidates (RFC 8839 §4.2.1)
        attributes.writeTo(sdp);
    }
}
