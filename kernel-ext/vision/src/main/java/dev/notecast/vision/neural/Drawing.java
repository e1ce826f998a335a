package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.rectangle;

import dev.notecast.vision.filter.Detection;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** Boxes with their names on them; one colour for each name. */
public final class Drawing {
    private static final double LETTERS = 1.0 / 900; // of the Hershey font, for each pixel of the picture's height
    private static final double SMALLEST_LETTERS = 0.4;

    private Drawing() {}

    /** The box inside its lines, and what it is above it, or inside where there is no room. */
    public static void box(Mat picture, Detection found) {
        int thick = Math.max(2, picture.rows() / 240);
        String text = "%s %d%%".formatted(found.label(), Math.round(100 * found.score()));
        double letters = Math.max(SMALLEST_LETTERS, picture.rows() * LETTERS);
        try (Scalar colour = Palette.of(found.label().hashCode());
                Scalar black = new Scalar(0, 0, 0, 0);
                Rect box = new Rect(found.x(), found.y(), found.width(), found.height());
                Size size = getTextSize(text, FONT_HERSHEY_SIMPLEX, letters, 1, new int[1])) {
            int height = size.height() + 6;
            int top = found.y() >= height ? found.y() - height : found.y();
            rectangle(picture, box, colour, thick, LINE_8, 0);
            try (Rect plate = new Rect(found.x(), top, size.width() + 6, height);
                    Point foot = new Point(found.x() + 3, top + height - 3)) {
                rectangle(picture, plate, colour, FILLED, LINE_8, 0);
                putText(picture, text, foot, FONT_HERSHEY_SIMPLEX, letters, black, 1, LINE_AA, false);
            }
        }
    }
}
