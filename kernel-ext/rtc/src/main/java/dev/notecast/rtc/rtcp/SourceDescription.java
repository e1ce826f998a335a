package dev.notecast.rtc.rtcp;

import dev.notecast.rtc.io.ParseResult;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * SDES: who is behind an SSRC (RFC 3550 §6.5). Items other than CNAME are skipped.
 *
 * @param chunks at most 31
 */
public record SourceDescription(List<Chunk> chunks) implements RtcpPacket {
    private static final int END = 0;
    private static final int CNAME = 1;
    private static final int MAX_ITEM_LENGTH = 255;

    /** RFC 7022 wants it not to tell who somebody is; ours is nobody. Tracks of one name are played in step. */
    public static final String OUR_CNAME = "notecast";

    /** @param cname at most 255 bytes of UTF-8, longer ones are cut when written; empty when the packet had none */
    public record Chunk(int ssrc, String cname) {}

    /** What every report of a stream of ours has with it (RFC 3550 §6.1). */
    public static SourceDescription ours(int ssrc) {
        return new SourceDescription(List.of(new Chunk(ssrc, OUR_CNAME)));
    }

    public SourceDescription {
        chunks = Lists.copyOf(chunks, Lists.MAX_COUNT);
    }

    static ParseResult<RtcpPacket> parse(int count, ByteBuffer in) {
        List<Chunk> chunks = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            if (in.remaining() < 8) { // SSRC, and a word that holds at least the end of the list
                return ParseResult.malformed("SDES shorter than its chunks");
            }
            int ssrc = in.getInt();
            String cname = "";
            while (true) {
                if (!in.hasRemaining()) {
                    return ParseResult.malformed("SDES chunk without an end");
                }
                int type = in.get();
                if (type == END) {
                    break;
                }
                if (!in.hasRemaining()) {
                    return ParseResult.malformed("SDES item without a length");
                }
                int length = in.get() & 0xFF;
                if (length > in.remaining()) {
                    return ParseResult.malformed("SDES item longer than its packet");
                }
                byte[] text = new byte[length];
                in.get(text);
                if (type == CNAME) {
                    cname = new String(text, StandardCharsets.UTF_8);
                }
            }
            // Chunks begin at a word, as does what follows the packet unless it is padded.
            in.position(Math.min(in.position() + 3 & ~3, in.limit()));
            chunks.add(new Chunk(ssrc, cname));
        }
        return ParseResult.ok(new SourceDescription(chunks));
    }

    void write(ByteBuffer out) {
        int start = out.position();
        for (Chunk chunk : chunks) {
            byte[] text = chunk.cname.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(text.length, MAX_ITEM_LENGTH);
            while (length < text.length && (text[length] & 0xC0) == 0x80) {
                length--; // a character is kept or cut as a whole
            }
            out.putInt(chunk.ssrc).put((byte) CNAME).put((byte) length).put(text, 0, length);
            do {
                out.put((byte) END);
            } while ((out.position() - start) % 4 != 0);
        }
    }
}
