package dev.notecast.media.ingest.synthetic;

import dev.notecast.media.codec.AudioEncoder;

/**
 * When the next picture and the next 20 ms of sound are due, and what their RTP times are. Both follow one clock, so they
 * stay in step. After a standstill (a suspended laptop) the clock goes on from there instead of making up for it.
 */
final class Schedule {
    private static final long SECOND = 1_000_000_000;
    private static final long STANDSTILL_NANOS = SECOND / 2;
    private static final int VIDEO_CLOCK = 90_000;

    private final int fps;
    private final long startNanos;
    private long lostNanos; // in standstills
    private int frame;
    private long audioFrame;

    Schedule(int fps, long nowNanos) {
        this.fps = fps;
        this.startNanos = nowNanos;
    }

    /** How long to wait; 0 or less when something is due. */
    long nanosUntilNext(long nowNanos) {
        long wait = startNanos + Math.min(videoNanos(), audioNanos()) - nowNanos;
        if (wait < -STANDSTILL_NANOS) {
            lostNanos -= wait;
            return 0;
        }
        return wait;
    }

    boolean audioIsNext() {
        return audioNanos() <= videoNanos();
    }

    /** The number of the next picture, from 0. */
    int frame() {
        return frame;
    }

    /** Time of the next picture since the start, at 90 kHz. */
    long videoTicks() {
        return ticks(videoNanos(), VIDEO_CLOCK);
    }

    /** Time of the next sound since the start, at 48 kHz. */
    long audioTicks() {
        return ticks(audioNanos(), AudioEncoder.SAMPLE_RATE);
    }

    void videoDone() {
        frame++;
    }

    void audioDone() {
        audioFrame++;
    }

    private long videoNanos() {
        return lostNanos + frame * SECOND / fps;
    }

    private long audioNanos() {
        return lostNanos + audioFrame * AudioEncoder.FRAME_SAMPLES * SECOND / AudioEncoder.SAMPLE_RATE;
    }

    /** Rounded: truncation would make a tick too few of every 33.3 ms. */
    private static long ticks(long nanos, int clock) {
        return nanos / SECOND * clock + (nanos % SECOND * clock + SECOND / 2) / SECOND;
    }
}
