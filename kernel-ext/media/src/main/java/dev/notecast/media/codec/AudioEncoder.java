package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_packet;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EAGAIN;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_make_writable;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import dev.notecast.rtc.codec.EncodedFrame;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;

/** Opus at 48 kHz in stereo, 20 ms a packet, by libopus inside FFmpeg. One thread at a time. */
public final class AudioEncoder implements AutoCloseable {
    public static final int SAMPLE_RATE = 48_000;
    public static final int CHANNELS = 2;
    /** Samples of each channel in a packet: 20 ms. */
    public static final int FRAME_SAMPLES = 960;

    private static final int COMPLEXITY = 5; // of 10, which costs half as much again

    private final AVCodecContext context;
    private final AVFrame input = av_frame_alloc();
    private final AVPacket output = av_packet_alloc();
    private boolean closed;

    /** @throws CodecException when FFmpeg cannot open its Opus encoder */
    public AudioEncoder(int bitrateBps) {
        Natives.load();
        AVCodec encoder = Ffmpeg.present(avcodec_find_encoder_by_name("libopus"), "encoder for Opus");
        context = Ffmpeg.present(avcodec_alloc_context3(encoder), "Opus encoder");
        try {
            context.sample_fmt(AV_SAMPLE_FMT_S16).sample_rate(SAMPLE_RATE).bit_rate(bitrateBps);
            context.time_base(av_make_q(1, SAMPLE_RATE)).compression_level(COMPLEXITY);
            av_channel_layout_default(context.ch_layout(), CHANNELS);
            Ffmpeg.open(context, encoder, Map.of("application", "lowdelay", "frame_duration", "20"), "Opus encoder");
            input.format(AV_SAMPLE_FMT_S16).sample_rate(SAMPLE_RATE).nb_samples(FRAME_SAMPLES);
            av_channel_layout_default(input.ch_layout(), CHANNELS);
            Ffmpeg.check(av_frame_get_buffer(input, 0), "Opus encoder has no memory");
        } catch (CodecException e) {
            close();
            throw e;
        }
    }

    /**
     * Encodes 20 ms.
     *
     * @param samples left and right in turn, {@link #FRAME_SAMPLES} of each
     * @param ticks time of the first sample at 48 kHz
     * @return empty when the encoder has nothing yet
     * @throws CodecException when the encoder fails
     */
    public Optional<EncodedFrame> encode(short[] samples, long ticks) {
        if (samples.length != CHANNELS * FRAME_SAMPLES) {
            throw new IllegalArgumentException(samples.length + " samples are not 20 ms in stereo");
        }
        Ffmpeg.check(av_frame_make_writable(input), "Opus encoder has no memory");
        new ShortPointer(input.data(0)).put(samples, 0, samples.length);
        input.pts(ticks);
        Ffmpeg.check(avcodec_send_frame(context, input), "Opus encoder refused a frame");
        int received = avcodec_receive_packet(context, output);
        if (received == AVERROR_EAGAIN()) {
            return Optional.empty();
        }
        Ffmpeg.check(received, "Opus encoder failed");
        byte[] data = new byte[output.size()];
        output.data().get(data);
        av_packet_unref(output);
        return Optional.of(new EncodedFrame(data, (int) ticks, true));
    }

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
