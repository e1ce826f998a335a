package dev.notecast.rtc.ice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.io.Transmit;
import dev.notecast.rtc.stun.StunAttribute.ErrorCode;
import dev.notecast.rtc.stun.StunAttribute.IceControlling;
import dev.notecast.rtc.stun.StunAttribute.Priority;
import dev.notecast.rtc.stun.StunAttribute.UnknownAttributes;
import dev.notecast.rtc.stun.StunAttribute.UseCandidate;
import dev.notecast.rtc.stun.StunAttribute.XorMappedAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What strangers and broken or hostile peers can do to an agent. */
class IceDefenceTest {
    private final RawPeer peer = new RawPeer(IceRole.CONTROLLED);

    @Test
    void dropsRequestsThatAreNotForItOrNotSealed() {
        String username = peer.agentCredentials.ufrag() + ":" + peer.credentials.ufrag();
        String pwd = peer.agentCredentials.pwd();
        byte[][] wrong = {
            peer.request(username, peer.credentials.pwd()),
            peer.request("else:" + peer.credentials.ufrag(), pwd),
            peer.request(peer.agentCredentials.ufrag() + ":else", pwd),
            peer.request(peer.agentCredentials.ufrag(), pwd),
            peer.request(username, ""),
        };
        for (byte[] request : wrong) {
            assertFalse(peer.send(request, RawPeer.address(1)), "taken for the peer's");
        }
        assertEquals(wrong.length, peer.agent.counters().unauthenticated());
        assertEquals(List.of(), peer.sent(), "answers to a stranger");
    }

    @Test
    void takesResponsesOnlyFromWhereItSentTheCheck() {
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        TransactionId id = RawPeer.message(peer.sent().getFirst()).id();
        assertFalse(peer.send(peer.success(id), RawPeer.address(2)), "taken from elsewhere");
        assertFalse(peer.send(peer.success(new TransactionId(1, 2)), RawPeer.address(1)), "taken unasked");
        assertEquals(2, peer.agent.counters().unmatched());
        assertTrue(peer.send(peer.success(id), RawPeer.address(1)), "refused from where it was asked");
        assertFalse(peer.send(peer.success(id), RawPeer.address(1)), "taken twice");
    }

    @Test
    void dropsForgedAndIncompleteResponses() {
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        TransactionId id = RawPeer.message(peer.sent().getFirst()).id();
        byte[] forged = peer.success(id);
        forged[forged.length - 15] ^= 1; // in the integrity, and the fingerprint cut off
        byte[] noFingerprint = Arrays.copyOf(forged, forged.length - 8);
        noFingerprint[3] -= 8;
        assertFalse(peer.send(noFingerprint, RawPeer.address(1)), "a forged response passed");
        assertEquals(1, peer.agent.counters().unauthenticated());
        assertFalse(
                peer.send(
                        peer.response(StunClass.ERROR, id, new XorMappedAddress(RawPeer.BASE.address())),
                        RawPeer.address(1)),
                "an error without a code");
        assertEquals(1, peer.agent.counters().malformed());
        assertTrue(peer.send(peer.success(id), RawPeer.address(1)), "the true response came too late");
    }

    @Test
    void takesASuccessWithoutAMappedAddressAsFfmpegSendsIt() {
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        TransactionId id = RawPeer.message(peer.sent().getFirst()).id();
        assertTrue(peer.send(peer.response(StunClass.SUCCESS, id), RawPeer.address(1)), "refused");
    }

    @Test
    void saysWhichAttributesItDoesNotUnderstand() {
        byte[] request = peer.check(new Priority(1));
        // PRIORITY, the first attribute, becomes an unknown one, and the message is sealed again
        byte[] unknown = Resealed.withType(request, 0x7ABC, peer.agentCredentials.pwd());
        assertTrue(peer.send(unknown, RawPeer.address(1)), "it is the peer's all the same");
        List<Transmit> sent = peer.sent();
        assertEquals(1, sent.size(), "only an answer, no check");
        StunMessage answer = RawPeer.message(sent.getFirst());
        assertEquals(420, answer.attribute(ErrorCode.class).orElseThrow().code());
        assertEquals(
                List.of(0x7ABC),
                answer.attribute(UnknownAttributes.class).orElseThrow().types());
    }

