package dev.notecast.media.codec;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.frame.VideoFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** OpenCV from pictures to JPEG. Keeps nothing between pictures, so any platform thread may call it. */
public final class JpegEncoder {
    private JpegEncoder() {}

    /**
     * Encodes a picture, which stays the caller's. One that came as a JPEG of the size and the quality that most ask for
     * is not encoded again.
     *
     * @param width in pixels; the height follows; 0, or more than the picture has, keeps its size
     * @param quality 1..100
     * @throws CodecException when OpenCV cannot encode it
     */
    public static JpegImage encode(VideoFrame frame, int width, int quality) {
        boolean asItIs = (width == 0 || width >= frame.width()) && quality == JpegOptions.DEFAULT.quality();
        if (asItIs && frame.jpeg().isPresent()) {
            FrameTimes times = frame.times().encoded(System.nanoTime());
            return new JpegImage(frame.jpeg().get(), frame.width(), frame.height(), times);
        }
        Natives.load();
        try (BytePointer pixels = new BytePointer(frame.pixels());
                Mat full = bgr(frame, pixels);
                Mat scaled = new Mat();
                BytePointer file = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            Mat picture = full;
            if (width > 0 && width < frame.width()) {
                int height = Math.max(1, Math.round((float) frame.height() * width / frame.width()));
                try (Size size = new Size(width, height)) {
                    resize(full, scaled, size, 0, 0, INTER_AREA);
                }
                picture = scaled;
            }
            FrameTimes times = frame.times().converted(System.nanoTime());
            if (!imencode(".jpg", picture, file, options)) {
                throw new CodecException("OpenCV cannot encode a JPEG of " + picture.cols() + "x" + picture.rows());
            }
            byte[] data = new byte[(int) file.limit()];
            file.get(data);
            return new JpegImage(data, picture.cols(), picture.rows(), times.encoded(System.nanoTime()));
        } catch (RuntimeException e) {
            throw e instanceof CodecException known ? known : new CodecException("JPEG: " + e.getMessage(), e);
        }
    }

    private static Mat bgr(VideoFrame frame, BytePointer pixels) {
        int width = frame.width();
        int height = frame.height();
        return switch (frame.format()) {
            case BGR -> new Mat(height, width, CV_8UC3, pixels);
            case I420 -> {
                Mat converted = new Mat();
                try (Mat planes = new Mat(height * 3 / 2, width, CV_8UC1, pixels)) {
                    cvtColor(planes, converted, COLOR_YUV2BGR_I420);
                }
                yield converted;
            }
        };
    }
}
