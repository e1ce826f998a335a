package dev.notecast.media.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** OpenCV from picture files to BGR pixels, turned as their metadata says. One thread at a time, a platform one. */
public final class ImageDecoder {
    private static final int POOLED_FRAMES = 3; // one in the slot, one with a consumer, one being filled

    private final FramePool pool = new FramePool(POOLED_FRAMES);

    public ImageDecoder() {
        Natives.load();
    }

    /**
     * Decodes a JPEG, PNG or WebP. The caller has made sure that its pixels fit in memory.
     *
     * @return empty when it is damaged; the caller closes the frame
     */
    public Optional<VideoFrame> decode(byte[] file, long number, FrameTimes times) {
        try (BytePointer bytes = new BytePointer(file);
                Mat input = new Mat(1, file.length, CV_8UC1, bytes);
                Mat picture = imdecode(input, IMREAD_COLOR)) {
            if (picture == null || picture.empty() || !picture.isContinuous()) {
                return Optional.empty();
            }
            VideoFrame frame = pool.acquire(
                    PixelFormat.BGR, picture.cols(), picture.rows(), number, times.decoded(System.nanoTime()));
            frame.pixels().put(picture.<java.nio.ByteBuffer>createBuffer());
            return Optional.of(frame);
        } catch (RuntimeException e) { // OpenCV's own exceptions come as these
            return Optional.empty();
        }
    }
}
