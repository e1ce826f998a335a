package dev.notecast.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.notecast.media.codec.PathDecoders;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.vision.detection.DetectionBoard;
import dev.notecast.vision.filter.FilterCatalogue;
import dev.notecast.vision.filter.FilterInfo;
import dev.notecast.vision.filter.FilterKind;
import dev.notecast.vision.model.Models;
import dev.notecast.vision.pipeline.PipelineOptions;
import dev.notecast.vision.pipeline.PipelineStatus;
import dev.notecast.vision.pipeline.Pipelines;
import dev.notecast.vision.pipeline.StageStatus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a filtered picture costs, beside decoding and encoding it without a pipeline. */
@Command(
        name = "pipeline",
        description =
                "Frames per CPU second of pipelines, beside decoding and encoding alone, and beside aiortc and OpenCV.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
final class Pipeline implements Callable<Integer> {
    private static final PathName IN = new PathName("cam");
    private static final PathName OUT = new PathName("cam-ai");
    private static final List<String> NONE = List.of("none");
    private static final String BARE = "decode + encode";
    private static final String HEADER = "%-10s %-18s %6s %10s %8s %8s %8s %8s"
            .formatted("size", "filters", "fps", "ms cpu", "f/cpu s", "ratio", "p50 ms", "p95 ms");

    @Option(names = "--seconds", paramLabel = "S", description = "How long each run is measured (default 6).")
    private long seconds = 6;

    @Option(
            names = "--filters",
            paramLabel = "LIST",
            split = ";",
            description = "Between ';' (default copy;edge_detection;sketch); 'none' for none.")
    private List<String> filters = List.of("copy", "edge_detection", "sketch");

    @Option(names = "--sizes", paramLabel = "LIST", split = ",", description = "Heights of pictures (default 480,720).")
    private List<Integer> heights = List.of(480, 720);

    @Option(
            names = "--beside",
            paramLabel = "LIST",
            split = ";",
            description =
                    "Filters that are compared with aiortc and OpenCV (default copy, edge_detection, face_detection,"
                            + " background_blur, stylize); 'none' for no comparison.")
    private List<String> beside = List.of(
            "copy",
            "edge_detection",
            "face_detection",
            "background_blur",
            "stylize",
            "object_detection",
            "segmentation");

    @Option(
            names = "--model",
            paramLabel = "FILTER=FILE",
            description =
                    "The network of a filter that is measured or compared, such as object_detection=yolox_s.onnx; 'install/notecast"
                            + " bench models FOLDER' makes some (default, where compared: the architecture of the real one"
                            + " with random weights).")
    private Map<String, String> models = Map.of();

    @Option(names = "--own-encoder", description = "aiortc encodes with its own settings, not with ours.")
    private boolean ownEncoder;

    private static final Map<String, String> WITHOUT_WEIGHTS = Map.of(
            "face_detection", "face_detection:detector=haar",
            "blur_faces", "blur_faces:detector=haar",
            "background_blur", "background_blur:by=mog2");

    private final List<Map<String, Object>> runs = new ArrayList<>();

    private Pipeline() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<EncodedClip> clips = heights.stream()
                .map(height -> new EncodedClip(height == 480 ? 640 : height * 16 / 9, height))
                .toList();
        if (!filters.equals(NONE)) {
            System.out.println(HEADER);
            for (EncodedClip clip : clips) {
                double bare = bare(clip);
                for (String each : filters) {
                    pipeline(clip, each, bare);
                }
            }
        }
        List<Map<String, Object>> compared = compare(clips);
        Map<String, Object> costs = filters.equals(NONE) ? Map.of() : costs();
        Reports.write("pipeline", Map.of("runs", runs, "besidePython", compared, "filterMillis", costs));
        return 0;
    }

    private List<Map<String, Object>> compare(List<EncodedClip> clips) throws IOException, InterruptedException {
        if (beside.equals(NONE)) {
            return List.of();
        }
        if (!Comparison.isPossible()) {
            System.out.println(
                    "No comparison: Python's aiortc and OpenCV are not there (install/notecast test fetches them)");
            return List.of();
        }
        List<String> compared = Comparison.possible(beside);
        System.out.println(Comparison.header());
        try (Comparison comparison = new Comparison(seconds, compared, models, ownEncoder)) {
            for (EncodedClip clip : clips) {
                for (String filter : compared) {
                    comparison.run(clip, filter);
                }
            }
            return comparison.rows();
        }
    }

    /** One thread that decodes and encodes at the same rate: what no pipeline can be cheaper than. */
    private double bare(EncodedClip clip) {
        try (EncodedClip.Transcoder transcoder = clip.transcoder()) {
            paced(TimeUnit.SECONDS.toNanos(2), transcoder::next);
            long before = cpuNanos();
            long frames = paced(TimeUnit.SECONDS.toNanos(seconds), transcoder::next);
            double millis = (cpuNanos() - before) / 1e6 / frames;
            report(clip, BARE, frames, millis, millis, null);
            return millis;
        }
    }

    private void pipeline(EncodedClip clip, String text, double bare) throws InterruptedException {
        PathManager paths = new PathManager();
        PathDecoders decoders = new PathDecoders(paths);
        Pipelines pipelines = new Pipelines(paths, decoders, Models.NONE, new DetectionBoard());
        try (EncodedClip.Publisher publisher = clip.publish(paths, IN)) {
            pipelines.start("bench", PipelineOptions.of(IN, OUT), text);
            while (paths.stream(OUT).isEmpty()) {
                LockSupport.parkNanos(10_000_000);
            }
            paths.addReader(OUT, new PacketCounter());
            paced(TimeUnit.SECONDS.toNanos(4), publisher::next);
            long framesBefore = pipelines.status("bench").frames();
            long before = cpuNanos();
            paced(TimeUnit.SECONDS.toNanos(seconds), publisher::next);
            PipelineStatus status = pipelines.status("bench");
            long frames = status.frames() - framesBefore;
            double millis = (cpuNanos() - before) / 1e6 / Math.max(1, frames);
            StageStatus sent = status.stages().getLast();
            report(clip, text, frames, millis, bare, sent);
        } finally {
            pipelines.close();
            decoders.close();
            paths.close();
        }
    }

    /** Calls 30 times a second; how often it did. */
    private static long paced(long nanos, Runnable frame) {
        long began = System.nanoTime();
        long frames = 0;
        for (long due = began; due - began < nanos; due += 1_000_000_000L / EncodedClip.FPS) {
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            frame.run();
            frames++;
        }
        return frames;
    }

    private void report(EncodedClip clip, String what, long frames, double millis, double bare, StageStatus sent) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("size", clip.width() + "x" + clip.height());
        run.put("filters", what);
        run.put("fps", (double) frames / seconds);
        run.put("cpuMillisPerFrame", millis);
        run.put("framesPerCpuSecond", 1000 / millis);
        run.put("ratioToDecodeAndEncode", millis / bare);
        run.put("p50Millis", sent == null ? 0 : sent.p50Millis());
        run.put("p95Millis", sent == null ? 0 : sent.p95Millis());
        runs.add(run);
        System.out.println(String.format(
                Locale.ROOT,
                "%-10s %-18s %6.1f %10.2f %8.0f %8.2f %8.1f %8.1f",
                run.values().toArray()));
    }

    /** CPU time of each filter alone, of a 640x480 picture, in milliseconds. */
    private Map<String, Object> costs() throws InterruptedException {
        Map<String, Object> costs = new LinkedHashMap<>();
        try (FilterCost cost = new FilterCost()) {
            for (FilterInfo info : FilterCatalogue.all()) {
                String model = models.get(info.name());
                String filter = info.kind() == FilterKind.CLASSICAL
                        ? info.name()
                        : model == null ? WITHOUT_WEIGHTS.get(info.name()) : info.name() + ":model=" + model;
                if (filter == null) {
                    System.out.println(info.name() + " not measured: it wants --model " + info.name() + "=FILE");
                    continue;
                }
                double millis = cost.millis(filter, Pipeline::cpuNanos);
                costs.put(filter, millis);
                System.out.println(String.format(Locale.ROOT, "%-60s %6.2f ms", filter, millis));
            }
        }
        return costs;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
