package dev.notecast.rtc.turn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.notecast.rtc.stun.StunAttribute.AlternateServer;
import dev.notecast.rtc.stun.StunAttribute.ChannelNumber;
import dev.notecast.rtc.stun.StunAttribute.Data;
import dev.notecast.rtc.stun.StunAttribute.Lifetime;
import dev.notecast.rtc.stun.StunAttribute.Nonce;
import dev.notecast.rtc.stun.StunAttribute.RequestedTransport;
import dev.notecast.rtc.stun.StunAttribute.XorPeerAddress;
import dev.notecast.rtc.stun.StunClass;
import dev.notecast.rtc.stun.StunMessage;
import dev.notecast.rtc.stun.StunWriter;
import dev.notecast.rtc.stun.TransactionId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnClientTest {
    private static final InetSocketAddress PEER = new InetSocketAddress("192.0.2.9", 1234);
    private static final InetAddress PEER_ADDRESS = PEER.getAddress();
    private static final Duration MOMENT = Duration.ofMillis(200);

    private TurnWorld world = new TurnWorld(false);

    @Test
    void asksWithoutCredentialsThenWithThose() {
        world.run(MOMENT);
        assertEquals(TurnWorld.RELAYED, world.relayed);
        List<StunMessage> asked = world.requests(StunMessage.ALLOCATE);
        assertEquals(2, asked.size());
        assertFalse(asked.getFirst().has(Nonce.class));
        assertTrue(asked.getFirst().has(RequestedTransport.class));
        assertTrue(asked.getLast().has(RequestedTransport.class));
    }

    @Test
    void sealsBySha256WhereTheServerOffersIt() {
        world.offersSha256 = true;
        world.run(MOMENT);
        assertEquals(TurnWorld.RELAYED, world.relayed);
    }

    @Test
    void asksNoMoreWhenTheListOfAlgorithmsWasTakenOutOnTheWay() {
        world.nonce = "obMatJos2gAAAx"; // says that there is a list
        world.run(MOMENT);
        assertNull(world.relayed);
        assertEquals(TurnFailure.Kind.WRONG_CREDENTIALS, world.ended.kind());
    }

    @Test
    void aWrongPasswordEndsItAtOnce() {
        world.password = "another";
        world.run(Duration.ofSeconds(60));
        assertEquals(TurnFailure.Kind.WRONG_CREDENTIALS, world.ended.kind());
        assertEquals(2, world.requests.size());
    }

    @ParameterizedTest
    @CsvSource({
        "400, NOT_TURN",
        "403, REFUSED",
        "437, MISMATCH",
        "440, REFUSED",
        "441, WRONG_CREDENTIALS",
        "442, REFUSED",
        "486, QUOTA",
        "500, BUSY",
        "508, BUSY"
    })
    void saysWhyThereIsNoAllocation(int code, TurnFailure.Kind kind) {
        world.errors.add(code);
        world.run(Duration.ofSeconds(60));
        assertEquals(kind, world.ended.kind());
        assertEquals(code, world.ended.code());
        assertEquals(2, world.requests.size());
    }

    @Test
    void saysWhichServerToAskInstead() {
        InetSocketAddress other = new InetSocketAddress("192.0.2.77", 3479);
        world.extra = new AlternateServer(other);
        world.errors.add(300);
        world.run(MOMENT);
        assertEquals(TurnFailure.Kind.REDIRECTED, world.ended.kind());
        assertEquals(other, world.ended.alternate());
    }

    @Test
    void resendsSevenTimesOverUdpAndOnceOverTcp() {
        world.silent = true;
        world.run(Duration.ofSeconds(39));
        assertEquals(7, world.requests.size());
        assertNull(world.ended);
        world.run(Duration.ofSeconds(1));
        assertEquals(TurnFailure.Kind.TIMEOUT, world.ended.kind());

        world = new TurnWorld(true);
        world.silent = true;
        world.run(Duration.ofSeconds(40));
        assertEquals(1, world.requests.size());
        assertEquals(TurnFailure.Kind.TIMEOUT, world.ended.kind());
    }

    @Test
    void prolongsTheAllocationAndTakesANewNonce() {
        world.run(Duration.ofSeconds(24));
        assertEquals(0, world.requests(StunMessage.REFRESH).size());
        world.nonce = "second";
        world.run(Duration.ofSeconds(2));
        assertEquals(2, world.requests(StunMessage.REFRESH).size(), "one with the old nonce, one with the new");
        world.run(Duration.ofSeconds(3600));
        assertNull(world.ended);
    }

    @Test
    void aShortLifetimeIsProlongedInTime() {
        world.lifetimeSeconds = 20;
        world.run(Duration.ofSeconds(300));
        assertNull(world.ended);
        assertTrue(world.requests(StunMessage.REFRESH).size() >= 15);
    }

    @Test
    void anAllocationThatIsNotProlongedEndsWithItsLifetime() {
        world.run(MOMENT);
        world.password = "expired";
        world.run(Duration.ofSeconds(560));
        assertEquals(TurnFailure.Kind.WRONG_CREDENTIALS, world.expiring.kind());
        assertNull(world.ended, "it stands until its lifetime is over");
        world.run(Duration.ofSeconds(50));
        assertEquals(TurnFailure.Kind.LOST, world.ended.kind());
    }

    @Test
    void anAllocationThatTheServerForgotIsLost() {
        world.run(MOMENT);
        world.errors.add(437);
        world.run(Duration.ofSeconds(26));
        assertEquals(TurnFailure.Kind.LOST, world.ended.kind());
    }

    @Test
    void anAllocationOfAServerThatFellSilentIsLost() {
        world.run(MOMENT);
        world.silent = true;
        world.run(Duration.ofSeconds(60));
        assertNull(world.ended);
        world.run(Duration.ofSeconds(6));
        assertEquals(TurnFailure.Kind.LOST, world.ended.kind());
    }

    @Test
    void whereNobodyListensAnyMoreTheAllocationIsSoonLost() {
        world.run(Duration.ofSeconds(2));
        world.silent = true;
        world.client.unreachable(world.nowNanos);
        world.run(Duration.ofMillis(1400));
        world.client.unreachable(world.nowNanos);
        assertNull(world.ended, "the server has had two chances to answer");
        world.run(MOMENT);
        world.client.unreachable(world.nowNanos);
        assertEquals(TurnFailure.Kind.LOST, world.ended.kind());
    }

    @Test
    void forgedNewsOfADeadServerCostARequestASecond() {
        world.run(MOMENT);
        for (int i = 0; i < 100; i++) {
            world.client.unreachable(world.nowNanos);
            world.run(Duration.ofMillis(100));
        }
        assertNull(world.ended);
        assertTrue(world.requests(StunMessage.REFRESH).size() <= 10);
    }

    @Test
    void permissionsAreRefreshedWhileSomebodyWantsThem() {
        world.run(MOMENT);
        assertTrue(world.client.permit(PEER_ADDRESS, world.nowNanos));
        assertTrue(world.client.permit(PEER_ADDRESS, world.nowNanos));
        world.run(Duration.ofSeconds(241));
        assertEquals(2, world.requests(StunMessage.CREATE_PERMISSION).size());
        world.client.forget(PEER_ADDRESS);
        world.run(Duration.ofSeconds(240));
        assertEquals(3, world.requests(StunMessage.CREATE_PERMISSION).size());
        world.client.forget(PEER_ADDRESS);
        world.run(Duration.ofSeconds(600));
        assertEquals(3, world.requests(StunMessage.CREATE_PERMISSION).size());
    }

    @Test
    void permissionsAskedForBeforeTheAllocationComeAfterIt() {
        world.client.permit(PEER_ADDRESS, world.nowNanos);
        world.run(MOMENT);
        StunMessage asked = world.requests(StunMessage.CREATE_PERMISSION).getFirst();
        assertEquals(
                PEER_ADDRESS,
                asked.attribute(XorPeerAddress.class).orElseThrow().address().getAddress());
    }

    @Test
    void aChannelStandsOnceItIsAnsweredAndKeepsItsNumber() {
        world.run(MOMENT);
        assertTrue(world.client.bind(PEER, world.nowNanos));
        assertEquals(0, world.client.channelTo(PEER, world.nowNanos));
        world.run(MOMENT);
        int number = world.client.channelTo(PEER, world.nowNanos);
        assertEquals(ChannelData.MIN_CHANNEL, number);
        assertEquals(PEER, world.client.peerOf(number));
        assertNull(world.client.peerOf(number + 1));
        assertNull(world.client.peerOf(0));
        world.run(Duration.ofSeconds(1200));
        assertEquals(number, world.client.channelTo(PEER, world.nowNanos), "it is refreshed");

        world.client.unbind(PEER);
        world.run(Duration.ofSeconds(600));
        assertEquals(0, world.client.channelTo(PEER, world.nowNanos));
        world.client.bind(PEER, world.nowNanos);
        InetSocketAddress other = new InetSocketAddress("192.0.2.9", 1235);
        world.client.bind(other, world.nowNanos);
        world.run(MOMENT);
        assertEquals(number, world.client.channelTo(PEER, world.nowNanos));
        assertEquals(number + 1, world.client.channelTo(other, world.nowNanos));
        StunMessage asked = world.requests(StunMessage.CHANNEL_BIND).getLast();
        assertEquals(
                number + 1, asked.attribute(ChannelNumber.class).orElseThrow().number());
    }

    @Test
    void takesAsManyPeersAsItSays() {
        world.run(MOMENT);
        for (int i = 0; i < TurnClient.MAX_PEERS; i++) {
            assertTrue(world.client.bind(new InetSocketAddress("192.0.2.9", 1000 + i), world.nowNanos));
        }
        assertFalse(world.client.bind(PEER, world.nowNanos));
        world.client.unbind(new InetSocketAddress("192.0.2.9", 1000));
        assertTrue(world.client.bind(PEER, world.nowNanos));
        assertEquals(TurnClient.MAX_PEERS, world.client.boundPeers());
    }

    @Test
    void datagramsGoByIndicationUntilThereIsAChannel() {
        world.run(MOMENT);
        world.client.indicate(new byte[] {9, 1, 2, 3, 9}, 1, 3, PEER);
        world.run(MOMENT);
        StunMessage sent = world.requests(StunMessage.SEND).getFirst();
        assertEquals(StunClass.INDICATION, sent.messageClass());
        assertEquals(PEER, sent.attribute(XorPeerAddress.class).orElseThrow().address());
        assertArrayEquals(
                new byte[] {1, 2, 3}, sent.attribute(Data.class).orElseThrow().bytes());
    }

    @Test
    void indicationsOfStrangersAreDropped() {
        world.run(MOMENT);
        var message = new StunMessage(
                StunClass.INDICATION,
                StunMessage.DATA,
                new TransactionId(1, 2),
                List.of(new XorPeerAddress(PEER), new Data(new byte[] {1})));
        byte[] bytes = StunWriter.write(message);
        world.client.receive(bytes, 0, bytes.length, world.nowNanos);
        assertEquals(0, world.received.size());
        world.client.permit(PEER_ADDRESS, world.nowNanos);
        world.client.receive(bytes, 0, bytes.length, world.nowNanos);
        assertEquals(1, world.received.size());
    }

    @Test
    void givesTheAllocationBack() {
        world.run(MOMENT);
        world.client.release();
        world.run(MOMENT);
        StunMessage last = world.requests(StunMessage.REFRESH).getLast();
        assertEquals(0, last.attribute(Lifetime.class).orElseThrow().seconds());
        int sent = world.requests.size();
        world.run(Duration.ofSeconds(1200));
        assertEquals(sent, world.requests.size());
    }

    @Test
    void answersThatAreNotSealedAreNotBelieved() {
        world.silent = true;
        world.run(MOMENT);
        TransactionId id = world.requests.getFirst().id();
        byte[] forged = StunWriter.write(new StunMessage(
                StunClass.SUCCESS,
                StunMessage.ALLOCATE,
                id,
                List.of(new dev.notecast.rtc.stun.StunAttribute.XorRelayedAddress(PEER))));
        world.client.receive(forged, 0, forged.length, world.nowNanos);
        assertNull(world.relayed);
        assertNull(world.ended);
        assertEquals(1, world.client.strange());
    }

    @FuzzTest(maxDuration = "30s")
    void noMessageBreaksIt(byte[] data) {
        TurnWorld fuzzed = new TurnWorld(false);
        fuzzed.run(MOMENT);
        assertNotNull(fuzzed.relayed);
        for (int length = data.length; length >= 0; length -= 1 + data.length / 50) {
            byte[] cut = Arrays.copyOf(data, length);
            fuzzed.client.receive(cut, 0, cut.length, fuzzed.nowNanos);
            new TurnFrames(2047, new TurnFrames.Receiver() {
                        @Override
                        public void stun(byte[] message) {
                            fuzzed.client.receive(message, 0, message.length, fuzzed.nowNanos);
                        }

                        @Override
                        public void channelData(int channel, byte[] datagram) {
                            fuzzed.client.peerOf(channel);
                        }
                    })
                    .read(cut, 0, cut.length);
        }
    }
}
