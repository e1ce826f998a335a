package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelCatalogueTest {
    private static final Set<String> PERMISSIVE = Set.of("MIT", "Apache-2.0", "BSD-3-Clause");

    @Test
    void everyEntryCanBeFetchedAndChecked() {
        Set<String> names = new HashSet<>();
        Set<String> files = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        for (ModelInfo info : ModelCatalogue.all()) {
            assertTrue(info.name().matches("[a-z0-9_]+") && names.add(info.name()), info.name());
            assertTrue(info.file().matches("[A-Za-z0-9._-]+\\.onnx") && files.add(info.file()), info.name());
            assertTrue(
                    info.sha256().orElseThrow().matches("[0-9a-f]{64}")
                            && hashes.add(info.sha256().get()),
                    info.name());
            assertTrue(info.bytes() > 50_000, info.name());
            assertTrue(PERMISSIVE.contains(info.licence()), info.name());
            assertFalse(
                    info.sources().isEmpty()
                            || info.inputs().isEmpty()
                            || info.outputs().isEmpty(),
                    info.name());
            info.sources().forEach(source -> assertEquals("https", source.getScheme()));
        }
    }

    @Test
    void yunetsOutputsAreThoseOfItsStrides() {
        List<TensorInfo> outputs = ModelCatalogue.find("yunet").orElseThrow().outputs();
        assertEquals(12, outputs.size());
        assertTrue(outputs.toString().contains("bbox_16 [1, 1600, 4]"), outputs::toString);
        assertTrue(outputs.toString().contains("kps_32 [1, 400, 10]"), outputs::toString);
    }
}
