package dev.notecast.vision.neural;

import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.Settings;
import dev.notecast.vision.model.Models;
import java.util.List;
import java.util.Optional;

/** Boxes around objects and what they are. */
final class ObjectDetection implements Filter {
    private static final double PERCENT = 100;

    private final NetworkSlot<ObjectNetwork> slot;
    private final double score;
    private final double overlap;
    private final int every;
    private List<Detection> last = List.of();
    private long pictures;

    ObjectDetection(Settings settings, Models models) {
        boolean rgb = settings.text("colours").equals("rgb");
        slot = new NetworkSlot<>(models, settings.text("model"), model -> new ObjectNetwork(model, rgb));
        score = settings.whole("score") / PERCENT;
        overlap = settings.whole("iou") / PERCENT;
        every = settings.whole("every");
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        Optional<ObjectNetwork> network = slot.ready();
        if (network.isEmpty()) {
            last = List.of();
            pictures = 0;
            return frame;
        }
        if (pictures++ % every == 0) {
            last = network.get().find(frame.mat(), score, overlap);
        }
        last.forEach(found -> Drawing.box(frame.mat(), found));
        frame.detections().addAll(last);
        return frame;
    }

    @Override
    public Optional<String> note() {
        return slot.note();
    }

    @Override
    public void close() {
        slot.close();
    }
}
