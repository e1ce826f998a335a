package dev.notecast.vision.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The order of attempts when memory runs out; the devices are played, their messages are what CUDA and ONNX Runtime say. */
class FallbackInferenceTest {
    private static final Map<String, Tensor> NOTHING = Map.of();

    private final List<String> log = new ArrayList<>();
    private int failingLoads; // on the GPU, by its memory
    private int failingRuns;
    private String loadError = "CUDA failure 2: out of memory ; GPU=0 ; hostname=x";

    private class Played implements Inference {
        private final String device;

        Played(String device) {
            this.device = device;
        }

        @Override
        public List<TensorInfo> inputs() {
            return List.of();
        }

        @Override
        public List<TensorInfo> outputs() {
            return List.of();
        }

        @Override
        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
            log.add("run on " + device);
            if (device.equals("GPU") && failingRuns-- > 0) {
                throw EngineErrors.running(
                        "m", new IllegalStateException("Failed to allocate memory for requested buffer"));
            }
            return inputs;
        }

        @Override
        public void close() {
            log.add("close " + device);
        }
    }

    private Inference load(boolean onGpu) {
        log.add("load on " + (onGpu ? "GPU" : "CPU"));
        if (onGpu && failingLoads-- > 0) {
            throw EngineErrors.loading("m", 17, new IllegalStateException(loadError));
        }
        return new Played(onGpu ? "GPU" : "CPU");
    }

    private FallbackInference fallback(boolean hasGpu) {
        return new FallbackInference("m", hasGpu, this::load, () -> log.add("make room"));
    }

    @Test
    void withoutAGpuItRunsOnTheCpuWithoutANote() {
        FallbackInference model = fallback(false);
        model.run(NOTHING);
        assertEquals(List.of("load on CPU", "run on CPU"), log);
        assertTrue(model.note().isEmpty());
        assertFalse(model.isOnGpu());
    }

    @Test
    void loadsOnceMoreWhenTheUnusedHaveMadeRoom() {
        failingLoads = 1;
        assertTrue(fallback(true).isOnGpu());
        assertEquals(List.of("load on GPU", "make room", "load on GPU"), log);
    }

    @Test
    void thenOnTheCpuAndSaysSo() {
        failingLoads = 2;
        FallbackInference model = fallback(true);
        assertEquals(List.of("load on GPU", "make room", "load on GPU", "load on CPU"), log);
        assertEquals(
                "runs on the CPU, as the GPU could not: model 'm' does not fit in memory: " + loadError,
                model.note().orElseThrow());
    }

    @Test
    void missingLibrariesNeedNoRoom() {
        failingLoads = 1;
        loadError = "OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library";
        assertEquals(
                "runs on the CPU, as the GPU could not: the libraries of CUDA 12 and cuDNN 9 are not all on this machine, or"
                        + " not on its LD_LIBRARY_PATH",
                fallback(true).note().orElseThrow());
        assertEquals(List.of("load on GPU", "load on CPU"), log);
    }

    @Test
    void aRunGoesTheSameWay() {
        failingRuns = 1;
        FallbackInference model = fallback(true);
        model.run(NOTHING);
        assertTrue(model.isOnGpu());
        failingRuns = 2;
        log.clear();
        model.run(NOTHING);
        assertFalse(model.isOnGpu());
        assertEquals(List.of("run on GPU", "make room", "run on GPU", "load on CPU", "close GPU", "run on CPU"), log);
        assertTrue(model.note().isPresent());
        log.clear();
        model.run(NOTHING);
        assertEquals(List.of("run on CPU"), log);
    }

    @Test
    void whatIsWrongOtherwiseIsSaidAtOnce() {
        FallbackInference model = fallback(false);
        Inference wrong = new FallbackInference(
                "m",
                true,
                onGpu -> {
                    return new Played("other") {
                        @Override
                        public Map<String, Tensor> run(Map<String, Tensor> inputs) {
                            throw new ModelException("wrong shape");
                        }
                    };
                },
                () -> log.add("make room"));
        log.clear();
        assertThrows(ModelException.class, () -> wrong.run(NOTHING));
        assertEquals(List.of(), log);
        model.close();
    }
}
