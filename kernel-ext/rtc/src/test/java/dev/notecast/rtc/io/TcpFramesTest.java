package dev.notecast.rtc.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TcpFramesTest {
    private static final int MAX_LENGTH = 2047;

    private final List<byte[]> received = new ArrayList<>();
    private final TcpFrames frames = new TcpFrames(MAX_LENGTH);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void datagramsComeOutAsTheyWentInHoweverTheStreamIsCut(long seed) {
        Random random = new Random(seed);
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int i = 0; i < 500; i++) {
            byte[] datagram = new byte[random.nextInt(10) == 0 ? MAX_LENGTH : 1 + random.nextInt(300)];
            random.nextBytes(datagram);
            sent.add(datagram);
            stream.writeBytes(framed(datagram));
        }
        byte[] bytes = stream.toByteArray();
        for (int at = 0; at < bytes.length; ) {
            int part = Math.min(bytes.length - at, random.nextInt(random.nextBoolean() ? 4 : 3_000));
            assertTrue(frames.read(bytes, at, part, received::add));
            at += part;
        }
        assertEquals(sent.size(), received.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), received.get(i));
        }
    }

    @Test
    void emptyDatagramsAreSkipped() {
        assertTrue(frames.read(new byte[] {0, 0, 0, 0, 0, 1, 7, 0, 0}, 0, 9, received::add));
        assertEquals(1, received.size());
        assertArrayEquals(new byte[] {7}, received.getFirst());
    }

    @Test
    void aDatagramThatIsTooLongEndsTheStream() {
        assertFalse(frames.read(new byte[] {(byte) 0x08, 0x00}, 0, 2, received::add));
    }

    @Test
    void aReceiverMayEndTheStream() {
        assertFalse(frames.read(new byte[] {0, 1, 7, 0, 1, 8}, 0, 6, datagram -> {
            received.add(datagram);
            return false;
        }));
        assertEquals(1, received.size());
    }

    @Test
    void anythingMayComeInAndNothingIsThrown() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            TcpFrames any = new TcpFrames(MAX_LENGTH);
            byte[] noise = new byte[random.nextInt(5_000)];
            random.nextBytes(noise);
            any.read(noise, 0, noise.length, datagram -> datagram.length > 0 && datagram.length <= MAX_LENGTH);
        }
    }

    @FuzzTest(maxDuration = "10s")
    void howAStreamIsCutChangesNothing(byte[] data) {
        List<byte[]> wholly = new ArrayList<>();
        boolean whole = new TcpFrames(MAX_LENGTH).read(data, 0, data.length, wholly::add);
        List<byte[]> singly = new ArrayList<>();
        TcpFrames other = new TcpFrames(MAX_LENGTH);
        boolean goesOn = true;
        for (int at = 0; at < data.length && goesOn; at++) {
            goesOn = other.read(data, at, 1, singly::add);
        }
        assertEquals(whole, goesOn);
        assertArrayEquals(wholly.toArray(), singly.toArray());
        assertTrue(singly.stream().mapToInt(datagram -> datagram.length).sum() <= data.length);
    }

    private static byte[] framed(byte[] datagram) {
        byte[] framed = new byte[TcpFrames.HEADER_LENGTH + datagram.length];
        TcpFrames.writeHeader(framed, 0, datagram.length);
        System.arraycopy(datagram, 0, framed, TcpFrames.HEADER_LENGTH, datagram.length);
        return framed;
    }
}
