package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.KernelPort;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.access.Scope;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers the views of one path: gives them addresses with a token of their own, and pictures when they cannot reach the
 * server. Tokens travel as messages, never as state, since a notebook may be saved with the state of its widgets.
 */
final class StreamHandler implements WidgetHandler {
    private static final Duration TOKEN_TTL = Duration.ofMinutes(10); // a view asks again whenever it connects

    private static final int MAX_KERNEL_WIDTH = 640;
    private static final int MAX_KERNEL_QUALITY = 70;

    private final Widget widget;
    private final PathName path;
    private final JpegOptions options;
    private final KernelPort kernel;
    private volatile PictureFeed feed; // changed on the kernel's thread only, closed by the end of the JVM too

    StreamHandler(Widget widget, PathName path, JpegOptions options, KernelPort kernel) {
        this.widget = widget;
        this.path = path;
        this.options = options;
        this.kernel = kernel;
    }

    @Override
    public void message(JsonNode content) {
        switch (content.path("kind").asText()) {
            case "hello" -> widget.send(access(content.path("scope").asText()), List.of());
            case "pictures" -> pictures(content.path("on").asBoolean());
            case "seen" ->
                Optional.ofNullable(feed)
                        .ifPresent(running ->
                                running.acknowledge(content.path("number").asLong()));
            default -> {} // from a page with another version of the widget
        }
    }

    private Map<String, Object> access(String scope) {
        Optional<Notecast> running = Notecast.running();
        if (running.isEmpty()) {
            return Map.of("kind", "stopped");
        }
        Notecast server = running.get();
        boolean publishes = scope.equals("publish");
        Scope wanted = publishes ? new Scope.Publish(path) : new Scope.Read(path);
        Map<String, Object> access = new HashMap<>();
        access.put("kind", "access");
        access.put("server", Integer.toHexString(System.identityHashCode(server))); // another one after a restart
        access.put("token", server.accessToken(wanted, TOKEN_TTL));
        if (publishes) {
            access.put("publish", server.publishUrl(path).toString());
        } else {
            access.put("whep", server.whepUrl(path).toString());
            access.put("mjpeg", server.mjpegUrl(path) + query());
        }
        return access;
    }

    private String query() {
        String width = options.width() > 0 ? "&width=" + options.width() : "";
        return "?q=" + options.quality() + "&fps=" + options.fps() + width;
    }

    /** Every byte goes through the Jupyter server too, as a message. */
    private JpegOptions throughKernel() {
        int width = options.width() == 0 ? MAX_KERNEL_WIDTH : Math.min(options.width(), MAX_KERNEL_WIDTH);
        int quality = Math.min(options.quality(), MAX_KERNEL_QUALITY);
        return new JpegOptions(width, quality, PicturePace.MAX_FPS);
    }

    private void pictures(boolean on) {
        PictureFeed running = feed;
        if (!on) {
            closed();
        } else if (running == null || running.isOver()) {
            feed = PictureFeed.start(widget, path, throughKernel(), kernel);
        } else {
            running.acknowledgeAll(); // a page that was reloaded has seen none of what is on its way
        }
    }

    @Override
    public void closed() {
        if (feed != null) {
            feed.close();
        }
    }
}
