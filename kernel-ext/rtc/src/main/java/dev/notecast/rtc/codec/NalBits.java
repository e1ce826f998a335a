package dev.notecast.rtc.codec;

/** The bits of a NAL unit's contents, without the bytes that only prevent start codes (ITU-T H.264 §7.4.1, H.265 §7.4.2). */
final class NalBits extends Bits {
    private int zeroBytes;

    /** @param offset behind the unit's header */
    NalBits(byte[] data, int offset, int end) {
        super(data, offset, end);
    }

    @Override
    int nextByte() {
        if (zeroBytes >= 2 && isNext(3)) {
            super.nextByte();
            zeroBytes = 0;
        }
        int value = super.nextByte();
        zeroBytes = value == 0 ? zeroBytes + 1 : 0;
        return value;
    }
}
