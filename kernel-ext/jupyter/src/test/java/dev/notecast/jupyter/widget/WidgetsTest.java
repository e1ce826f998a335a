package dev.notecast.jupyter.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.notecast.jupyter.FakeKernel;
import dev.notecast.jupyter.IopubMessage;
import dev.notecast.jupyter.comm.CommHandler;
import dev.notecast.jupyter.comm.Json;
import dev.notecast.magics.output.Via;
import dev.notecast.media.path.PathName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WidgetsTest {
    private final FakeKernel kernel = new FakeKernel();
    private final Widgets widgets = new Widgets(kernel);

    @Test
    void opensAnAnywidgetModelWithItsState() {
        Widget widget = widgets.open(Map.of("path", "live"));
        IopubMessage open = kernel.published("comm_open").getFirst();
        assertEquals("jupyter.widget", open.content().get("target_name"));
        assertEquals(widget.id(), open.content().get("comm_id"));
        assertEquals(Map.of("version", "2.1.0"), open.metadata());
        Map<?, ?> state = (Map<?, ?>) ((Map<?, ?>) open.content().get("data")).get("state");
        assertEquals("anywidget", state.get("_model_module"));
        assertEquals("live", state.get("path"));
    }

    @Test
    void handsMessagesOfViewsToTheHandler() {
        Widget widget = widgets.open(Map.of());
        List<JsonNode> received = new ArrayList<>();
        widget.handler(collecting(received));
        kernel.receive(widget.id(), "{\"method\":\"custom\",\"content\":{\"kind\":\"hello\"}}");
        kernel.receive(widget.id(), "{\"method\":\"update\",\"state\":{\"path\":\"other\"}}");
        kernel.receive(widget.id(), "not JSON");
        assertEquals(List.of(Json.parse("{\"kind\":\"hello\"}")), received);
    }

    @Test
    void givesAReloadedPageEveryLivingWidget() {
        Widget first = widgets.open(Map.of("path", "a"));
        Widget second = widgets.open(Map.of("path", "b"));
        widgets.answerReloadedPages();
        CommHandler control = kernel.targets.get("jupyter.widget.control").accept("c1", Json.parse("{}"));
        control.message(Json.parse("{\"method\":\"request_states\"}"));
        IopubMessage answer = kernel.published("comm_msg").getLast();
        assertEquals("c1", answer.content().get("comm_id"));
        Map<?, ?> data = (Map<?, ?>) answer.content().get("data");
        assertEquals("update_states", data.get("method"));
        Map<?, ?> states = (Map<?, ?>) data.get("states");
        assertEquals(List.of(first.id(), second.id()), List.copyOf(states.keySet()));
        assertEquals("AnyModel", ((Map<?, ?>) states.get(first.id())).get("model_name"));
    }

    @Test
    void keepsNoMoreThanSixtyFourWidgets() {
        Widget oldest = widgets.open(Map.of());
        for (int i = 0; i < 64; i++) {
            widgets.open(Map.of());
        }
        assertFalse(kernel.comms.containsKey(oldest.id()), "the oldest widget is still known to the kernel");
        assertEquals(
                oldest.id(), kernel.published("comm_close").getFirst().content().get("comm_id"));
        assertEquals(64, kernel.comms.size());
    }

    @Test
    void showsALiveViewWithASentenceForPagesWithoutWidgets() {
        Map<String, Object> bundle = new StreamWidgets(widgets, kernel).live(new PathName("live"), Via.AUTO);
        assertTrue(bundle.containsKey("application/vnd.jupyter.widget-view+json"), "mime types: " + bundle.keySet());
        assertEquals("Run this cell to see live video of 'live'.", bundle.get("text/plain"));
    }

    private static WidgetHandler collecting(List<JsonNode> received) {
        return new WidgetHandler() {
            @Override
            public void message(JsonNode content) {
                received.add(content);
            }

            @Override
            public void closed() {}
        };
    }
}
