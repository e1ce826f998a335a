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
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.EncodedFrame;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.BytePointer;

/**
 * FFmpeg from encoded frames to I420 pictures. One thread at a time; it blocks for a few milliseconds a frame. Damaged
 * input gives {@link DecodeResult.Damaged}, never an exception.
 */
public final class VideoDecoder implements AutoCloseable {
    private static final long MAX_PIXELS = 4096L * 2304; // a 30-byte frame may claim 16383x16383, 400 MB
    private static final int POOLED_FRAMES = 3; // one in the slot, one with a consumer, one being filled

    private final AVCodecContext context;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame decoded = av_frame_alloc();
    private final PictureCopier copier = new PictureCopier(new FramePool(POOLED_FRAMES));
    private BytePointer input = new BytePointer(64 << 10);
    private boolean closed;

    /** @throws CodecException when the codec is not video or FFmpeg cannot open it */
    public VideoDecoder(Codec codec) {
        Natives.load();
        String what = codec.sdpName() + " decoder";
        AVCodec decoder = Ffmpeg.present(
                switch (codec) {
                    case VP8 -> avcodec_find_decoder(AV_CODEC_ID_VP8);
                    case VP9 -> avcodec_find_decoder(AV_CODEC_ID_VP9);
                    case H264 -> avcodec_find_decoder(AV_CODEC_ID_H264);
                    case H265 -> avcodec_find_decoder(AV_CODEC_ID_HEVC);
                    case AV1 -> avcodec_find_decoder_by_name("libaom-av1");
                    case OPUS, G722, PCMU, PCMA -> null;
                },
                "video decoder for " + codec.sdpName());
        context = Ffmpeg.present(avcodec_alloc_context3(decoder), what);
        context.thread_count(1); // frame threads would hold pictures back
        context.flags(context.flags() | AV_CODEC_FLAG_LOW_DELAY);
        context.max_pixels(MAX_PIXELS);
        try {
            Ffmpeg.open(context, decoder, Map.of(), what);
        } catch (CodecException e) {
            close();
            throw e;
        }
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
            result = copier.copy(decoded, number, times.decoded(System.nanoTime()));
            received = avcodec_receive_frame(context, decoded);
        }
        return received == AVERROR_EAGAIN() ? result : damaged(result, received);
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
            avcodec_free_context(context);
            copier.close();
            input.close();
        }
    }
}
