package dev.notecast.jupyter.widget;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.server.access.Scope;
import dev.notecast.server.tunnel.QrCode;
import dev.notecast.server.tunnel.TunnelStatus;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Makes widgets that show a tunnel with its links. The links are secrets: they travel as messages, never as state. */
public final class TunnelWidgets {
    private final Widgets widgets;

    public TunnelWidgets(Widgets widgets) {
        this.widgets = widgets;
    }

    /** What stands for the widget in its cell; a saved notebook has the sentence alone. */
    public Map<String, Object> live(String tunnel, PathName path) {
        Widget widget = widgets.open(WidgetCode.state("tunnel", Map.of("path", path.value())));
        widget.handler(new Links(widget, tunnel, path));
        return widget.output("the link");
    }

    private record Links(Widget widget, String tunnel, PathName path) implements WidgetHandler {
        private static final Duration TOKEN_TTL = Duration.ofHours(24); // for OBS, which nobody sets up twice a day

        @Override
        public void message(JsonNode content) {
            switch (content.path("kind").asText()) {
                case "tunnel" -> widget.send(now(), List.of());
                case "token" ->
                    Notecast.running()
                            .map(server -> server.accessToken(new Scope.Publish(path), TOKEN_TTL))
                            .ifPresent(token -> widget.send(Map.of("kind", "token", "token", token), List.of()));
                default -> {} // from a page with another version of the widget
            }
        }

        private Map<String, Object> now() {
            Optional<Notecast> server = Notecast.running();
            Optional<TunnelStatus> status =
                    server.flatMap(running -> running.tunnels().find(tunnel).map(found -> found.status()));
            Map<String, Object> answer = new LinkedHashMap<>();
            answer.put("kind", "tunnel");
            answer.put("tunnel", tunnel);
            answer.put(
                    "state",
                    status.map(s -> s.state().name().toLowerCase(Locale.ROOT)).orElse("closed"));
            answer.put("note", status.map(TunnelStatus::note).orElse(""));
            status.flatMap(TunnelStatus::url).ifPresent(url -> {
                answer.put("url", url.toString());
                answer.put("whip", url.resolve(path + "/whip").toString());
            });
            server.ifPresent(running -> {
                running.invite(tunnel, new Scope.Read(path)).ifPresent(url -> answer.put("watch", link(url)));
                running.invite(tunnel, new Scope.Publish(path)).ifPresent(url -> answer.put("publish", link(url)));
            });
            return answer;
        }

        private static Map<String, Object> link(URI url) {
            QrCode code = QrCode.of(url.toString());
            return Map.of("url", url.toString(), "size", code.size(), "modules", code.path());
        }

        @Override
        public void closed() {}
    }
}
