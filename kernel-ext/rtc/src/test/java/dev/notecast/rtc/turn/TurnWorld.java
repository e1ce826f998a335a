package dev.notecast.rtc.turn;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.Lifetime;
import dev.notecast.rtc.stun.StunAttribute.Nonce;
import dev.notecast.rtc.stun.StunAttribute.PasswordAlgorithm;
import dev.notecast.rtc.stun.StunAttribute.PasswordAlgorithms;
import dev.notecast.rtc.stun.StunAttribute.Realm;
import dev.notecast.rtc.stun.StunAttribute.Username;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunAttribute.XorRelayedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Random;

/** A client and a server that behaves as it is told, in a time of their own. */
final class TurnWorld implements TurnOutput {
    static final InetSocketAddress RELAYED = new InetSocketAddress("198.51.100.1", 50_000);
    static final InetSocketAddress MAPPED = new InetSocketAddress("203.0.113.7", 40_000);
    static final TurnCredentials CREDENTIALS = new TurnCredentials("user", "pass");
    private static final String REALM = "example.org";
    private static final Duration STEP = Duration.ofMillis(50);

    final TurnClient client;
    /** Every request that reached the server, and what it was. */
    final List<StunMessage> requests = new ArrayList<>();
    /** Errors to answer the next sealed requests with, 0 for none. */
    final Queue<Integer> errors = new ArrayDeque<>();

    final List<byte[]> received = new ArrayList<>();
    String nonce = "first";
    String password = "pass";
    boolean offersSha256;
    boolean silent;
    StunAttribute extra = new StunAttribute.UseCandidate(); // in error answers
    long lifetimeSeconds = 600;
    long nowNanos = 5;
    InetSocketAddress relayed;
    TurnFailure expiring;
    TurnFailure ended;

    private final Queue<byte[]> toServer = new ArrayDeque<>();

    TurnWorld(boolean reliable) {
        client = new TurnClient(CREDENTIALS, false, reliable, new Random(7), this);
        client.start(nowNanos);
    }

    /** Lets time pass; both sides do what they have to. */
    void run(Duration time) {
        long endNanos = nowNanos + time.toNanos();
        exchange();
        while (nowNanos - endNanos < 0) {
            nowNanos += STEP.toNanos();
            if (nowNanos - client.nextTimeoutNanos(nowNanos) >= 0) {
                client.tick(nowNanos);
            }
            exchange();
        }
    }

    List<StunMessage> requests(int method) {
        return requests.stream().filter(each -> each.method() == method).toList();
    }

    private void exchange() {
        for (byte[] bytes = toServer.poll(); bytes != null; bytes = toServer.poll()) {
            StunPacket packet = parse(bytes);
            requests.add(packet.message());
            if (!silent && packet.message().messageClass() == StunClass.REQUEST) {
                byte[] answer = answer(packet);
                client.receive(answer, 0, answer.length, nowNanos);
            }
        }
    }

    private byte[] answer(StunPacket packet) {
        StunMessage request = packet.message();
        boolean sealed = request.has(Username.class);
        if (!sealed || !isAuthentic(packet)) {
            return error(request, 401);
        }
        if (!request.attribute(Nonce.class).orElseThrow().value().equals(nonceText())) {
            return error(request, 438);
        }
        int code = errors.isEmpty() ? 0 : errors.poll();
        return code != 0 ? error(request, code) : success(request);
    }

    private String nonceText() {
        return offersSha256 ? "obMatJos2gAAA" + nonce : nonce;
    }

    private boolean isAuthentic(StunPacket packet) {
        var credentials = new TurnCredentials("user", password);
        return offersSha256
                ? packet.isAuthenticSha256(Authentication.key(credentials, REALM, PasswordAlgorithm.SHA_256))
                        && packet.message().attribute(PasswordAlgorithms.class).isPresent()
                : packet.isAuthentic(Authentication.key(credentials, REALM, PasswordAlgorithm.MD5));
    }

    private byte[] error(StunMessage request, int code) {
        List<StunAttribute> body = new ArrayList<>(
                List.of(new ErrorCode(code, "so it is"), new Realm(REALM), new Nonce(nonceText()), extra));
        if (offersSha256) {
            body.add(new PasswordAlgorithms(List.of(PasswordAlgorithm.SHA_256, PasswordAlgorithm.MD5)));
        }
        return StunWriter.write(new StunMessage(StunClass.ERROR, request.method(), request.id(), body));
    }

    private byte[] success(StunMessage request) {
        List<StunAttribute> body = new ArrayList<>();
        if (request.method() == StunMessage.ALLOCATE) {
            body.add(new XorRelayedAddress(RELAYED));
            body.add(new XorMappedAddress(MAPPED));
        }
        if (request.method() == StunMessage.ALLOCATE || request.method() == StunMessage.REFRESH) {
            body.add(new Lifetime(lifetimeSeconds));
        }
        var message = new StunMessage(StunClass.SUCCESS, request.method(), request.id(), body);
        var credentials = new TurnCredentials("user", password);
        return offersSha256
                ? StunWriter.writeSha256(message, Authentication.key(credentials, REALM, PasswordAlgorithm.SHA_256))
                : StunWriter.write(message, Authentication.key(credentials, REALM, PasswordAlgorithm.MD5));
    }

    static StunPacket parse(byte[] bytes) {
        return switch (StunPacket.parse(bytes, 0, bytes.length)) {
            case ParseResult.Ok<StunPacket>(StunPacket packet) -> packet;
            case ParseResult.Malformed<StunPacket>(String reason) -> throw new AssertionError(reason);
        };
    }

    @Override
    public void transmit(byte[] message) {
        toServer.add(Arrays.copyOf(message, message.length));
    }

    @Override
    public void allocated(InetSocketAddress address, InetSocketAddress mapped, Duration roundTrip) {
        relayed = address;
    }

    @Override
    public void relayed(InetSocketAddress peer, byte[] datagram) {
        received.add(datagram);
    }

    @Override
    public void expiring(TurnFailure failure) {
        expiring = failure;
    }

    @Override
    public void ended(TurnFailure failure) {
        ended = failure;
    }
}
