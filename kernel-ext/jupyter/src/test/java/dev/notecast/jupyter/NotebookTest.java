package dev.notecast.jupyter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.notecast.magics.Magics;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NotebookTest {
    private final FakeKernel kernel = new FakeKernel();
    private final Notebook notebook = Notebook.open(kernel);

    @AfterEach
    void close() {
        notebook.close();
    }

    @Test
    void makesEveryMagicAndTheFacadeKnown() {
        assertEquals(Set.copyOf(Magics.NAMES), kernel.magics.keySet());
        assertTrue(kernel.imports.contains("dev.notecast.server.Notecast"), "imports: " + kernel.imports);
        assertTrue(kernel.imports.contains("java.time.Duration"), "for Notecast.path(..).last(..): " + kernel.imports);
    }

    @Test
    void showsHelpInTheCell() {
        kernel.magics.get("sfu").run(List.of("view", "--help"));
        assertTrue(textOf(kernel.published("display_data").getFirst()).startsWith("Usage: %sfu view"));
    }

    @Test
    void handsAMistakeToTheKernelInOneLine() {
        KernelPort.LineMagic sfu = kernel.magics.get("sfu");
        KernelPort.MagicFailed failed =
                assertThrows(KernelPort.MagicFailed.class, () -> sfu.run(List.of("start", "--prot=1")));
        assertEquals(0, failed.getStackTrace().length);
        assertEquals(List.of(), kernel.published, "the kernel shows the mistake, once");
        assertTrue(failed.getMessage().contains("did you mean '--port'?"), failed.getMessage());
    }

    @Test
    void closesTwiceWithoutHarm() {
        notebook.close();
        notebook.close();
    }

    private static String textOf(IopubMessage display) {
        return String.valueOf(((Map<?, ?>) display.content().get("data")).get("text/plain"));
    }
}
