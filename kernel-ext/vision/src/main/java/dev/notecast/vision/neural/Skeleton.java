package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_8;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;
import static org.bytedeco.opencv.global.opencv_imgproc.line;

import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Which joints are joined, and how that is drawn. */
enum Skeleton {
    /** The 17 of COCO: nose, eyes, ears, shoulders, elbows, wrists, hips, knees, ankles; left ones first. */
    COCO(
            17, 0, 1, 0, 2, 1, 3, 2, 4, 5, 6, 5, 7, 7, 9, 6, 8, 8, 10, 5, 11, 6, 12, 11, 12, 11, 13, 13, 15, 12, 14, 14,
            16),
    /** The 33 of MediaPipe's pose, with hands and feet. */
    MEDIAPIPE(
            33, 0, 1, 1, 2, 2, 3, 3, 7, 0, 4, 4, 5, 5, 6, 6, 8, 9, 10, 11, 12, 11, 13, 13, 15, 15, 17, 15, 19, 15, 21,
            17, 19, 12, 14, 14, 16, 16, 18, 16, 20, 16, 22, 18, 20, 11, 23, 12, 24, 23, 24, 23, 25, 25, 27, 27, 29, 27,
            31, 29, 31, 24, 26, 26, 28, 28, 30, 28, 32, 30, 32);

    private static final int FARTHEST = 10_000;

    private final int joints;
    private final int[] bones; // from, to

    Skeleton(int joints, int... bones) {
        this.joints = joints;
        this.bones = bones;
    }

    int joints() {
        return joints;
    }

    /** Bones between joints that are both seen, then the joints. */
    void draw(Mat picture, Person person, Scalar bone, Scalar joint) {
        int thick = Math.max(2, picture.rows() / 240);
        for (int i = 0; i < bones.length; i += 2) {
            if (person.visible()[bones[i]] && person.visible()[bones[i + 1]]) {
                try (Point from = point(person, bones[i]);
                        Point to = point(person, bones[i + 1])) {
                    line(picture, from, to, bone, thick, LINE_8, 0);
                }
            }
        }
        for (int i = 0; i < joints; i++) {
            if (person.visible()[i]) {
                try (Point at = point(person, i)) {
                    circle(picture, at, 2 * thick, joint, FILLED, LINE_8, 0);
                }
            }
        }
    }

    private static Point point(Person person, int joint) {
        return new Point(near(person.x()[joint]), near(person.y()[joint]));
    }

    /** No further away than OpenCV can draw a line to. */
    private static int near(float position) {
        return Math.max(-FARTHEST, Math.min(FARTHEST, Math.round(position)));
    }
}
