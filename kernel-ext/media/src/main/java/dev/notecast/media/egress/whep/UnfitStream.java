package dev.notecast.media.egress.whep;

import dev.notecast.media.path.PathName;
import dev.notecast.media.stream.Stream;
import java.util.Optional;

/** Why a stream does not go to WebRTC readers, as one line for whoever publishes it. */
public final class UnfitStream {
    private UnfitStream() {}

    /** What is wrong, and the command that publishes the same source so that it can be played; empty when all is well. */
    public static Optional<String> reason(PathName path, Stream stream) {
        return stream.unfitForWebRtc()
                .map(what -> "the stream on path '" + path + "' is " + what
                        + ", which WebRTC readers cannot play. Publish it without B-frames: "
                        + "ffmpeg -re -i SOURCE -c:v libx264 -bf 0 -g 30 -tune zerolatency -pix_fmt yuv420p"
                        + " -c:a libopus -ar 48000 -ac 2 -f whip -authorization TOKEN http://SERVER/" + path + "/whip");
    }
}
