package dev.notecast.vision.neural;

import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.FaceFinder;
import dev.notecast.vision.model.Models;
import java.util.List;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** Faces as YuNet finds them; none until its weights are loaded. */
final class YuNetFaces implements FaceFinder {
    private final NetworkSlot<FaceNetwork> slot;
    private final double score;
    private final int minPixels;

    YuNetFaces(Models models, String model, double score, int minPixels) {
        slot = new NetworkSlot<>(models, model, FaceNetwork::new);
        this.score = score;
        this.minPixels = minPixels;
    }

    @Override
    public boolean isReady() {
        return slot.ready().isPresent();
    }

    @Override
    public List<Detection> find(Mat picture) {
        return slot.ready()
                .map(network -> network.find(picture, score).stream()
                        .filter(face -> face.width() >= minPixels)
                        .toList())
                .orElse(List.of());
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
