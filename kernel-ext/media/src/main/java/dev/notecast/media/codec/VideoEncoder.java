package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.EncodedFrame;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FFmpeg from I420 pictures to frames that WebRTC can play: no B-frames, no look-ahead, one picture in and one frame
 * out. VP8 and VP9 by libvpx, AV1 by libaom, H.264 constrained baseline by OpenH264 with its parameter sets before every IDR picture;
 * on a GPU with NVENC that encodes H.264. One thread at a time; it blocks for a few milliseconds a frame.
 */
public final class VideoEncoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VideoEncoder.class);
    private static final int TICKS_PER_SECOND = 90_000; // every video codec's RTP clock
    private static final int H264_BASELINE = 66; // profile_idc; OpenH264 sets the constraint bits by itself
    private static final String NVENC = "h264_nvenc";
    private static final Map<String, String> NVENC_OPTIONS = Map.of(
            "profile",
            "baseline",
            "preset",
            "p3",
            "tune",
            "ull",
            "rc",
            "cbr",
            "zerolatency",
            "1",
            "delay",
            "0",
            "forced-idr",
            "1");
    private static final int VP8_COARSEST = 45; // of 63; keyframes of constant bitrate are visibly tinted above it

    private final VideoSettings settings;
    private final Encoding encoding;

    /** @throws CodecException when FFmpeg has no such encoder or refuses the settings */
    public VideoEncoder(VideoSettings settings) {
        this(settings, Cuda::isThere);
    }

    VideoEncoder(VideoSettings settings, BooleanSupplier gpu) {
        Natives.load();
        this.settings = settings;
        encoding = settings.codec() == Codec.H264 && gpu.getAsBoolean()
                ? openOnGpu().orElseGet(this::openOnCpu)
                : openOnCpu();
    }

    /**
     * The codec in which pictures are encoded with the least of the CPU: H264 where the GPU encodes it, else VP8. The first
     * call tries it.
     */
    public static Codec leastEffort() {
        return LeastEffort.CODEC;
    }

    /** How a track says what this makes of it: H264 as every browser decodes it, level 3.1 (RFC 6184 §8.1). */
    public static CodecParameters parameters(Codec codec) {
        return new CodecParameters(
                codec,
                codec == Codec.H264
                        ? Map.of(
                                "profile-level-id", "42e01f", "packetization-mode", "1", "level-asymmetry-allowed", "1")
                        : Map.of());
    }

    private static final class LeastEffort {
        private static final Codec CODEC = find();

        private static Codec find() {
            Natives.load();
            if (!Cuda.isThere()) {
                return Codec.VP8;
            }
            VideoSettings small = new VideoSettings(Codec.H264, 320, 240, 30, 300_000, 30);
            try (VideoEncoder tried = new VideoEncoder(small)) {
                return tried.isOnGpu() ? Codec.H264 : Codec.VP8;
            }
        }
    }

    private boolean isOnGpu() {
        return NVENC.equals(encoding.name());
    }

    /** Empty where the GPU has no encoder, or no room for another stream. */
    private Optional<Encoding> openOnGpu() {
        try {
            return Optional.of(open(avcodec_find_encoder_by_name(NVENC), NVENC_OPTIONS));
        } catch (CodecException e) {
            LOG.info("the CPU encodes H264: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private Encoding openOnCpu() {
        AVCodec encoder =
                switch (settings.codec()) {
                    case VP8 -> avcodec_find_encoder_by_name("libvpx");
                    case H264 -> avcodec_find_encoder_by_name("libopenh264");
                    case VP9 -> avcodec_find_encoder_by_name("libvpx-vp9");
                    case AV1 -> avcodec_find_encoder_by_name("libaom-av1");
                    case H265, OPUS, G722, PCMU, PCMA -> null; // the LGPL build has no H.265 encoder
                };
        return open(encoder, options(settings.codec()));
    }

    private Encoding open(AVCodec encoder, Map<String, String> options) {
        String name = settings.codec().sdpName();
        Encoding opened = new Encoding(Ffmpeg.present(encoder, "video encoder for " + name), name + " encoder");
        try {
            configure(opened.context());
            opened.input().format(AV_PIX_FMT_YUV420P).width(settings.width()).height(settings.height());
            opened.open(options);
            return opened;
        } catch (CodecException e) {
            opened.close();
            throw e;
        }
    }

    private void configure(AVCodecContext context) {
        context.width(settings.width()).height(settings.height()).pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(av_make_q(1, TICKS_PER_SECOND)).framerate(av_make_q(settings.fps(), 1));
        context.gop_size(settings.keyframeIntervalFrames()).max_b_frames(0).thread_count(1);
        context.bit_rate(settings.bitrateBps()).rc_max_rate(settings.bitrateBps());
        context.rc_buffer_size(settings.bitrateBps()); // one second
        if (settings.codec() == Codec.H264) {
            context.profile(H264_BASELINE);
        } else {
            context.rc_min_rate(settings.bitrateBps()); // equal to the maximum: constant bitrate
        }
        if (settings.codec() == Codec.VP8) {
            context.qmax(VP8_COARSEST);
        }
    }

    private static Map<String, String> options(Codec codec) {
        return switch (codec) {
            case VP8 -> Map.of("deadline", "realtime", "cpu-used", "8", "lag-in-frames", "0", "static-thresh", "100");
            case VP9 -> Map.of("deadline", "realtime", "cpu-used", "8", "lag-in-frames", "0");
            case AV1 -> Map.of("usage", "realtime", "cpu-used", "8", "lag-in-frames", "0");
            case H264 -> Map.of("rc_mode", "bitrate", "allow_skip_frames", "0");
            case H265, OPUS, G722, PCMU, PCMA -> Map.of();
        };
    }

    /**
     * Encodes one picture.
     *
     * @param picture I420 of the settings' size; stays the caller's
     * @param ticks its time at 90 kHz, higher than that of the one before
     * @param keyframe whether it has to be a keyframe
     * @return empty when the encoder left it out
     * @throws CodecException when the encoder fails, which is no matter of the picture's contents
     */
    public Optional<EncodedFrame> encode(VideoFrame picture, long ticks, boolean keyframe) {
        if (picture.format() != PixelFormat.I420
                || picture.width() != settings.width()
                || picture.height() != settings.height()) {
            throw new IllegalArgumentException("the picture does not fit " + settings);
        }
        AVFrame input = encoding.nextInput();
        try (Planes planes = new Planes(picture)) {
            av_image_copy(
                    input.data(),
                    input.linesize(),
                    planes.data(),
                    planes.strides(),
                    AV_PIX_FMT_YUV420P,
                    settings.width(),
                    settings.height());
        }
        input.pict_type(keyframe ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        return encoding.encode(ticks);
    }

    @Override
    public void close() {
        encoding.close();
    }
}
