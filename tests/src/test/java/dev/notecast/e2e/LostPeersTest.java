package dev.notecast.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Playwright;
import dev.notecast.e2e.browser.Chromium;
import dev.notecast.e2e.browser.PublishPage;
import dev.notecast.e2e.browser.VideoWatch;
import dev.notecast.e2e.net.Namespace;
import dev.notecast.e2e.server.NotecastServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Browsers that are gone without a goodbye: RFC 7675 takes them away. */
@Tag("e2e")
class LostPeersTest {
    private static final String SERVER = "10.9.9.1";
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration CONSENT = Duration.ofSeconds(45); // 30 s after the last answer, and a busy machine
    private static final Duration GOODBYES = Duration.ofSeconds(20); // connections stay half a second for theirs

    @Test
    void aKilledPublisherAndAViewerWithoutANetworkAreForgottenAfterHalfAMinute() {
        Path clip = CounterClip.file();
        try (Namespace here = Namespace.create();
                Namespace cameraNet = Namespace.create();
                Namespace viewerNet = Namespace.create()) {
            here.address("lo", SERVER + "/32");
            here.route(cameraNet, "c0", "10.0.1", SERVER);
            here.route(viewerNet, "v0", "10.0.2", SERVER);
            try (NotecastServer server = NotecastServer.startIn(here, SERVER);
                    Playwright playwright = Chromium.playwright();
                    Chromium viewer = Chromium.startIn(viewerNet, playwright);
                    Playwright doomed = Chromium.playwright()) {
                Chromium camera = Chromium.withCameraIn(cameraNet, doomed, clip, server.base());
                PublishPage.publish(camera, server, "cam", "VP8");
                VideoWatch.ofDecoder(viewer.open(server.url("cam/"))).awaitCounters(CounterClip.FPS, DEADLINE);
                assertEquals(2, server.sessions().size());

                viewerNet.iptables("-A OUTPUT -j DROP");
                viewerNet.iptables("-A INPUT -j DROP");
                cameraNet.killAll();
                Await.empty("all sessions", CONSENT, server::sessions);
                assertTrue(server.path("cam").isEmpty(), "the path is free");
                Await.empty("sessions in memory", GOODBYES, () -> server.usage()
                        .left("WebRtcTransport", "WhipSession", "WhepSession", "TcpConnection"));
            }
        }
    }
}
