package dev.notecast.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.output.Link;
import dev.notecast.magics.output.Output;
import dev.notecast.magics.output.Via;
import dev.notecast.media.frame.JpegOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.server.Notecast;
import dev.notecast.vision.filter.FilterCatalogue;
import dev.notecast.vision.filter.FilterInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The magics on a real server, on any free ports. */
class MagicsWithServerTest {
    private final RecordingDisplay display = new RecordingDisplay();
    private final Magics magics = new Magics(display);

    @BeforeEach
    void start() {
        magics.run("sfu", List.of("start", "--port=0", "--udp-port=0", "--rtsp-port=8554"));
    }

    @AfterEach
    void stop() {
        Notecast.running().ifPresent(Notecast::close);
    }

    private Output last() {
        return display.shown.getLast();
    }

    @Test
    void showsAddressesWithoutAToken() {
        Output.Links links = assertInstanceOf(Output.Links.class, display.shown.getFirst());
        String secret = Notecast.running().orElseThrow().serverToken().orElseThrow();
        for (Link link : links.links()) {
            assertTrue(link.url().toString().startsWith("http://127.0.0.1:"), link.toString());
            assertFalse(link.url().toString().contains(secret), "a token in " + link.what());
        }
        assertEquals(new Output.TextLine("--rtsp-port has no effect yet: this version comes without RTSP"), last());
    }

    @Test
    void keepsTheServerThatRunsAlready() {
        Notecast before = Notecast.running().orElseThrow();
        magics.run("sfu", List.of("start"));
        assertEquals(before, Notecast.running().orElseThrow());
        assertTrue(assertInstanceOf(Output.Links.class, last()).title().contains("runs already"));
    }

    @Test
    void showsViewsOfAPathThatNobodyPublishesYet() {
        magics.run("sfu", List.of("view", "cam", "--via", "comm"));
        assertEquals(new Output.LiveView(new PathName("cam"), Via.COMM), last());
        magics.run("mjpeg", List.of("show", "--fps=5"));
        Output.MjpegView view = assertInstanceOf(Output.MjpegView.class, last());
        assertEquals(new PathName("live"), view.path());
        assertEquals(5, view.options().fps());
    }

    @Test
    void tablesOutliveTheServer() {
        magics.run("sfu", List.of("status"));
        List<Output.LiveTable> tables = display.shown.stream()
                .filter(Output.LiveTable.class::isInstance)
                .map(Output.LiveTable.class::cast)
                .toList();
        assertEquals(1, tables.getFirst().now().get().rows().size());
        magics.run("sfu", List.of("stop"));
        tables.forEach(table -> assertEquals(List.of(), table.now().get().rows()));
    }

    @Test
    void saysWhatItCannotPublishFrom() {
        MagicException problem = assertThrows(
                MagicException.class, () -> magics.run("sfu", List.of("publish", "live", "--from", "rtsp://camera")));
        assertEquals(
                "cannot publish from 'rtsp://camera': this version takes '--from test' and '--from browser'",
                problem.getMessage());
    }

    private String refused(String line) {
        List<String> words = List.of(line.split(" "));
        return assertThrows(MagicException.class, () -> magics.run("pipeline", words))
                .getMessage();
    }

    @Test
    void pipelinesAreStartedListedChangedAndStopped() {
        magics.run("pipeline", List.of("list"));
        assertEquals(
                List.of(),
                assertInstanceOf(Output.LiveTable.class, last()).now().get().rows());
        magics.run("pipeline", List.of("start", "p", "--in=cam", "--out=cam-ai", "--filter=edge_detection,mirror"));
        Output.Links links = assertInstanceOf(Output.Links.class, last());
        assertEquals("Pipeline 'p': 'cam' through edge_detection,mirror is 'cam-ai'", links.title());
        magics.run("pipeline", List.of("list"));
        List<String> row = assertInstanceOf(Output.LiveTable.class, last())
                .now()
                .get()
                .rows()
                .getFirst();
        assertEquals(List.of("p", "cam", "cam-ai", "edge_detection,mirror", "waits for 'cam'"), row.subList(0, 5));
        magics.run("pipeline", List.of("set", "p", "--filter", "pixelate:size=20"));
        magics.run("pipeline", List.of("stats", "p"));
        Output.LiveStages stages = assertInstanceOf(Output.LiveStages.class, last());
        assertEquals(
                "Pipeline p: cam to cam-ai through pixelate:size=20, 0.0 fps",
                stages.now().get().title());
        assertEquals(
                "Nothing has come through in the last ten seconds.",
                stages.now().get().whenEmpty());
        magics.run("pipeline", List.of("stop", "p"));
        assertEquals(new Output.TextLine("Pipeline 'p' has ended."), last());
        assertEquals("Pipeline 'p' has ended.", stages.now().get().whenEmpty());
        magics.run("pipeline", List.of("filters"));
        assertEquals(
                FilterCatalogue.all().stream().map(FilterInfo::name).toList(),
                assertInstanceOf(Output.Table.class, last()).rows().stream()
                        .map(List::getFirst)
                        .toList());
    }

