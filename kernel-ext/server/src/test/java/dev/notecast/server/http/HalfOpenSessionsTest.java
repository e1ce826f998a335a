package dev.notecast.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.notecast.media.path.PathName;
import dev.notecast.media.webrtc.SessionAnswer;
import dev.notecast.server.access.AccessRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HalfOpenSessionsTest {
    private static final PathName LIVE = new PathName("live");

    private final FakeMedia media = new FakeMedia();
    private final HalfOpenSessions sessions = new HalfOpenSessions(media);

    @Test
    void anAddressMayHaveSixtyFourSessionsThatWaitForTheirPeer() throws UnknownHostException {
        SessionAnswer first = open("203.0.113.7", false);
        for (int i = 1; i < 64; i++) {
            open("203.0.113.7", false);
        }
        Refusal refused = assertThrows(Refusal.class, () -> open("203.0.113.7", false));
        assertEquals(429, refused.status());
        assertThrows(Refusal.class, () -> open("203.0.113.7", true), "whatever its headers say");
        open("203.0.113.8", false);

        media.end(first.sessionId());
        open("203.0.113.7", false);
    }

    @Test
    void aClassThatJoinsAtOnceThroughATunnelIsLetIn() throws UnknownHostException {
        for (int i = 0; i < 300; i++) {
            open("127.0.0.1", true);
        }
    }

    @Test
    void programsOnThisMachineAreNotCounted() throws UnknownHostException {
        for (int i = 0; i < 2 * HalfOpenSessions.MAX_BEHIND_PROXY; i++) {
            open("127.0.0.1", false);
        }
    }

    private SessionAnswer open(String address, boolean forwarded) throws UnknownHostException {
        AccessRequest request = new AccessRequest(
                InetAddress.getByName(address),
                forwarded,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return sessions.open(request, () -> media.read(LIVE, "offer"));
    }
}
