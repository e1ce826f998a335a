package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** FIR: send a keyframe, not because of loss but because someone new watches (RFC 5104 §4.3.1). */
public record FullIntraRequest(int senderSsrc, List<Entry> entries) implements RtcpPacket {
    private static final int ENTRY_LENGTH = 8;

    /**
     * @param ssrc the stream to begin anew
     * @param commandSequence 0..255, one more for each new request and the same for its repetitions
     */
    public record Entry(int ssrc, int commandSequence) {}

    public FullIntraRequest {
        entries = List.copyOf(entries);
    }

    static ParseResult<RtcpPacket> parse(ByteBuffer in) {
        if (in.remaining() < 8 + ENTRY_LENGTH || in.remaining() % ENTRY_LENGTH != 0) {
            return ParseResult.malformed("FIR is not a list of 8-byte entries");
        }
        int senderSsrc = in.getInt();
        in.getInt(); // media SSRC: unused, the entries have their own
        List<Entry> entries = new ArrayList<>();
        while (in.hasRemaining()) {
            entries.add(new Entry(in.getInt(), in.getInt() >>> 24));
        }
        return ParseResult.ok(new FullIntraRequest(senderSsrc, entries));
    }

    void write(ByteBuffer out) {
        out.putInt(senderSsrc).putInt(0);
        entries.forEach(entry -> out.putInt(entry.ssrc).putInt(entry.commandSequence << 24));
    }
}
