package dev.notecast.rtc.codec;

import java.util.ArrayList;
import java.util.List;

/** RFC 7741 §4.2 with a 15-bit picture id and no layers; a frame is cut anywhere, as one partition. */
final class Vp8Packetizer implements Packetizer {
    private static final int DESCRIPTOR_LENGTH = 4;
    private static final int EXTENDED = 0x80;
    private static final int START = 0x10;
    private static final int PICTURE_ID = 0x80;

    private final int maxFragment;
    private int pictureId;

    Vp8Packetizer(int maxPayloadBytes) {
        maxFragment = Math.max(100, maxPayloadBytes) - DESCRIPTOR_LENGTH;
    }

    @Override
    public List<byte[]> packetize(EncodedFrame frame) {
        byte[] data = frame.data();
        int[] bounds = Fragments.bounds(data.length, maxFragment);
        List<byte[]> payloads = new ArrayList<>(bounds.length - 1);
        for (int i = 0; i + 1 < bounds.length; i++) {
            int length = bounds[i + 1] - bounds[i];
            byte[] payload = new byte[DESCRIPTOR_LENGTH + length];
            payload[0] = (byte) (EXTENDED | (i == 0 ? START : 0));
            payload[1] = (byte) PICTURE_ID;
            payload[2] = (byte) (0x80 | pictureId >> 8); // M: 15 bits follow
            payload[3] = (byte) pictureId;
            System.arraycopy(data, bounds[i], payload, DESCRIPTOR_LENGTH, length);
            payloads.add(payload);
        }
        pictureId = (pictureId + 1) & 0x7FFF;
        return payloads;
    }
}
