package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestMatchTest {
    @Test
    void findsSwappedMissingAndCutOffLetters() {
        List<String> options = List.of("--port", "--host", "--udp-port", "--default-path");
        assertEquals(Optional.of("--port"), NearestMatch.of("--prot", options));
        assertEquals(Optional.of("--host"), NearestMatch.of("--hst", options));
        assertEquals(Optional.of("--default-path"), NearestMatch.of("--default", options));
    }

    @Test
    void offersNothingForAWordLikeNoOther() {
        assertEquals(Optional.empty(), NearestMatch.of("--banana", List.of("--port", "--host")));
    }

    @Test
    void countsASwapAsOneEdit() {
        assertEquals(1, NearestMatch.edits("strat", "start"));
        assertEquals(0, NearestMatch.edits("", ""));
        assertEquals(3, NearestMatch.edits("", "abc"));
    }
}
