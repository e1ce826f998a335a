package dev.notecast.rtc.codec;

import java.util.Map;

/**
 * A codec with the format parameters of its {@code a=fmtp} line.
 *
 * @param fmtp lower-case names to values, empty when there is no such line
 */
public record CodecParameters(Codec codec, Map<String, String> fmtp) {
    public CodecParameters {
        fmtp = Map.copyOf(fmtp);
    }
}
