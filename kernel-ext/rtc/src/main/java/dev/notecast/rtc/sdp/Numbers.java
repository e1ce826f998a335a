package dev.notecast.rtc.sdp;

/** Decimal numbers in a stranger's SDP. */
final class Numbers {
    private static final int MAX_DIGITS = 10;

    private Numbers() {}

    /** The number, or -1 when the text is not one in 0..max. */
    static int parse(String text, int max) {
        long value = parseLong(text);
        return value > max ? -1 : (int) value;
    }

    /** The number of up to ten digits, or -1. */
    static long parseLong(String text) {
        boolean valid =
                !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Long.parseLong(text) : -1;
    }
}
