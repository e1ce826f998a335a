package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_LOW_DELAY;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_HEVC;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP8;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_VP9;
import static org.bytedeco.ffmpeg.global.avcodec.AV_INPUT_BUFFER_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_CUDA;
import static org.bytedeco.ffmpeg.global.avutil.av_buffer_ref;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_unref;
import static org.bytedeco.ffmpeg.global.avutil.av_hwframe_transfer_data;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.EncodedFrame;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVBufferRef;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * FFmpeg from encoded frames to I420 pictures, on the GPU (NVDEC) where there is one that takes the codec, and else on the
 * CPU. One thread at a time; it blocks for a few milliseconds a frame. Damaged input gives {@link DecodeResult.Damaged},
 * never an exception.
 */
public final class VideoDecoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(VideoDecoder.class);
    private static final long MAX_PIXELS = 4096L * 2304; // a 30-byte frame may claim 16383x16383, 400 MB
    private static final int POOLED_FRAMES = 3; // one in the slot, one with a consumer, one being filled
    private static final int GPU_FAILURES = 3; // in a row: it is the GPU and not the data

    private final AVCodec decoder;
    private final String what;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame decoded = av_frame_alloc();
    private final AVFrame fromGpu = av_frame_alloc();
    private final PictureCopier copier = new PictureCopier(new FramePool(POOLED_FRAMES));
    private AVCodecContext context;
    private BytePointer input = new BytePointer(64 << 10);
    private int gpuFailures;
    private boolean closed;

    /** @throws CodecException when the codec is not video or FFmpeg cannot open it */
    public VideoDecoder(Codec codec) {
        Natives.load();
        what = codec.sdpName() + " decoder";
        decoder = Ffmpeg.present(
                switch (codec) {
                    case VP8 -> avcodec_find_decoder(AV_CODEC_ID_VP8);
                    case VP9 -> avcodec_find_decoder(AV_CODEC_ID_VP9);
                    case H264 -> avcodec_find_decoder(AV_CODEC_ID_H264);
                    case H265 -> avcodec_find_decoder(AV_CODEC_ID_HEVC);
                    case AV1 -> avcodec_find_decoder_by_name("libaom-av1");
                    case OPUS, G722, PCMU, PCMA -> null;
                },
                "video decoder for " + codec.sdpName());
        try {
            open(Cuda.device());
        } catch (CodecException e) {
            close();
            throw e;
        }
    }

    /** FFmpeg itself goes on with the CPU where the device does not take the codec, or this stream's kind of it. */
    private void open(Optional<AVBufferRef> device) {
        context = Ffmpeg.present(avcodec_alloc_context3(decoder), what);
        context.thread_count(1); // frame threads would hold pictures back
        context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
        context.max_pixels(MAX_PIXELS);
        device.ifPresent(shared -> context.hw_device_ctx(av_buffer_ref(shared)));
        Ffmpeg.open(context, decoder, Map.of(), what);
    }

    /**
     * Decodes one frame; frames come in order.
     *
     * @param number the number that the picture will have
     * @param times up to the assembling
     */
    public DecodeResult decode(EncodedFrame frame, long number, FrameTimes times) {
        byte[] data = frame.data();
        if (data.length == 0) {
            return new DecodeResult.Damaged("empty frame");
        }
        fill(data);
        DecodeResult result = decodeInput(number, times);
        if (!(result instanceof DecodeResult.Damaged)) {
            gpuFailures = 0;
        } else if (context.hw_device_ctx() != null && ++gpuFailures == GPU_FAILURES) {
            LOG.warn("{}: the GPU fails, the CPU goes on", what);
            avcodec_free_context(context);
            open(Optional.empty());
        }
        return result;
    }

    private DecodeResult decodeInput(long number, FrameTimes times) {
        int sent = avcodec_send_packet(context, packet);
        if (sent < 0) {
            return new DecodeResult.Damaged(Ffmpeg.error(sent));
        }
        int received = avcodec_receive_frame(context, decoded);
        DecodeResult result = new DecodeResult.NoPicture();
        while (received >= 0) { // the spatial layers of one picture come one by one, the best one last
            if (result instanceof DecodeResult.Picture worse) {
                worse.frame().close();
            }
            result = copy(number, times);
            received = avcodec_receive_frame(context, decoded);
        }
        return received == AVERROR_EAGAIN() ? result : damaged(result, received);
    }

    private DecodeResult copy(long number, FrameTimes times) {
        AVFrame picture = decoded;
        if (decoded.format() == AV_PIX_FMT_CUDA) {
            av_frame_unref(fromGpu); // its size may be another now
            int copied = av_hwframe_transfer_data(fromGpu, decoded, 0);
            if (copied < 0) {
                return new DecodeResult.Damaged(Ffmpeg.error(copied));
            }
            picture = fromGpu; // NV12
        }
        return copier.copy(picture, number, times.decoded(System.nanoTime()));
    }

    private static DecodeResult damaged(DecodeResult before, int code) {
        if (before instanceof DecodeResult.Picture picture) {
            picture.frame().close();
        }
        return new DecodeResult.Damaged(Ffmpeg.error(code));
    }

    private void fill(byte[] data) {
        long needed = data.length + AV_INPUT_BUFFER_PADDING_SIZE; // decoders read beyond the end
        if (input.capacity() < needed) {
            input.close();
            input = new BytePointer(2 * needed);
        }
        input.put(data, 0, data.length);
        for (int i = 0; i < AV_INPUT_BUFFER_PADDING_SIZE; i++) {
            input.put(data.length + i, (byte) 0);
        }
        packet.data(input).size(data.length);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            packet.data(null).size(0);
            av_packet_free(packet);
            av_frame_free(decoded);
            av_frame_free(fromGpu);
            avcodec_free_context(context);
            copier.close();
            input.close();
        }
    }
}
