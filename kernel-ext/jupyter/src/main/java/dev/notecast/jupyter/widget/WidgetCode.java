package dev.notecast.jupyter.widget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The widget's code as one ES module, since a page in a notebook can load nothing beside it: the widget's own files and
 * those of the server's pages that they import.
 */
final class WidgetCode {
    private static final String FOLDER = "/dev/notecast/jupyter/widget/";

    static final String MODULE = new ModuleBundle(WidgetCode::read).bundle(FOLDER + "main.js");
    static final String STYLE = read(FOLDER + "widget.css") + read("/web/assets/waterfall.css");

    private WidgetCode() {}

    /**
     * The state of a widget with this code.
     *
     * @param mode which of its views it has
     * @param own what that view reads besides
     */
    static Map<String, Object> state(String mode, Map<String, Object> own) {
        Map<String, Object> state = new HashMap<>(own);
        state.putAll(Map.of("_esm", MODULE, "_css", STYLE, "_anywidget_id", "dev.notecast." + mode, "mode", mode));
        return state;
    }

    private static String read(String path) {
        try (InputStream in = WidgetCode.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is not in the jars");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
