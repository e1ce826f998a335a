package dev.notecast.vision.filter;

import dev.notecast.vision.detection.Boxes;
import dev.notecast.vision.filter.Parameter.Choice;
import dev.notecast.vision.filter.Parameter.Text;
import dev.notecast.vision.filter.Parameter.Whole;
import dev.notecast.vision.neural.NeuralFilters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Every filter that is built in. */
public final class FilterCatalogue {
    private static final int MODEL_LENGTH = 500; // paths and addresses
    private static final String MIT = "MIT";
    private static final String APACHE = "Apache-2.0";
    private static final List<Parameter> FACES = List.of(
            new Choice("detector", List.of("auto", "haar", "yunet"), "auto"),
            new Whole("min", 20, 1000, 60),
            new Whole("score", 1, 99, 70),
            new Text("model", MODEL_LENGTH, "yunet"));

    private static final List<FilterInfo> ALL = List.of(
            classical(
                    "edge_detection",
                    "Edges in white on black, by Canny's method; low and high are its thresholds.",
                    1.2,
                    List.of(new Whole("low", 0, 1000, 50), new Whole("high", 0, 1000, 150)),
                    EdgeDetection::new),
            neural(
                    "face_detection",
                    "Boxes around faces, by YuNet when its weights are there, otherwise by OpenCV's Haar cascade at half"
                            + " size, which finds upright ones that look at the camera; either misses some and knows nobody.",
                    20,
                    FACES,
                    MIT,
                    (settings, models) -> new FaceDetection(Finders.faces(settings, models))),
            neural(
                    "blur_faces",
                    "Blurs the faces that face_detection finds, for half a second longer than it finds them; what it"
                            + " misses stays sharp, so it makes nobody anonymous.",
                    20,
                    FACES,
                    MIT,
                    (settings, models) -> new BlurFaces(Finders.faces(settings, models))),
            classical(
                    "boxes",
                    "Boxes that a program outside has posted for the input path (notebooks/python_worker.py does), for"
                            + " so many milliseconds after it has last said something; it looks at nothing itself.",
                    0.1,
                    List.of(new Whole("age", 50, 60_000, 1000)),
                    Boxes::new),
            neural(
                    "background_blur",
                    "Keeps people sharp and blurs the rest, by PP-HumanSeg when its weights are there; otherwise what moves"
                            + " (MOG2, a classical fallback without any notion of a person): who sits still is blurred then.",
                    11,
                    List.of(
                            new Choice("by", List.of("auto", "network", "mog2"), "auto"),
                            new Whole("strength", 1, 100, 40),
                            new Whole("history", 10, 5000, 500),
                            new Text("model", MODEL_LENGTH, "pphumanseg")),
                    APACHE,
                    (settings, models) -> new BackgroundBlur(settings, Finders.people(settings, models))),
            neural(
                    "object_detection",
                    "Boxes around the 80 kinds of things of COCO, by YOLOX, or by your own model with the output of YOLOX or"
                            + " YOLOv8; score and iou in percent. What it is sure of may be wrong.",
                    310,
                    List.of(
                            new Text("model", MODEL_LENGTH, "yolox_s"),
                            new Whole("score", 1, 99, 35),
                            new Whole("iou", 1, 99, 45),
                            new Whole("every", 1, 100, 1),
                            new Choice("colours", List.of("bgr", "rgb"), "bgr")),
                    APACHE,
                    NeuralFilters::objectDetection),
            neural(
                    "segmentation",
                    "Colours over the 20 kinds of things of Pascal VOC, by FCN; the network sees a small picture ('width'), so"
                            + " edges are coarse.",
                    620,
                    List.of(
                            new Text("model", MODEL_LENGTH, "fcn_resnet50"),
                            new Whole("width", 64, 1280, 320),
                            new Whole("strength", 1, 100, 55)),
                    MIT,
                    NeuralFilters::segmentation),
            neural(
                    "pose",
                    "The skeleton of one upright person, by MediaPipe's pose network, or of several by your own model with the"
                            + " output of YOLOv8 pose; score in percent.",
                    5.2,
                    List.of(new Text("model", MODEL_LENGTH, "mediapipe_pose"), new Whole("score", 1, 99, 50)),
                    APACHE,
                    NeuralFilters::pose),
            neural(
                    "style_transfer",
                    "Painted anew by a network of fast neural style: mosaic, candy, rain_princess, udnie or pointilism; at"
                            + " 224x224, scaled up, each picture by itself, so it flickers.",
                    170,
                    List.of(new Text("model", MODEL_LENGTH, "mosaic")),
                    "BSD-3-Clause",
                    NeuralFilters::styleTransfer),
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

    /** By a network; measured with random weights of its size. */
    private static FilterInfo neural(
            String name,
            String truth,
            double costMillis,
            List<Parameter> parameters,
            String licence,
            FilterMaker maker) {
        return new FilterInfo(name, FilterKind.NEURAL, truth, costMillis, parameters, Optional.of(licence), maker);
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
