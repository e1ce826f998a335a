package dev.notecast.rtc.codec;

import dev.notecast.rtc.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts packets of one track that may come out of order together to frames: a missing packet is waited for until a
 * number of later ones is there. One thread at a time.
 */
public final class FrameAssembler {
    private final Depacketizer depacketizer;
    private final int maxWaiting;
    private final TreeMap<Long, RtpPacket> waiting = new TreeMap<>();
    private long next = -1;
    private long packetsLost;

    /** @param maxWaiting packets held back at most while an earlier one is missing; 0 for a source that keeps order */
    public FrameAssembler(Depacketizer depacketizer, int maxWaiting) {
        this.depacketizer = depacketizer;
        this.maxWaiting = maxWaiting;
    }

    /** Takes a packet under its extended sequence number. @return the frames that are complete now */
    public List<EncodedFrame> push(long sequence, RtpPacket packet) {
        if (next < 0) {
            next = sequence;
        }
        if (sequence < next) {
            return List.of(); // a duplicate, or given up already
        }
        if (sequence == next && waiting.isEmpty()) {
            next++;
            return depacketizer.push(sequence, packet);
        }
        waiting.putIfAbsent(sequence, packet);
        List<EncodedFrame> frames = new ArrayList<>();
        while (!waiting.isEmpty() && (waiting.firstKey() == next || waiting.size() > maxWaiting)) {
            Map.Entry<Long, RtpPacket> first = waiting.pollFirstEntry();
            packetsLost += first.getKey() - next;
            next = first.getKey() + 1;
            frames.addAll(depacketizer.push(first.getKey(), first.getValue()));
        }
        return frames;
    }

    /** See {@link Depacketizer#needsKeyframe()}. */
    public boolean needsKeyframe() {
        return depacketizer.needsKeyframe();
    }

    /** See {@link Depacketizer#framesDropped()}. */
    public long framesDropped() {
        return depacketizer.framesDropped();
    }

    /** Packets that did not come in time. */
    public long packetsLost() {
        return packetsLost;
    }
}
