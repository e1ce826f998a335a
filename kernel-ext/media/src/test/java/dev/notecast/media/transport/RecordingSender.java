package dev.notecast.media.transport;

import dev.notecast.rtc.io.ParseResult;
import dev.notecast.rtc.rtcp.RtcpPacket;
import dev.notecast.rtc.rtp.RtpPacket;
import dev.notecast.rtc.srtp.SrtpSender;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Keeps what a session would have sent. */
public final class RecordingSender implements RtpSender {
    public final List<RtpPacket> sent = new ArrayList<>();
    public final List<RtpPacket> resent = new ArrayList<>();
    public final List<RtcpPacket> rtcp = new ArrayList<>();

    @Override
    public void sendRtp(byte[] data, int offset, int length) {
        sent.add(parse(data, offset, length));
    }

    @Override
    public void resendRtp(byte[] data, int offset, int length) {
        resent.add(parse(data, offset, length));
    }

    @Override
    public void sendRtcp(List<RtcpPacket> packets) {
        rtcp.addAll(packets);
    }

    private static RtpPacket parse(byte[] data, int offset, int length) {
        Objects.checkFromIndexSize(offset, length + SrtpSender.MAX_OVERHEAD, data.length); // as SRTP does
        return switch (RtpPacket.parse(Arrays.copyOfRange(data, offset, offset + length), 0, length)) {
            case ParseResult.Ok<RtpPacket>(RtpPacket packet) -> packet;
            case ParseResult.Malformed<RtpPacket>(String reason) -> throw new AssertionError(reason);
        };
    }
}