    @Test
    void boundsAPeerThatRefusesEveryRole() {
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        int checks = 0;
        for (List<Transmit> sent = peer.sent(); !sent.isEmpty() && checks < 100; sent = peer.sent()) {
            for (Transmit out : sent) {
                checks++;
                TransactionId id = RawPeer.message(out).id();
                peer.send(peer.response(StunClass.ERROR, id, new ErrorCode(487, "Role Conflict")), RawPeer.address(1));
            }
        }
        assertTrue(checks <= 4, checks + " checks in a row");
    }

    @Test
    void sendsAPeerNoMoreThanTwiceWhatItGets() {
        int received = 0;
        for (int i = 0; i < 5000; i++) {
            peer.send(peer.check(new IceControlling(5), new UseCandidate()), RawPeer.address(1 + i % 250));
            received++;
            peer.now += 1000;
        }
        int sent = peer.sent().size();
        assertTrue(sent <= 2 * received, sent + " packets for " + received);
        assertTrue(peer.agent.counters().outputDropped() > 0, "output that nobody fetches is bounded");
    }

    @Test
    void keepsTheSelectedPairWhenAddressesFlood() {
        peer.send(peer.check(new IceControlling(5), new UseCandidate(), new Priority(9)), RawPeer.address(1));
        peer.answerAll();
        for (int i = 0; i < 1000; i++) {
            peer.send(
                    peer.check(new IceControlling(5), new Priority(1)),
                    new InetSocketAddress("198.51.100.1", 1000 + i));
            peer.sent();
        }
        assertEquals(RawPeer.address(1), peer.agent.selectedRemote().orElseThrow());
        peer.advance(Duration.ofSeconds(6));
        assertTrue(peer.sent().stream().anyMatch(out -> out.remote().equals(RawPeer.address(1))), "no consent check");
    }

    @Test
    void ignoresCandidatesThatLeadNowhere() {
        String[] useless = {
            "1 1 udp 1 5c2f1f2e-0000-4000-8000-000000000000.local 5 typ host",
            "1 1 tcp 1 192.0.2.1 9 typ host tcptype active",
            "1 2 udp 1 192.0.2.1 5 typ host",
            "1 1 udp 1 192.0.2.1 0 typ host",
            "1 1 udp 1 0.0.0.0 5 typ host",
            "1 1 udp 1 224.0.0.1 5 typ host",
            "1 1 udp 1 fe80::1 5 typ host",
        };
        for (String line : useless) {
            var candidate = ((ParseResult.Ok<Candidate>) Candidate.parse(line)).value();
            assertFalse(peer.agent.addRemoteCandidate(candidate, peer.now), line);
        }
        assertEquals(useless.length, peer.agent.counters().candidatesIgnored());
        assertEquals(List.of(), peer.sent());
    }

    @Test
    void takesABoundedNumberOfCandidates() {
        for (int i = 0; i < 100; i++) {
            peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2." + i + ":5000", i), peer.now);
        }
        assertEquals(68, peer.agent.counters().candidatesIgnored());
        int sent = 0;
        for (int i = 0; i < 1000; i++) {
            peer.advance(Duration.ofMillis(20));
            sent += peer.sent().size();
        }
        assertEquals(32 * 9, sent);
    }

    @Test
    void refusesSecondCredentials() {
        assertThrows(IllegalStateException.class, () -> peer.agent.setRemoteCredentials(peer.credentials, peer.now));
    }

    @Test
    void survivesMutatedMessages() {
        Random random = new Random(42);
        peer.agent.addRemoteCandidate(IceNetwork.candidate("192.0.2.1:5000", 1), peer.now);
        byte[] check = peer.check(new IceControlling(5), new UseCandidate(), new Priority(9));
        byte[] answer = peer.success(RawPeer.message(peer.sent().getFirst()).id());
        for (int i = 0; i < 20_000; i++) {
            byte[] data = (random.nextBoolean() ? check : answer).clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                data[random.nextInt(data.length)] = (byte) random.nextInt();
            }
            int length = random.nextInt(4) == 0 ? random.nextInt(data.length + 1) : data.length;
            peer.agent.receive(data, 0, length, RawPeer.BASE, RawPeer.address(1 + random.nextInt(3)), peer.now);
            peer.sent();
        }
        assertTrue(
                peer.agent.counters().malformed() > 15_000,
                peer.agent.counters().toString());
        assertTrue(peer.send(check, RawPeer.address(1)), "the agent is out of order");
    }

    @FuzzTest
    void neverThrows(byte[] data) {
        RawPeer fuzzed = new RawPeer(IceRole.CONTROLLING);
        fuzzed.agent.receive(data, 0, data.length, RawPeer.BASE, RawPeer.address(1), 0);
    }
}
