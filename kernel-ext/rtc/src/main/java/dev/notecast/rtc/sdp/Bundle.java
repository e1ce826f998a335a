package dev.notecast.rtc.sdp;

import dev.notecast.rtc.io.ParseResult;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The m-lines that share one transport (RFC 8843).
 *
 * @param grouped whether there is a group at all; a single m-line does without
 * @param mids of the group's m-lines, in its order
 */
record Bundle(boolean grouped, List<String> mids) {
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
                .filter(value -> value.startsWith("BUNDLE"))
                .findFirst()
                .map(value -> List.of(value.split(" +")))
                .orElse(List.of());
        if (group.isEmpty() && active > 1) {
            return ParseResult.malformed("several m-lines without a=group:BUNDLE");
        }
        return ParseResult.ok(new Bundle(
                !group.isEmpty(), group.stream().skip(1).filter(mids::contains).toList()));
    }

    boolean contains(MediaDescription media) {
        return !grouped || mids.contains(media.mid());
    }
}
