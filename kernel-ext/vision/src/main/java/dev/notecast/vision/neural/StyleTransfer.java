package dev.notecast.vision.neural;

import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.Settings;
import dev.notecast.vision.model.Models;
import java.util.Optional;

/** The picture as a painter's network paints it, at the network's size and scaled up. */
final class StyleTransfer implements Filter {
    private final NetworkSlot<StyleNetwork> slot;
    private volatile String scaled; // null before the first picture

    StyleTransfer(Settings settings, Models models) {
        slot = new NetworkSlot<>(models, settings.text("model"), StyleNetwork::new);
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        Optional<StyleNetwork> network = slot.ready();
        network.ifPresent(painter -> {
            painter.paint(frame.mat());
            scaled = "painted at %dx%d and scaled up".formatted(painter.width(), painter.height());
        });
        return frame;
    }

    @Override
    public Optional<String> note() {
        return slot.note().or(() -> Optional.ofNullable(scaled));
    }

    @Override
    public void close() {
        slot.close();
    }
}
