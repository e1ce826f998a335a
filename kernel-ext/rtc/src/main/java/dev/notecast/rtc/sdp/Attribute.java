package dev.notecast.rtc.sdp;

/** A line {@code a=name:value}, or {@code a=name} with an empty value (RFC 8866 §5.13). */
public record Attribute(String name, String value) {
    static Attribute parse(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Attribute(text.strip(), "")
                : new Attribute(
                        text.substring(0, colon).strip(),
                        text.substring(colon + 1).strip());
    }

    /** The line without its end. */
    @Override
    public String toString() {
        return value.isEmpty() ? "a=" + name : "a=" + name + ":" + value;
    }
}
