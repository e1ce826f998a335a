package dev.notecast.media.egress.whep;

import dev.notecast.media.stream.Track;
import dev.notecast.rtc.rtp.OutgoingExtensions;
import dev.notecast.rtc.sdp.ExtensionUris;
import dev.notecast.rtc.sdp.NegotiatedMedia;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Which header extension elements a reader's copy carries. */
final class ForwardedExtensions {
    private static final Set<String> FORWARDED = Set.of(ExtensionUris.VIDEO_ORIENTATION, ExtensionUris.AUDIO_LEVEL);

    private ForwardedExtensions() {}

    /** The elements that both the publisher and this reader know, under the reader's ids, and the reader's mid. */
    static OutgoingExtensions of(NegotiatedMedia media, Track source) {
        OutgoingExtensions.Builder extensions = OutgoingExtensions.builder();
        media.extensions().forEach((outId, uri) -> {
            if (uri.equals(ExtensionUris.MID)) {
                extensions.fixed(outId, media.mid().getBytes(StandardCharsets.UTF_8));
            } else if (FORWARDED.contains(uri)) {
                source.extensions().forEach((sourceId, sourceUri) -> {
                    if (sourceUri.equals(uri)) {
                        extensions.map(sourceId, outId, 1);
                    }
                });
            }
        });
        return extensions.build();
    }
}
