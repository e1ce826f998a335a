package dev.notecast.rtc.codec;

import dev.notecast.rtc.io.ParseResult;

/**
 * Where the newest data is in a payload with redundancy (RFC 2198 §3), for receivers that know no RED: the older copies
 * before it are skipped.
 *
 * @param payloadType of the primary block
 * @param offset of the primary block in the array that was parsed
 * @param length of the primary block in bytes; may be 0
 * @param redundantBlocks the copies of earlier packets before it
 */
public record RedPayload(int payloadType, int offset, int length, int redundantBlocks) {
    private static final int REDUNDANT_HEADER_LENGTH = 4;
    private static final int MAX_REDUNDANT_BLOCKS = 16; // browsers send one or two

    /** Parses the block headers at the beginning of a payload. */
    public static ParseResult<RedPayload> parse(byte[] data, int offset, int length) {
        int end = offset + length;
        int at = offset;
        int blocks = 0;
        int redundantBytes = 0;
        // F is set: payload type, then 14 bits of time and 10 bits of length
        while (at < end && (data[at] & 0x80) != 0) {
            if (at + REDUNDANT_HEADER_LENGTH > end) {
                return ParseResult.malformed("RED block header cut off");
            }
            if (++blocks > MAX_REDUNDANT_BLOCKS) {
                return ParseResult.malformed("RED has more than " + MAX_REDUNDANT_BLOCKS + " blocks");
            }
            redundantBytes += (data[at + 2] & 0x03) << 8 | (data[at + 3] & 0xFF);
            at += REDUNDANT_HEADER_LENGTH;
        }
        if (at >= end) {
            return ParseResult.malformed("RED has no primary block");
        }
        int payloadType = data[at++] & 0x7F;
        int primary = at + redundantBytes;
        if (primary > end) {
            return ParseResult.malformed("RED blocks longer than the payload");
        }
        return ParseResult.ok(new RedPayload(payloadType, primary, end - primary, blocks));
    }
}
