package dev.notecast.media.codec;

import dev.notecast.media.frame.FramePool;
import dev.notecast.media.frame.FrameTimes;
import dev.notecast.media.frame.PixelFormat;
import dev.notecast.media.frame.VideoFrame;
import dev.notecast.media.ingest.synthetic.TestPicture;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.rtc.codec.EncodedFrame;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;

/** The test picture, encoded. */
final class TestClip {
    private TestClip() {}

    /** Frames with the counters from 0 at 30 fps; a keyframe is forced where the index says so. */
    static List<EncodedFrame> encode(Codec codec, int width, int height, int count, int forcedKeyframe) {
        FramePool pool = new FramePool(1);
        List<EncodedFrame> encoded = new ArrayList<>();
        try (TestPicture picture = new TestPicture(width, height, 30, "test");
                VideoEncoder encoder = new VideoEncoder(new VideoSettings(codec, width, height, 30, 300_000, 300))) {
            for (int i = 0; i < count; i++) {
                try (VideoFrame frame = pool.acquire(PixelFormat.I420, width, height, i + 1, FrameTimes.arrived(1))) {
                    picture.draw(frame, i, LocalTime.NOON);
                    encoded.add(encoder.encode(frame, i * 3000L, i == forcedKeyframe)
                            .orElseThrow());
                }
            }
        }
        return encoded;
    }
}
