package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;
import java.util.ArrayList;
import java.util.List;

/** RFC 9628 §4.2: the pieces of a picture one after the other; a picture of several spatial layers is a superframe. */
final class Vp9Depacketizer extends VideoDepacketizer {
    private final FrameBuffer buffer = new FrameBuffer();
    private final List<Integer> layerStarts = new ArrayList<>();
    private boolean inLayer;

    Vp9Depacketizer() {
        super(Codec.VP9);
    }

    @Override
    void beginFrame() {
        buffer.clear();
        layerStarts.clear();
        inLayer = false;
    }

    @Override
    boolean append(byte[] data, int offset, int length) {
        if (!(Vp9Descriptor.parse(data, offset, length) instanceof ParseResult.Ok<Vp9Descriptor>(var descriptor))) {
            return false;
        }
        int header = descriptor.length();
        if (descriptor.start() == inLayer || length <= header) {
            return false; // a start inside a frame, or a middle outside
        }
        if (descriptor.start()) {
            layerStarts.add(buffer.size());
        }
        inLayer = !descriptor.end();
        return buffer.append(data, offset + header, length - header);
    }

    @Override
    EncodedFrame endFrame(int timestamp) {
        if (inLayer || buffer.size() == 0) {
            return null;
        }
        boolean keyframe = Vp9Frame.isKeyframe(buffer.first());
        if (layerStarts.size() > 1) {
            List<Integer> sizes = new ArrayList<>();
            for (int i = 0; i < layerStarts.size(); i++) {
                int end = i + 1 < layerStarts.size() ? layerStarts.get(i + 1) : buffer.size();
                sizes.add(end - layerStarts.get(i));
            }
            byte[] index = Vp9Frame.superframeIndex(sizes);
            if (index == null || !buffer.append(index, 0, index.length)) {
                return null;
            }
        }
        return new EncodedFrame(buffer.toByteArray(), timestamp, keyframe);
    }
}
