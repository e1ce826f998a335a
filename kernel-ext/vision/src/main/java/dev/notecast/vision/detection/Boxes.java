package dev.notecast.vision.detection;

import dev.notecast.vision.filter.BgrFrame;
import dev.notecast.vision.filter.Detection;
import dev.notecast.vision.filter.Filter;
import dev.notecast.vision.filter.Settings;
import dev.notecast.vision.neural.Drawing;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;

/** Draws what programs outside have last found on the path that the pictures come from. */
public final class Boxes implements Filter {
    private final long ageNanos;
    private volatile LongFunction<List<Findings>> outside = age -> List.of();

    public Boxes(Settings settings) {
        ageNanos = TimeUnit.MILLISECONDS.toNanos(settings.whole("age"));
    }

    /** @param findings what has been said of the path's pictures, for a greatest age in nanoseconds */
    public void drawFrom(LongFunction<List<Findings>> findings) {
        outside = findings;
    }

    @Override
    public BgrFrame apply(BgrFrame frame) {
        for (Findings findings : outside.apply(ageNanos)) {
            for (Detection found : findings.scaledTo(frame.width(), frame.height())) {
                Drawing.box(frame.mat(), found);
                frame.detections().add(found);
            }
        }
        return frame;
    }
}
