package dev.notecast.rtc.codec;

import java.util.ArrayList;
import java.util.List;

/** RFC 9628 §4.2 with a 15-bit picture id and no layers; a frame is cut anywhere. */
final class Vp9Packetizer implements Packetizer {
    private static final int DESCRIPTOR_LENGTH = 3;
    private static final int PICTURE_ID = 0x80;
    private static final int INTER_PREDICTED = 0x40;
    private static final int START = 0x08;
    private static final int END = 0x04;
    private static final int NOT_A_REFERENCE = 0x01; // Z: no spatial layer above needs this frame

    private final int maxFragment;
    private int pictureId;

    Vp9Packetizer(int maxPayloadBytes) {
        maxFragment = Math.max(100, maxPayloadBytes) - DESCRIPTOR_LENGTH;
    }

    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        byte[] data = frame.data();
        int[] bounds = Fragments.bounds(data.length, maxFragment);
        int last = bounds.length - 2;
        int always = PICTURE_ID | NOT_A_REFERENCE | (frame.keyframe() ? 0 : INTER_PREDICTED);
        List<byte[]> payloads = new ArrayList<>(last + 1);
        for (int i = 0; i <= last; i++) {
            int length = bounds[i + 1] - bounds[i];
            byte[] payload = new byte[DESCRIPTOR_LENGTH + length];
            payload[0] = (byte) (always | (i == 0 ? START : 0) | (i == last ? END : 0));
            payload[1] = (byte) (0x80 | pictureId >> 8); // M: 15 bits follow
            payload[2] = (byte) pictureId;
            System.arraycopy(data, bounds[i], payload, DESCRIPTOR_LENGTH, length);
            payloads.add(payload);
        }
        pictureId = (pictureId + 1) & 0x7FFF;
        return payloads;
    }
}
