package dev.notecast.vision.filter;

import dev.notecast.vision.filter.Parameter.Text;
import dev.notecast.vision.filter.Parameter.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every filter that is built in. */
public final class FilterCatalogue {
    private static final List<FilterInfo> ALL = List.of(
            classical(
                    "edge_detection",
                    "Edges in white on black, by Canny's method; low and high are its thresholds.",
                    1.2,
                    List.of(new Whole("low", 0, 1000, 50), new Whole("high", 0, 1000, 150)),
                    EdgeDetection::new),
            classical(
                    "face_detection",
                    "Boxes around upright faces that look at the camera, by OpenCV's Haar cascade at half size; it misses"
                            + " turned and covered ones and knows nobody.",
                    15.0,
                    List.of(new Whole("min", 20, 1000, 60)),
                    FaceDetection::new),
            classical(
                    "blur_faces",
                    "Blurs the faces that face_detection finds, for half a second longer than it finds them; what it"
                            + " misses stays sharp, so it makes nobody anonymous.",
                    15.0,
                    List.of(new Whole("min", 20, 1000, 60)),
                    BlurFaces::new),
            classical(
                    "background_blur",
                    "Keeps what moves sharp and blurs the rest (MOG2, a classical fallback without any notion of a"
                            + " person): who sits still is blurred after some seconds.",
                    1.5,
                    List.of(new Whole("strength", 1, 100, 40), new Whole("history", 10, 5000, 500)),
                    BackgroundBlur::new),
            classical(
                    "stylize",
                    "OpenCV's edge-preserving stylization, worked out 320 pixels wide and scaled up: soft, like water"
                            + " colours; no painter's style.",
                    33.0,
                    List.of(new Whole("smooth", 1, 200, 60), new Whole("keep", 1, 100, 45)),
                    Stylize::new),
            classical(
                    "cartoon",
                    "Flat colours by a bilateral filter at half size, under dark outlines.",
                    3.2,
                    List.of(new Whole("lines", 1, 20, 6)),
                    Cartoon::new),
            classical(
                    "sepia", "Brown tones of old photographs, a fixed mix of the colours.", 0.2, List.of(), Sepia::new),
            classical(
                    "pixelate",
                    "Squares of one colour each, the mean of what was there; a small size hides no face.",
                    1.0,
                    List.of(new Whole("size", 2, 200, 12)),
                    Pixelate::new),
            classical(
                    "sketch",
                    "A pencil drawing: the grey picture divided by its blurred self.",
                    0.7,
                    List.of(new Whole("softness", 1, 50, 10)),
                    Sketch::new),
            classical("emboss", "A relief in the picture's own colours, by a 3x3 kernel.", 0.7, List.of(), Emboss::new),
            classical("invert", "The negative.", 0.1, List.of(), Invert::new),
            classical("mirror", "Left and right change places.", 0.1, List.of(), Mirror::new),
            classical(
                    "text",
                    "A line of text in the lower left corner; letters that are not ASCII become '?'; with a comma it is put in single quotes.",
                    0.5,
                    List.of(new Text("text", 80, "Notecast"), new Whole("size", 1, 50, 6)),
                    Caption::new));

    private FilterCatalogue() {}

    private static FilterInfo classical(
            String name,
            String truth,
            double costMillis,
            List<Parameter> parameters,
            Function<Settings, Filter> maker) {
        return new FilterInfo(
                name,
                FilterKind.CLASSICAL,
                truth,
                costMillis,
                parameters,
                Optional.empty(),
                (settings, models) -> maker.apply(settings));
    }

    public static List<FilterInfo> all() {
        return ALL;
    }

    /** @throws FilterException when there is none of that name */
    public static FilterInfo find(String name) {
        return ALL.stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow(() -> {
            List<String> known =
                    new ArrayList<>(ALL.stream().map(FilterInfo::name).toList());
            known.add(FilterChain.COPY);
            return FilterException.unknown("there is no filter", name, known);
        });
    }
}
