package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.KernelPort;
import dev.notecast.jupyter.comm.Comm;
import dev.notecast.jupyter.comm.CommHandler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One anywidget: a model in this JVM, and a view in each page that shows the cell (Jupyter widget protocol 2.1). */
public final class Widget {
    private static final String TARGET = "jupyter.widget";
    private static final Map<String, Object> PROTOCOL = Map.of("version", "2.1.0");
    private static final Map<String, Object> ANYWIDGET = Map.of(
            "_model_module", "anywidget",
            "_model_module_version", "*", // JupyterLab takes the installed one only when the range holds it
            "_model_name", "AnyModel",
            "_view_module", "anywidget",
            "_view_module_version", "*",
            "_view_name", "AnyView");

    private final Map<String, Object> state;
    private final Consumer<Widget> whenClosed;
    private volatile WidgetHandler handler = WidgetHandler.NONE;
    private Comm comm;

    private Widget(Map<String, Object> own, Consumer<Widget> whenClosed) {
        Map<String, Object> all = new HashMap<>(ANYWIDGET);
        all.putAll(own);
        state = Map.copyOf(all);
        this.whenClosed = whenClosed;
    }

    static Widget open(KernelPort kernel, Map<String, Object> state, Consumer<Widget> whenClosed) {
        Widget widget = new Widget(state, whenClosed);
        Map<String, Object> data = Map.of("state", widget.state, "buffer_paths", List.of());
        widget.comm = Comm.open(kernel, TARGET, data, PROTOCOL, widget.new Messages());
        return widget;
    }

    /** Who takes what the widget's views send. */
    public void handler(WidgetHandler value) {
        handler = value;
    }

    public String id() {
        return comm.id();
    }

    /** Sends to every view, on any thread. */
    public void send(Map<String, Object> content, List<byte[]> buffers) {
        comm.send(Map.of("method", "custom", "content", content), buffers);
    }

    /**
     * A cell's output that shows the widget.
     *
     * @param html what stands for it in a saved notebook, and where widgets are unknown
     * @param plain the same without a browser
     */
    public Map<String, Object> output(String html, String plain) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put(
                "application/vnd.jupyter.widget-view+json",
                Map.of("version_major", 2, "version_minor", 1, "model_id", id()));
        bundle.put("text/html", html);
        bundle.put("text/plain", plain);
        return bundle;
    }

    /** A cell's output that shows the widget; a sentence stands for it elsewhere. @param what it shows */
    Map<String, Object> output(String what) {
        return output("<em>Run this cell to see " + what + ".</em>", "Run this cell to see " + what + ".");
    }

    Map<String, Object> description() {
        return Map.of(
                "model_name", state.get("_model_name"),
                "model_module", state.get("_model_module"),
                "model_module_version", state.get("_model_module_version"),
                "state", state);
    }

    void stop() {
        handler.closed();
    }

    void closeEverywhere() {
        stop();
        comm.close();
    }

    private final class Messages implements CommHandler {
        @Override
        public void message(JsonNode data) {
            switch (data.path("method").asText()) {
                case "custom" -> handler.message(data.path("content"));
                case "request_state" ->
                    comm.send(Map.of("method", "update", "state", state, "buffer_paths", List.of()), List.of());
                default -> {} // views of ours change no state
            }
        }

        @Override
        public void closed() {
            stop();
            whenClosed.accept(Widget.this);
        }
    }
}
