package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.fail;

import dev.notecast.rtc.io.LocalSocket;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunAttribute;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunPacket;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A peer made by hand, to send an agent what no agent of ours would send. */
final class RawPeer {
    static final LocalSocket BASE = LocalSocket.udp(new InetSocketAddress("0.0.0.0", 8189));

    final IceCredentials credentials;
    final IceCredentials agentCredentials;
    final IceAgent agent;
    private final Random random = new Random(7);
    long now = 0;

    RawPeer(IceRole agentRole) {
        credentials = IceCredentials.random(random);
        agentCredentials = IceCredentials.random(random);
        agent = new IceAgent(agentRole, agentCredentials, 1000, random);
        agent.addBase(BASE, 65_535, now);
        agent.setRemoteCredentials(credentials, now);
    }

    static InetSocketAddress address(int host) {
        return new InetSocketAddress("192.0.2." + host, 5000);
    }

    byte[] check(StunAttribute... attributes) {
        return request(agentCredentials.ufrag() + ":" + credentials.ufrag(), agentCredentials.pwd(), attributes);
    }

    byte[] request(String username, String pwd, StunAttribute... attributes) {
        List<StunAttribute> all = new ArrayList<>(List.of(attributes));
        all.add(new StunAttribute.Username(username));
        return StunWriter.write(
                new StunMessage(StunClass.REQUEST, StunMessage.BINDING, TransactionId.random(random), all),
                pwd.getBytes(StandardCharsets.US_ASCII));
    }

    boolean send(byte[] data, InetSocketAddress from) {
        return agent.receive(data, 0, data.length, BASE, from, now);
    }

    /** Everything the agent wants to send now. */
    List<Transmit> sent() {
        List<Transmit> all = new ArrayList<>();
        for (Transmit out = agent.pollTransmit(); out != null; out = agent.pollTransmit()) {
            all.add(out);
        }
        return all;
    }

    /** Answers all checks among what the agent wants to send now; gives how many there were. */
    int answerAll() {
        int count = 0;
        for (Transmit out : sent()) {
            StunMessage message = parsed(out).message();
            if (message.messageClass() == StunClass.REQUEST) {
                count++;
                send(success(message.id()), out.remote());
            }
        }
        return count;
    }

    byte[] success(TransactionId id) {
        return response(StunClass.SUCCESS, id, new XorMappedAddress(BASE.address()));
    }

    byte[] response(StunClass messageClass, TransactionId id, StunAttribute... attributes) {
        return StunWriter.write(
                StunMessage.binding(messageClass, id, attributes),
                credentials.pwd().getBytes(StandardCharsets.US_ASCII));
    }

    void advance(Duration time) {
        now += time.toNanos();
        agent.tick(now);
    }

    static StunPacket parsed(Transmit out) {
        return switch (StunPacket.parse(out.data(), 0, out.data().length)) {
            case ParseResult.Ok<StunPacket> ok -> ok.value();
            case ParseResult.Malformed<StunPacket> malformed -> fail(malformed.reason());
        };
    }

    static StunMessage message(Transmit out) {
        return parsed(out).message();
    }
}
