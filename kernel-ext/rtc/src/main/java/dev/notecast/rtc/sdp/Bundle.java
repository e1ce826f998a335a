package dev.notecast.rtc.sdp;

import dev.notecast.rtc.io.ParseResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The m-lines that share one transport (RFC 8843).
 *
 * @param grouped whether there is a group at all; a single m-line does without
 * @param media the m-lines of the group, in its order; without one, all m-lines
 */
record Bundle(boolean grouped, List<MediaDescription> media) {
    static final int MAX_MID_LENGTH = 64;

    static ParseResult<Bundle> of(SessionDescription sdp) {
        Set<String> mids = new HashSet<>();
        int active = 0;
        for (MediaDescription media : sdp.media()) {
            String mid = media.mid();
            if (mid.length() > MAX_MID_LENGTH) {
                return ParseResult.malformed("a=mid longer than " + MAX_MID_LENGTH + " characters");
            }
            if (!mid.isEmpty() && !mids.add(mid)) {
                return ParseResult.malformed("two m-lines have the same a=mid");
            }
            active += media.isActive() ? 1 : 0;
        }
        List<String> group = sdp.attributes()
                .all("group")
                .map(value -> List.of(value.split(" +")))
                .filter(words -> words.get(0).equals("BUNDLE"))
                .findFirst()
                .orElse(List.of());
        if (group.isEmpty()) {
            return active > 1
                    ? ParseResult.malformed("several m-lines without a=group:BUNDLE")
                    : ParseResult.ok(new Bundle(false, sdp.media()));
        }
        List<MediaDescription> media = group.stream()
                .skip(1)
                .filter(mids::contains)
                .distinct()
                .map(mid -> sdp.media().stream()
                        .filter(each -> each.mid().equals(mid))
                        .findFirst()
                        .orElseThrow())
                .toList();
        return ParseResult.ok(new Bundle(true, media));
    }

    boolean contains(MediaDescription line) {
        return media.contains(line);
    }

    /** The kept m-lines in the group's order; the first one speaks for all about the transport (RFC 8843 §7.3). */
    List<MediaDescription> kept(Predicate<MediaDescription> isKept) {
        return media.stream().filter(isKept).toList();
    }
}
