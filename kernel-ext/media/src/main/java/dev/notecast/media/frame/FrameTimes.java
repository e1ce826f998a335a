package dev.notecast.media.frame;

import dev.notecast.rtc.rtcp.NtpTime;

/**
 * When a frame passed each stage, all but the first by {@link System#nanoTime()}; 0 for a stage it has not passed.
 *
 * @param captured when its camera took it, on this machine's wall clock, as the publisher's sender reports have it; {@link
 *     NtpTime#NONE} where they have not said it, or there are none
 * @param arrivalNanos its last packet came in, or a camera or test source made it
 * @param assembledNanos its packets were put together
 * @param decodedNanos its pixels were there
 * @param convertedNanos its pixels were scaled or changed in format
 * @param encodedNanos it was compressed again
 */
public record FrameTimes(
        NtpTime captured,
        long arrivalNanos,
        long assembledNanos,
        long decodedNanos,
        long convertedNanos,
        long encodedNanos) {
    public static FrameTimes arrived(long nanos) {
        return new FrameTimes(NtpTime.NONE, nanos, 0, 0, 0, 0);
    }

    public FrameTimes captured(NtpTime time) {
        return new FrameTimes(time, arrivalNanos, assembledNanos, decodedNanos, convertedNanos, encodedNanos);
    }

    public FrameTimes assembled(long nanos) {
        return new FrameTimes(captured, arrivalNanos, nanos, decodedNanos, convertedNanos, encodedNanos);
    }

    public FrameTimes decoded(long nanos) {
        return new FrameTimes(captured, arrivalNanos, assembledNanos, nanos, convertedNanos, encodedNanos);
    }

    public FrameTimes converted(long nanos) {
        return new FrameTimes(captured, arrivalNanos, assembledNanos, decodedNanos, nanos, encodedNanos);
    }

    public FrameTimes encoded(long nanos) {
        return new FrameTimes(captured, arrivalNanos, assembledNanos, decodedNanos, convertedNanos, nanos);
    }
}
