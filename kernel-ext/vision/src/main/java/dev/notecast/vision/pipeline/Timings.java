package dev.notecast.vision.pipeline;

import dev.notecast.media.frame.FrameTimes;
import java.util.ArrayList;
import java.util.List;

/** What the stages of a pipeline take, but for its filters. Each is written by one thread and read by any. */
final class Timings {
    private final RecentTimes decode = new RecentTimes();
    private final RecentTimes waiting = new RecentTimes();
    private final RecentTimes convert = new RecentTimes();
    private final RecentTimes encode = new RecentTimes();
    private final RecentTimes filtered = new RecentTimes();
    private final RecentTimes sent = new RecentTimes();

    /** A decoded picture is taken out of the slot in front of the filters. */
    void taken(FrameTimes times, long nowNanos) {
        long readyNanos = Math.max(times.decodedNanos(), times.convertedNanos());
        if (readyNanos != 0) {
            decode.add(readyNanos - times.arrivalNanos(), nowNanos);
            waiting.add(nowNanos - readyNanos, nowNanos);
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
        encode.add(tookNanos, times.encodedNanos());
        sent.add(times.encodedNanos() - times.arrivalNanos(), times.encodedNanos());
    }

    /** Pictures a second that left the filters. */
    double fps(long nowNanos) {
        return filtered.perSecond(nowNanos);
    }

    List<StageStatus> stages(ActiveFilters filters, long waitDrops, long encodeDrops, long nowNanos) {
        List<StageStatus> stages = new ArrayList<>();
        stages.add(status("arrival to decoded", decode, 0, nowNanos));
        stages.add(status("wait", waiting, waitDrops, nowNanos));
        stages.add(status("convert", convert, 0, nowNanos));
        filters.stages(nowNanos).forEach(stages::add);
        stages.add(status("encode", encode, encodeDrops, nowNanos));
        stages.add(status(StageStatus.FILTERED, filtered, 0, nowNanos));
        stages.add(status("arrival to sent", sent, 0, nowNanos));
        return stages;
    }

    static StageStatus status(String stage, RecentTimes times, long dropped, long nowNanos) {
        return new StageStatus(
                stage, times.millis(0.5, nowNanos), times.millis(0.95, nowNanos), times.count(nowNanos), dropped);
    }
}
