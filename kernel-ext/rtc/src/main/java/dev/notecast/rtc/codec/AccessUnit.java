package dev.notecast.rtc.codec;

/**
 * NAL units of one picture on their way into Annex B form (H.264 and H.265). A keyframe without parameter sets gets those
 * seen last, so that a decoder can start at any keyframe.
 */
final class AccessUnit {
    private static final int MAX_PARAMETER_SET_BYTES = 8 << 10;

    private final FrameBuffer buffer = new FrameBuffer();
    private final FrameBuffer ownParameterSets = new FrameBuffer();
    private byte[] parameterSets = {};
    private boolean hasSps;
    private boolean keyframe;

    void clear() {
        buffer.clear();
        ownParameterSets.clear();
        hasSps = false;
        keyframe = false;
    }

    /** Adds a whole unit; false when the picture would become too large. */
    boolean append(byte[] data, int offset, int length) {
        return append(buffer, data, offset, length);
    }

    /** Adds a whole VPS, SPS or PPS, which is remembered too. */
    boolean appendParameterSet(byte[] data, int offset, int length, boolean sps) {
        hasSps |= sps;
        if (ownParameterSets.size() + length < MAX_PARAMETER_SET_BYTES) {
            append(ownParameterSets, data, offset, length);
        }
        return append(buffer, data, offset, length);
    }

    /** Adds the start of a unit that came in fragments. */
    boolean beginFragments(byte[] unitHeader, byte[] data, int offset, int length) {
        return append(buffer, unitHeader, 0, unitHeader.length) && buffer.append(data, offset, length);
    }

    boolean appendFragment(byte[] data, int offset, int length) {
        return buffer.append(data, offset, length);
    }

    /** A unit of the picture needs no earlier picture. */
    void markKeyframe() {
        keyframe = true;
    }

    /** The picture that was gathered, null when there is nothing. */
    EncodedFrame end(int timestamp) {
        if (buffer.size() == 0) {
            return null;
        }
        if (hasSps) {
            parameterSets = ownParameterSets.toByteArray();
        }
        byte[] frame = buffer.toByteArray();
        if (keyframe && !hasSps) {
            byte[] whole = new byte[parameterSets.length + frame.length];
            System.arraycopy(parameterSets, 0, whole, 0, parameterSets.length);
            System.arraycopy(frame, 0, whole, parameterSets.length, frame.length);
            frame = whole;
        }
        return new EncodedFrame(frame, timestamp, keyframe);
    }

    private static boolean append(FrameBuffer to, byte[] data, int offset, int length) {
        return to.append(AnnexB.START_CODE, 0, AnnexB.START_CODE.length) && to.append(data, offset, length);
    }
}
