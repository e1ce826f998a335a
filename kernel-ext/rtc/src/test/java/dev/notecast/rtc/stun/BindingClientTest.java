package dev.notecast.rtc.stun;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BindingClientTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.7", 4321);

    private final BindingClient client = new BindingClient(new Random(3), 0);

    @Test
    void asksAgainAndAgainToKeepTheMapping() {
        byte[] first = client.tick(0);
        client.receive(answer(first, MAPPED), SECOND / 10);
        assertEquals(Optional.of(MAPPED), client.mapped());
        assertEquals(Duration.ofMillis(100), client.roundTrip());
        assertNull(client.tick(14 * SECOND));
        byte[] second = client.tick(16 * SECOND);
        assertNotNull(second);
        InetSocketAddress moved = new InetSocketAddress("203.0.113.7", 5555);
        client.receive(answer(second, moved), 17 * SECOND);
        assertEquals(Optional.of(moved), client.mapped());
    }

    @Test
    void aServerThatFallsSilentGivesNothingAnyMore() {
        client.receive(answer(client.tick(0), MAPPED), SECOND);
        int asked = 0;
        for (long now = SECOND; now < 70 * SECOND; now += SECOND / 10) {
            asked += client.tick(now) == null ? 0 : 1;
        }
        assertTrue(asked >= 7, () -> "asked less than seven times");
        assertEquals(Optional.empty(), client.mapped());
        assertEquals(Optional.of("no answer"), client.problem());
    }

    @Test
    void answersToNothingAreDropped() {
        client.tick(0);
        client.receive(
                answer(StunWriter.write(StunMessage.binding(StunClass.REQUEST, new TransactionId(1, 2))), MAPPED), 1);
        assertEquals(Optional.empty(), client.mapped());
    }

    private static StunPacket answer(byte[] request, InetSocketAddress mapped) {
        TransactionId id = TransactionId.of(request, 0, request.length).orElseThrow();
        byte[] bytes = StunWriter.write(StunMessage.binding(StunClass.SUCCESS, id, new XorMappedAddress(mapped)));
        return ((ParseResult.Ok<StunPacket>) StunPacket.parse(bytes, 0, bytes.length)).value();
    }
}
