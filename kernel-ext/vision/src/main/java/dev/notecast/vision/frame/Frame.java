package dev.notecast.vision.frame;

import ai.djl.modality.cv.Image;
import ai.djl.modality.cv.ImageFactory;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.rtc.rtcp.NtpTime;
import dev.notecast.vision.filter.Detection;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentSampleModel;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * A picture of a path as a value: it never changes, lies in the Java heap, needs no closing, and may be kept and shared
 * between threads. What is made from it ({@link #toBufferedImage}, {@link #toMat}, ..) is a copy, to be drawn on as one
 * likes.
 */
public final class Frame {
    private static final int JPEG_QUALITY = 90;

    private final Pixels pixels;
    private final int width;
    private final int height;
    private final long number;
    private final Instant time;
    private final Instant captured; // null where the publisher has not said it
    private final List<Detection> detections;

    private Frame(
            Pixels pixels,
            int width,
            int height,
            long number,
            Instant time,
            Instant captured,
            List<Detection> detections) {
        this.pixels = pixels;
        this.width = width;
        this.height = height;
        this.number = number;
        this.time = time;
        this.captured = captured;
        this.detections = List.copyOf(detections);
    }

    /**
     * A copy of a decoded or filtered picture, which stays the caller's.
     *
     * @param detections what was found in it
     */
    public static Frame of(VideoFrame picture, List<Detection> detections) {
        return of(
                new Pixels.Bgr(OpenCv.bgr(picture)),
                picture.width(),
                picture.height(),
                picture.number(),
                picture.times(),
                detections);
    }

    /**
     * A picture that is kept as a JPEG, and decoded when its pixels are asked for.
     *
     * @param file becomes this object's: nobody may change it any more
     */
    public static Frame ofJpeg(
            byte[] file, int width, int height, long number, FrameTimes times, List<Detection> detections) {
        return of(new Pixels.Jpeg(file), width, height, number, times, detections);
    }

    private static Frame of(
            Pixels pixels, int width, int height, long number, FrameTimes times, List<Detection> detections) {
        Instant captured =
                times.captured().equals(NtpTime.NONE) ? null : times.captured().toInstant();
        return new Frame(pixels, width, height, number, arrival(times), captured, detections);
    }

    /** When a picture came in, by this machine's wall clock as it stands now. */
    public static Instant arrival(FrameTimes times) {
        return Instant.now().minusNanos(System.nanoTime() - times.arrivalNanos());
    }

    /** A picture from elsewhere, as of now; what is transparent becomes black. */
    public static Frame of(BufferedImage image) {
        return new Frame(
                new Pixels.Bgr(bgr(image)), image.getWidth(), image.getHeight(), 0, Instant.now(), null, List.of());
    }

    /**
     * A picture from elsewhere, as of now. The matrix stays the caller's.
     *
     * @throws IllegalArgumentException when it is not of CV_8UC3 (BGR), CV_8UC1 (grey) or CV_8UC4 (BGRA)
     */
    public static Frame of(Mat mat) {
        return new Frame(new Pixels.Bgr(OpenCv.bgr(mat)), mat.cols(), mat.rows(), 0, Instant.now(), null, List.of());
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Counts the pictures of a stream, from 1; a gap means that some in between were left out. 0 of one from elsewhere. */
    public long number() {
        return number;
    }

    /** When it came in. */
    public Instant time() {
        return time;
    }

    /** When its camera took it, on this machine's clock; empty where the publisher has not said it. */
    public Optional<Instant> captured() {
        return Optional.ofNullable(captured);
    }

    /** How old it is. */
    public Duration age() {
        return Duration.between(time, Instant.now());
    }

    /** What filters, or programs outside, have found in it, with boxes in its pixels. */
    public List<Detection> detections() {
        return detections;
    }

    /** The same picture with other findings. */
    public Frame withDetections(List<Detection> found) {
        return new Frame(pixels, width, height, number, time, captured, found);
    }

    /** Another picture, of any size, in this one's place: with its number, times and findings. */
    public Frame with(BufferedImage image) {
        return new Frame(
                new Pixels.Bgr(bgr(image)), image.getWidth(), image.getHeight(), number, time, captured, detections);
    }

    /** Another picture, of any size, in this one's place; see {@link #of(Mat)}. */
    public Frame with(Mat mat) {
        return new Frame(new Pixels.Bgr(OpenCv.bgr(mat)), mat.cols(), mat.rows(), number, time, captured, detections);
    }

    /**
     * The same, smaller; the height follows. Boxes of detections are scaled too. Nothing is enlarged.
     *
     * @param toWidth at least 2
     */
    public Frame scaled(int toWidth) {
        if (toWidth < 2) {
            throw new IllegalArgumentException("no picture can be " + toWidth + " wide");
        }
        if (toWidth >= width) {
            return this;
        }
        int toHeight = Math.max(2, Math.round((float) height * toWidth / width));
        Pixels small = new Pixels.Bgr(OpenCv.scaled(bgr(), width, height, toWidth, toHeight));
        List<Detection> found = detections.stream()
                .map(each -> each.scaled((double) toWidth / width, (double) toHeight / height))
                .toList();
        return new Frame(small, toWidth, toHeight, number, time, captured, found);
    }

    /** The colour of a pixel as {@code 0xRRGGBB}; for single pixels only, as each call may decode the picture. */
    public int rgb(int x, int y) {
        if (x < 0 || y < 0 || x >= width || y >= height) {
            throw new IllegalArgumentException(x + "," + y + " is not in a picture of " + width + "x" + height);
        }
        byte[] bgr = bgr();
        int at = 3 * (y * width + x);
        return (bgr[at + 2] & 0xff) << 16 | (bgr[at + 1] & 0xff) << 8 | bgr[at] & 0xff;
    }

    /** A copy of the pixels: three bytes each, blue first, rows from above without padding. */
    public byte[] toBgr() {
        byte[] bytes = bgr();
        return pixels instanceof Pixels.Bgr ? bytes.clone() : bytes;
    }

    /** Copies the pixels, laid out as by {@link #toBgr}, to a buffer's position, which moves behind them. */
    public void copyTo(ByteBuffer to) {
        to.put(bgr());
    }

    /** A copy as Java draws on it, of {@link BufferedImage#TYPE_3BYTE_BGR}. */
    public BufferedImage toBufferedImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] to = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        System.arraycopy(bgr(), 0, to, 0, to.length);
        return image;
    }

    /**
     * A copy as a matrix of OpenCV's, CV_8UC3 in BGR. Its native memory goes when the matrix is closed or collected; a
     * loop over many had better close each.
     */
    public Mat toMat() {
        return OpenCv.mat(bgr(), width, height);
    }

    /** A copy as DJL's models and translators take it. */
    public Image toDjlImage() {
        return ImageFactory.getInstance().fromImage(toBufferedImage());
    }

    /** A copy as a tensor of bytes: height, width, and red, green and blue. It goes with the manager. */
    public NDArray toNDArray(NDManager manager) {
        return manager.create(ByteBuffer.wrap(toRgb()), new Shape(height, width, 3), DataType.UINT8);
    }

    /** A copy of the pixels: three bytes each, red first, rows from above without padding. */
    public byte[] toRgb() {
        byte[] rgb = toBgr();
        for (int i = 0; i < rgb.length; i += 3) {
            byte blue = rgb[i];
            rgb[i] = rgb[i + 2];
            rgb[i + 2] = blue;
        }
        return rgb;
    }

    /** A JPEG file of good quality; the one that it is kept as, where there is one. */
    public byte[] toJpeg() {
        return switch (pixels) {
            case Pixels.Jpeg(byte[] file) -> file.clone();
            case Pixels.Bgr(byte[] bytes) -> OpenCv.jpeg(bytes, width, height, JPEG_QUALITY);
        };
    }

    /** @param quality 1..100 */
    public byte[] toJpeg(int quality) {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality " + quality + " is not 1..100");
        }
        return OpenCv.jpeg(bgr(), width, height, quality);
    }

    /** Nobody may write it. */
    private byte[] bgr() {
        return switch (pixels) {
            case Pixels.Bgr(byte[] bytes) -> bytes;
            case Pixels.Jpeg(byte[] file) -> OpenCv.decode(file, width, height);
        };
    }

    private static byte[] bgr(BufferedImage image) {
        boolean plain = image.getType() == BufferedImage.TYPE_3BYTE_BGR
                && image.getRaster().getParent() == null
                && ((ComponentSampleModel) image.getSampleModel()).getScanlineStride() == 3 * image.getWidth();
        if (plain) {
            return ((DataBufferByte) image.getRaster().getDataBuffer())
                    .getData()
                    .clone();
        }
        BufferedImage copy = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = copy.createGraphics();
        try {
            graphics.drawImage(image, 0, 0, null);
        } finally {
            graphics.dispose();
        }
        return ((DataBufferByte) copy.getRaster().getDataBuffer()).getData();
    }

    @Override
    public String toString() {
        return "Frame " + number + ", " + width + "x" + height + ", " + time
                + (detections.isEmpty() ? "" : ", " + detections.size() + " found");
    }
}
