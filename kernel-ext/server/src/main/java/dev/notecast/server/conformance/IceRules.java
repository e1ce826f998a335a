package dev.notecast.server.conformance;

import static dev.notecast.server.conformance.Rule.present;
import static dev.notecast.server.conformance.Rule.require;

import dev.notecast.media.dtls.DtlsIdentity;
import dev.notecast.media.udp.LocalAddresses;
import dev.notecast.rtc.ice.Candidate;
import dev.notecast.rtc.ice.CandidateTransport;
import dev.notecast.rtc.ice.IceCredentials;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.sdp.LocalTransport;
import dev.notecast.rtc.sdp.Offers;
import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** ICE checks by hand, from a socket that does nothing else. */
final class IceRules {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final Duration SILENCE = Duration.ofMillis(500);
    private static final int RESEND_MILLIS = 100;
    private static final long PRIORITY = 1_853_824_767L; // of a peer-reflexive candidate (RFC 8445 §5.1.2.1)

    private final Scene scene;
    private final SecureRandom random = new SecureRandom();
    private final DtlsIdentity identity = DtlsIdentity.generate();

    IceRules(Scene scene) {
        this.scene = scene;
    }

    List<Rule> rules() {
        return List.of(
                rule("an ICE check is answered", "RFC 8445 §7.3.1", Level.MUST, peer -> {
                    StunPacket response = present(
                            peer.ask(peer.server.pwd(), DEADLINE),
                            "no answer came within " + DEADLINE.toSeconds() + " s");
                    require(
                            response.message().messageClass() == StunClass.SUCCESS,
                            "the answer is " + response.message().messageClass());
                    require(response.isAuthentic(bytes(peer.server.pwd())), "its MESSAGE-INTEGRITY does not fit");
                    InetSocketAddress seen = present(
                                    response.message().attribute(StunAttribute.XorMappedAddress.class),
                                    "it has no XOR-MAPPED-ADDRESS")
                            .address();
                    require(
                            !scene.target().isLoopback() || seen.getPort() == peer.socket.getLocalPort(),
                            "it names port " + seen.getPort() + ", not ours");
                    return "";
                }),
                rule("so are the checks of consent that follow", "RFC 7675 §5.1", Level.MUST, peer -> {
                    for (int i = 0; i < 3; i++) {
                        require(
                                peer.ask(peer.server.pwd(), DEADLINE).isPresent(),
                                "check " + (i + 1) + " of 3 was not");
                    }
                    return "";
                }),
                rule("a check with a wrong password gets no success", "RFC 8489 §9.1.3", Level.MUST, peer -> {
                    Optional<StunPacket> response =
                            peer.ask(IceCredentials.random(random).pwd(), SILENCE);
                    require(
                            response.isEmpty() || response.get().message().messageClass() != StunClass.SUCCESS,
                            "it got one");
                    return response.isEmpty() ? "no answer" : "an error";
                }),
                rule("the server checks too: full ICE", "RFC 9725 §4.4.5", Level.SHOULD, peer -> {
                    if (peer.answer.contains("a=ice-lite")) {
                        throw new Rule.NotAsked("it is ICE lite");
                    }
                    peer.ask(peer.server.pwd(), DEADLINE);
                    boolean checked = peer.next(
                                    DEADLINE,
                                    packet -> packet.message().messageClass() == StunClass.REQUEST
                                            && packet.isAuthentic(bytes(peer.own.pwd())))
                            .isPresent();
                    require(checked, "no check of its own came within " + DEADLINE.toSeconds() + " s");
                    return "";
                }));
    }

