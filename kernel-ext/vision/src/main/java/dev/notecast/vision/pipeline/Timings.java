package dev.notecast.vision.pipeline;

import dev.notecast.media.frame.FrameTimes;
import dev.notecast.rtc.rtcp.NtpTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the stages of a pipeline take, but for its filters. Each is written by one thread and read by any. All is measured
 * where pictures are taken and encoded: the loops that receive and send packets are not asked.
 */
final class Timings {
    private static final long BELIEVED_NANOS = 5_000_000_000L; // from camera to arrival; more, and clocks differ

    private final RecentTimes capture = new RecentTimes();
    private final RecentTimes assemble = new RecentTimes();
    private final RecentTimes decode = new RecentTimes();
    private final RecentTimes waiting = new RecentTimes();
    private final RecentTimes convert = new RecentTimes();
    private final RecentTimes queue = new RecentTimes();
    private final RecentTimes encode = new RecentTimes();
    private final RecentTimes filtered = new RecentTimes();
    private final RecentTimes sent = new RecentTimes();

    /** A decoded picture is taken out of the slot in front of the filters. */
    void taken(FrameTimes times, long nowNanos) {
        long readyNanos = Math.max(times.decodedNanos(), times.convertedNanos());
        if (readyNanos != 0) {
            if (times.assembledNanos() != 0) {
                assemble.add(times.assembledNanos() - times.arrivalNanos(), nowNanos);
            }
            decode.add(readyNanos - Math.max(times.assembledNanos(), times.arrivalNanos()), nowNanos);
            waiting.add(nowNanos - readyNanos, nowNanos);
        }
        if (!times.captured().equals(NtpTime.NONE)) {
            captured(times, nowNanos);
        }
    }

    /** By the publisher's clock and ours, which agree on one machine, or where both are set by NTP. */
    private void captured(FrameTimes times, long nowNanos) {
        Instant arrived = Instant.now().minusNanos(nowNanos - times.arrivalNanos());
        long tookNanos = Duration.between(times.captured().toInstant(), arrived).toNanos();
        if (tookNanos >= 0 && tookNanos < BELIEVED_NANOS) {
            capture.add(tookNanos, nowNanos);
        }
    }

    void converted(long tookNanos, long nowNanos) {
        convert.add(tookNanos, nowNanos);
    }

    /** It has left the filters. */
    void filtered(FrameTimes times, long nowNanos) {
        filtered.add(nowNanos - times.arrivalNanos(), nowNanos);
    }

    /** On the encoder's thread: its packets are written. */
    void encoded(FrameTimes times, long tookNanos) {
        queue.add(Math.max(0, times.encodedNanos() - tookNanos - times.convertedNanos()), times.encodedNanos());
        encode.add(tookNanos, times.encodedNanos());
        sent.add(times.encodedNanos() - times.arrivalNanos(), times.encodedNanos());
    }

    /** Pictures a second that left the filters. */
    double fps(long nowNanos) {
        return filtered.perSecond(nowNanos);
    }

    List<StageStatus> stages(ActiveFilters filters, long waitDrops, long encodeDrops, long nowNanos) {
        List<StageStatus> stages = new ArrayList<>();
        if (capture.count(nowNanos) > 0) {
            stages.add(status(StageStatus.CAPTURE, capture, 0, nowNanos));
        }
        stages.add(status("assemble", assemble, 0, nowNanos));
        stages.add(status("decode", decode, 0, nowNanos));
        stages.add(status("wait", waiting, waitDrops, nowNanos));
        stages.add(status("convert", convert, 0, nowNanos));
        filters.stages(nowNanos).forEach(stages::add);
        stages.add(status("queue", queue, encodeDrops, nowNanos));
        stages.add(status("encode", encode, 0, nowNanos));
        stages.add(status(StageStatus.FILTERED, filtered, 0, nowNanos));
        stages.add(status(StageStatus.SENT, sent, 0, nowNanos));
        return stages;
    }

    static StageStatus status(String stage, RecentTimes times, long dropped, long nowNanos) {
        return new StageStatus(
                stage, times.millis(0.5, nowNanos), times.millis(0.95, nowNanos), times.count(nowNanos), dropped);
    }
}
