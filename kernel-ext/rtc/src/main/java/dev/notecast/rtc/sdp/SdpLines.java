package dev.notecast.rtc.sdp;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.MediaKind;
import java.util.ArrayList;
import java.util.List;

/** Lines that our offers and answers have in common. */
final class SdpLines {
    private static final int MAX_CANDIDATES = 32; // keeps an answer under 8 KiB

    private SdpLines() {}

    /** RFC 8866 §5.2: the id only has to differ between sessions, and the ufrag is random. */
    static String origin(LocalTransport local) {
        return "- " + Integer.toUnsignedString(local.ice().ufrag().hashCode()) + " 1 IN IP4 127.0.0.1";
    }

    static List<Attribute> transport(LocalTransport local, String setup) {
        return List.of(
                new Attribute("ice-ufrag", local.ice().ufrag()),
                new Attribute("ice-pwd", local.ice().pwd()),
                new Attribute("ice-options", "trickle"),
                new Attribute("fingerprint", local.fingerprint().toString()),
                new Attribute("setup", setup));
    }

    /** All there are, and that there are no more (RFC 8840 §8.2). */
    static List<Attribute> candidates(LocalTransport local) {
        List<Attribute> lines = new ArrayList<>();
        local.candidates().stream()
                .limit(MAX_CANDIDATES)
                .map(candidate -> Attribute.parse(candidate.toString()))
                .forEach(lines::add);
        lines.add(new Attribute("end-of-candidates", ""));
        return lines;
    }

    /** One stream of a track per kind, so that players find both in the same MediaStream (RFC 8830). */
    static Attribute msid(MediaKind kind) {
        return new Attribute("msid", "notecast " + kind.sdpName());
    }

    static Attribute rtpmap(int payloadType, Codec codec) {
        String channels = codec.channels() > 1 ? "/" + codec.channels() : "";
        return new Attribute("rtpmap", payloadType + " " + codec.sdpName() + "/" + codec.clockRate() + channels);
    }
}
