package dev.notecast.server.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The STUN servers that are asked unless {@code %ice} says otherwise. */
public final class StunList {
    /** What {@link #parse} takes: for machines whose servers must not ask anybody on the internet. */
    static final String VARIABLE = "NOTECAST_STUN";

    private static final List<String> PUBLIC = List.of("stun:stun.l.google.com:19302", "stun:stun.cloudflare.com:3478");

    private StunList() {}

    /** What the environment says, else two that anybody may ask. */
    static List<String> byDefault(Map<String, String> environment) {
        String chosen = environment.get(VARIABLE);
        return chosen == null || chosen.isBlank() ? PUBLIC : parse(chosen);
    }

    /** @param text {@code none}, or URIs with commas between them */
    public static List<String> parse(String text) {
        return text.strip().equals("none")
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).toList();
    }
}
