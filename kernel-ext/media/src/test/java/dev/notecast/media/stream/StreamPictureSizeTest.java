package dev.notecast.media.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.notecast.media.Await;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.ingest.synthetic.TestSource;
import dev.notecast.media.path.PathManager;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.PictureSize;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamPictureSizeTest {
    private static final PathName LIVE = new PathName("sized");

    private final PathManager paths = new PathManager();

    @AfterEach
    void close() {
        paths.close();
        Await.until("the test picture ends", () -> !Await.threadRuns("notecast-test-" + LIVE));
    }

    @ParameterizedTest
    @EnumSource(
            value = Codec.class,
            names = {"VP8", "VP9", "H264", "AV1"})
    void theSizeIsKnownThoughNobodyDecodes(Codec codec) {
        TestSource.start(paths, LIVE, new TestOptions(codec, 322, 182, 30, 300_000)); // no multiple of any block
        Stream stream = paths.stream(LIVE).orElseThrow();
        Await.until(
                "a keyframe", Duration.ofSeconds(20), () -> stream.pictureSize().isPresent());
        assertEquals(Optional.of(new PictureSize(322, 182)), stream.pictureSize());
    }
}
