package dev.notecast.jupyter.widget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** The widget's own code as one ES module: a page in a notebook can load nothing beside it. */
final class WidgetCode {
    private static final List<String> PARTS = List.of(
            "frame.js",
            "webrtc.js",
            "mjpeg.js",
            "pictures.js",
            "live.js",
            "publish.js",
            "table.js",
            "plots.js",
            "main.js");

    static final String MODULE = PARTS.stream().map(WidgetCode::read).collect(Collectors.joining("\n"));
    static final String STYLE = read("widget.css");

    private WidgetCode() {}

    private static String read(String name) {
        try (InputStream in = WidgetCode.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
