package dev.notecast.rtc.srtp;

import static dev.notecast.rtc.srtp.Packets.hex;
import static dev.notecast.rtc.srtp.Packets.openRtp;
import static dev.notecast.rtc.srtp.Packets.protectRtp;
import static dev.notecast.rtc.srtp.Packets.receiver;
import static dev.notecast.rtc.srtp.Packets.rtp;
import static dev.notecast.rtc.srtp.Packets.sender;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.rtc.rtp.SequenceNumbers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rollover counters and replay windows where sequence numbers wrap. */
class SrtpRolloverTest {
    private static final int SSRC = 0x12345678;

    /** How far before the wrap a run of 64 packets begins: sixteen places. */
    private static final int[] BEFORE_WRAP = {1, 2, 3, 4, 7, 8, 15, 16, 17, 31, 32, 33, 48, 60, 62, 63};

    @ParameterizedTest
    @EnumSource
    void followsManyWraps(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile);
        for (int i = 0; i < 100; i++) {
            int sequenceNumber = 30_000 * i & 0xFFFF; // 45 wraps, with long losses in between
            byte[] packet = rtp(SSRC, sequenceNumber);
            assertEquals(hex(packet), openRtp(receiver, protectRtp(sender, packet)), "packet " + i);
        }
    }

    @ParameterizedTest
    @EnumSource
    void acceptsReorderedPacketsAroundTheWrapOnceEach(SrtpProfile profile) {
        for (int before : BEFORE_WRAP) {
            List<byte[]> sealed = run(profile, before);
            SrtpReceiver receiver = receiver(profile);
            openRtp(receiver, sealed.get(0)); // the receiver must know where the stream is before it wraps
            List<Integer> order = new ArrayList<>();
            for (int i = 1; i < sealed.size(); i++) {
                order.add(i);
            }
            Collections.shuffle(order, new Random(before));
            for (int i : order) {
                byte[] packet = rtp(SSRC, SequenceNumbers.add(-before, i));
                assertEquals(hex(packet), openRtp(receiver, sealed.get(i)), i + " of a run from -" + before);
            }
            for (int i = 0; i < sealed.size(); i++) {
                assertEquals("REPLAYED", openRtp(receiver, sealed.get(i)), i + " of a run from -" + before);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesLossAcrossTheWrap(SrtpProfile profile) {
        for (int before : BEFORE_WRAP) {
            List<byte[]> sealed = run(profile, before);
            SrtpReceiver receiver = receiver(profile);
            openRtp(receiver, sealed.get(0));
            byte[] last = rtp(SSRC, SequenceNumbers.add(-before, 63));
            assertEquals(hex(last), openRtp(receiver, sealed.get(63)), "first after a loss from -" + before);
            byte[] late = rtp(SSRC, SequenceNumbers.add(-before, 1));
            assertEquals(hex(late), openRtp(receiver, sealed.get(1)), "late from before the wrap");
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsReorderedPacketsAroundTheWrap(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        SrtpReceiver receiver = receiver(profile);
        for (int sequenceNumber : new int[] {65_533, 65_535, 1, 65_534, 0, 3, 2}) {
            byte[] packet = rtp(SSRC, sequenceNumber);
            assertEquals(hex(packet), openRtp(receiver, protectRtp(sender, packet)), "packet " + sequenceNumber);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesPacketsOlderThanTheWindow(SrtpProfile profile) {
        SrtpSender sender = sender(profile);
        byte[] old = protectRtp(sender, rtp(SSRC, 100));
        byte[] within = protectRtp(sender, rtp(SSRC, 101));
        byte[] newest = protectRtp(sender, rtp(SSRC, 100 + ReplayWindow.SIZE));
        SrtpReceiver receiver = receiver(profile);
        openRtp(receiver, newest);
        assertEquals(hex(rtp(SSRC, 101)), openRtp(receiver, within));
        openRtp(receiver, protectRtp(sender, rtp(SSRC, 101 + 2 * ReplayWindow.SIZE)));
        assertEquals("REPLAYED", openRtp(receiver, old));
    }

    private static List<byte[]> run(SrtpProfile profile, int before) {
        SrtpSender sender = sender(profile);
        List<byte[]> sealed = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            sealed.add(protectRtp(sender, rtp(SSRC, SequenceNumbers.add(-before, i))));
        }
        return sealed;
    }
}
