package dev.notecast.vision.frame;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC4;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_COLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGRA2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2BGR;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_YUV2BGR_I420;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.media.codec.CodecException;
import dev.notecast.media.codec.Natives;
import dev.notecast.media.frame.VideoFrame;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** OpenCV on pictures in the Java heap. Keeps nothing between calls; any thread. */
final class OpenCv {
    private OpenCv() {}

    /** A matrix of its own memory. */
    static Mat mat(byte[] bgr, int width, int height) {
        Natives.load();
        Mat mat = new Mat(height, width, CV_8UC3);
        try (BytePointer data = mat.data()) {
            data.put(bgr, 0, bgr.length);
        }
        return mat;
    }

    /** @throws IllegalArgumentException when it is empty, or neither grey nor of three or four bytes a pixel */
    static byte[] bgr(Mat mat) {
        int type = mat.type();
        if (mat.empty() || type != CV_8UC1 && type != CV_8UC3 && type != CV_8UC4) {
            throw new IllegalArgumentException(
                    "a picture is a Mat of CV_8UC3 (BGR), CV_8UC1 (grey) or CV_8UC4 (BGRA), not "
                            + (mat.empty() ? "an empty one" : "of type " + type));
        }
        if (type == CV_8UC3) {
            return bytes(mat);
        }
        try (Mat colours = new Mat()) {
            cvtColor(mat, colours, type == CV_8UC1 ? COLOR_GRAY2BGR : COLOR_BGRA2BGR);
            return bytes(colours);
        }
    }

    private static byte[] bytes(Mat bgr) {
        byte[] bytes = new byte[Math.multiplyExact(3, Math.multiplyExact(bgr.cols(), bgr.rows()))];
        if (bgr.isContinuous()) {
            copy(bgr, bytes);
        } else {
            try (Mat whole = bgr.clone()) { // a part of a larger picture has gaps between its rows
                copy(whole, bytes);
            }
        }
        return bytes;
    }

    private static void copy(Mat mat, byte[] to) {
        try (BytePointer data = mat.data()) {
            data.get(to, 0, to.length);
        }
    }

    /** @param frame stays the caller's */
    static byte[] bgr(VideoFrame frame) {
        byte[] bytes = new byte[Math.multiplyExact(3, Math.multiplyExact(frame.width(), frame.height()))];
        switch (frame.format()) {
            case BGR -> frame.pixels().get(bytes);
            case I420 -> {
                Natives.load();
                try (BytePointer from = new BytePointer(frame.pixels());
                        Mat planes = new Mat(frame.height() * 3 / 2, frame.width(), CV_8UC1, from);
                        Mat colours = new Mat()) {
                    cvtColor(planes, colours, COLOR_YUV2BGR_I420);
                    copy(colours, bytes);
                }
            }
        }
        return bytes;
    }

    /** @throws CodecException when it is damaged or has another size */
    static byte[] decode(byte[] file, int width, int height) {
        Natives.load();
        try (BytePointer bytes = new BytePointer(file);
                Mat input = new Mat(1, file.length, CV_8UC1, bytes);
                Mat picture = imdecode(input, IMREAD_COLOR)) {
            if (picture.cols() != width || picture.rows() != height) {
                throw new CodecException("a kept picture cannot be read");
            }
            return bytes(picture);
        }
    }

    /** @throws CodecException when OpenCV cannot encode it */
    static byte[] jpeg(byte[] bgr, int width, int height, int quality) {
        try (Mat mat = mat(bgr, width, height);
                BytePointer file = new BytePointer();
                IntPointer options = new IntPointer(IMWRITE_JPEG_QUALITY, quality)) {
            if (!imencode(".jpg", mat, file, options)) {
                throw new CodecException("OpenCV cannot encode a JPEG of " + width + "x" + height);
            }
            byte[] data = new byte[(int) file.limit()];
            file.get(data);
            return data;
        }
    }

    static byte[] scaled(byte[] bgr, int width, int height, int toWidth, int toHeight) {
        try (Mat large = mat(bgr, width, height);
                Mat small = new Mat();
                Size size = new Size(toWidth, toHeight)) {
            resize(large, small, size, 0, 0, INTER_AREA);
            return bytes(small);
        }
    }
}
