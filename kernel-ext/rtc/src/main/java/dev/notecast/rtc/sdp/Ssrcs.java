package dev.notecast.rtc.sdp;

import dev.notecast.rtc.rtcp.SourceDescription;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The SSRCs of an m-line that its sender signals (RFC 5576).
 *
 * @param media those of media, in their order
 * @param rtx by an SSRC for retransmission, the one that it repairs (RFC 4588 §8.8)
 */
record Ssrcs(List<Integer> media, Map<Integer, Integer> rtx) {
    static final Ssrcs NONE = new Ssrcs(List.of(), Map.of());

    private static final int MAX = 32;

    /** What an m-line says, a bounded number. */
    static Ssrcs of(MediaDescription described) {
        Map<Integer, Integer> rtx = new LinkedHashMap<>();
        Set<Integer> repair = new LinkedHashSet<>();
        described.attributes().all("ssrc-group").limit(MAX).forEach(group -> {
            String[] words = group.split(" +", 4);
            boolean pair = words.length == 3 && (words[0].equals("FID") || words[0].equals("FEC-FR"));
            if (!pair || !isSsrc(words[1]) || !isSsrc(words[2])) {
                return;
            }
            repair.add(ssrc(words[2]));
            if (words[0].equals("FID")) {
                rtx.putIfAbsent(ssrc(words[2]), ssrc(words[1]));
            }
        });
        List<Integer> media = described
                .attributes()
                .all("ssrc")
                .map(value -> value.split(" ", 2)[0])
                .filter(Ssrcs::isSsrc)
                .map(Ssrcs::ssrc)
                .filter(ssrc -> !repair.contains(ssrc))
                .distinct()
                .limit(MAX)
                .toList();
        return new Ssrcs(media, rtx);
    }

    /**
     * Our own for one track.
     *
     * @param taken those of other tracks; the new ones are added
     */
    static Ssrcs random(RandomGenerator random, Set<Integer> taken, boolean withRtx) {
        int media = next(random, taken);
        return new Ssrcs(List.of(media), withRtx ? Map.of(next(random, taken), media) : Map.of());
    }

    private static int next(RandomGenerator random, Set<Integer> taken) {
        int ssrc = random.nextInt();
        while (ssrc == 0 || !taken.add(ssrc)) {
            ssrc = random.nextInt();
        }
        return ssrc;
    }

    /** The lines that tell a peer of them. */
    List<Attribute> lines() {
        List<Attribute> lines = new ArrayList<>();
        rtx.forEach((repairing, repaired) ->
                lines.add(new Attribute("ssrc-group", "FID " + text(repaired) + " " + text(repairing))));
        media.forEach(ssrc -> lines.add(new Attribute("ssrc", text(ssrc) + " cname:" + SourceDescription.OUR_CNAME)));
        rtx.keySet()
                .forEach(
                        ssrc -> lines.add(new Attribute("ssrc", text(ssrc) + " cname:" + SourceDescription.OUR_CNAME)));
        return lines;
    }

    private static String text(int ssrc) {
        return Integer.toUnsignedString(ssrc);
    }

    private static boolean isSsrc(String text) {
        long ssrc = Numbers.parseLong(text);
        return ssrc >= 0 && ssrc <= 0xFFFF_FFFFL;
    }

    private static int ssrc(String text) {
        return (int) Numbers.parseLong(text);
    }
}
