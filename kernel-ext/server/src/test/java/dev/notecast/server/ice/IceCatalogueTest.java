package dev.notecast.server.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.relay.IceServer;
import dev.notecast.media.relay.IceServers;
import dev.notecast.media.relay.TurnServer;
import dev.notecast.media.udp.PacketHandler;
import dev.notecast.media.udp.UdpLoops;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Servers that nobody answers for, on loopback: what is in use and when it is renewed. */
class IceCatalogueTest {
    private static final String STUN = "stun:127.0.0.1:9";
    private static final String TURN = "turn:127.0.0.1:9?transport=udp";

    private final UdpLoops loops = UdpLoops.bind(0, 1);
    private final IceServers servers = new IceServers(loops, datagram -> null);
    private Instant now = Instant.now();
    private final IceCatalogue ice = new IceCatalogue(servers, List.of(STUN), () -> now);

    IceCatalogueTest() {
        loops.all().getFirst().start(new PacketHandler() {
            @Override
            public void received(byte[] data, InetSocketAddress remote, long arrivalNanos) {
                servers.take(data, remote);
            }

            @Override
            public void batchEnd(long nowNanos) {
                // nothing is collected
            }

            @Override
            public void timeout(long nowNanos) {
                // nothing is asked for
            }
        });
    }

    @AfterEach
    void close() {
        ice.close();
        servers.close();
        loops.close();
    }

    /** A provider that gives what it is told to. */
    private final class Source implements CredentialSource {
        private final String name;
        private Duration life = Duration.ofHours(1);
        private String problem = "";
        private int asked;

        Source(String name) {
            this.name = name;
        }

        @Override
        public IceOrigin origin() {
            return new IceOrigin.Provider(name);
        }

        @Override
        public Credentials credentials(Instant at) {
            asked++;
            if (!problem.isEmpty()) {
                throw new IceException(problem);
            }
            List<IceServer> given = new ArrayList<>();
            for (int port = 1; port <= 2; port++) {
                given.add(IceServer.parse("turn:127.0.0.1:" + port, "user" + asked, "password", at.plus(life)));
            }
            return new Credentials(given, "");
        }
    }

    private static IceServer turn(String uri, Instant expiry) {
        return IceServer.parse(uri, "user", "password", expiry);
    }

    private List<String> list() {
        return ice.list().stream()
                .map(entry -> entry.origin() + " " + entry.server().uri())
                .toList();
    }

    private String user() {
        return ice.list().stream()
                .map(IceEntry::server)
                .filter(TurnServer.class::isInstance)
                .map(server -> ((TurnServer) server).username())
                .findFirst()
                .orElse("");
    }

    @Test
    void everyServerHasAnOriginAndCanBeRemoved() {
        ice.add(turn("turn:127.0.0.1:9", Instant.MAX));
        ice.add(new Source("somebody"));
        assertEquals(
                List.of(
                        "default " + STUN,
                        "added " + TURN,
                        "somebody turn:127.0.0.1:1?transport=udp",
                        "somebody turn:127.0.0.1:2?transport=udp"),
                list());
        assertEquals(4, servers.status().size(), "all of them are used");
        ice.remove("STUN:127.0.0.1:9");
        ice.remove("somebody");
        assertEquals(List.of("added " + TURN), list());
        ice.remove("turn:127.0.0.1:9");
        assertEquals(List.of(), servers.status());
        assertEquals(
                "'" + STUN + "' is not in use: there is none",
                assertThrows(IceException.class, () -> ice.remove(STUN)).getMessage());
    }

    @Test
    void aServerIsInTheListOnce() {
        ice.add(turn(TURN, Instant.MAX));
        ice.add(IceServer.parse(TURN, "another", "password", Instant.MAX));
        ice.add(IceServer.parse(STUN, "", "", Instant.MAX));
        assertEquals(List.of("default " + STUN, "added " + TURN), list());
        assertEquals("another", user());
        ice.add(new Source("somebody"));
        ice.add(new Source("somebody"));
        assertEquals(4, list().size());
    }

    @Test
    void moreThanThereIsRoomForAreRefusedAndTheOthersStay() {
        for (int port = 1; port < IceServers.MAX_SERVERS; port++) {
            ice.add(turn("turn:127.0.0.1:" + (100 + port), Instant.MAX));
        }
        String line = assertThrows(IceException.class, () -> ice.add(turn("turn:127.0.0.1:200", Instant.MAX)))
                .getMessage();
        assertTrue(line.startsWith("there would be 17 STUN and TURN servers"), line);
        assertEquals(IceServers.MAX_SERVERS, list().size());
    }