    @Test
    void pipelinesThatCannotBeAreRefusedInALineWithTheNearestName() {
        assertEquals(
                "there is no filter 'edge_detektion', did you mean 'edge_detection'?",
                refused("start p --in cam --out ai --filter edge_detektion"));
        assertEquals(
                "filter 'pixelate' has no parameter 'sise', did you mean 'size'?",
                refused("start p --in cam --out ai --filter pixelate:sise=3"));
        assertTrue(refused("start p --in cam --out cam").contains("cannot feed 'cam' from itself"));
        assertTrue(refused("start p --in cam --out ai --width 9999").contains("16 to 3840"));
        assertEquals("there is no pipeline 'p'", refused("set p --filter mirror"));
        magics.run("pipeline", List.of("start", "faces", "--in=cam", "--out=ai"));
        assertEquals("there is no pipeline 'face', did you mean 'faces'?", refused("stop face"));
        assertTrue(refused("start q --in ai --out cam").contains("would feed itself"));
    }

    @Test
    void kickingNobodySaysWhoIsThere() {
        MagicException e = assertThrows(MagicException.class, () -> magics.run("sfu", List.of("kick", "3f9a")));
        assertEquals("no session is called '3f9a': there is none at all", e.getMessage());
    }

    @Test
    void saysThatThereIsNoPictureWithoutAPublisher() {
        MagicException problem =
                assertThrows(MagicException.class, () -> magics.run("mjpeg", List.of("snapshot", "cam")));
        assertTrue(problem.getMessage().contains("'cam'"), problem.getMessage());
    }

    @Test
    void namesTheStreamThatWasMeant() {
        magics.run("sfu", List.of("publish", "camera", "--from", "test"));
        for (String command : List.of("start", "snapshot")) {
            MagicException problem =
                    assertThrows(MagicException.class, () -> magics.run("mjpeg", List.of(command, "camrea")));
            assertEquals("no stream on path 'camrea': did you mean 'camera'?", problem.getMessage());
        }
    }

    @Test
    void startedPicturesAreListedSavedAndStopped(@TempDir Path folder) throws IOException {
        magics.run("sfu", List.of("publish", "live", "--from", "test"));
        magics.run("mjpeg", List.of("start", "live", "--width=320", "--quality", "60", "--fps=10"));
        assertTrue(assertInstanceOf(Output.Links.class, last()).title().contains("320 pixels wide, quality 60"));
        Path file = folder.resolve("picture.jpg");
        magics.run("mjpeg", List.of("snapshot", "live", file.toString()));
        byte[] shown = assertInstanceOf(Output.Picture.class, last()).jpeg();
        assertArrayEquals(shown, Files.readAllBytes(file));
        assertEquals(320, ImageIO.read(file.toFile()).getWidth());
        magics.run("mjpeg", List.of("show"));
        assertEquals(
                new JpegOptions(320, 60, 10),
                assertInstanceOf(Output.MjpegView.class, last()).options());
        magics.run("mjpeg", List.of("status"));
        List<String> row = assertInstanceOf(Output.LiveTable.class, last())
                .now()
                .get()
                .rows()
                .getFirst();
        assertEquals(List.of("live", "320x180", "60", "yes", "0"), row.subList(0, 5));
        magics.run("mjpeg", List.of("stop"));
        assertEquals(new Output.TextLine("No pictures of 'live' are made any more; nobody watched."), last());
        magics.run("mjpeg", List.of("stop"));
        assertEquals(new Output.TextLine("Nobody takes pictures of 'live', and they were not started."), last());
    }

    @Test
    void picturesCannotBeSavedInAFolderThatIsNotThere() {
        magics.run("sfu", List.of("publish", "live", "--from", "test"));
        MagicException problem = assertThrows(
                MagicException.class, () -> magics.run("mjpeg", List.of("snapshot", "live", "/no/such/folder/p.jpg")));
        assertEquals(
                "cannot write the picture to '/no/such/folder/p.jpg': there is no such folder", problem.getMessage());
    }

    @Test
    void modelsAreShownAndFetchedOnRequestOnly() {
        magics.run("pipeline", List.of("models"));
        Output.Table table =
                assertInstanceOf(Output.LiveTable.class, last()).now().get();
        List<String> yunet = table.rows().stream()
                .filter(row -> row.getFirst().equals("yunet"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("yunet", "faces", "FP32", "0.2 MiB", "MIT"), yunet.subList(0, 5));
        assertEquals("", yunet.get(6), "nothing is loaded");

        magics.run("pipeline", List.of("models", "fetch", "https://models.example/a/mine.onnx?token=secret"));
        String ask = assertInstanceOf(Output.TextLine.class, last()).text();
        assertTrue(ask.startsWith("Nobody names the SHA-256 of model 'https://models.example/a/mine.onnx'"), ask);
        assertTrue(ask.contains("--yes"), ask);
        assertFalse(ask.contains("secret"), ask);

        assertTrue(refused("models fetch yunett").startsWith("there is no model 'yunett'"));
    }

    @Test
    void aMachineWithoutAGpuSaysWhereModelsRun() {
        magics.run("pipeline", List.of("gpu"));
        Output.Table table = assertInstanceOf(Output.Table.class, last());
        boolean hasGpu = !Notecast.running().orElseThrow().models().gpus().isEmpty();
        assertEquals(hasGpu, !table.rows().isEmpty());
        assertEquals("No NVIDIA GPU answers here (nvidia-smi): all models run on the CPU.", table.whenEmpty());
        if (!hasGpu) {
            assertTrue(refused("gpu enable --yes").endsWith("so there is nothing to enable"));
        }
    }
}
