package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avutil.AV_HWDEVICE_TYPE_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.av_hwdevice_ctx_create;

import java.util.Optional;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The CUDA device that FFmpeg decodes on (NVDEC) and encodes on (NVENC), where this machine has one and {@code NOTECAST_GPU}
 * is not {@code none}. One for the JVM's life, as a context takes some hundred MB.
 */
final class Cuda {
    private static final Logger LOG = LoggerFactory.getLogger(Cuda.class);

    private Cuda() {}

    /** Opened with the first codec that asks. */
    private static final class Shared {
        private static final Optional<AVBufferRef> DEVICE =
                "none".equals(System.getenv("NOTECAST_GPU")) ? Optional.empty() : open();
    }

    /** Any thread, after {@link Natives#load}. The reference stays this class's. */
    static Optional<AVBufferRef> device() {
        return Shared.DEVICE;
    }

    static boolean isThere() {
        return device().isPresent();
    }

    /** Empty without a driver, or when that does not answer as FFmpeg expects. */
    static Optional<AVBufferRef> open() {
        AVBufferRef device = new AVBufferRef(null);
        int code = av_hwdevice_ctx_create(device, AV_HWDEVICE_TYPE_CUDA, (String) null, (AVDictionary) null, 0);
        if (code < 0) {
            LOG.debug("video is decoded and encoded by the CPU, as CUDA says: {}", Ffmpeg.error(code));
            return Optional.empty();
        }
        LOG.info("video is decoded and encoded by the GPU where it can");
        return Optional.of(device);
    }
}
