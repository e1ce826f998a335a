package dev.notecast.media.frame;

/**
 * When a frame passed each stage, all by {@link System#nanoTime()}; 0 for a stage it has not passed.
 *
 * @param arrivalNanos its last packet came in, or a camera or test source made it
 * @param assembledNanos its packets were put together
 * @param decodedNanos its pixels were there
 * @param convertedNanos its pixels were scaled or changed in format
 * @param encodedNanos it was compressed again
 */
public record FrameTimes(
        long arrivalNanos, long assembledNanos, long decodedNanos, long convertedNanos, long encodedNanos) {
    public static FrameTimes arrived(long nanos) {
        return new FrameTimes(nanos, 0, 0, 0, 0);
    }

    public FrameTimes assembled(long nanos) {
        return new FrameTimes(arrivalNanos, nanos, decodedNanos, convertedNanos, encodedNanos);
    }

    public FrameTimes decoded(long nanos) {
        return new FrameTimes(arrivalNanos, assembledNanos, nanos, convertedNanos, encodedNanos);
    }

    public FrameTimes converted(long nanos) {
        return new FrameTimes(arrivalNanos, assembledNanos, decodedNanos, nanos, encodedNanos);
    }

    public FrameTimes encoded(long nanos) {
        return new FrameTimes(arrivalNanos, assembledNanos, decodedNanos, convertedNanos, nanos);
    }
}
