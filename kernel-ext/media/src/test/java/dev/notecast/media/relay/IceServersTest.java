package dev.notecast.media.relay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.media.relay.IceServerStatus.State;
import dev.notecast.media.udp.PacketHandler;
import dev.notecast.media.udp.UdpLoop;
import dev.notecast.media.udp.UdpLoops;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real TURN servers on loopback. */
class IceServersTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String SECRET = "shared";

    @TempDir
    static Path folder;

    @TempDir
    static Path strictFolder;

    private static Coturn coturn;
    private static Coturn strict; // credentials with a time in them, nonces and allocations that do not last

    private final UdpLoops loops = UdpLoops.bind(0, 1);
    private final IceServers servers = new IceServers(loops, datagram -> null);

    IceServersTest() {
        UdpLoop loop = loops.all().getFirst();
        loop.start(new PacketHandler() {
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

    @BeforeAll
    static void startCoturn() {
        coturn = Coturn.start(folder);
        strict = Coturn.start(
                strictFolder,
                "use-auth-secret",
                "static-auth-secret=" + SECRET,
                "stale-nonce=2",
                "max-allocate-lifetime=4");
    }

    @AfterAll
    static void stopCoturn() {
        for (Coturn each : new Coturn[] {coturn, strict}) {
            if (each != null) {
                each.close();
            }
        }
    }

    @AfterEach
    void close() {
        servers.close();
        loops.close();
    }

    @ParameterizedTest
    @EnumSource
    void aTestSendsAPacketThroughTheRelayAndBack(TurnTransport transport) {
        servers.trust(coturn.trusted());
        TrialResult result = servers.test(coturn.server(transport));
        assertTrue(result.works(), result::problem);
        assertEquals("", result.problem());
        assertTrue(result.roundTrip().isPositive());
        assertTrue(result.candidates().getFirst().startsWith("relay 127.0.0.1:"), result::toString);
        System.out.println("relay over " + transport + ": ready after "
                + result.ready().toMillis() + " ms, there and back "
                + result.roundTrip().toNanos() / 1000 + " us");
    }

    @Test
    void aStunServerTellsTheMediaPortsAddress() {
        servers.replace(List.of(coturn.stun()));
        Await.until("the mapping", DEADLINE, () -> state(0) == State.READY);
        InetSocketAddress self = new InetSocketAddress("127.0.0.1", loops.port());
        assertEquals(List.of(self), servers.ready().mapped());
        assertEquals(
                List.of("srflx 127.0.0.1:" + loops.port()),
                servers.status().getFirst().candidates());
        assertTrue(servers.test(coturn.stun()).works());
    }

    @Test
    void anAnswerDoesNotWaitForADeadServer() throws IOException {
        try (DatagramSocket blackHole = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            TurnServer dead =
                    new TurnServer("127.0.0.1", blackHole.getLocalPort(), TurnTransport.UDP, "u", "p", Instant.MAX);
            TurnServer live = coturn.server(TurnTransport.UDP);
            servers.replace(List.of(live));
            Await.until("the live one", DEADLINE, () -> state(0) == State.READY);
            servers.replace(List.of(dead, live));
            long startNanos = System.nanoTime();
            IceServers.Ready ready = servers.ready(Duration.ofMillis(300));
            long tookMillis = (System.nanoTime() - startNanos) / 1_000_000;
            assertEquals(1, ready.relays().size());
            System.out.println("beside a dead server: an answer waits " + tookMillis + " ms");
            assertTrue(tookMillis < 2_000, () -> "waited " + tookMillis + " ms"); // the dead one is given 8 s
        }
    }

    @Test
    void saysThatThePasswordIsWrong() {
        fails(coturn.server(TurnTransport.UDP, Coturn.USER, "nonsense"), "user name or password is wrong (401");
    }

    @Test
    void saysThatTheCredentialHasExpired() {
        TurnServer old = credential(Instant.now().minusSeconds(100));
        fails(old, "the credential has expired");
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (ServerSocket taken = new ServerSocket(0)) {
            port = taken.getLocalPort();
        }
        fails(new TurnServer("127.0.0.1", port, TurnTransport.TCP, "u", "sesame", Instant.MAX), "nothing listens");
    }

    @Test
    void saysThatThereIsNoSuchHost() {
        fails(new TurnServer("turn.invalid", 3478, TurnTransport.UDP, "u", "sesame", Instant.MAX), "no such host");
    }

    @Test
    void saysWhatIsWrongWithACertificate() throws GeneralSecurityException {
        servers.trust(SSLContext.getDefault());
        fails(coturn.server(TurnTransport.TLS), "not signed by anybody we trust");
        servers.trust(coturn.trusted());
        TurnServer byAddress = coturn.server(TurnTransport.TLS);
        fails(
                new TurnServer(
                        "127.0.0.1", byAddress.port(), TurnTransport.TLS, Coturn.USER, Coturn.PASSWORD, Instant.MAX),
                "its certificate is for another host than '127.0.0.1'");
    }

    @Test
    void saysWhatMayBeWrongWithASilentServer(@TempDir Path stunFolder) throws IOException {
        try (Coturn stunOnly = Coturn.start(stunFolder, "stun-only");
                DatagramSocket blackHole = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            servers.replace(List.of(
                    new TurnServer("127.0.0.1", blackHole.getLocalPort(), TurnTransport.UDP, "u", "p", Instant.MAX),
                    stunOnly.server(TurnTransport.UDP)));
            Await.until("both failures", DEADLINE, () -> state(0) == State.FAILED && state(1) == State.FAILED);
            assertTrue(problem(0).contains("firewall drops UDP"), () -> problem(0));
            assertTrue(problem(1).contains("write it as stun:"), () -> problem(1));
        }
    }

    @Test
    void saysThatAUserHasAllItMay(@TempDir Path otherFolder) {
        try (Coturn other = Coturn.start(otherFolder, "user-quota=1")) {
            hasNoMoreThanOne(other, "all the allocations it may have (486");
        }
    }

    @Test
    void saysThatTheServerIsFull(@TempDir Path otherFolder) {
        try (Coturn other = Coturn.start(otherFolder, "min-port=49200", "max-port=49201")) {
            hasNoMoreThanOne(other, "the server is full or has a problem (508");
        }
    }

    private void hasNoMoreThanOne(Coturn other, String problem) {
        TurnServer server = other.server(TurnTransport.UDP);
        servers.replace(List.of(server));
        Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
        TrialResult result = servers.test(server); // takes two more
        assertTrue(result.problem().contains(problem), result::problem);
        assertEquals(State.READY, state(0), "what stands goes on");
    }

    @Test
    void takesAnotherAllocationFromAServerThatWasStartedAgain(@TempDir Path otherFolder) {
        Coturn first = Coturn.start(otherFolder);
        try (first) {
            servers.replace(List.of(first.server(TurnTransport.UDP)));
            Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
        }
        Relay relay = servers.ready().relays().getFirst();
        Await.until("the loss", DEADLINE, () -> {
            relay.permit(List.of(InetAddress.getLoopbackAddress())); // sends a request into the void
            relay.forget(List.of(InetAddress.getLoopbackAddress()));
            return problem(0).contains("nothing listens on this port");
        });
        try (Coturn second = first.startAgain()) {
            Await.until("another allocation", DEADLINE, () -> state(0) == State.READY);
            assertTrue(second.log().contains("ALLOCATE processed, success"), second::log);
            assertEquals("", problem(0));
        }
    }

    private void fails(TurnServer server, String problem) {
        servers.replace(List.of(server));
        Await.until("the failure", DEADLINE, () -> state(0) == State.FAILED);
        assertTrue(problem(0).contains(problem), () -> problem(0));
        assertTrue(problem(0).startsWith(server.uri()), () -> problem(0));
        assertFalse(problem(0).contains(server.credential()), () -> problem(0));
        assertTrue(servers.ready(Duration.ofMillis(300)).relays().isEmpty());
    }

    /** Allocations of this server stand for four seconds, its nonces for two. */
    @Test
    void anAllocationOutlivesItsLifetimeItsNonceAndItsCredential() {
        Instant expiry = Instant.now().plusSeconds(5);
        servers.replace(List.of(credential(expiry)));
        Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
        String relay = servers.status().getFirst().candidates().getFirst();
        assertEquals("", problem(0));
        Await.until("three refreshes", DEADLINE, () -> count("REFRESH processed, success") >= 3);
        assertEquals(List.of(relay), servers.status().getFirst().candidates(), "it is another allocation");
        assertTrue(count("error 438") > 0, strict::log);
        Await.until("the warning", DEADLINE, () -> problem(0).contains("the credential has expired"));
        assertEquals(State.READY, state(0), "what stands goes on");
        TrialResult again = servers.test(credential(expiry));
        assertFalse(again.works());
        assertTrue(again.problem().contains("the credential has expired"), again::problem);
    }

    private static long count(String words) {
        return strict.log().lines().filter(line -> line.contains(words)).count();
    }

    @Test
    void whatStaysInTheListKeepsWhatItGave() {
        servers.replace(List.of(coturn.server(TurnTransport.UDP)));
        Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
        List<Relay> before = servers.ready().relays();
        servers.replace(List.of(coturn.stun(), coturn.server(TurnTransport.UDP)));
        assertEquals(before, servers.ready().relays());
        servers.replace(List.of());
        assertTrue(servers.ready(Duration.ofMillis(300)).relays().isEmpty());
        Await.until(
                "the allocation to be given back", DEADLINE, () -> coturn.log().contains("lifetime=0"));
    }

    @Test
    void whoUsesARelayKeepsItWhenTheCredentialIsRenewed() throws IOException {
        servers.replace(List.of(credential(Instant.now().plusSeconds(600))));
        Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
        Relay old = servers.ready().relays().getFirst();
        AtomicBoolean ended = new AtomicBoolean();
        try (DatagramSocket peer = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(peer.getLocalAddress(), peer.getLocalPort());
            old.permit(List.of(peer.getLocalAddress()));
            old.claim(address, new RelayUser() {
                @Override
                public UdpLoop loop() {
                    return loops.all().getFirst();
                }

                @Override
                public void received(Relay relay, byte[] datagram, InetSocketAddress from, long arrivalNanos) {
                    // the peer only listens
                }

                @Override
                public void ended(Relay relay) {
                    ended.set(true);
                }
            });
            servers.replace(List.of(credential(Instant.now().plusSeconds(1200))));
            Await.until("another allocation", DEADLINE, () -> servers.ready().relays().stream()
                    .anyMatch(relay -> relay != old));
            assertFalse(servers.ready().relays().contains(old), "new sessions take the new one");
            peer.setSoTimeout(100);
            Await.until("a datagram by the old one", DEADLINE, () -> arrives(old, address, peer));
            assertFalse(ended.get());
            servers.replace(List.of());
            Await.until("the old one to be given back", DEADLINE, ended::get);
        }
    }

    private boolean arrives(Relay relay, InetSocketAddress address, DatagramSocket peer) {
        byte[] packet = {(byte) 0x80, 1, 2, 3};
        loops.all().getFirst().execute(() -> relay.send(packet, 0, packet.length, address));
        try {
            peer.receive(new DatagramPacket(new byte[100], 100));
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    @Test
    void theNextAllocationIsReadyBeforeTheFirstIsFull() {
        servers.replace(List.of(coturn.server(TurnTransport.UDP)));
        Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
        Relay first = servers.ready().relays().getFirst();
        RelayUser user = new RelayUser() {
            @Override
            public UdpLoop loop() {
                return loops.all().getFirst();
            }

            @Override
            public void received(Relay relay, byte[] datagram, InetSocketAddress peer, long arrivalNanos) {
                // nobody sends anything
            }

            @Override
            public void ended(Relay relay) {
                // the test ends with it
            }
        };
        for (int i = 0; i < 48; i++) {
            assertEquals(first, servers.ready().relays().getFirst());
            first.claim(new InetSocketAddress("127.0.0.1", 20_000 + i), user);
        }
        Await.until("the next one", DEADLINE, () -> servers.ready().relays().getFirst() != first);
        assertEquals(2, servers.status().getFirst().candidates().size());
        assertEquals(48, servers.status().getFirst().peers());
    }

    @Test
    void anAllocationByIpv6IsReachedByIpv6(@TempDir Path otherFolder) {
        try (Coturn other = Coturn.start(otherFolder, "listening-ip=::1", "relay-ip=::1")) {
            TurnServer four = other.server(TurnTransport.UDP);
            TurnServer six = new TurnServer(
                    "::1", four.port(), TurnTransport.UDP, four.username(), four.credential(), Instant.MAX);
            TrialResult result = servers.test(six);
            assertTrue(result.works(), result::problem);
            assertTrue(result.candidates().getFirst().startsWith("relay [0:0:0:0:0:0:0:1]:"), result::toString);
        }
    }

    @Test
    void goesWhereTheServerSendsIt(@TempDir Path otherFolder) {
        try (Coturn other = Coturn.start(
                otherFolder, "alternate-server=127.0.0.1:" + coturn.stun().port())) {
            servers.replace(List.of(other.server(TurnTransport.UDP)));
            Await.until("an allocation", DEADLINE, () -> state(0) == State.READY);
            assertTrue(servers.test(other.server(TurnTransport.UDP)).works());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stun:stun.example.com, stun:stun.example.com:3478",
        "STUN:stun.example.com:19302, stun:stun.example.com:19302",
        "turn:turn.example.com, turn:turn.example.com:3478?transport=udp",
        "turn:turn.example.com:80?transport=tcp, turn:turn.example.com:80?transport=tcp",
        "turns:turn.example.com, turns:turn.example.com:5349?transport=tcp",
        "turns:[2001:db8::7]:443?transport=tcp, turns:[2001:db8::7]:443?transport=tcp"
    })
    void readsUris(String uri, String normal) {
        assertEquals(normal, IceServer.parse(uri, "u", "p", Instant.MAX).uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "turn",
                "http://x",
                "turn://x",
                "turn:",
                "turn:x:0",
                "turn:x:70000",
                "turn:x:y",
                "turn:x y",
                "turn:x?transport=sctp",
                "turns:x?transport=udp",
                "stuns:x",
                "turn:[::1",
                "tur?n:x",
                "?:",
                "turn::5"
            })
    void refusesWhatIsNoServer(String uri) {
        assertThrows(IllegalArgumentException.class, () -> IceServer.parse(uri, "u", "p", Instant.MAX));
    }

    private State state(int server) {
        return servers.status().get(server).state();
    }

    private String problem(int server) {
        return servers.status().get(server).problem();
    }

    /** As coturn's REST API makes them: the time is the user name. */
    private static TurnServer credential(Instant expiry) {
        String user = expiry.getEpochSecond() + ":somebody";
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            String password = Base64.getEncoder().encodeToString(mac.doFinal(user.getBytes(StandardCharsets.UTF_8)));
            TurnServer plain = strict.server(TurnTransport.UDP, user, password);
            return new TurnServer(plain.host(), plain.port(), plain.transport(), user, password, expiry);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
