package dev.notecast.media.stream;

import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.CodecParameters;
import dev.notecast.rtc.codec.MediaKind;
import java.util.Map;

/**
 * One audio or video track of a stream.
 *
 * @param index 0 for the first track of the stream
 * @param extensions header extension URIs by the id that the source's packets use, 1..255
 */
public record Track(int index, CodecParameters parameters, Map<Integer, String> extensions) {
    public Track {
        extensions = Map.copyOf(extensions);
    }

    public Codec codec() {
        return parameters.codec();
    }

    public MediaKind kind() {
        return codec().kind();
    }
}
