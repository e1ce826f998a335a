package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;

/** Takes what a widget's views send, on the kernel's own thread: quick, and without an exception. */
public interface WidgetHandler {
    WidgetHandler NONE = new WidgetHandler() {
        @Override
        public void message(JsonNode content) {}

        @Override
        public void closed() {}
    };

    void message(JsonNode content);

    /** No view will send any more; may be called twice. */
    void closed();
}
