package dev.notecast.vision.model;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The models that Notecast knows by name. SHA-256 and size are those of the Git LFS pointers in the publisher's own repository:
 * opencv/opencv_zoo at {@value #OPENCV_COMMIT}, onnx/models at b1eeaa1. No weights under a licence that binds who uses them.
 */
public final class ModelCatalogue {
    private static final String OPENCV_COMMIT = "966be4cb6eefc2a4f586ed0581bf4bbaa2533070";
    private static final String OPENCV_LFS =
            "https://media.githubusercontent.com/media/opencv/opencv_zoo/" + OPENCV_COMMIT + "/models/";
    private static final String OPENCV_HUB = "https://huggingface.co/opencv/";
    private static final String ONNX_HUB =
            "https://huggingface.co/onnxmodelzoo/"; // where its LFS files went in July 2025
    private static final String APACHE = "Apache-2.0";
    private static final long FREE = TensorInfo.FREE;

    private static final List<TensorInfo> FACES_IN = List.of(tensor("input", 1, 3, 640, 640));
    private static final List<TensorInfo> FACES_OUT = Stream.of("cls:1", "obj:1", "bbox:4", "kps:10")
            .flatMap(kind -> Stream.of(8, 16, 32).map(stride -> faces(kind.split(":"), stride)))
            .toList();
    private static final List<TensorInfo> PEOPLE_IN = List.of(tensor("x", 1, 3, 192, 192));
    private static final List<TensorInfo> PEOPLE_OUT =
            List.of(tensor("save_infer_model/scale_0.tmp_1", 1, 2, 192, 192));
    private static final List<TensorInfo> OBJECTS_IN = List.of(tensor("images", 1, 3, 640, 640));
    private static final List<TensorInfo> OBJECTS_OUT = List.of(tensor("output", 1, 8400, 85));
    private static final List<TensorInfo> CLASSES_IN = List.of(tensor("input", FREE, 3, FREE, FREE));
    private static final List<TensorInfo> CLASSES_OUT =
            List.of(tensor("out", FREE, 21, FREE, FREE), tensor("aux", FREE, 21, FREE, FREE));

    private static final List<ModelInfo> ALL = List.of(
            openCv(
                    "yunet",
                    "faces",
                    "face_detection_yunet",
                    "face_detection_yunet_2023mar.onnx",
                    232_589,
                    "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
                    "MIT",
                    "FP32",
                    FACES_IN,
                    FACES_OUT),
            openCv(
                    "yunet_int8",
                    "faces",
                    "face_detection_yunet",
                    "face_detection_yunet_2023mar_int8.onnx",
                    100_416,
                    "321aa5a6afabf7ecc46a3d06bfab2b579dc96eb5c3be7edd365fa04502ad9294",
                    "MIT",
                    "INT8",
                    FACES_IN,
                    FACES_OUT),
            openCv(
                    "pphumanseg",
                    "people and background",
                    "human_segmentation_pphumanseg",
                    "human_segmentation_pphumanseg_2023mar.onnx",
                    6_163_938,
                    "552d8a984054e59b5d773d24b9b12022b22046ceb2bbc4c9aaeaceb36a9ddf24",
                    APACHE,
                    "FP32",
                    PEOPLE_IN,
                    PEOPLE_OUT),
            openCv(
                    "pphumanseg_int8",
                    "people and background",
                    "human_segmentation_pphumanseg",
                    "human_segmentation_pphumanseg_2023mar_int8.onnx",
                    1_607_872,
                    "510775a9e23c1a53c34013a2fa3ac1906bfd7b789d55c07e6b49f30bb669007d",
                    APACHE,
                    "INT8",
                    PEOPLE_IN,
                    PEOPLE_OUT),
            openCv(
                    "yolox_s",
                    "80 kinds of things",
                    "object_detection_yolox",
                    "object_detection_yolox_2022nov.onnx",
                    35_858_002,
                    "c5c2d13e59ae883e6af3b45daea64af4833a4951c92d116ec270d9ddbe998063",
                    APACHE,
                    "FP32",
                    OBJECTS_IN,
                    OBJECTS_OUT),
            openCv(
                    "yolox_s_int8",
                    "80 kinds of things",
                    "object_detection_yolox",
                    "object_detection_yolox_2022nov_int8.onnx",
                    9_079_452,
                    "01a3b0f400b30bc1e45230e991b2e499ab42622485a330021947333fbaf03935",
                    APACHE,
                    "INT8",
                    OBJECTS_IN,
                    OBJECTS_OUT),
            openCv(
                    "mediapipe_pose",
                    "one person's pose",
                    "pose_estimation_mediapipe",
                    "pose_estimation_mediapipe_2023mar.onnx",
                    5_557_238,
                    "9d89c599319a18fb7d2e28451a883476164543182bafca5f09eb2cf767ed2f3f",
                    APACHE,
                    "FP32",
                    List.of(tensor("input_1", 1, 256, 256, 3)),
                    List.of(
                            tensor("Identity", 1, 195),
                            tensor("Identity_1", 1, 1),
                            tensor("Identity_2", 1, 256, 256, 1),
                            tensor("Identity_3", 1, 64, 64, 39),
                            tensor("Identity_4", 1, 117))),
            onnx(
                    "fcn_resnet50",
                    "20 kinds of things, by the pixel",
                    "fcn-resnet50-12",
                    141_193_555,
                    "eb5017d1b80372eb0b58552655274698817ba2e774437e2c2d3c0a613d2e99bd",
                    "MIT",
                    "FP32",
                    CLASSES_IN,
                    CLASSES_OUT),
            onnx(
                    "fcn_resnet50_int8",
                    "20 kinds of things, by the pixel",
                    "fcn-resnet50-12-int8",
                    35_545_058,
                    "67fcba8ebd435c2fb6b297d2e7c084f3c3b9ae6bc7ae41453b748ae4ed8c0331",
                    "MIT",
                    "INT8",
                    CLASSES_IN,
                    CLASSES_OUT),
            style("mosaic", "mosaic-9", "fa646dedade881243f8d5a2ceb7de2b93675b21fc24f7482894ac4851a9a0a47"),
            style("candy", "candy-9", "9d11a3529d1e547da6ae07201d93484dbab2ec0a3614535752c8f40f0fe2968a"),
            style(
                    "rain_princess",
                    "rain-princess-9",
                    "4162912e6f75fedef6f810ae989b9e10d3d5d43308dab34b027c850cf255e152"),
            style("udnie", "udnie-9", "8656b6ce7dec8f22ee13c2d557d6b67bd6f550dde88d0f2e7c9972aeb765cc0d"),
            style("pointilism", "pointilism-9", "5ee2b8d4d6bc60a777f54e0fe96a1b717360a004b79d56c67390d4a975b14d98"));

    private ModelCatalogue() {}

    private static ModelInfo openCv(
            String name,
            String purpose,
            String folder,
            String file,
            long bytes,
            String sha256,
            String licence,
            String precision,
            List<TensorInfo> inputs,
            List<TensorInfo> outputs) {
        return new ModelInfo(
                name,
                purpose,
                file,
                List.of(
                        URI.create(OPENCV_HUB + folder + "/resolve/main/" + file),
                        URI.create(OPENCV_LFS + folder + "/" + file)),
                bytes,
                Optional.of(sha256),
                licence,
                precision,
                inputs,
                outputs);
    }

    private static ModelInfo onnx(
            String name,
            String purpose,
            String stem,
            long bytes,
            String sha256,
            String licence,
            String precision,
            List<TensorInfo> inputs,
            List<TensorInfo> outputs) {
        String file = stem + ".onnx";
        return new ModelInfo(
                name,
                purpose,
                file,
                List.of(URI.create(ONNX_HUB + stem + "/resolve/main/" + file)),
                bytes,
                Optional.of(sha256),
                licence,
                precision,
                inputs,
                outputs);
    }

    private static ModelInfo style(String name, String stem, String sha256) {
        return onnx(
                name,
                "a painter's style",
                stem,
                6_728_029,
                sha256,
                "BSD-3-Clause",
                "FP32",
                List.of(tensor("input1", 1, 3, 224, 224)),
                List.of(tensor("output1", 1, 3, 224, 224)));
    }

    private static TensorInfo faces(String[] kind, int stride) {
        long cells = 640L / stride * (640L / stride);
        return tensor(kind[0] + "_" + stride, 1, cells, Long.parseLong(kind[1]));
    }

    private static TensorInfo tensor(String name, long... shape) {
        return new TensorInfo(name, shape);
    }

    public static List<ModelInfo> all() {
        return ALL;
    }

    /** Empty when there is none of that name. */
    public static Optional<ModelInfo> find(String name) {
        return ALL.stream().filter(info -> info.name().equals(name)).findFirst();
    }
}