    @Test
    void credentialsAreFetchedAgainWhenHalfOfTheirLifeIsOver() {
        Source source = new Source("somebody");
        ice.add(source);
        now = now.plus(Duration.ofMinutes(29));
        ice.renewDue();
        assertEquals("user1", user());
        now = now.plus(Duration.ofMinutes(1));
        ice.renewDue();
        assertEquals("user2", user());
        ice.renewDue();
        assertEquals(2, source.asked);
    }

    @Test
    void whileAProviderFailsTheOldCredentialsStayAndItIsAskedLessAndLess() {
        Source source = new Source("somebody");
        ice.add(source);
        source.problem = "somebody: it has a problem of its own (500): try again later";
        now = now.plus(Duration.ofMinutes(30));
        ice.renewDue();
        assertEquals(List.of(source.problem), ice.problems());
        assertEquals("user1", user());
        for (int i = 0; i < 60; i++) {
            now = now.plus(Duration.ofSeconds(15));
            ice.renewDue();
        }
        // after 15, 30, 60, 120, 240 and 480 seconds, in the quarter of an hour
        assertEquals(2 + 5, source.asked);
        source.problem = "";
        now = now.plus(Duration.ofMinutes(10));
        ice.renewDue();
        assertEquals(List.of(), ice.problems());
        assertEquals("user" + source.asked, user());
    }

    @Test
    void aLifeOfSecondsDoesNotMakeUsAskAllTheTime() {
        Source source = new Source("somebody");
        source.life = Duration.ofSeconds(2);
        ice.add(source);
        for (int i = 0; i < 59; i++) {
            now = now.plusSeconds(1);
            ice.renewDue();
        }
        assertEquals(1, source.asked);
    }

    @Test
    void whatSomebodyRemovedDoesNotComeBackWithTheRenewal() {
        ice.add(new Source("somebody"));
        ice.remove("turn:127.0.0.1:1");
        now = now.plus(Duration.ofMinutes(30));
        ice.renewDue();
        assertEquals(List.of("default " + STUN, "somebody turn:127.0.0.1:2?transport=udp"), list());
        assertEquals("user2", user());
        ice.remove("somebody");
        now = now.plus(Duration.ofMinutes(30));
        ice.renewDue();
        assertEquals(List.of("default " + STUN), list());
    }

    @Test
    void aProviderThatFailsAtOnceChangesNothing() {
        Source source = new Source("somebody");
        ice.add(source);
        source.problem = "somebody: no";
        assertThrows(IceException.class, () -> ice.add(source));
        assertEquals(3, list().size());
    }

    @Test
    void passwordsGoToNobodyWhoMayNotHaveThem() {
        ice.add(turn(TURN, Instant.MAX));
        ice.add(turn("turn:127.0.0.1:53", Instant.MAX)); // browsers refuse the port
        ice.add(turn("turn:127.0.0.1:7", now.minusSeconds(1)));
        ice.add(new Source("somebody"));
        String fetched = "turn:127.0.0.1:1?transport=udp turn:127.0.0.1:2?transport=udp";
        assertEquals(STUN, uris(IceAudience.ANYBODY));
        assertEquals(STUN + " " + fetched, uris(IceAudience.GUEST));
        assertEquals(STUN + " " + TURN + " " + fetched, uris(IceAudience.TRUSTED));
        now = now.plus(Duration.ofHours(2));
        assertEquals(STUN + " " + TURN, uris(IceAudience.TRUSTED), "ended credentials are of no use to anybody");
    }

    private String uris(IceAudience audience) {
        return String.join(
                " ", ice.servers(audience).stream().map(IceServer::uri).toList());
    }

    @Test
    void aSharedSecretMakesUsersThatEnd() {
        SharedSecret secret = new SharedSecret("turn:turn.example.org", "north wind");
        Instant at = Instant.ofEpochSecond(1_700_000_000).minus(Duration.ofHours(2));
        TurnServer made = (TurnServer) secret.credentials(at).servers().getFirst();
        assertEquals("1700000000:notecast", made.username());
        assertEquals("/pZUQfl36HHpQpPwCCBZI5N96R4=", made.credential()); // by openssl dgst -sha1 -hmac
        assertEquals(Instant.ofEpochSecond(1_700_000_000), made.expiry());
        assertFalse(secret.toString().contains("north wind"));
        assertThrows(IllegalArgumentException.class, () -> new SharedSecret("stun:stun.example.org", "north wind"));
        assertThrows(IllegalArgumentException.class, () -> new SharedSecret("turn:turn.example.org", ""));
    }
}
