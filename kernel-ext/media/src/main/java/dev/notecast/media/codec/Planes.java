package dev.notecast.media.codec;

import dev.notecast.media.frame.VideoFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** The three planes of an I420 frame as FFmpeg wants them; valid while the frame's reference is held. */
final class Planes implements AutoCloseable {
    private final BytePointer pixels;
    private final PointerPointer<Pointer> data = new PointerPointer<>(4);
    private final IntPointer strides;

    Planes(VideoFrame frame) {
        pixels = new BytePointer(frame.pixels());
        int luma = frame.width() * frame.height();
        data.put(0, pixels.position(0))
                .put(1, pixels.position(luma))
                .put(2, pixels.position(luma + luma / 4))
                .put(3, (Pointer) null);
        strides = new IntPointer(frame.width(), frame.width() / 2, frame.width() / 2, 0);
    }

    PointerPointer<Pointer> data() {
        return data;
    }

    IntPointer strides() {
        return strides;
    }

    @Override
    public void close() {
        data.close();
        strides.close();
        pixels.close();
    }
}
