package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.KernelPort;
import dev.notecast.jupyter.comm.Comm;
import dev.notecast.jupyter.comm.CommHandler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;

/** The widgets that live in this kernel, and what a page needs to show them again after it was reloaded. */
public final class Widgets implements AutoCloseable {
    private static final int MAX_WIDGETS = 64; // every run of a cell makes a new one; the oldest give way
    private static final String CONTROL_TARGET = "jupyter.widget.control";

    private final KernelPort kernel;
    private final ConcurrentLinkedDeque<Widget> widgets = new ConcurrentLinkedDeque<>();

    public Widgets(KernelPort kernel) {
        this.kernel = kernel;
    }

    /**
     * Opens a widget in every page, on the kernel's own thread.
     *
     * @param state what its code reads with {@code model.get}; it is saved with the notebook, so it holds no secret
     */
    public Widget open(Map<String, Object> state) {
        Widget widget = Widget.open(kernel, state, widgets::remove);
        widgets.addLast(widget);
        while (widgets.size() > MAX_WIDGETS) {
            widgets.removeFirst().closeEverywhere();
        }
        return widget;
    }

    /** A page that was reloaded asks for the state of every widget that its outputs name. */
    public void answerReloadedPages() {
        kernel.registerCommTarget(CONTROL_TARGET, (id, data) -> {
            Comm comm = Comm.accepted(kernel, id);
            return new CommHandler() {
                @Override
                public void message(JsonNode message) {
                    if (message.path("method").asText().equals("request_states")) {
                        comm.send(states(), List.of());
                    }
                }

                @Override
                public void closed() {}
            };
        });
    }

    private Map<String, Object> states() {
        Map<String, Object> states = widgets.stream()
                .collect(Collectors.toMap(Widget::id, Widget::description, (one, other) -> one, LinkedHashMap::new));
        return Map.of("method", "update_states", "states", states, "buffer_paths", List.of());
    }

    /** Stops what widgets do in this JVM; pages keep their last picture. */
    @Override
    public void close() {
        widgets.forEach(Widget::stop);
        widgets.clear();
    }
}
