package dev.notecast.media.dtls;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HandshakeRecordsTest {
    private static final byte[] CERTIFICATE = Records.message(11, 300);
    private static final byte[] KEY_EXCHANGE = Records.message(16, 66);
    private static final byte[] CERTIFICATE_VERIFY = Records.message(15, 76);
    private static final byte[] CHANGE_CIPHER_SPEC = Records.record(20, 0, new byte[] {1});
    private static final byte[] FINISHED = Records.record(22, 1, new byte[40]);

    private final HandshakeRecords server = new HandshakeRecords(true);

    private void assertNext(byte[]... records) {
        for (byte[] record : records) {
            assertArrayEquals(record, server.poll());
        }
        assertNull(server.poll());
    }

    @Test
    void switchOfCipherWaitsForTheMessagesBeforeIt() {
        server.add(FINISHED);
        server.add(CHANGE_CIPHER_SPEC);
        server.add(CERTIFICATE_VERIFY);
        server.add(KEY_EXCHANGE);
        assertNext(CERTIFICATE_VERIFY, KEY_EXCHANGE);
        server.add(CERTIFICATE);
        assertNext(CERTIFICATE, CHANGE_CIPHER_SPEC, FINISHED);
    }

    @Test
    void messageIsCompleteWhenAllItsFragmentsHaveCome() {
        server.add(KEY_EXCHANGE);
        server.add(CERTIFICATE_VERIFY);
        server.add(CHANGE_CIPHER_SPEC);
        byte[] second = Records.splitMessage(CERTIFICATE, 100).get(1);
        server.add(second);
        assertNext(KEY_EXCHANGE, CERTIFICATE_VERIFY, second);
        byte[] first = Records.splitMessage(CERTIFICATE, 100).get(0);
        server.add(first);
        assertNext(first, CHANGE_CIPHER_SPEC);
    }

    @Test
    void clientHoldsTheFinishedThatOvertookTheSwitch() {
        HandshakeRecords client = new HandshakeRecords(false);
        client.add(FINISHED);
        assertNull(client.poll());
        client.add(CHANGE_CIPHER_SPEC);
        assertArrayEquals(CHANGE_CIPHER_SPEC, client.poll());
        assertArrayEquals(FINISHED, client.poll());
    }

    @Test
    void recordsOfOneDatagramComeOneByOne() {
        server.add(Records.join(CERTIFICATE, KEY_EXCHANGE, CERTIFICATE_VERIFY, CHANGE_CIPHER_SPEC, FINISHED));
        assertNext(CERTIFICATE, KEY_EXCHANGE, CERTIFICATE_VERIFY, CHANGE_CIPHER_SPEC, FINISHED);
    }

    @Test
    void everyTruncationGivesOnlyWholeRecords() {
        byte[] flight = Records.join(CERTIFICATE, KEY_EXCHANGE);
        for (int length = 0; length < flight.length; length++) {
            HandshakeRecords records = new HandshakeRecords(true);
            records.add(Arrays.copyOf(flight, length));
            if (length >= CERTIFICATE.length) {
                assertArrayEquals(CERTIFICATE, records.poll(), "cut at " + length);
            }
            assertNull(records.poll(), "cut at " + length);
        }
    }

    @Test
    void messageThatClaimsMegabytesIsDropped() {
        server.add(Records.hugeMessage());
        assertNext();
    }

    @Test
    void holdsNoMoreThanAFewRecordsForAStranger() {
        for (int i = 0; i < 10_000; i++) {
            server.add(FINISHED);
        }
        server.add(CHANGE_CIPHER_SPEC);
        server.add(Records.join(CERTIFICATE, KEY_EXCHANGE, CERTIFICATE_VERIFY));
        int released = 0;
        while (server.poll() != null) {
            released++;
        }
        assertEquals(3, released, "three messages; the switch found no room and comes again with the next flight");
        server.add(CHANGE_CIPHER_SPEC);
        assertNotNull(server.poll());
    }

    @Test
    void noiseNeverThrows() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(120)];
            random.nextBytes(noise);
            if (noise.length > 26 && i % 2 == 0) {
                System.arraycopy(Records.hugeMessage(), 0, noise, 0, 12);
                noise[12] = (byte) (noise.length - 13);
            }
            server.add(noise);
            while (server.poll() != null) {}
        }
    }
}
