package dev.notecast.rtc.rtcp;

import java.util.List;

/** Lists whose length has to fit a field of the packet. */
final class Lists {
    /** What the five bits of a header's count can say. */
    static final int MAX_COUNT = 31;

    private Lists() {}

    /** A copy; a longer list is the caller's mistake, since packets cannot be parsed into one. */
    static <T> List<T> copyOf(List<T> list, int maxSize) {
        if (list.size() > maxSize) {
            throw new IllegalArgumentException(list.size() + " entries do not fit, " + maxSize + " would");
        }
        return List.copyOf(list);
    }
}
