package dev.notecast.media.ingest.whip;

import dev.notecast.rtc.receive.KeyframeRequests;
import dev.notecast.rtc.rtcp.FullIntraRequest;
import dev.notecast.rtc.rtcp.PictureLossIndication;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.sdp.PayloadMapping;
import java.util.List;

/** Asks a publisher for keyframes of one track, by PLI, or by FIR where it takes nothing else. One thread. */
final class KeyframeFeedback {
    private final PayloadMapping payload;
    private final int localSsrc;
    private KeyframeRequests requests = new KeyframeRequests();
    private boolean wanted; // before there was anybody to ask
    private int firSequence;
    private long sent;

    /** @param localSsrc our own, as the sender of feedback */
    KeyframeFeedback(PayloadMapping payload, int localSsrc) {
        this.payload = payload;
        this.localSsrc = localSsrc;
    }

    /** Somebody wants one, and the publisher has not shown an SSRC yet. */
    void remember() {
        wanted = true;
    }

    /** The publisher goes on under another SSRC, which knows nothing of what was asked for. */
    void sourceChanged() {
        requests = new KeyframeRequests();
        wanted = true;
    }

    /** A reader wants one. */
    void request(List<RtcpPacket> feedback, int ssrc, long nowNanos) {
        if (requests.request(nowNanos)) {
            feedback.add(message(ssrc));
        }
    }

    /** Adds what is due. @param broken whether something was lost for good */
    void addDue(List<RtcpPacket> feedback, int ssrc, boolean broken, long nowNanos) {
        if (broken || wanted) {
            wanted = false;
            request(feedback, ssrc, nowNanos);
        }
        if (requests.due(nowNanos)) {
            feedback.add(message(ssrc));
        }
    }

    void keyframeArrived() {
        requests.keyframeArrived();
    }

    /** PLIs and FIRs so far. */
    long sent() {
        return sent;
    }

    private RtcpPacket message(int ssrc) {
        sent++;
        if (payload.fir() && !payload.pli()) {
            firSequence = firSequence + 1 & 0xFF;
            return new FullIntraRequest(localSsrc, List.of(new FullIntraRequest.Entry(ssrc, firSequence)));
        }
        return new PictureLossIndication(localSsrc, ssrc);
    }
}
