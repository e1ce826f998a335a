package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PeerStats;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One Chromium publishes in every codec that it can send, each on a path of its own; another one watches them all. */
@Tag("e2e")
class CodecsTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int SOME_FRAMES = 10;
    private static final int SAMPLES = 2 * 48_000; // two seconds

    /** @param sound the codecs of the offer, the one to be sent first */
    private record Published(String path, String video, List<String> sound, int width, int height) {
        private Object forPage() {
            return Map.of("path", path, "video", video, "sound", sound, "width", width, "height", height);
        }
    }

    private static final List<Published> ALL = List.of(
            new Published("pcmu", "VP8", List.of("PCMU"), 320, 180),
            new Published("pcma", "VP9", List.of("PCMA"), 288, 162),
            new Published("g722", "H264", List.of("G722"), 256, 144),
            new Published("opus", "AV1", List.of("opus"), 224, 126),
            new Published("red", "VP8", List.of("red", "opus"), 192, 108));

    /** Sends the camera in that size, and the microphone as it is. */
    private static final String PUBLISH =
            """
            async ({ path, video, sound, width, height }) => {
              const media = await navigator.mediaDevices.getUserMedia({
                video: { width: { exact: width }, height: { exact: height } },
                audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
              });
              const pc = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
              for (const track of media.getTracks()) {
                if (track.kind === 'video') track.contentHint = 'detail'; // a busy machine may drop frames, not pixels
                const sender = pc.addTransceiver(track, { direction: 'sendonly', streams: [media] });
                const { codecs } = RTCRtpSender.getCapabilities(track.kind);
                const named = (name) => codecs.filter(({ mimeType }) => mimeType === `${track.kind}/${name}`);
                sender.setCodecPreferences((track.kind === 'video' ? [video] : sound).flatMap(named));
              }
              await pc.setLocalDescription();
              const headers = { 'Content-Type': 'application/sdp' };
              const response = await fetch(`/${path}/whip`, { method: 'POST', headers, body: pc.localDescription.sdp });
              await pc.setRemoteDescription({ type: 'answer', sdp: await response.text() });
            }""";

    @Test
    void aViewerHearsAndSeesWhatItWasSentInEachOfThem() {
        Path clip = CounterClip.file();
        try (NotecastServer server = NotecastServer.start();
                Playwright playwright = Chromium.playwright();
                Chromium camera = Chromium.withCamera(playwright, clip);
                Chromium viewer = Chromium.start(playwright)) {
            Page publisher = camera.open(server.base());
            Map<Published, PeerStats> watched = new LinkedHashMap<>();
            for (Published each : ALL) {
                publisher.evaluate(PUBLISH, each.forPage());
                watched.put(each, new PeerStats(viewer.open(server.url(each.path() + "/"))));
            }
            watched.forEach((each, viewed) -> {
                assertHeard(each, viewed);
                assertSeen(each, viewed);
            });
            watched.forEach(CodecsTest::assertCopies);
        }
    }

    /** In RED each packet has a copy of the one before, which a browser that lost nothing throws away (RFC 2198). */
    private static void assertCopies(Published published, PeerStats viewed) {
        String what = "packets thrown away of those received on path " + published.path();
        if (published.sound().getFirst().equals("red")) {
            Await.condition(
                    what, DEADLINE, () -> viewed.heard("packetsDiscarded") > viewed.heard("packetsReceived") / 2);
        } else {
            assertTrue(viewed.heard("packetsDiscarded") < viewed.heard("packetsReceived") / 2, what);
        }
    }

    private static void assertHeard(Published published, PeerStats viewed) {
        Await.condition(
                "two seconds of sound on path " + published.path(),
                DEADLINE,
                () -> viewed.heard("totalSamplesReceived") - viewed.heard("concealedSamples") > SAMPLES);
        assertEquals("audio/" + published.sound().getLast(), viewed.audioCodec()); // the one inside RED
        viewed.page().click("#unmute"); // what is muted has no energy
        Await.condition( // the fake microphone beeps once a second
                "something to hear on path " + published.path(), DEADLINE, () -> viewed.heard("totalAudioEnergy") > 0);
    }

    private static void assertSeen(Published published, PeerStats viewed) {
        Await.condition(
                "a picture on path " + published.path(),
                DEADLINE,
                () -> viewed.inbound("framesDecoded") >= SOME_FRAMES);
        assertEquals("video/" + published.video(), viewed.codec());
        assertEquals(published.width(), viewed.inbound("frameWidth"), "width on path " + published.path());
        assertEquals(published.height(), viewed.inbound("frameHeight"), "height on path " + published.path());
    }
}
