package dev.notecast.rtc.sdp;

import java.util.Map;
import java.util.TreeMap;

/** The {@code a=extmap} lines of an m-line (RFC 8285 §5). */
final class HeaderExtensions {
    private static final int MAX_ID = 255; // with the two-byte form
    private static final int MAX_ONE_BYTE_ID = 14;
    private static final int RESERVED_ID = 15; // RFC 8285 §4.2: ends a one-byte block

    private HeaderExtensions() {}

    /** Those that are wanted, by id: the first id offered for each. Encrypted ones, which have two URIs, never are. */
    static Map<Integer, String> of(SessionDescription sdp, MediaDescription media, Flow flow) {
        // RFC 8285 §4.1.2: who may not mix the forms would have to use the long one throughout
        int maxId = flow == Flow.RECEIVE || allowsMixed(sdp, media) ? MAX_ID : MAX_ONE_BYTE_ID;
        Map<Integer, String> extensions = new TreeMap<>();
        media.attributes().all("extmap").forEach(value -> {
            String[] words = value.split(" +", 3); // id[/direction] URI [attributes]
            if (words.length < 2 || !flow.extensions().contains(words[1])) {
                return;
            }
            int id = Numbers.parse(words[0].split("/", 2)[0], maxId);
            if (id > 0 && id != RESERVED_ID && !extensions.containsValue(words[1])) {
                extensions.putIfAbsent(id, words[1]);
            }
        });
        return extensions;
    }

    static boolean allowsMixed(SessionDescription sdp, MediaDescription media) {
        return sdp.attributes().has("extmap-allow-mixed") || media.attributes().has("extmap-allow-mixed");
    }
}
