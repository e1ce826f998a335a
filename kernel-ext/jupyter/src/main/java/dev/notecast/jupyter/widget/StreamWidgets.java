package dev.notecast.jupyter.widget;

import dev.notecast.jupyter.KernelPort;
import dev.notecast.magics.output.Via;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import java.util.Locale;
import java.util.Map;

/** Makes the widgets that show a path, and the output that stands for each in its cell. */
public final class StreamWidgets {
    private final Widgets widgets;
    private final KernelPort kernel;

    public StreamWidgets(Widgets widgets, KernelPort kernel) {
        this.widgets = widgets;
        this.kernel = kernel;
    }

    public Map<String, Object> live(PathName path, Via via) {
        return open("live", path, via, JpegOptions.DEFAULT, "live video of '" + path + "'");
    }

    public Map<String, Object> mjpeg(PathName path, JpegOptions options) {
        return open("live", path, Via.MJPEG, options, "pictures of '" + path + "'");
    }

    public Map<String, Object> publish(PathName path) {
        return open("publish", path, Via.AUTO, JpegOptions.DEFAULT, "the link to publish to '" + path + "'");
    }

    private Map<String, Object> open(String mode, PathName path, Via via, JpegOptions options, String what) {
        Map<String, Object> state =
                Map.of("path", path.value(), "via", via.name().toLowerCase(Locale.ROOT));
        Widget widget = widgets.open(WidgetCode.state(mode, state));
        widget.handler(new StreamHandler(widget, path, options, kernel));
        return widget.output(what);
    }
}
