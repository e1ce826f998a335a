package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.List;

/** Lines that our offers and answers have in common. */
final class SdpLines {
    static final String ICE_OPTIONS = "trickle ice2"; // RFC 8445 §10, RFC 8838 §3

    static final int MAX_CANDIDATES = 32; // keeps an answer under 8 KiB

    private SdpLines() {}

    /** RFC 8866 §5.2: the id only has to differ between sessions, and the ufrag is random. */
    static String origin(LocalTransport local) {
        return "- " + Integer.toUnsignedString(local.ice().ufrag().hashCode()) + " 1 IN IP4 127.0.0.1";
    }

    static List<Attribute> transport(LocalTransport local, String setup) {
        return List.of(
                new Attribute("ice-ufrag", local.ice().ufrag()),
                new Attribute("ice-pwd", local.ice().pwd()),
                new Attribute("ice-options", ICE_OPTIONS),
                new Attribute("fingerprint", local.fingerprint().toString()),
                new Attribute("setup", setup));
    }

    /** The likeliest, and that there are no more (RFC 8840 §8.2). */
    static List<Attribute> candidates(LocalTransport local, int max) {
        List<Attribute> lines = new ArrayList<>();
        local.candidates().stream()
                .limit(max)
                .map(candidate -> Attribute.parse(candidate.toString()))
                .forEach(lines::add);
        lines.add(new Attribute("end-of-candidates", ""));
        return lines;
    }

    /**
     * All tracks are in one stream, so that players find them in the same MediaStream (RFC 8830).
     *
     * @param place of the m-line
     */
    static Attribute msid(MediaKind kind, int place) {
        return new Attribute("msid", "notecast " + kind.sdpName() + place);
    }

    /** The payload type under which another one's packets are sent again (RFC 4588 §8.6). */
    static List<Attribute> rtx(int payloadType, int repaired, Codec codec) {
        return List.of(
                new Attribute("rtpmap", payloadType + " rtx/" + codec.clockRate()),
                new Attribute("fmtp", payloadType + " apt=" + repaired));
    }

    /** The payload type under which another one's packets come with earlier ones (RFC 2198 §5). */
    static List<Attribute> red(int payloadType, int primary, Codec codec) {
        return List.of(
                new Attribute("rtpmap", payloadType + " red/" + codec.clockRate() + "/" + codec.channels()),
                new Attribute("fmtp", payloadType + " " + primary + "/" + primary));
    }

    static Attribute rtpmap(int payloadType, Codec codec) {
        String channels = codec.channels() > 1 ? "/" + codec.channels() : "";
        return new Attribute("rtpmap", payloadType + " " + codec.sdpName() + "/" + codec.clockRate() + channels);
    }
}
