package dev.notecast.jupyter.widget;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.notecast.jupyter.FakeKernel;
import dev.notecast.jupyter.IopubMessage;
import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Plots;
import dev.notecast.magics.output.Stages;
import dev.notecast.vision.pipeline.StageStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveWidgetsTest {
    private static final Plots PLOTS = new Plots(
            "Statistics of 'live'",
            1003,
            List.of(new Plots.Plot(
                    "Bitrate",
                    "bps",
                    List.of(
                            new Plots.Line("received <b>", new double[] {1e6, 2_500_000, 2e6}),
                            new Plots.Line("sent", new double[] {Double.NaN, 0, 1234})))),
            new Output.Table("Sessions", List.of("Session"), List.of(List.of("3f9a")), ""));

    private final FakeKernel kernel = new FakeKernel();
    private final LiveWidgets live =
            new LiveWidgets(new Widgets(kernel), InstantSource.fixed(Instant.parse("2026-11-21T17:45:03Z")));

    @Test
    void aViewGetsWhatItHasNotYet() {
        live.plots(() -> PLOTS);
        assertEquals("[1000000.0,2500000.0,2000000.0]|[null,0.0,1234.0]", ask(0));
        assertEquals("[2000000.0]|[1234.0]", ask(1002));
        assertEquals("[]|[]", ask(1003));
        assertEquals("[]|[]", ask(2000));
        assertEquals("[1000000.0,2500000.0,2000000.0]|[null,0.0,1234.0]", ask(Long.MIN_VALUE / 2));
    }

    @Test
    void theSavedFormIsAPictureWithItsFiguresInWords() {
        Map<String, Object> bundle = live.plots(() -> PLOTS);
        String html = bundle.get("text/html").toString();
        assertTrue(html.contains("alt=\"Bitrate: received &lt;b&gt; 2.0 Mbps, sent 1234 bps\""), html);
        String picture = html.replaceFirst("(?s).*base64,([^\"]*)\".*", "$1");
        String svg = new String(Base64.getDecoder().decode(picture), StandardCharsets.UTF_8);
        assertTrue(svg.contains("M0.0 54.8L165.0 20.0L330.0 31.6"), svg);
        assertTrue(svg.contains("M165.0 78.0L330.0 78.0"), svg);
        assertTrue(svg.contains("up to 2.5 Mbps"), svg);
        assertTrue(html.contains("<td") && html.contains("3f9a"), html);
        assertTrue(bundle.get("text/plain").toString().contains("received <b> 2.0 Mbps"), bundle::toString);
    }

    @Test
    void theSavedFormSaysWhenItWasTrue() {
        String time = "As it was at 2026-11-21 17:45:03 UTC";
        for (Map<String, Object> bundle : List.of(live.plots(() -> PLOTS), live.table(PLOTS::table))) {
            assertTrue(bundle.get("text/html").toString().contains(time), bundle::toString);
            assertTrue(bundle.get("text/plain").toString().contains(time), bundle::toString);
        }
    }

    @Test
    void aTableIsAnsweredWithTheRowsOfNow() {
        live.table(PLOTS::table);
        kernel.receive(
                kernel.comms.keySet().iterator().next(), "{\"method\":\"custom\",\"content\":{\"kind\":\"table\"}}");
        IopubMessage answer = kernel.published("comm_msg").getLast();
        JsonNode content = new ObjectMapper().valueToTree(answer.content()).at("/data/content");
        assertEquals("table", content.required("kind").asText());
        assertEquals("3f9a", content.at("/rows/0/0").asText());
    }

    @Test
    void stagesAreDrawnOneAfterTheOtherAndTotalsFromTheArrival() {
        StageStatus never = new StageStatus("convert", 0, 0, 0, 0);
        Stages stages = new Stages(
                "Pipeline <p>",
                List.of(
                        new StageStatus("capture", 20, 30, 300, 0),
                        new StageStatus("decode", 2, 4, 300, 0),
                        never,
                        new StageStatus("mirror", 18, 26, 300, 7),
                        new StageStatus(StageStatus.SENT, 20, 28, 300, 0)),
                "");
        assertEquals(
                List.of(0.0, 20.0, 22.0, 20.0),
                stages.bars().stream().map(Stages.Bar::fromMillis).toList());
        Map<String, Object> bundle = live.stages(() -> stages);
        String plain = bundle.get("text/plain").toString();
        assertTrue(
                plain.contains("mirror           18      26      7        " + " ".repeat(18) + "#".repeat(15)), plain);
        String html = bundle.get("text/html").toString();
        assertTrue(html.contains("Pipeline &lt;p&gt;") && html.contains("width:45.8%"), html);
        assertTrue(html.contains("As it was at 2026-11-21"), html);
        kernel.receive(
                kernel.comms.keySet().iterator().next(), "{\"method\":\"custom\",\"content\":{\"kind\":\"stages\"}}");
        JsonNode content = new ObjectMapper()
                .valueToTree(kernel.published("comm_msg").getLast().content())
                .at("/data/content");
        assertEquals(4, content.path("stages").size());
        assertTrue(content.at("/stages/3/total").asBoolean());
    }

    private String ask(long since) {
        String id = kernel.comms.keySet().iterator().next();
        kernel.receive(id, "{\"method\":\"custom\",\"content\":{\"kind\":\"plots\",\"since\":" + since + "}}");
        IopubMessage answer = kernel.published("comm_msg").getLast();
        JsonNode content = new ObjectMapper().valueToTree(answer.content()).at("/data/content");
        assertEquals(1003, content.required("end").asLong());
        JsonNode lines = content.at("/plots/0/lines");
        return lines.get(0).required("values") + "|" + lines.get(1).required("values");
    }
}
