package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;

/**
 * Finds out whether an H.264 stream has B-frames, which WebRTC receivers show in the wrong order: by its slices, or, where
 * those cannot be read, by presentation times that go back and forth. It looks at a few bytes of packets that begin a
 * slice, allocates nothing, and remembers what it has found. One thread at a time.
 */
public final class H264BFrames {
    private static final int B_SLICE = 1; // ITU-T H.264 table 7-6, modulo 5
    private static final int SLICE_TYPES = 5;
    private static final int MAX_ZEROS = 20; // Exp-Golomb; a larger number of a macroblock does not exist
    private static final int MAX_STEP_BACK_TICKS = 90_000; // a second; more is a sender that began anew
    private static final int STEPS_BACK = 3; // once may be an encoder that restarts

    private boolean found;
    private long lastSequence = -1;
    private int ssrc;
    private int timestamp;
    private int stepsBack;

    /**
     * Looks at the next packet.
     *
     * @param sequence extended to 64 bits; packets may come late
     * @return whether there have been B-frames, up to this packet
     */
    public boolean findIn(long sequence, RtpPacket packet) {
        if (!found) {
            found = goesBack(sequence, packet)
                    || hasBSlice(packet.data(), packet.payloadOffset(), packet.payloadLength());
        }
        return found;
    }

    private boolean goesBack(long sequence, RtpPacket packet) {
        if (lastSequence < 0 || packet.ssrc() != ssrc) {
            ssrc = packet.ssrc();
            stepsBack = 0;
        } else if (sequence <= lastSequence) {
            return false; // late, so its time is from before
        } else {
            int step = packet.timestamp() - timestamp;
            if (step < 0 && step > -MAX_STEP_BACK_TICKS) {
                stepsBack++;
            }
        }
        lastSequence = sequence;
        timestamp = packet.timestamp();
        return stepsBack >= STEPS_BACK;
    }

    /** Whether a payload holds the beginning of a B slice: alone, in a STAP-A or at the start of fragments (RFC 6184). */
    static boolean hasBSlice(byte[] data, int offset, int length) {
        if (length < 2) {
            return false;
        }
        int end = offset + length;
        return switch (H264Nal.type(data[offset])) {
            case H264Nal.SLICE -> isBSlice(data, offset + 1, end);
            case H264Nal.FU_A ->
                (data[offset + 1] & 0x80) != 0
                        && H264Nal.type(data[offset + 1]) == H264Nal.SLICE
                        && isBSlice(data, offset + 2, end);
            case H264Nal.STAP_A -> aggregateHasBSlice(data, offset + 1, end);
            default -> false;
        };
    }

    private static boolean aggregateHasBSlice(byte[] data, int from, int end) {
        int position = from;
        for (int size = 1; size != 0; position += size) {
            size = AggregatedUnits.sizeAt(data, position, end);
            position += AggregatedUnits.SIZE_LENGTH;
            if (size > 1
                    && H264Nal.type(data[position]) == H264Nal.SLICE
                    && isBSlice(data, position + 1, position + size)) {
                return true;
            }
        }
        return false;
    }

    /** A slice header (§7.3.3) begins with first_mb_in_slice and slice_type, too short for emulation prevention. */
    private static boolean isBSlice(byte[] data, int from, int end) {
        int zeros = zeros(data, 8 * from, 8 * end);
        int at = 8 * from + 2 * zeros + 1;
        if (zeros > MAX_ZEROS || at >= 8 * end) {
            return false;
        }
        zeros = zeros(data, at, 8 * end);
        if (zeros > 3 || at + 2 * zeros + 1 > 8 * end) {
            return false; // slice_type is 0..9
        }
        int value = 0;
        for (int i = at + zeros; i <= at + 2 * zeros; i++) {
            value = value << 1 | bit(data, i);
        }
        int sliceType = value - 1;
        return sliceType % SLICE_TYPES == B_SLICE && sliceType < 2 * SLICE_TYPES;
    }

    private static int zeros(byte[] data, int fromBit, int endBit) {
        int zeros = 0;
        while (zeros <= MAX_ZEROS && fromBit + zeros < endBit && bit(data, fromBit + zeros) == 0) {
            zeros++;
        }
        return zeros;
    }

    private static int bit(byte[] data, int position) {
        return data[position >> 3] >> (7 - (position & 7)) & 1;
    }
}
