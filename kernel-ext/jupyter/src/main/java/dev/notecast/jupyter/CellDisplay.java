package dev.notecast.jupyter;

import dev.notecast.jupyter.html.LinksHtml;
import dev.notecast.jupyter.html.TableHtml;
import dev.notecast.jupyter.html.TextHtml;
import dev.notecast.jupyter.widget.LiveWidgets;
import dev.notecast.jupyter.widget.StreamWidgets;
import dev.notecast.jupyter.widget.TunnelWidgets;
import dev.notecast.jupyter.widget.Widgets;
import dev.notecast.magics.output.Display;
import dev.notecast.magics.output.Output;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Shows outputs in the cell that runs. */
final class CellDisplay implements Display {
    private final KernelPort kernel;
    private final StreamWidgets streams;
    private final LiveWidgets live;
    private final TunnelWidgets tunnels;

    CellDisplay(KernelPort kernel, Widgets widgets) {
        this.kernel = kernel;
        streams = new StreamWidgets(widgets, kernel);
        live = new LiveWidgets(widgets, InstantSource.system());
        tunnels = new TunnelWidgets(widgets);
    }

    @Override
    public void show(Output output) {
        publish(bundle(output));
    }

    @Override
    public Optional<String> askHidden(String prompt) {
        return kernel.askHidden(prompt);
    }

    private Map<String, Object> bundle(Output output) {
        return switch (output) {
            case Output.TextLine line -> Map.of("text/plain", line.text(), "text/html", TextHtml.line(line.text()));
            case Output.Preformatted block -> Map.of("text/plain", block.text());
            case Output.Table table -> Map.of("text/plain", TableHtml.plain(table), "text/html", TableHtml.html(table));
            case Output.LiveTable table -> live.table(table.now());
            case Output.LiveStages stages -> live.stages(stages.now());
            case Output.LivePlots plots -> live.plots(plots.now());
            case Output.Links links -> Map.of("text/plain", LinksHtml.plain(links), "text/html", LinksHtml.html(links));
            case Output.Picture picture -> picture(picture);
            case Output.LiveView view -> streams.live(view.path(), view.via());
            case Output.MjpegView view -> streams.mjpeg(view.path(), view.options());
            case Output.TunnelView view -> tunnels.live(view.tunnel(), view.path());
            case Output.PublishView view -> streams.publish(view.path());
        };
    }

    private static Map<String, Object> picture(Output.Picture picture) {
        Map<String, Object> bundle = new LinkedHashMap<>();
        bundle.put("image/jpeg", Base64.getEncoder().encodeToString(picture.jpeg()));
        bundle.put("text/plain", picture.caption());
        return bundle;
    }

    private void publish(Map<String, Object> data) {
        Map<String, Object> content = Map.of("data", data, "metadata", Map.of(), "transient", Map.of());
        kernel.publish(new IopubMessage("display_data", content, Map.of(), List.of()));
    }
}
