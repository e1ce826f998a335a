package dev.notecast.server.ice;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.rtc.io.ParseResult;
import java.time.Instant;

/** Whatever a provider sends is a list within limits, or none. */
class ProviderAnswerFuzzTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @FuzzTest(maxDuration = "10s")
    void everyAnswerIsAListOrNone(byte[] data) {
        if (ProviderAnswer.parse(data, NOW, Instant.MAX)
                instanceof ParseResult.Ok<ProviderAnswer.Found>(ProviderAnswer.Found found)) {
            assertTrue(found.servers().size() <= 256);
            assertTrue(Selection.of(found.servers()).size() <= 5);
            for (var server : found.servers()) {
                assertTrue(server.port() != 53 && server.port() > 0);
                if (server instanceof TurnServer turn) {
                    assertTrue(turn.expiry().isAfter(NOW) && !turn.username().isEmpty());
                }
            }
        }
    }
}
