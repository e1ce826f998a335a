package dev.notecast.vision.neural;

import dev.notecast.vision.filter.PersonFinder;
import dev.notecast.vision.model.Models;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/** People as a network tells them from what is behind them. */
final class NetworkPeople implements PersonFinder {
    private final NetworkSlot<PersonNetwork> slot;

    NetworkPeople(Models models, String model) {
        slot = new NetworkSlot<>(models, model, PersonNetwork::new);
    }

    @Override
    public boolean find(Mat picture, Mat mask) {
        Optional<PersonNetwork> network = slot.ready();
        network.ifPresent(found -> found.find(picture, mask));
        return network.isPresent();
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
