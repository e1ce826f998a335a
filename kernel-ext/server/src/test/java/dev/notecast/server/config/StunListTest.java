package dev.notecast.server.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whom a server asks for its address when nobody has said anything, or something. */
class StunListTest {
    @Test
    void twoThatAnybodyMayAskUnlessTheEnvironmentSaysOtherwise() {
        List<String> standard = List.of("stun:stun.l.google.com:19302", "stun:stun.cloudflare.com:3478");
        assertEquals(standard, StunList.byDefault(Map.of()));
        assertEquals(standard, StunList.byDefault(Map.of(StunList.VARIABLE, " ")));
        assertEquals(List.of(), StunList.byDefault(Map.of(StunList.VARIABLE, "none")));
        assertEquals(
                List.of("stun:a.example", "stun:b.example:9"),
                StunList.byDefault(Map.of(StunList.VARIABLE, "stun:a.example, stun:b.example:9")));
    }

    @Test
    void testsAskNobodyOnTheInternet() {
        assertEquals(List.of(), ServerConfig.DEFAULT.stunServers());
    }

    @Test
    void nobodysRelayIsUsedWithoutBeingAsked() {
        assertThrows(
                IllegalArgumentException.class,
                () -> ServerConfig.DEFAULT.withStunServers(List.of("turn:turn.example.org")));
    }
}
