package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtEnvironment;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuAddonTest {
    @TempDir
    private Path folder;

    @Test
    void isOfTheVersionThatItReplaces() {
        assertFalse(Engines.hasCuda());
        assertEquals(GpuAddon.VERSION, OrtEnvironment.getEnvironment().getVersion());
    }

    @Test
    void needsAFolderThatIsOnTheClassPath() {
        GpuAddon nowhere = new GpuAddon(Optional.empty(), true);
        assertFalse(nowhere.isHere());
        String said = assertThrows(ModelException.class, () -> nowhere.fetch(share -> {}))
                .getMessage();
        assertTrue(said.startsWith("this JVM was started without a folder for add-ons"), said);
    }

    @Test
    void canBePutThereByHand() {
        GpuAddon off = new GpuAddon(Optional.of(folder), false);
        String said =
                assertThrows(ModelException.class, () -> off.fetch(share -> {})).getMessage();
        assertTrue(said.endsWith("by hand: " + folder.resolve("onnxruntime_gpu-1.23.2.jar")), said);
    }
}
