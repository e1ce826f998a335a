package dev.notecast.magics.sfu;

import dev.notecast.magics.output.Output;
import dev.notecast.server.Notecast;
import dev.notecast.server.StreamStatus;
import dev.notecast.server.StreamStatus.VideoSize;
import java.util.List;

/** Streams and their viewers as a table. */
final class StreamTable {
    private static final List<String> COLUMNS =
            List.of("Path", "Publisher", "Codecs", "Picture", "Viewers", "Bitrate", "Up", "Frames decoded");

    private StreamTable() {}

    /** The streams of the server that runs; none when it has stopped. */
    static Output.Table now() {
        return of(Notecast.running().map(Notecast::streams).orElse(List.of()));
    }

    private static Output.Table of(List<StreamStatus> streams) {
        return new Output.Table(
                "Streams",
                COLUMNS,
                streams.stream().map(StreamTable::row).toList(),
                "Nothing is published yet: try '%sfu publish live --from test'.");
    }

    private static List<String> row(StreamStatus stream) {
        return List.of(
                stream.path().value(),
                stream.publisher().orElse("nobody yet"),
                codecs(stream),
                stream.videoSize().map(VideoSize::toString).orElse(""),
                viewers(stream.readers()),
                Human.bitrate(stream.bitrateBps()),
                Human.time(stream.uptime()),
                Long.toString(stream.decodedFrames()));
    }

    private static String codecs(StreamStatus stream) {
        String names = String.join(", ", stream.codecs());
        return stream.warning()
                .map(warning -> names + " (no WebRTC viewers: " + warning + ")")
                .orElse(names);
    }

    private static String viewers(List<String> readers) {
        return readers.isEmpty() ? "0" : readers.size() + " (" + String.join(", ", readers) + ")";
    }
}
