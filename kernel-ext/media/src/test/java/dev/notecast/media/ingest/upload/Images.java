package dev.notecast.media.ingest.upload;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import dev.notecast.media.codec.Natives;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Picture files of one color. */
final class Images {
    private Images() {}

    /** @param extension such as {@code .jpg}; @param brightness of its gray, 0..255 */
    static byte[] file(String extension, int width, int height, int brightness) {
        Natives.load();
        try (Scalar color = Scalar.all(brightness);
                Mat picture = new Mat(height, width, CV_8UC3, color);
                BytePointer file = new BytePointer()) {
            if (!imencode(extension, picture, file)) {
                throw new IllegalStateException("OpenCV cannot write " + extension);
            }
            byte[] data = new byte[(int) file.limit()];
            file.get(data);
            return data;
        }
    }
}
