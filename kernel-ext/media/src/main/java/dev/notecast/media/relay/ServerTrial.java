package dev.notecast.media.relay;

import dev.notecast.media.udp.UdpLoop;
import dev.notecast.rtc.turn.TurnFailure;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** Tries one TURN server from end to end: two allocations, and a packet from one to the other and back. Blocks. */
final class ServerTrial {
    private static final long ALLOCATION_SECONDS = 20; // an attempt gives up by itself, if the loop has time for it
    private static final long ECHO_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long RESEND_MILLIS = 200;
    private static final int MAX_HOPS = 3;

    /** An allocation, or why there is none. */
    private record Outcome(Relay relay, TurnFailure failure, String problem) {}

    private final UdpLoop loop;
    private final Supplier<SSLContext> tls;
    private final SecureRandom random;

    ServerTrial(UdpLoop loop, Supplier<SSLContext> tls, SecureRandom random) {
        this.loop = loop;
        this.tls = tls;
        this.random = random;
    }

    TrialResult run(TurnServer server) {
        long startNanos = System.nanoTime();
        Outcome near = allocate(server);
        if (near.relay() == null) {
            return failed(server, near.problem());
        }
        Duration ready = Duration.ofNanos(System.nanoTime() - startNanos);
        List<String> candidates =
                List.of("relay " + IceServers.text(near.relay().local().address()));
        Outcome far = allocate(server);
        try {
            if (far.relay() == null) {
                return new TrialResult(
                        server,
                        true,
                        ready,
                        Duration.ZERO,
                        candidates,
                        "it gave one allocation but not the second one that a packet was to go to: " + far.problem());
            }
            Duration roundTrip = echo(near.relay(), far.relay());
            if (roundTrip == null) {
                String problem = server.uri() + ": it gives allocations but carries nothing between them: its owner "
                        + "has to allow its own addresses as peers, or to open its relay ports in the firewall";
                return new TrialResult(server, false, ready, Duration.ZERO, candidates, problem);
            }
            String problem = server.port() == 53 ? Problems.port53(server) : "";
            return new TrialResult(server, true, ready, roundTrip, candidates, problem);
        } finally {
            near.relay().close();
            if (far.relay() != null) {
                far.relay().close();
            }
        }
    }

    private static TrialResult failed(TurnServer server, String problem) {
        return new TrialResult(server, false, Duration.ZERO, Duration.ZERO, List.of(), problem);
    }

    private Outcome allocate(TurnServer server) {
        List<InetAddress> addresses = Resolver.resolve(server.host());
        if (addresses.isEmpty()) {
            return new Outcome(null, null, Problems.unknownHost(server));
        }
        InetSocketAddress address = new InetSocketAddress(addresses.getFirst(), server.port());
        Outcome outcome = allocate(server, address);
        for (int hops = 0; hops < MAX_HOPS && outcome.failure() != null; hops++) {
            switch (outcome.failure().kind()) {
                case REDIRECTED -> address = outcome.failure().alternate();
                case MISMATCH -> {}
                default -> {
                    return outcome;
                }
            }
            outcome = allocate(server, address);
        }
        return outcome;
    }

    private Outcome allocate(TurnServer server, InetSocketAddress address) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        boolean ipv6 = address.getAddress() instanceof Inet6Address;
        Relay relay = new Relay(server, ipv6, loop, 0, datagram -> null, random, new Relay.Owner() {
            @Override
            public void allocated(Relay allocated) {
                outcome.complete(new Outcome(allocated, null, ""));
            }

            @Override
            public void expiring(Relay expiring, TurnFailure failure) {
                // it is over before that
            }

            @Override
            public void ended(Relay ended, TurnFailure failure, Throwable cause) {
                String problem = Problems.turn(server, failure, cause, ended.answersBinding());
                outcome.complete(new Outcome(null, failure, problem));
            }
        });
        SSLContext context = server.transport() == TurnTransport.TLS ? tls.get() : null;
        loop.execute(() -> relay.open(address, context));
        try {
            return outcome.get(ALLOCATION_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // told below: the loop has other work
        }
        relay.close();
        return new Outcome(
                null,
                null,
                server.uri() + ": the test was broken off, since this machine has too much to do: try it again");
    }

    /** Null when nothing came back. */
    private Duration echo(Relay near, Relay far) {
        InetSocketAddress nearAddress = near.local().address();
        InetSocketAddress farAddress = far.local().address();
        byte[] packet = new byte[64];
        random.nextBytes(packet);
        packet[0] = (byte) 0x80; // looks like media: goes to whom the peer belongs
        CompletableFuture<Long> back = new CompletableFuture<>();
        RelayUser asking = new EndUser() {
            @Override
            public void received(Relay relay, byte[] datagram, InetSocketAddress peer, long arrivalNanos) {
                back.complete(arrivalNanos);
            }
        };
        RelayUser answering = new EndUser() {
            @Override
            public void received(Relay relay, byte[] datagram, InetSocketAddress peer, long arrivalNanos) {
                relay.send(datagram, 0, datagram.length, peer);
            }
        };
        near.permit(List.of(farAddress.getAddress()));
        far.permit(List.of(nearAddress.getAddress()));
        near.claim(farAddress, asking);
        far.claim(nearAddress, answering);
        long deadlineNanos = System.nanoTime() + ECHO_NANOS;
        while (System.nanoTime() - deadlineNanos < 0) {
            long sentNanos = System.nanoTime();
            loop.execute(() -> near.send(packet, 0, packet.length, farAddress));
            try {
                return Duration.ofNanos(back.get(RESEND_MILLIS, TimeUnit.MILLISECONDS) - sentNanos);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return null;
            } catch (ExecutionException | TimeoutException e) {
                // once more: the permission may have come too late for it
            }
        }
        return null;
    }

    /** One end of the way. */
    private abstract class EndUser implements RelayUser {
        @Override
        public UdpLoop loop() {
            return loop;
        }

        @Override
        public void ended(Relay relay) {
            // the other end waits in vain
        }
    }
}
