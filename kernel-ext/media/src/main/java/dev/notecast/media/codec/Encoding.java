package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;

import dev.notecast.rtc.codec.EncodedFrame;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;

/** An encoder of FFmpeg's that gives one packet a frame, or none; what it holds is native memory. One thread at a time. */
final class Encoding implements AutoCloseable {
    private final AVCodec encoder;
    private final String what;
    private final AVCodecContext context;
    private final AVFrame input = av_frame_alloc();
    private final AVPacket output = av_packet_alloc();
    private boolean closed;

    /** @param what the encoder is, for messages */
    Encoding(AVCodec encoder, String what) {
        this.encoder = encoder;
        this.what = what;
        context = Ffmpeg.present(avcodec_alloc_context3(encoder), what);
    }

    /** FFmpeg's for the encoder. */
    String name() {
        return encoder.name().getString();
    }

    /** To be set up before {@link #open}. */
    AVCodecContext context() {
        return context;
    }

    /** To be given its format before {@link #open}. */
    AVFrame input() {
        return input;
    }

    /** @throws CodecException when FFmpeg cannot open the encoder so */
    void open(Map<String, String> options) {
        Ffmpeg.open(context, encoder, options, what);
        Ffmpeg.check(av_frame_get_buffer(input, 0), what + " has no memory");
    }

    /** The frame to fill next: the encoder may have kept what it held. */
    AVFrame nextInput() {
        Ffmpeg.check(av_frame_make_writable(input), what + " has no memory");
        return input;
    }

    /**
     * Encodes what {@link #nextInput} was filled with.
     *
     * @param ticks its time, in the context's time base
     * @return empty when the encoder left it out, or has nothing yet
     * @throws CodecException when the encoder fails
     */
    Optional<EncodedFrame> encode(long ticks) {
        input.pts(ticks);
        Ffmpeg.check(avcodec_send_frame(context, input), what + " refused a frame");
        int received = avcodec_receive_packet(context, output);
        if (received == AVERROR_EAGAIN()) {
            return Optional.empty();
        }
        Ffmpeg.check(received, what + " failed");
        byte[] data = new byte[output.size()];
        output.data().get(data);
        boolean isKeyframe = (output.flags() & AV_PKT_FLAG_KEY) != 0;
        av_packet_unref(output);
        return Optional.of(new EncodedFrame(data, (int) ticks, isKeyframe));
    }

    /** May be called twice. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            av_packet_free(output);
            av_frame_free(input);
            avcodec_free_context(context);
        }
    }
}
