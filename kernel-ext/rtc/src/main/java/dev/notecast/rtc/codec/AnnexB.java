package dev.notecast.rtc.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The byte stream form of H.264 and H.265 (Annex B of both): NAL units between start codes. */
final class AnnexB {
    static final byte[] START_CODE = {0, 0, 0, 1};

    private AnnexB() {}

    /** The NAL units of an access unit, none of them empty. */
    static List<byte[]> units(byte[] data) {
        List<byte[]> units = new ArrayList<>();
        int start = afterStartCode(data, 0);
        while (start >= 0) {
            int next = afterStartCode(data, start);
            int end = next < 0 ? data.length : next - 3;
            while (end > start && data[end - 1] == 0) {
                end--; // zeros before a start code belong to it
            }
            if (end > start) {
                units.add(Arrays.copyOfRange(data, start, end));
            }
            start = next;
        }
        return units;
    }

    /** Where the unit behind the next start code begins, -1 when there is none. */
    private static int afterStartCode(byte[] data, int from) {
        for (int i = from; i + 2 < data.length; i++) {
            if (data[i] == 0 && data[i + 1] == 0 && data[i + 2] == 1) {
                return i + 3;
            }
        }
        return -1;
    }
}
