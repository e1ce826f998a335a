package dev.notecast.vision.neural;

import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.Settings;
import dev.notecast.vision.model.Models;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Skeletons over people. */
final class Pose implements Filter {
    private static final double PERCENT = 100;

    private final NetworkSlot<PoseNetwork> slot;
    private final double score;
    private final Scalar bone = new Scalar(255, 255, 255, 0);
    private final Scalar joint = new Scalar(60, 90, 240, 0);

    Pose(Settings settings, Models models) {
        slot = new NetworkSlot<>(models, settings.text("model"), PoseNetwork::of);
        score = settings.whole("score") / PERCENT;
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        Optional<PoseNetwork> network = slot.ready();
        if (network.isPresent()) {
            for (Person person : network.get().find(frame.mat(), score)) {
                network.get().skeleton().draw(frame.mat(), person, bone, joint);
                person.box(frame.width(), frame.height()).ifPresent(frame.detections()::add);
            }
        }
        return frame;
    }

    @Override
    public Optional<String> note() {
        return slot.note();
    }

    @Override
    public void close() {
        slot.close();
        bone.close();
        joint.close();
    }
}
