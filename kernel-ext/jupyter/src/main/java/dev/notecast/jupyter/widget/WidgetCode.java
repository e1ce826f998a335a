package dev.notecast.jupyter.widget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The widget's code as one ES module, since a page in a notebook can load nothing beside it: the widget's own files and
 * those of the server's pages that they import.
 */
final class WidgetCode {
    private static final String FOLDER = "/dev/notecast/jupyter/widget/";

    static final String MODULE = new ModuleBundle(WidgetCode::read).bundle(FOLDER + "main.js");
    static final String STYLE = read(FOLDER + "widget.css");

    private WidgetCode() {}

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
