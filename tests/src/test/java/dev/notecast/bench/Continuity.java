package dev.notecast.bench;

import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.rtp.SequenceNumbers;

/** Checks that each packet of a publisher's comes once, in order and under consecutive sequence numbers. */
final class Continuity {
    private boolean begun;
    private int ssrc;
    private int lastSequenceNumber;
    private long lastIndex;
    private long missing;
    private long disordered;

    void accept(RtpPacket packet, Probe probe) {
        if (begun) {
            compare(packet, probe);
        }
        begun = true;
        ssrc = packet.ssrc();
        lastSequenceNumber = packet.sequenceNumber();
        lastIndex = probe.index();
    }

    /** The same by the header alone: a gap that the server hid is not seen. */
    void accept(int sequenceNumber, int packetSsrc) {
        if (begun) {
            int step = SequenceNumbers.difference(sequenceNumber, lastSequenceNumber);
            if (step < 1 || packetSsrc != ssrc) {
                disordered++;
            } else {
                missing += step - 1;
            }
            lastIndex += Math.max(0, step);
        }
        begun = true;
        ssrc = packetSsrc;
        lastSequenceNumber = sequenceNumber;
    }

    private void compare(RtpPacket packet, Probe probe) {
        long step = probe.index() - lastIndex;
        boolean continuous = packet.ssrc() == ssrc && (packet.sequenceNumber() - lastSequenceNumber & 0xFFFF) == 1;
        if (step < 1 || !SequenceNumbers.isNewer(packet.sequenceNumber(), lastSequenceNumber)) {
            disordered++;
        } else if (step > 1 || !continuous) {
            missing += Math.max(1, step - 1);
        }
    }

    /** Forgets what went wrong, not where the stream is. */
    void reset() {
        missing = 0;
        disordered = 0;
    }

    boolean begun() {
        return begun;
    }

    int ssrc() {
        return ssrc;
    }

    /** The publisher's number of the newest packet. */
    long lastIndex() {
        return lastIndex;
    }

    long missing() {
        return missing;
    }

    /** Packets that came twice, late or under a wrong sequence number. */
    long disordered() {
        return disordered;
    }
}
