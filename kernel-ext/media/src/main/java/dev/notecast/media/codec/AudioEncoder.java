package dev.notecast.media.codec;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_encoder_by_name;
import static org.bytedeco.ffmpeg.global.avutil.AV_SAMPLE_FMT_S16;
import static org.bytedeco.ffmpeg.global.avutil.av_channel_layout_default;
import static org.bytedeco.ffmpeg.global.avutil.av_make_q;

import dev.notecast.rtc.codec.EncodedFrame;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.javacpp.ShortPointer;

/** Opus at 48 kHz in stereo, 20 ms a packet, by libopus inside FFmpeg. One thread at a time. */
public final class AudioEncoder implements AutoCloseable {
    public static final int SAMPLE_RATE = 48_000;
    public static final int CHANNELS = 2;
    /** Samples of each channel in a packet: 20 ms. */
    public static final int FRAME_SAMPLES = 960;

    private static final int COMPLEXITY = 5; // of 10, which costs half as much again

    private final Encoding encoding;

    /** @throws CodecException when FFmpeg cannot open its Opus encoder */
    public AudioEncoder(int bitrateBps) {
        Natives.load();
        AVCodec encoder = Ffmpeg.present(avcodec_find_encoder_by_name("libopus"), "encoder for Opus");
        encoding = new Encoding(encoder, "Opus encoder");
        try {
            AVCodecContext context = encoding.context();
            context.sample_fmt(AV_SAMPLE_FMT_S16).sample_rate(SAMPLE_RATE).bit_rate(bitrateBps);
            context.time_base(av_make_q(1, SAMPLE_RATE)).compression_level(COMPLEXITY);
            av_channel_layout_default(context.ch_layout(), CHANNELS);
            AVFrame input = encoding.input();
            input.format(AV_SAMPLE_FMT_S16).sample_rate(SAMPLE_RATE).nb_samples(FRAME_SAMPLES);
            av_channel_layout_default(input.ch_layout(), CHANNELS);
            encoding.open(Map.of("application", "lowdelay", "frame_duration", "20"));
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
        new ShortPointer(encoding.nextInput().data(0)).put(samples, 0, samples.length);
        return encoding.encode(ticks).map(frame -> new EncodedFrame(frame.data(), frame.timestamp(), true));
    }

    @Override
    public void close() {
        encoding.close();
    }
}
