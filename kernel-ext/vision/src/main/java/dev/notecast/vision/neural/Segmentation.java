package dev.notecast.vision.neural;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC1;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_core.addWeighted;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_NEAREST;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.Settings;
import dev.notecast.vision.model.Models;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Colours over what belongs to a class; the background, class 0, stays as it is. */
final class Segmentation implements Filter {
    private static final double PERCENT = 100;
    private static final int MULTIPLE = 8; // the network halves its picture three times
    private static final int COLOURS = 3;

    private static final byte[] PALETTE = palette();

    private final NetworkSlot<ClassNetwork> slot;
    private final int width;
    private final double strength;
    private final Mat mask = new Mat();
    private final Mat colours = new Mat();
    private final Mat mixed = new Mat();
    private final Mat smallMask = new Mat();
    private final Mat smallColours = new Mat();
    private byte[] bytes = new byte[0];
    private int frameWidth = 4; // of the newest picture, for a network that takes any size
    private int frameHeight = 3;

    Segmentation(Settings settings, Models models) {
        width = settings.whole("width");
        strength = settings.whole("strength") / PERCENT;
        slot = new NetworkSlot<>(
                models,
                settings.text("model"),
                model -> new ClassNetwork(model, multiple(width), multiple((double) width * frameHeight / frameWidth)));
    }

    private static byte[] palette() {
        byte[] palette = new byte[COLOURS * 256];
        for (int i = 0; i < palette.length; i++) {
            palette[i] = (byte) Palette.bgr(i / COLOURS)[i % COLOURS];
        }
        return palette;
    }

    private static int multiple(double length) {
        return MULTIPLE * (int) Math.max(1, Math.min(512, Math.round(length / MULTIPLE)));
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        frameWidth = frame.width();
        frameHeight = frame.height();
        Optional<ClassNetwork> network = slot.ready();
        network.ifPresent(found -> colour(frame.mat(), found));
        return frame;
    }

    private void colour(Mat picture, ClassNetwork network) {
        byte[] classes = network.find(picture);
        allocate(network);
        for (int i = 0; i < classes.length; i++) {
            System.arraycopy(PALETTE, COLOURS * (classes[i] & 0xFF), bytes, COLOURS * i, COLOURS);
        }
        try (BytePointer kinds = smallMask.data();
                BytePointer painted = smallColours.data();
                Size size = new Size(picture.cols(), picture.rows())) {
            kinds.put(classes);
            painted.put(bytes);
            resize(smallMask, mask, size, 0, 0, INTER_NEAREST);
            resize(smallColours, colours, size, 0, 0, INTER_NEAREST);
        }
        addWeighted(picture, 1 - strength, colours, strength, 0, mixed);
        mixed.copyTo(picture, mask);
    }

    private void allocate(ClassNetwork network) {
        if (smallMask.cols() != network.width() || smallMask.rows() != network.height()) {
            smallMask.create(network.height(), network.width(), CV_8UC1);
            smallColours.create(network.height(), network.width(), CV_8UC3);
            bytes = new byte[COLOURS * network.width() * network.height()];
        }
    }

    @Override
    public Optional<String> note() {
        return slot.note();
    }

    @Override
    public void close() {
        slot.close();
        mask.close();
        colours.close();
        mixed.close();
        smallMask.close();
        smallColours.close();
    }
}
