package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.server.ServerInThisJvm;
import dev.notecast.media.ingest.synthetic.TestOptions;
import dev.notecast.media.path.PathName;
import dev.notecast.rtc.codec.Codec;
import dev.notecast.server.Notecast;
import dev.notecast.server.config.ServerConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What this JVM encodes and packs, in a browser. */
@Tag("e2e")
@ServerInThisJvm
class TestPictureTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int FRAMES = 60;

    /** Of the first sound that comes out of the decoder. */
    private static final String CHANNELS =
            """
            async () => {
              const [track] = document.querySelector('video').srcObject.getAudioTracks();
              const sound = await new MediaStreamTrackProcessor({ track }).readable.getReader().read();
              return sound.value.numberOfChannels;
            }""";

    @ParameterizedTest
    @EnumSource(names = {"VP9", "AV1"})
    void aBrowserSeesItsCountersInOrder(Codec codec) {
        PathName live = new PathName("live");
        try (Notecast server =
                        Notecast.start(ServerConfig.DEFAULT.withHttpPort(0).withUdpPort(0));
                Playwright playwright = Chromium.playwright();
                Chromium browser = Chromium.start(playwright)) {
            server.publishTest(live, new TestOptions(codec, 640, 360, 30, 600_000));
            Page page = browser.open(server.viewUrl(live));
            List<Integer> counters = VideoWatch.ofDecoder(page).awaitCounters(FRAMES, DEADLINE);
            for (int i = 1; i < counters.size(); i++) {
                assertTrue(counters.get(i) > counters.get(i - 1), "counters " + counters);
            }
            assertEquals("video/" + codec.sdpName(), new PeerStats(page).codec());
            assertEquals(2, page.evaluate(CHANNELS), "channels of the tone, which is in stereo");
        }
    }
}