    private Rule rule(String name, String section, Level level, Function<Peer, String> check) {
        return new Rule(Side.WHIP, name, section, level, () -> {
            try (Peer peer = new Peer()) {
                return check.apply(peer);
            } catch (IOException e) {
                throw new UncheckedIOException("the check's socket failed", e);
            }
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One end of a session of which nothing but ICE happens. */
    private final class Peer implements AutoCloseable {
        private final IceCredentials own = IceCredentials.random(random);
        private final DatagramSocket socket = new DatagramSocket();
        private final String answer;
        private final URI location;
        private final IceCredentials server;
        private final InetSocketAddress remote;

        Peer() throws IOException {
            InetAddress address = scene.target().isLoopback()
                    ? InetAddress.getLoopbackAddress()
                    : LocalAddresses.forHostCandidates().getFirst();
            Candidate candidate = Candidate.host(
                    new InetSocketAddress(address, socket.getLocalPort()), CandidateTransport.UDP, 65_535);
            LocalTransport local = new LocalTransport(own, identity.fingerprint(), List.of(candidate));
            try {
                HttpResponse<String> response = scene.post(
                        Side.WHIP,
                        Offers.publish(Side.WHIP.codecs(), local, random).toString());
                answer = response.body();
                location = Answers.location(scene.target().whip(), response);
                server = new IceCredentials(line("ice-ufrag"), line("ice-pwd"));
                remote = reachable();
            } catch (RuntimeException e) {
                socket.close();
                throw e;
            }
        }

        private String line(String name) {
            Matcher matcher = Pattern.compile("(?m)^a=" + name + ":(\\S+)").matcher(answer);
            require(matcher.find(), "the answer has no a=" + name);
            return matcher.group(1);
        }

        /** The server's candidate on this machine, where it is; else the likeliest one. */
        private InetSocketAddress reachable() {
            List<InetSocketAddress> addresses = answer.lines()
                    .filter(line -> line.startsWith("a=candidate:"))
                    .map(line -> Candidate.parse(line.substring("a=".length())))
                    .<Candidate>mapMulti((parsed, out) -> {
                        if (parsed instanceof ParseResult.Ok<Candidate>(Candidate candidate)
                                && candidate.transport() == CandidateTransport.UDP) {
                            out.accept(candidate);
                        }
                    })
                    .flatMap(candidate -> candidate.socketAddress().stream())
                    .toList();
            require(!addresses.isEmpty(), "the answer has no UDP candidate");
            return addresses.stream()
                    .filter(each -> each.getAddress().isLoopbackAddress()
                            == scene.target().isLoopback())
                    .findFirst()
                    .orElse(addresses.getFirst());
        }

        /** Sends a check, again and again, and gives the answer to it. */
        Optional<StunPacket> ask(String password, Duration wait) {
            TransactionId id = TransactionId.random(random);
            byte[] check = StunWriter.write(
                    StunMessage.binding(
                            StunClass.REQUEST,
                            id,
                            new StunAttribute.Username(server.ufrag() + ":" + own.ufrag()),
                            new StunAttribute.Priority(PRIORITY),
                            new StunAttribute.IceControlling(1)),
                    bytes(password));
            long end = System.nanoTime() + wait.toNanos();
            while (System.nanoTime() < end) {
                send(check);
                Optional<StunPacket> response = next(
                        Duration.ofMillis(RESEND_MILLIS),
                        packet -> packet.message().id().equals(id));
                if (response.isPresent()) {
                    return response;
                }
            }
            return Optional.empty();
        }

        private void send(byte[] datagram) {
            try {
                socket.send(new DatagramPacket(datagram, datagram.length, remote));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot send to " + remote, e);
            }
        }

        /** The next STUN message like this. */
        Optional<StunPacket> next(Duration wait, Predicate<StunPacket> wanted) {
            long end = System.nanoTime() + wait.toNanos();
            for (long left = wait.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                DatagramPacket datagram = new DatagramPacket(new byte[2048], 2048);
                try {
                    socket.setSoTimeout((int) left);
                    socket.receive(datagram);
                } catch (SocketTimeoutException e) {
                    return Optional.empty();
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot receive from " + remote, e);
                }
                if (StunPacket.parse(datagram.getData(), 0, datagram.getLength())
                                instanceof ParseResult.Ok<StunPacket>(StunPacket packet)
                        && wanted.test(packet)) {
                    return Optional.of(packet);
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            socket.close();
            scene.http().delete(location);
        }
    }
}
