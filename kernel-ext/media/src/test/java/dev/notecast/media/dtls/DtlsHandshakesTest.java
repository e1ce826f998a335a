package dev.notecast.media.dtls;

import static dev.notecast.media.dtls.Pair.within;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.media.Await;
import dev.notecast.rtc.dtls.DtlsRole;
import dev.notecast.rtc.dtls.Fingerprint;
import dev.notecast.rtc.srtp.SrtpKeys;
import dev.notecast.rtc.srtp.SrtpProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DtlsHandshakesTest {
    private static final long SOON_MILLIS = 5_000; // far more than a handshake takes, for a busy machine

    private static DtlsIdentity identity;
    private static DtlsHandshakes handshakes;

    @BeforeAll
    static void warmUp() {
        identity = DtlsIdentity.generate();
        handshakes = new DtlsHandshakes(identity);
        handshakes.warmUp();
    }

    @AfterAll
    static void close() {
        handshakes.close();
    }

    private static Pair faithfulPair() {
        return new Pair(handshakes, identity, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL));
    }

    private static SrtpKeys assertSameKeys(Pair pair) throws Exception {
        SrtpKeys server = within(SOON_MILLIS, pair.serverOutcome.keys);
        SrtpKeys client = within(SOON_MILLIS, pair.clientOutcome.keys);
        assertEquals(server.profile(), client.profile());
        assertArrayEquals(server.clientKey(), client.clientKey());
        assertArrayEquals(server.clientSalt(), client.clientSalt());
        assertArrayEquals(server.serverKey(), client.serverKey());
        assertArrayEquals(server.serverSalt(), client.serverSalt());
        return server;
    }

    @Test
    void bothSidesExportTheSameKeysUnderGcm() throws Exception {
        try (Pair pair = faithfulPair()) {
            assertEquals(SrtpProfile.AEAD_AES_128_GCM, assertSameKeys(pair).profile());
        }
    }

    @Test
    void serverTakesTheSecondProfileFromAClientThatOffersNoOther() throws Exception {
        Fingerprint own = identity.fingerprint();
        List<SrtpProfile> old = List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        try (Pair pair = new Pair(handshakes, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL), own, own, old)) {
            assertEquals(
                    SrtpProfile.AES128_CM_HMAC_SHA1_80, assertSameKeys(pair).profile());
        }
    }

    @Test
    void clientOffersTheSecondProfileToAServerThatKnowsNoOther() throws Exception {
        Fingerprint own = identity.fingerprint();
        List<SrtpProfile> old = List.of(SrtpProfile.AES128_CM_HMAC_SHA1_80);
        List<SrtpProfile> usual = DtlsHandshakes.ALL_PROFILES;
        try (Pair pair = new Pair(handshakes, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL), own, own, old, usual)) {
            assertEquals(
                    SrtpProfile.AES128_CM_HMAC_SHA1_80, assertSameKeys(pair).profile());
        }
    }

    @Test
    void noDatagramIsLongerThan1200Bytes() throws Exception {
        try (Pair pair = faithfulPair()) {
            assertSameKeys(pair);
            for (byte[] datagram : pair.toClient.sent()) {
                assertTrue(datagram.length <= 1200, "sent " + datagram.length + " bytes");
            }
        }
    }

    @Test
    void handshakesFinishOverNetworksThatLoseReorderAndDuplicate() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int seed = 1; seed <= 24; seed++) {
            pairs.add(new Pair(handshakes, identity, Wire.bad(seed, 0.15, 0.15), Wire.bad(-seed, 0.15, 0.15)));
        }
        try {
            for (int i = 0; i < pairs.size(); i++) {
                try {
                    within(10_000, pairs.get(i).serverOutcome.keys);
                    within(10_000, pairs.get(i).clientOutcome.keys);
                } catch (Exception e) {
                    throw new AssertionError("no handshake with seed " + (i + 1), e);
                }
            }
        } finally {
            pairs.forEach(Pair::close);
        }
    }

    @Test
    void clientHelloInTwoDatagramsThatArriveSwapped() throws Exception {
        boolean[] split = {false};
        Wire swapping = new Wire(datagram -> {
            if (split[0]) {
                return List.of(datagram);
            }
            split[0] = true;
            List<byte[]> halves = Records.splitMessage(datagram, 100);
            return List.of(halves.get(1), halves.get(0));
        });
        try (Pair pair = new Pair(handshakes, identity, swapping, new Wire(Wire.FAITHFUL))) {
            assertSameKeys(pair);
        }
    }

    @Test
    void certificateVerifyOvertakenByTheFinalMessagesDoesNotStall() throws Exception {
        byte[][] late = new byte[1][];
        Wire overtaking = new Wire(datagram -> {
            if (Records.isMessage(datagram, 15) && late[0] == null) {
                late[0] = datagram;
                return List.of();
            }
            return Records.isEpoch(datagram, 1) ? List.of(datagram, late[0]) : List.of(datagram);
        });
        try (Pair pair = new Pair(handshakes, identity, overtaking, new Wire(Wire.FAITHFUL))) {
            assertSameKeys(pair);
        }
    }

    @Test
    void finalFlightIsSentAgainWhenItWasLost() throws Exception {
        int[] lost = {0};
        Wire losing = new Wire(datagram -> {
            boolean last = Records.isChangeCipherSpec(datagram) || Records.isEpoch(datagram, 1);
            return last && lost[0]++ < 2 ? List.of() : List.of(datagram); // ChangeCipherSpec and Finished
        });
        try (Pair pair = new Pair(handshakes, identity, new Wire(Wire.FAITHFUL), losing)) {
            assertSameKeys(pair);
            assertTrue(lost[0] >= 4, "the server's final flight went out once only");
        }
    }

    @Test
    void serverRefusesAClientWithAnotherCertificate() throws Exception {
        Fingerprint other = DtlsIdentity.generate().fingerprint();
        try (Pair pair = new Pair(
                handshakes,
                new Wire(Wire.FAITHFUL),
                new Wire(Wire.FAITHFUL),
                other,
                identity.fingerprint(),
                DtlsHandshakes.ALL_PROFILES)) {
            String reason = within(SOON_MILLIS, pair.serverOutcome.failure);
            assertTrue(reason.contains("not the one its SDP announced"), reason);
            String seenByClient = within(SOON_MILLIS, pair.clientOutcome.failure);
            assertTrue(seenByClient.contains("refused"), seenByClient);
            assertFalse(pair.serverOutcome.keys.isDone() && !pair.serverOutcome.keys.isCompletedExceptionally());
        }
    }

    @Test
    void clientRefusesAServerWithAnotherCertificate() throws Exception {
        Fingerprint other = DtlsIdentity.generate().fingerprint();
        try (Pair pair = new Pair(
                handshakes,
                new Wire(Wire.FAITHFUL),
                new Wire(Wire.FAITHFUL),
                identity.fingerprint(),
                other,
                DtlsHandshakes.ALL_PROFILES)) {
            String reason = within(SOON_MILLIS, pair.clientOutcome.failure);
            assertTrue(reason.contains("not the one its SDP announced"), reason);
            within(SOON_MILLIS, pair.serverOutcome.failure);
        }
    }

    @Test
    void fingerprintOfAWeakHashIsRefused() throws Exception {
        Fingerprint weak = Fingerprint.of("sha-1", new byte[20]);
        try (Pair pair = new Pair(
                handshakes,
                new Wire(Wire.FAITHFUL),
                new Wire(Wire.FAITHFUL),
                identity.fingerprint(),
                weak,
                DtlsHandshakes.ALL_PROFILES)) {
            assertEquals(
                    "fingerprints of type sha-1 are not supported", within(SOON_MILLIS, pair.clientOutcome.failure));
        }
    }

    @Test
    void closeSaysGoodbyeToThePeer() throws Exception {
        try (Pair pair = faithfulPair()) {
            assertSameKeys(pair);
            pair.client.close();
            assertTrue(within(SOON_MILLIS, pair.serverOutcome.goodbye));
        }
        try (Pair pair = faithfulPair()) {
            assertSameKeys(pair);
            pair.server.close();
            assertTrue(within(SOON_MILLIS, pair.clientOutcome.goodbye));
        }
    }

    @Test
    void garbageNeitherStopsAHandshakeNorEndsAnAssociation() throws Exception {
        Random random = new Random(7);
        Wire.Rule littered = datagram -> {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            byte[] impossibleVersion = datagram.clone();
            impossibleVersion[1] = (byte) 0xFE;
            impossibleVersion[2] = (byte) 0xFE;
            byte[] cut = new byte[datagram.length / 2];
            System.arraycopy(datagram, 0, cut, 0, cut.length);
            return List.of(noise, impossibleVersion, cut, Records.hugeMessage(), datagram);
        };
        try (Pair pair = new Pair(handshakes, identity, new Wire(littered), new Wire(littered))) {
            assertSameKeys(pair);
            for (int i = 0; i < 200; i++) {
                byte[] noise = new byte[random.nextInt(300)];
                random.nextBytes(noise);
                if (noise.length > 20) { // looks like a record of the present epoch
                    System.arraycopy(new byte[] {23, (byte) 0xFE, (byte) 0xFD, 0, 1}, 0, noise, 0, 5);
                    noise[11] = 0;
                    noise[12] = (byte) (noise.length - 13);
                }
                pair.server.receive(noise);
            }
            pair.client.close();
            assertTrue(within(SOON_MILLIS, pair.serverOutcome.goodbye), "the association died before its goodbye");
        }
    }

    @Test
    void deadlineFreesTheThreadOfAPeerThatFallsSilent() throws Exception {
        try (DtlsHandshakes narrow = new DtlsHandshakes(identity, Duration.ofMillis(600), 2, 8)) {
            Wire.Rule lost = datagram -> List.of();
            try (Pair silent = new Pair(narrow, identity, new Wire(Wire.FAITHFUL), new Wire(lost))) {
                String reason = within(SOON_MILLIS, silent.serverOutcome.failure);
                assertTrue(reason.contains("out of time"), reason);
                within(SOON_MILLIS, silent.clientOutcome.failure);
            }
            try (Pair pair = new Pair(narrow, identity, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL))) {
                assertSameKeys(pair);
            }
            assertEquals(2, narrow.counters().failed());
        }
    }

    @Test
    void peerThatFallsSilentMakesRoomForOthers() throws Exception {
        try (DtlsHandshakes narrow = new DtlsHandshakes(identity, Duration.ofSeconds(30), 2, 8)) {
            AtomicInteger sent = new AtomicInteger();
            Wire nowhere = new Wire(datagram -> {
                sent.incrementAndGet();
                return List.of();
            });
            Pair.Outcome silent = new Pair.Outcome(nowhere);
            narrow.start(DtlsRole.CLIENT, identity.fingerprint(), silent);
            // else the pair's own client hears nothing for as long, and may be the first to go
            Await.until("the client to repeat itself twice", () -> sent.get() > 2);
            try (Pair pair = new Pair(narrow, identity, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL))) {
                assertSameKeys(pair); // its client has the other thread, its server waits
            }
            assertTrue(within(SOON_MILLIS, silent.failure).contains("fell silent"));
            nowhere.close();
        }
    }

    @Test
    void peersThatNeverSpeakHoldNoThread() throws Exception {
        try (DtlsHandshakes narrow = new DtlsHandshakes(identity, Duration.ofSeconds(5), 2, 2)) {
            List<Pair.Outcome> silent = new ArrayList<>();
            for (int i = 0; i < 4_000; i++) {
                silent.add(new Pair.Outcome(null));
                narrow.start(DtlsRole.SERVER, identity.fingerprint(), silent.get(i));
            }
            try (Pair pair = new Pair(narrow, identity, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL))) {
                assertSameKeys(pair);
            }
            assertFalse(silent.get(0).failure.isDone());
        }
    }

    @Test
    void establishedAssociationsHoldNoThread() throws Exception {
        try (DtlsHandshakes narrow = new DtlsHandshakes(identity, Duration.ofSeconds(10), 4, 64)) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Pair pair = new Pair(narrow, identity, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL));
                pairs.add(pair);
                assertSameKeys(pair);
            }
            assertEquals(40, narrow.counters().open());
            for (Pair pair : pairs) {
                pair.client.close();
                assertTrue(within(SOON_MILLIS, pair.serverOutcome.goodbye));
                pair.close();
            }
            assertEquals(0, narrow.counters().open());
        }
    }

    @Test
    void tenThousandHalfOpenHandshakesEndAndLeaveNothing() throws Exception {
        Wire nowhere = new Wire(datagram -> List.of());
        try (Pair speaking = faithfulPair();
                DtlsHandshakes crowded = new DtlsHandshakes(identity, Duration.ofSeconds(1), 32, 2_048)) {
            assertSameKeys(speaking);
            byte[] hello = speaking.toServer.sent().getFirst();
            List<Pair.Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 10_000; i++) {
                outcomes.add(new Pair.Outcome(nowhere));
                crowded.start(DtlsRole.SERVER, identity.fingerprint(), outcomes.get(i))
                        .receive(hello);
                assertTrue(crowded.counters().open() <= 8_192 + 1);
            }
            for (Pair.Outcome outcome : outcomes) {
                within(SOON_MILLIS, outcome.failure);
            }
            assertEquals(0, crowded.counters().open());
            assertEquals(10_000, crowded.counters().failed());
            try (Pair next = new Pair(crowded, identity, new Wire(Wire.FAITHFUL), new Wire(Wire.FAITHFUL))) {
                assertSameKeys(next);
            }
        } finally {
            nowhere.close();
        }
    }

    @Test
    void refusesHandshakesThatFindNoRoomToWait() throws Exception {
        try (DtlsHandshakes narrow = new DtlsHandshakes(identity, Duration.ofSeconds(5), 1, 1)) {
            Wire nowhere = new Wire(datagram -> List.of());
            List<Pair.Outcome> outcomes = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                outcomes.add(new Pair.Outcome(nowhere));
                narrow.start(DtlsRole.CLIENT, identity.fingerprint(), outcomes.get(i));
            }
            assertEquals("too many DTLS handshakes at once", within(SOON_MILLIS, outcomes.get(2).failure));
            nowhere.close();
        }
    }

    @Test
    void closeEndsHandshakesAndThreads() throws Exception {
        DtlsHandshakes doomed = new DtlsHandshakes(identity, Duration.ofSeconds(30), 4, 8);
        Wire nowhere = new Wire(datagram -> List.of());
        Pair.Outcome outcome = new Pair.Outcome(nowhere);
        doomed.start(DtlsRole.CLIENT, identity.fingerprint(), outcome);
        doomed.close();
        doomed.close();
        nowhere.close();
        assertFalse(outcome.failure.isDone(), "close is no failure");
        assertTrue(doomed.isTerminated(), "threads are left");
    }
}
