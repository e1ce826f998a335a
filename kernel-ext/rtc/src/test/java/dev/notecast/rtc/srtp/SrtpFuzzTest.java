package dev.notecast.rtc.srtp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;

/** A stranger's bytes open nothing and leave nothing; those of the peer come back as they were, once. */
class SrtpFuzzTest {
    private static final int MAX_LENGTH = 1500;

    @FuzzTest(maxDuration = "10s")
    void whatNobodyProtectedStaysShut(byte[] data) {
        for (SrtpProfile profile : SrtpProfile.values()) {
            SrtpReceiver receiver = receiver(profile);
            String fresh = receiver.toString();
            assertTrue(receiver.unprotectRtp(data.clone(), 0, data.length) < 0);
            assertTrue(receiver.unprotectRtcp(data.clone(), 0, data.length) < 0);
            assertEquals(fresh, receiver.toString());
        }
    }

    @FuzzTest(maxDuration = "10s")
    void whatWasProtectedOpensOnceAndUnchanged(byte[] data) {
        if (data.length == 0 || (data[0] & 0xC0) != 0x80) {
            return; // of no version that exists
        }
        int length = Math.min(data.length, MAX_LENGTH);
        for (SrtpProfile profile : SrtpProfile.values()) {
            byte[] buffer = Arrays.copyOf(data, MAX_LENGTH + SrtpSender.MAX_OVERHEAD);
            int sealed = sender(profile).protectRtp(buffer, 0, length);
            if (sealed >= 0) {
                opensOnce(receiver(profile), Arrays.copyOf(buffer, sealed), Arrays.copyOf(data, length), true);
            }
            buffer = Arrays.copyOf(data, MAX_LENGTH + SrtpSender.MAX_OVERHEAD);
            sealed = sender(profile).protectRtcp(buffer, 0, length);
            if (sealed >= 0) {
                opensOnce(receiver(profile), Arrays.copyOf(buffer, sealed), Arrays.copyOf(data, length), false);
            }
        }
    }

    private static void opensOnce(SrtpReceiver receiver, byte[] sealed, byte[] plain, boolean rtp) {
        for (int at : new int[] {0, 1, sealed.length / 2, sealed.length - 1}) {
            byte[] changed = sealed.clone();
            changed[at] ^= 1;
            assertTrue(open(receiver, changed, rtp) < 0, "byte " + at + " was changed");
        }
        byte[] opened = sealed.clone();
        assertArrayEquals(plain, Arrays.copyOf(opened, open(receiver, opened, rtp)));
        assertTrue(open(receiver, sealed.clone(), rtp) < 0, "a replay");
    }

    private static int open(SrtpReceiver receiver, byte[] data, boolean rtp) {
        return rtp ? receiver.unprotectRtp(data, 0, data.length) : receiver.unprotectRtcp(data, 0, data.length);
    }

    private static SrtpSender sender(SrtpProfile profile) {
        return new SrtpSender(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
    }

    private static SrtpReceiver receiver(SrtpProfile profile) {
        return new SrtpReceiver(profile, new byte[profile.keyLength()], new byte[profile.saltLength()]);
    }
}
