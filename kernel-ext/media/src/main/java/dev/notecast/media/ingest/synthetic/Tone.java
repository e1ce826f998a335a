package dev.notecast.media.ingest.synthetic;

import dev.notecast.media.codec.AudioEncoder;

/** A quiet 440 Hz sine in 20 ms pieces that join without a click. */
final class Tone {
    private static final int HZ = 440;
    private static final double AMPLITUDE = 0.03 * Short.MAX_VALUE; // -30 dBFS: audible, nobody jumps
    private static final int PERIOD = AudioEncoder.SAMPLE_RATE / 40; // 11 waves fit in exactly, gcd(48000, 440) is 40

    private final short[] period = new short[PERIOD];
    private final short[] samples = new short[AudioEncoder.CHANNELS * AudioEncoder.FRAME_SAMPLES];
    private int position;

    Tone() {
        for (int i = 0; i < PERIOD; i++) {
            period[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * HZ * i / AudioEncoder.SAMPLE_RATE));
        }
    }

    /** The next 20 ms, left and right in turn; valid until the next call. */
    short[] next() {
        for (int i = 0; i < samples.length; i += AudioEncoder.CHANNELS) {
            samples[i] = period[position];
            samples[i + 1] = period[position];
            position = (position + 1) % PERIOD;
        }
        return samples;
    }
}
